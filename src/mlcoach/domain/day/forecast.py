"""When a path ends, as a range: what is left of it, by the learner's own measure, over the pace of the last weeks.

Estimates are short of the truth for most people, so they are multiplied: by 1.3 at first, by the learner's own ratio
of real to estimated hours the more they have passed. Around the likely day stand an early and a late one, which take
in how unsteady the weeks were and that estimates err.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, sqrt
from statistics import fmean, stdev
from typing import NamedTuple

FIRST_FACTOR = 1.3
TRUSTED_HOURS = 20  # of estimates passed; from there on the learner's own ratio weighs more than the first factor
LEAST_LEFT = 0.1  # of a unit that has used up its hours and is not passed
ERRING = (0.85, 1.25)  # the hours left may be so much of what they seem
SLOWEST = 0.4  # of the mean pace, however unsteady the weeks were
LEAST_WEEKS, MOST_WEEKS = 2, 8  # of pace; fewer say nothing, older ones are another life
FARTHEST = 50 * 365  # days; beyond that no date means anything


class Forecast(NamedTuple):
    """Hours left on a path, minutes a week of late, and the day on which it ends: early, likely, late."""

    hours_left: float
    pace_minutes: int
    early: date
    likely: date
    late: date


def multiplier(estimated: float, real: float) -> float:
    """Return by what estimates are multiplied, from the estimated and real hours of the units passed."""
    return (TRUSTED_HOURS * FIRST_FACTOR + real) / (TRUSTED_HOURS + estimated)


def hours_left(units: Sequence[tuple[float, float]], factor: float) -> float:
    """Return the hours that units still take, each given as (estimated, spent) hours."""
    return sum(max(hours * factor - spent, LEAST_LEFT * hours * factor) for hours, spent in units)


def forecast(left: float, weekly: Sequence[int], today: date) -> Forecast | None:
    """Return when so many hours are done at the pace of the last weeks (minutes each, the newest last).

    None while there are too few weeks, and where no end is in sight.
    """
    weeks = weekly[-MOST_WEEKS:]
    if len(weeks) < LEAST_WEEKS or not any(weeks):
        return None
    mean = fmean(weeks)
    spread = stdev(weeks) / sqrt(len(weeks))
    slow = max(mean - spread, SLOWEST * mean)
    spans = [
        left * 60 * share / pace * 7 for share, pace in ((ERRING[0], mean + spread), (1.0, mean), (ERRING[1], slow))
    ]
    if spans[-1] > FARTHEST:
        return None
    return Forecast(left, round(mean), *(today + timedelta(days=ceil(span)) for span in spans))
