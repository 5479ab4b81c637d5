"""When a path ends, as a range: what is left of it, by the learner's own measure, over the pace of the last weeks.

Estimates are short of the truth for most people, so they are multiplied: by 1.15 at first, by the learner's own ratio
of real to estimated hours the more they have passed. Only minutes on units of the path bring its end nearer; reviews,
papers and rest are part of the days, not of the pace. Around the likely day are an early and a late one, which take
in how unsteady the weeks were and that estimates err.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, sqrt
from typing import NamedTuple

FIRST_FACTOR = 1.15
BETWEEN = f"between {FIRST_FACTOR:g}, as is usual, and what your own units took"  # where a factor comes from, in words
PRIOR_UNITS = 3  # units passed that the first factor weighs as much as
USUAL_HOURS = 9.0  # of a unit
UNIT_ERROR = 0.33  # relative standard deviation of the real hours of one unit
PACE_ERROR = 0.04  # at least, of the mean pace
WIDTH = 1.65  # standard deviations on either side; held 83 % of five simulated years on the core, where 1.5 held 80 %
NARROWEST, WIDEST = 0.06, 0.35  # of the time to go
MOSTLY = 0.5  # of a unit, for its time to say how long units take
PACE_DAYS = 28  # of pace, rest included
LEAST_STUDIED = 10  # days of study before the pace is the learner's own
PLANNED_SHARE = 0.76  # of the goals, on units of the path: what a followed plan comes to, rest and reviews taken off
FARTHEST = 50 * 365  # days; beyond that no date means anything


class Forecast(NamedTuple):
    """Hours left on a path, minutes on it a week lately, and the day on which it ends: early, likely, late."""

    hours_left: float
    pace_minutes: int
    early: date
    likely: date
    late: date


def learner_factor(estimated: float, real: float) -> float:
    """Return by what estimates are multiplied, from the estimated and real hours of the units passed."""
    prior = PRIOR_UNITS * USUAL_HOURS
    return (prior * FIRST_FACTOR + real) / (prior + estimated)


def studied_hours(estimated: float, real: float, done: int, whole: int) -> float:
    """Return the estimated hours of what was studied of a unit before it was passed, 0 where it tells nothing.

    `done` of `whole` are the minutes of its steps: with less than half of them done it was passed, not studied. Who
    ticks no steps at all studied it where at least half of its hours are on record.
    """
    if not done or not whole:
        return estimated if real >= estimated * MOSTLY else 0.0
    return estimated * done / whole if done >= whole * MOSTLY else 0.0


def forecast(
    left: float, daily: Sequence[int], today: date, *, passed: int = 0, waiting: int = 1, sure: bool = True
) -> Forecast | None:
    """Return when so many hours are done at the pace of these days (minutes on the path, rest included).

    `passed` and `waiting` are the units behind and ahead: the more of either, the better their hours are known.
    `sure` is off where the days are only planned ones. None where no end is in sight.
    """
    if not daily or not any(daily):
        return None
    pace = sum(daily) / len(daily)
    half = half_width(daily, passed=passed, waiting=waiting, sure=sure)
    days = left * 60 / pace
    if days * (1 + half) > FARTHEST:
        return None
    ends = (today + timedelta(days=ceil(days * share)) for share in (1 - half, 1.0, 1 + half))
    return Forecast(left, round(7 * pace), *ends)


def planned(left: float, goals: Sequence[int], today: date, *, passed: int = 0, waiting: int = 1) -> Forecast | None:
    """Return when so many hours are done by the minutes that are planned, from Monday on; see `forecast`."""
    daily = [round(PLANNED_SHARE * minutes) for minutes in goals]
    return forecast(left, daily, today, passed=passed, waiting=waiting, sure=False)


def half_width(daily: Sequence[int], *, passed: int, waiting: int, sure: bool) -> float:
    """Return how far the range goes on either side, as a share of the time to go; arguments as `forecast` has them."""
    spread = sqrt(
        UNIT_ERROR**2 / (passed + PRIOR_UNITS) + UNIT_ERROR**2 / max(1, waiting) + _pace_error(daily, sure=sure) ** 2
    )
    return min(max(WIDTH * spread, NARROWEST), WIDEST)


def _pace_error(daily: Sequence[int], *, sure: bool) -> float:
    """Return the relative error of the mean pace, from how unlike its weeks were."""
    if not sure:
        return 0.15
    from statistics import fmean, stdev  # an import that `today` need not wait for

    weeks = [fmean(daily[start : start + 7]) for start in range(0, len(daily) - 6, 7)]
    if len(weeks) < 2:
        return 0.15
    return max(PACE_ERROR, stdev(weeks) / sqrt(len(weeks)) / fmean(weeks)) if any(weeks) else 0.15
