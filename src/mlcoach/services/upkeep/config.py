"""The learner's settings: read, explained, changed one by one or in an editor. Every change can be undone."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcoach.adapters import settings, settings_text
from mlcoach.adapters.settings import SETTINGS, Setting
from mlcoach.errors import InvalidFileError, NotFoundError, UsageError
from mlcoach.services.practice.machine import work_folder
from mlcoach.views.upkeep import (
    PlacesView,
    PlaceView,
    SettingChangedView,
    SettingsEditedView,
    SettingsView,
    SettingView,
)

if TYPE_CHECKING:
    from mlcoach.domain.events import Body
    from mlcoach.services.context import Context
    from mlcoach.services.files import OwnFiles

# What a change of these keys would do to a plan that was made already.
PLANNED_BY = ("path", "review_cap", "new_cards", "paper_days", "phase", "free_day", "also")


def places(context: "Context") -> PlacesView:
    """Return the folders and files of this home, whether they are there yet or not."""
    where = context.places
    named: tuple[tuple[str, Path], ...] = (
        ("config", where.config),
        ("data", where.data),
        ("cache", where.cache),
        ("state", where.state),
        ("settings", where.config_file),
        ("curriculum", where.curriculum),
        ("database", where.database),
        ("backups", where.backups),
        ("log", where.log),
        ("work", work_folder(context)),
    )
    return PlacesView(tuple(PlaceView(name, str(path), path.exists()) for name, path in named))


def show(context: "Context", *, every: bool = False) -> SettingsView:
    """Return what the learner has set, or every key with its value in force."""
    found = tuple(_view(context, known) for known in SETTINGS)
    return SettingsView(
        str(context.places.config_file), found if every else tuple(one for one in found if one.chosen), every
    )


def get(context: "Context", name: str) -> SettingView:
    """Return one setting. Raises UsageError with the nearest key."""
    return _view(context, settings.setting(name))


def change(context: "Context", name: str, words: list[str]) -> SettingChangedView:
    """Set a key to what was written on the command line. Raises UsageError for an unknown key or a bad value."""
    value = settings_text.read_value(name, words)
    if name == "path" and value not in context.catalog.paths:
        from mlcoach.domain.text import nearest

        known = ", ".join(f"`{id}`" for id in context.catalog.paths)
        raise NotFoundError(f"no path `{value}`", nearest(value, context.catalog.paths) or f"the paths are {known}")
    if name == "also":
        from mlcoach.services import names

        value = [names.unit(context, one) for one in value]
    return _write(context, name, value)


def reset(context: "Context", name: str) -> SettingChangedView:
    """Take a key back to its default. Raises UsageError with the nearest key."""
    settings.setting(name)
    return _write(context, name, None)


def draft(context: "Context") -> str:
    """Return the text that editing starts from: the file, or one in which every key is explained."""
    return read_text(context) or settings_text.starting_text()


def judge(context: "Context", text: str) -> None:
    """Raise InvalidFileError, with the place, for a text that would not be a good config."""
    values = settings.parse(text.encode(), context.places.config_file)
    chosen = values.get("path", settings.setting("path").default)
    if chosen not in context.catalog.paths:
        from mlcoach.domain.text import nearest

        place = settings.place_of(text, "path", context.places.config_file)
        raise InvalidFileError(f"no path `{chosen}`", nearest(chosen, context.catalog.paths), place)


def save(context: "Context", before: str, text: str) -> SettingsEditedView:
    """Write an edited text and say whether anything changed; `before` is the draft that editing began from.

    Raises as `judge` does, and UsageError when the file was changed by something else meanwhile; then nothing is
    written.
    """
    from mlcoach.services.files import OwnFiles, change

    file = context.places.config_file

    def write(own: OwnFiles) -> bool:
        judge(context, text)
        found = text_of(file, own.read(file))
        if (found or settings_text.starting_text()) != before:
            raise UsageError(
                f"`{file}` was changed by something else while you edited it",
                f"what you wrote is kept in {keep_words(context, text)}",
            )
        # Looked at, and left with nothing set: that needs no file.
        untouched = text == settings_text.starting_text() and not found
        # The editor shows plain line feeds, and so they are compared.
        same = untouched or text == found.replace("\r\n", "\n")
        return not same and bool(own.write({file: text}))

    return SettingsEditedView(str(file), change(context, write))


def keep_words(context: "Context", text: str) -> Path:
    """Keep an edited text that was not a good config beside the logs, and return where."""
    from mlcoach.services.made_files import put

    return put(context, context.places.state / "unsaved-config.toml", text.encode())


def editor(context: "Context") -> str:
    """Return the editor named in the settings, "" when none is, or when the settings are what needs repair."""
    try:
        return str(context.settings.get("editor"))
    except InvalidFileError:
        return ""


def read_text(context: "Context") -> str:
    """Return the config file as it is, "" when there is none. Raises InvalidFileError for what is not text."""
    file = context.places.config_file
    try:
        return text_of(file, file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise InvalidFileError(f"cannot read `{file}`: {error.strerror}") from error


def text_of(file: Path, content: bytes | None) -> str:
    """Return the text of the config file, line ends as they are, "" for no file. Raises InvalidFileError."""
    if content is not None and len(content) > settings.LARGEST:
        raise InvalidFileError(f"`{file}` is larger than 2 MB and was not read", "move it away and start afresh")
    try:
        return (content or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFileError(f"`{file}` is not UTF-8 text", "save it as UTF-8") from error


def value_in_force(context: "Context", known: Setting) -> Any:
    """Return the value of a key; for a weekday without a goal of its own, the goal."""
    value = context.settings.get(known.name)
    return context.settings.get("goal") if value is None else value


def _view(context: "Context", known: Setting) -> SettingView:
    chosen = known.name in context.settings.chosen
    value = value_in_force(context, known)
    return SettingView(known.name, known.name, value, known.default, chosen, known.unit, known.meaning)


def _write(context: "Context", name: str, value: Any) -> SettingChangedView:
    from mlcoach.services.day.today import MADE_ANEW, replan_untouched
    from mlcoach.services.files import OwnFiles, change

    known = settings.setting(name)

    def write(own: OwnFiles) -> SettingChangedView:
        before = value_in_force(context, known)
        if value is None and name not in context.settings.chosen:
            return SettingChangedView(name, before, before, False)
        changed = set_values(context, own, {name: value})
        note = _note(context, name)
        if name == "also" and changed and replan_untouched(context, own.command()):
            note = MADE_ANEW
        return SettingChangedView(name, before, value_in_force(context, known), changed, note)

    return change(context, write)


def set_values(context: "Context", own: "OwnFiles", values: Mapping[str, Any], also: "tuple[Body, ...]" = ()) -> bool:
    """Set keys in the config file (None takes one back to its default) and record the events `also` with it.

    Returns whether the file changed. Raises InvalidFileError for a file that was broken before.
    """
    file = context.places.config_file
    text = text_of(file, own.read(file)) or settings_text.HEADER
    for name, value in values.items():
        text = settings_text.changed_text(text, file, name, value)
    return bool(own.write({file: text}, also))


def _note(context: "Context", name: str) -> str:
    """Return from when on a change counts, where that is not at once."""
    day = context.store.day(context.today)
    weekday = context.today.weekday()
    keeps = ""
    if name == "floor" and day.floor != context.settings.floor_on(weekday):
        keeps = f"floor of {day.floor} minutes"
    if (name == "goal" or name.startswith("weekday.")) and day.goal != context.settings.goal_on(weekday):
        keeps = f"goal of {day.goal} minutes"
    if day.opened and keeps:
        return f"Today keeps its {keeps}; the new one holds from tomorrow."
    if day.plan is not None and name in PLANNED_BY:
        return "Today keeps its plan; a new one: mlcoach today --replan"
    return ""
