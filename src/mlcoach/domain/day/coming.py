"""What is to be said of coming days by unit: which units pause, and which begin before another one is finished."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from mlcoach.domain.curriculum import Requirement
from mlcoach.domain.time.study_days import format_day

LONG_PAUSE = 8  # planned days from one block of a unit to the next one, from which on somebody asks why


class Pause(NamedTuple):
    """Days without a block of a unit that is under way: the first one, and the day it goes on, None for later."""

    unit: str
    first: date
    goes_on: date | None


class EarlyStart(NamedTuple):
    """A unit that begins on a day although another one, which it builds on, is not finished: a share is enough."""

    unit: str
    day: date
    before: str
    share: float


def pauses(studied: Mapping[str, Sequence[date]], ended: Collection[str], days: Sequence[date]) -> tuple[Pause, ...]:
    """Return the longest pause of each unit, from the days in order on which it has a block.

    `ended` are the units that are passed within these `days`, those with a plan: a rest does not count as a pause.
    """
    number = {day: count for count, day in enumerate(days)}
    found: list[Pause] = []
    for unit, own in studied.items():
        places = [number[day] for day in own]
        gaps = [(after - before, before) for before, after in pairwise(places)]
        if unit not in ended:
            gaps.append((len(days) - places[-1], places[-1]))
        length, before = max(gaps, default=(0, 0))
        if length >= LONG_PAUSE:
            goes_on = days[before + length] if before + length < len(days) else None
            found.append(Pause(unit, days[before + 1], goes_on))
    return tuple(found)


def early_starts(
    begins: Mapping[str, date], requires: Mapping[str, Iterable[Requirement]], done: Mapping[str, date]
) -> tuple[EarlyStart, ...]:
    """Return the units of `begins` that begin before all of a unit is done of which a share is enough for them.

    `done` are the days on which units are closed, the earliest day for those closed already.
    """
    return tuple(
        EarlyStart(unit, day, edge.unit, edge.share)
        for unit, day in begins.items()
        for edge in requires.get(unit, ())
        if edge.share < 1 and done.get(edge.unit, date.max) > day
    )


def early_words(start: EarlyStart, titles: Mapping[str, str]) -> str:
    """Return why a unit begins before another one is finished."""
    before = titles.get(start.before, start.before)
    return (
        f"{titles.get(start.unit, start.unit)} begins on {format_day(start.day)}, before {before} is finished:"
        f" {start.share:.0%} of that is enough for it."
    )


def pause_words(found: Sequence[Pause], titles: Mapping[str, str]) -> str:
    """Return which units pause from when to when, and why."""
    named = [
        f"{titles.get(pause.unit, pause.unit)} from {format_day(pause.first)}"
        + (f", until it goes on on {format_day(pause.goes_on)}" if pause.goes_on else "")
        for pause in found
    ]
    return (
        f"What pauses: {'; '.join(named)}. The plan first does what the beginning of the path needs, so that"
        " machine learning comes early; then concept units and build units share the minutes."
    )
