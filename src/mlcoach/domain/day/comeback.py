"""Coming back after missed days: with less, and more each day."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

BREAK = 3  # missed days from which on reviews begin again with less
LONG_BREAK = 60  # days: answers of placement count no longer, and what is known may be more or less than before
RAMP = (0.5, 0.75, 1.0, 1.5)  # times the usual cap on the first days after a break
BACKLOG = 2.0  # times the cap that any other day may ask for while a backlog is worked off


class Comeback(NamedTuple):
    """Where a learner is after a break: `away` are the days missed, 0 but on the first day back.

    `share` is the part of the usual cap on reviews that holds, `most` how many times that cap a backlog may take.
    """

    away: int = 0
    share: float = 1.0
    most: float = BACKLOG


def comeback(today: date, studied: Sequence[date], free: Collection[int] = ()) -> Comeback:
    """Return the state of today after a break, from the last days before it that were studied, the newest first.

    `free` are the weekdays (Monday 0) on which nothing is planned: they are not missed.
    """
    days = [today, *studied]
    for share, (later, earlier) in zip(RAMP, pairwise(days), strict=False):
        between = (date.fromordinal(day) for day in range(earlier.toordinal() + 1, later.toordinal()))
        missed = sum(day.weekday() not in free for day in between)
        if missed >= BREAK:
            return Comeback(missed if later == today else 0, min(1.0, share), max(1.0, share))
    return Comeback()


def last_before_long_break(today: date, studied: Sequence[date]) -> date | None:
    """Return the last day before a long break that ended lately, None for none; `studied` as `comeback` has it."""
    return next(
        (earlier for later, earlier in pairwise([today, *studied]) if (later - earlier).days > LONG_BREAK), None
    )
