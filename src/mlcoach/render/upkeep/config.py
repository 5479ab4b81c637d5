"""The screens of `config`."""

from typing import Any

from mlcoach.render.layout import cells, columns, pad, paragraphs, wrap
from mlcoach.render.screen import SPOKEN, Line, Lines, drawn, prose_width
from mlcoach.views.upkeep import PlacesView, SettingChangedView, SettingsEditedView, SettingsView, SettingView

NARROW = 60


def in_words(value: Any) -> str:
    """Return a value as it is written on the command line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value) or "none"
    return str(value)


def places_lines(view: PlacesView, width: int | None) -> Lines:
    """Return where everything is; paths are never cut."""
    named = max(cells(place.name) for place in view.places) + 2
    missing = "  (not there yet)"
    return [
        [(pad(place.name, named), "muted"), (place.path, ""), ("" if place.exists else missing, "muted")]
        for place in view.places
    ]


def value_lines(view: SettingView, width: int | None) -> Lines:
    """Return the bare value, for scripts and people alike."""
    return [[(in_words(view.value), "")]]


def settings_lines(view: SettingsView, width: int | None) -> Lines:
    """Return the settings; with every key also what it means."""
    if not view.settings:
        return [
            [("Nothing is set; every default is in force.", "")],
            [("All keys: mlcoach config show --all", "muted")],
            [("Set one: mlcoach config set goal 90", "muted")],
        ]
    if view.every:
        return _explained(view, width)
    rows: list[Line] = [
        [(one.name, ""), (in_words(one.value) or '""', "strong"), (_default(one), "muted")] for one in view.settings
    ]
    return [*columns(rows, width, flexible=2), [(f"in {view.file}", "muted")]]


def _explained(view: SettingsView, width: int | None) -> Lines:
    """Return every key: name and value at the left, what it means beside or below them."""
    room = prose_width(width)
    names = max(cells(one.name) for one in view.settings) + 2
    values = max(cells(in_words(one.value)) for one in view.settings) + 2
    beside = room >= NARROW
    shown: Lines = []
    for one in view.settings:
        value = pad(in_words(one.value), values)
        left: Line = [(pad(one.name, names), "accent" if one.chosen else ""), (value, "strong")]
        about = f"{one.meaning} ({one.unit}{'; ' + _default(one) if one.chosen else ''})"
        lines = wrap(about, room - names - values if beside else room - 2)
        if not beside:
            shown += [left, *([("  " + line, "muted")] for line in lines)]
            continue
        shown.append([*left, drawn(lines[0], "muted"), (about, SPOKEN)])
        shown += [[drawn(" " * (names + values) + line, "muted")] for line in lines[1:]]
    return [*shown, [], [(f"Those you set are in {view.file}", "muted")]]


def _default(one: SettingView) -> str:
    if one.default is None:
        return "default as `goal`"
    return f"default {in_words(one.default) or 'empty'}"


def edited_lines(view: SettingsEditedView, width: int | None) -> Lines:
    """Return what became of an edited file."""
    if not view.changed:
        return [[("Nothing was changed.", "")]]
    return [[(f"Saved {view.file}", "")], [("Undo: mlcoach undo", "muted")]]


def changed_lines(view: SettingChangedView, width: int | None) -> Lines:
    """Return what a setting is now and was before."""
    after = in_words(view.after) or "empty"
    if not view.changed:
        return paragraphs(f"`{view.name}` is {after} already; nothing was changed.", width)
    before = in_words(view.before) or "empty"
    shown: Lines = [[(f"{view.name} is ", ""), (after, "strong"), (f" now (was {before}).", "")]]
    if view.note:
        shown += paragraphs(view.note, width)
    return [*shown, [("Undo: mlcoach undo", "muted")]]
