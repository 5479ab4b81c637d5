"""The screens of `init`."""

from collections import Counter
from collections.abc import Sequence

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS
from mlcoach.render.layout import cells, columns, fit, paragraphs, plural
from mlcoach.render.screen import Line, Lines, Span
from mlcoach.views.upkeep import ChoiceView, InitView

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NAMED = 6
WIDE = 70  # cells from which there is room for what a path takes as known


def choice_lines(choices: Sequence[ChoiceView], width: int | None) -> Lines:
    """Return what there is to choose from."""
    granted = [granted_words(one.granted, one.after) for one in choices]
    beside = [[str(len(choices))], [one.id for one in choices], [f"{one.hours:g}h" for one in choices]]
    if width is None or width >= WIDE:
        beside.append(granted)
    # One row each: all of them stay in sight on a screen of twenty rows, however narrow.
    taken = 2 + sum(max(cells(text) for text in column) + 2 for column in beside)
    room = None if width is None else max(8, width - taken)
    rows: list[list[Span]] = [
        [
            (f"{number}", "muted"),
            (choice.id, "accent"),
            (choice.title if room is None else fit(choice.title, room), ""),
            (f"{choice.hours:g}h", "muted"),
            *([(granted[number - 1], "muted")] if len(beside) > 3 else ()),
        ]
        for number, choice in enumerate(choices, start=1)
    ]
    shown = columns(rows, None if width is None else width - 2, flexible=2, right=(0, 3))
    tip: Line = [("More: mlcoach curriculum show NAME", "muted")]
    return [*([("  ", ""), *line] for line in shown), tip]


def granted_words(hours: float, path: str) -> str:
    """Return what a path takes as known, "" for nothing: its own hours alone do not say how long the way is."""
    return f"after {hours:.0f}h{f' of {path}' if path else ''}" if hours else ""


def fact_lines(view: InitView, width: int | None) -> Lines:
    """Return what the answers come to."""
    week = week_in_words(view.minutes)
    slot = f"{view.cue}, at {view.slot}" if view.cue else f"at {view.slot}"
    hinted = f"{_units(view.hinted_titles)}; what of it you know, `mlcoach place` finds out"
    facts = [
        ("Path", f"{view.path_title} ({view.path})"),
        ("Week", f"{week}; {plural(view.floor, 'minute')} keep the streak on a bad day"),
        ("When", slot),
        ("Known", _units(view.skipped_titles) if view.skipped else ""),
        ("Partly", hinted if view.hinted else ""),
        ("Ends", _end(view)),
        ("Goal", _goal(view)),
    ]
    shown: Lines = []
    for name, fact in facts:
        for number, line in enumerate(paragraphs(fact, width and width - 7) if fact else ()):
            shown.append([(("" if number else name).ljust(7), "muted"), *line])
    return shown


def _units(titles: Sequence[str]) -> str:
    """Return units by their titles, which hold commas themselves."""
    more = f"; and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return f"{plural(len(titles), 'unit')}: {'; '.join(one_line(title) for title in titles[:NAMED])}{more}"


def _end(view: InitView) -> str:
    """Return how long the path takes at these minutes, "" where nothing of it is left."""
    if not view.hours_left:
        return ""
    if view.finish is None:
        return f"about {view.hours_left:.0f}h, and no end in sight without minutes"
    early, likely, late = (f"{MONTHS[day.month - 1]} {day.year}" for day in view.finish)
    between = f"; {early} to {late} is likely" if early != late else ""
    stated = view.hours_left / view.factor
    counted = f" ({stated:.0f}h by its authors, counted {view.factor:.2f} times)" if round(view.factor, 2) != 1 else ""
    return f"around {likely}: about {view.hours_left:.0f}h of units{counted}{between}"


def _goal(view: InitView) -> str:
    """Return what fits until the day of the goal, "" without one."""
    if view.by is None:
        return ""
    day = f"by {view.by.day} {MONTHS[view.by.month - 1]} {view.by.year}"
    if view.hours_there >= view.hours_left:
        return (
            f"{day}: all of it fits, {view.hours_left:.0f}h of the {view.hours_there:.0f}h that units have until then"
        )
    falls = f"{view.hours_there:.0f}h of its {view.hours_left:.0f}h fit"
    return f"{day}: {falls}; `mlcoach goal` shows what stays and what falls"


def lines(view: InitView, width: int | None) -> Lines:
    """Return what was set up, and that it is saved."""
    return [*fact_lines(view, width), *saved_lines(view, width)]


def saved_lines(view: InitView, width: int | None) -> Lines:
    """Return that the answers are saved, to somebody who has just seen what they come to."""
    if not view.changed:
        return paragraphs("All of it was set up like this already; nothing was changed.", width)
    return [
        [(f"Saved in {view.file}", "muted")],
        [("Undo: mlcoach undo", "muted")],
        [("Next: ", "muted"), ("mlcoach today", "accent")],
    ]


def week_in_words(minutes: Sequence[int]) -> str:
    """Return `2h a day`, or the usual day and the others by name."""
    usual = Counter(minutes).most_common(1)[0][0]
    others = [
        f"{name} {format_duration(number) if number else 'off'}"
        for name, number in zip(WEEKDAYS, minutes, strict=True)
        if number != usual
    ]
    return ", ".join([f"{format_duration(usual)} a day" if usual else "no day", *others])
