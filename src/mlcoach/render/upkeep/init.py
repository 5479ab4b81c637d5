"""The screens of `init`."""

import re
from collections import Counter
from collections.abc import Sequence

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS
from mlcoach.render.layout import NARROW_TERMINAL, columns, paragraphs, plural
from mlcoach.render.screen import Lines, Span, prose_width
from mlcoach.views.upkeep import ChoiceView, InitView

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NAMED = 6


def choice_lines(choices: Sequence[ChoiceView], width: int | None, *, plain: bool = False) -> Lines:
    """Return what there is to choose from; in words alone a sentence each, which can be heard."""
    if plain:
        return [[(_sentence(number, choice), "")] for number, choice in enumerate(choices, start=1)]
    if width is not None and width < NARROW_TERMINAL:
        return _narrow_choices(choices, width)
    heads: list[Span] = [(head, "muted") for head in ("", "path", "what it is", "hours", "known before")]
    rows: list[list[Span]] = [
        [
            (f"{number}", "muted"),
            (choice.id, "accent"),
            (choice.title, ""),
            (f"{choice.hours:g}h", "muted"),
            (granted_words(choice.granted, choice.after, with_after=False), "muted"),
        ]
        for number, choice in enumerate(choices, start=1)
    ]
    shown = columns([heads, *rows], None if width is None else width - 2, flexible=2, right=(0, 3))
    note = "What is known before is not in the hours: who does not know it needs them too."
    return [*([("  ", ""), *line] for line in shown), *paragraphs(note, prose_width(width), style="muted")]


def _narrow_choices(choices: Sequence[ChoiceView], width: int) -> Lines:
    """Return the paths by number and title, whole: so all of them are in sight on a screen of twenty rows."""
    shown: Lines = []
    for number, choice in enumerate(choices, start=1):
        texts = paragraphs(one_line(choice.title), width - 3)
        lead = [(f"{number:>2} ", "accent"), *[("   ", "")] * (len(texts) - 1)]
        shown += [[before, *text] for before, text in zip(lead, texts, strict=True)]
    return shown


def _sentence(number: int, choice: ChoiceView) -> str:
    after = f", and before it {choice.granted:g} hours of {choice.after or 'what it takes as known'}"
    hours = f"{choice.hours:g} hours{after if choice.granted else ''}"
    reader = first_sentence(choice.audience)
    whom = f"; for {reader[:1].lower()}{reader[1:]}" if reader else ""
    return f"{number}, {choice.id}: {one_line(choice.title)}; {hours}{whom}"


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, without its stop."""
    return re.split(r"(?<=[.!?])\s", one_line(text), maxsplit=1)[0].rstrip(".")


def explained_lines(number: int, choice: ChoiceView, width: int | None) -> Lines:
    """Return what a path is for and what it takes."""
    room = prose_width(width)
    shown = paragraphs(f"{number}  {one_line(choice.title)} ({choice.id})", room, style="strong")
    shown += paragraphs(one_line(choice.goal), room, "   ")
    shown += paragraphs(f"For whom: {one_line(choice.audience)}", room, "   ") if choice.audience else []
    takes = f"It takes {choice.hours:g}h of study"
    if choice.granted:
        taught = f", which the path {choice.after} teaches" if choice.after else ""
        takes += f"; {choice.granted:g}h more are taken as known{taught}"
    return [*shown, *paragraphs(f"{takes}.", room, "   ", "muted")]


def granted_words(hours: float, path: str, *, with_after: bool = True) -> str:
    """Return what a path takes as known, "" for nothing: its own hours alone do not say how long the way is."""
    return f"{'after ' * with_after}{hours:.0f}h{f' of {path}' if path else ''}" if hours else ""


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
    counted = (
        f" ({stated:.0f}h by its authors, counted {view.factor:.2f} times until your pace is known)"
        if round(view.factor, 2) != 1
        else ""
    )
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
