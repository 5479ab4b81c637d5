"""The habit: minutes by day -> streak, freezes and a score that one bad day hardly moves.

Days are walked in order with today left open. A day with at least its floor counts. A missed day spends one freeze
if one is held, else it ends the streak. Frozen and planned-rest days hold the streak without counting. Every
seventh goal day since the last award earns a freeze, never more than two.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

GOAL_DAYS_PER_FREEZE = 7
MOST_FREEZES = 2
# Half of the score fades in this many days: Loop Habit Tracker's formula for a daily habit,
# score = score * 0.5 ** (1 / 13) + (1 - 0.5 ** (1 / 13)) on a kept day.
SCORE_HALF_LIFE = 13
_KEEP = 0.5 ** (1 / SCORE_HALF_LIFE)


class DayMinutes(NamedTuple):
    """What a day needs to be judged. Seconds studied; goal and floor in minutes."""

    day: date
    seconds: int
    goal: int
    floor: int


class Streak(NamedTuple):
    """`today` is open, kept, goal, rest or frozen; `score` is 0 to 100 and leaves an unfinished today out."""

    current: int = 0
    best: int = 0
    today: str = "open"
    freezes: int = 0
    score: int = 0
    states: Mapping[date, str] = {}


def walk(days: Iterable[DayMinutes], rest: Iterable[tuple[date, date]], today: date) -> Streak:
    """Return the streak on `today` from the days with events (ascending, today included or not).

    Planned rest is given as spans (first, last). A rest day on which the floor was studied counts like any day.
    """
    resting = {
        ordinal
        for first, last in rest
        for ordinal in range(first.toordinal(), min(last, today).toordinal() + 1)
    }
    current = best = freezes = goal_days = 0
    score = 0.0
    states: dict[date, str] = {}
    today_ordinal = today.toordinal()
    today_state = "rest" if today_ordinal in resting else "open"
    expected: int | None = None  # the first day not yet judged; nothing is judged before the first kept day
    for entry in days:
        ordinal = entry.day.toordinal()
        if ordinal > today_ordinal:
            break
        if expected is not None:
            for missed in range(expected, ordinal):
                current, freezes, score, states[date.fromordinal(missed)] = _without_study(
                    missed in resting, current, freezes, score
                )
        kept = entry.seconds >= entry.floor * 60 and entry.seconds > 0
        if ordinal == today_ordinal and not kept:
            break
        if kept:
            reached = entry.seconds >= entry.goal * 60
            state = "goal" if reached else "kept"
            current += 1
            best = max(best, current)
            score = score * _KEEP + (1 - _KEEP)
            if reached:
                goal_days += 1
                if goal_days == GOAL_DAYS_PER_FREEZE:
                    goal_days = 0
                    freezes = min(MOST_FREEZES, freezes + 1)
            states[entry.day] = state
            if ordinal == today_ordinal:
                today_state = state
        elif expected is not None:
            current, freezes, score, states[entry.day] = _without_study(
                ordinal in resting, current, freezes, score
            )
        if kept or expected is not None:
            expected = ordinal + 1
    if expected is not None:
        for missed in range(expected, today_ordinal):
            current, freezes, score, states[date.fromordinal(missed)] = _without_study(
                missed in resting, current, freezes, score
            )
    return Streak(current, best, today_state, freezes, round(score * 100), states)


def _without_study(resting: bool, current: int, freezes: int, score: float) -> tuple[int, int, float, str]:
    """Return (current, freezes, score, state) after a day below its floor."""
    if resting:
        return current, freezes, score, "rest"
    score *= _KEEP
    if current and freezes:
        return current, freezes - 1, score, "frozen"
    return 0, freezes, score, "missed"
