"""The reserved hours: when those of a study day begin, what collides with them, and which others are free.

Wall-clock times are the learner's own: eight in the evening stays eight when the clocks are changed. Lengths are
exact, so a slot over the night of the change still holds its minutes.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

STEP = 30  # minutes between the beginnings that are proposed
MINUTES_A_DAY = 24 * 60


class Reserved(NamedTuple):
    """The slot of one study day. `begin` and `end` are aware."""

    day: date
    begin: datetime
    end: datetime


class Busy(NamedTuple):
    """Time that something else takes. `begin` and `end` are aware."""

    title: str
    begin: datetime
    end: datetime


class Collision(NamedTuple):
    """A slot that something else takes time of, and a free beginning on that day (minutes since midnight, or None)."""

    reserved: Reserved
    busy: Busy
    instead: int | None


class Proposal(NamedTuple):
    """A time of day (minutes since midnight) and on how many of the days looked at it is free."""

    begin: int
    free_days: int


def minutes_of(text: str) -> int:
    """Return a time of day, `20:00`, as minutes since midnight."""
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def clock_of(minutes: int) -> str:
    """Return minutes since midnight as `20:00`."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def quiet_span(text: str) -> tuple[int, int] | None:
    """Return the quiet hours `22:30..07:00` as minutes since midnight, None where there are none."""
    begin, dots, end = text.partition("..")
    span = (minutes_of(begin), minutes_of(end)) if dots else (0, 0)
    return None if span[0] == span[1] else span


def in_quiet(minute: int, quiet: tuple[int, int] | None) -> bool:
    """Return whether a minute of the day lies in the quiet hours, which may go over midnight."""
    if quiet is None:
        return False
    begin, end = quiet
    return begin <= minute < end if begin < end else minute >= begin or minute < end


def wall_begin(day: date, begin: int, rollover: int) -> datetime:
    """Return the wall-clock time at which the slot of a study day begins; before the rollover it is the night after."""
    late = begin < rollover * 60
    return datetime.combine(day + timedelta(days=late), time(begin // 60, begin % 60))


def reserve(day: date, begin: int, minutes: int, rollover: int, zone: tzinfo) -> Reserved:
    """Return the slot of a study day in a zone. An hour that the clock leaps over is read with the offset before."""
    start = wall_begin(day, begin, rollover).replace(tzinfo=zone)
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    return Reserved(day, start, end)


class _Taken:
    """Busy time as spans that do not overlap, in order."""

    def __init__(self, busy: Iterable[Busy]) -> None:
        self.begins: list[float] = []
        self.ends: list[float] = []
        for begin, end in sorted((one.begin.timestamp(), one.end.timestamp()) for one in busy):
            if self.ends and begin <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.begins.append(begin)
                self.ends.append(end)

    def overlaps(self, slot: Reserved) -> bool:
        """Return whether any of it lies within a slot."""
        index = bisect_right(self.ends, slot.begin.timestamp())
        return index < len(self.begins) and self.begins[index] < slot.end.timestamp()


class Week(NamedTuple):
    """What free time is looked for in: days with their minutes, the present beginning, quiet hours, zone, rollover."""

    days: Sequence[tuple[date, int]]
    begin: int
    quiet: tuple[int, int] | None
    rollover: int
    zone: tzinfo

    def slot(self, day: date, minutes: int, begin: int) -> Reserved:
        """Return the slot of a day if it began at another time."""
        return reserve(day, begin, minutes, self.rollover, self.zone)

    def beginnings(self, minutes: int) -> list[int]:
        """Return the times at which so many minutes fit outside the quiet hours, the nearest to the present first."""
        fitting = (begin for begin in range(0, MINUTES_A_DAY, STEP) if not self._touches_quiet(begin, minutes))
        return sorted(fitting, key=lambda begin: (self._distance(begin), begin))

    def _touches_quiet(self, begin: int, minutes: int) -> bool:
        if self.quiet is None:
            return False
        return in_quiet(begin, self.quiet) or (self.quiet[0] - begin) % MINUTES_A_DAY < minutes

    def _distance(self, begin: int) -> int:
        apart = abs(begin - self.begin) % MINUTES_A_DAY
        return min(apart, MINUTES_A_DAY - apart)


def collisions(week: Week, busy: Sequence[Busy]) -> list[Collision]:
    """Return the slots that something takes time of, in order, each with what takes it and a free time instead."""
    taken = _Taken(busy)
    found: list[Collision] = []
    ordered = sorted(busy, key=lambda one: (one.begin.timestamp(), one.title))
    for day, minutes in week.days:
        slot = week.slot(day, minutes, week.begin)
        if not taken.overlaps(slot):
            continue
        instead = next(
            (begin for begin in week.beginnings(minutes) if not taken.overlaps(week.slot(day, minutes, begin))), None
        )
        found += [
            Collision(slot, one, instead)
            for one in ordered
            if one.begin.timestamp() < slot.end.timestamp() and one.end.timestamp() > slot.begin.timestamp()
        ]
    return found


def proposals(week: Week, busy: Sequence[Busy], most: int) -> list[Proposal]:
    """Return the times of day that are free on most days, the nearest to the present slot first among equals."""
    taken = _Taken(busy)
    longest = max((minutes for _, minutes in week.days), default=0)
    found = [
        Proposal(begin, sum(not taken.overlaps(week.slot(day, minutes, begin)) for day, minutes in week.days))
        for begin in week.beginnings(longest)
    ]
    found.sort(key=lambda one: -one.free_days)
    return [one for one in found if one.free_days][:most]
