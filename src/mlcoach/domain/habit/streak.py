"""The habit: minutes by day -> streak, freezes and a score that one bad day hardly moves.

Days are walked in order with today left open. A day with at least its floor counts. A missed day spends one freeze
if one is held, else it ends the streak. Frozen and planned-rest days hold the streak without counting, and so do days
whose goal is zero: a weekday off. Every seventh goal day since the last award earns a freeze, never more than two.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import takewhile
from typing import Literal, NamedTuple

GOAL_DAYS_PER_FREEZE = 7
MOST_FREEZES = 2
# Half of the score fades in this many days: Loop Habit Tracker's formula for a daily habit,
# score = score * 0.5 ** (1 / 13) + (1 - 0.5 ** (1 / 13)) on a kept day.
SCORE_HALF_LIFE = 13
_KEEP = 0.5 ** (1 / SCORE_HALF_LIFE)


DayMinutes = tuple[int, int, int, int]
"""A day to judge: its number (proleptic Gregorian ordinal), seconds studied, goal and floor in minutes.

A bare tuple, since `today` walks over every day there ever was.
"""


Span = tuple[date, date]


StreakState = Literal["open", "goal", "kept", "missed", "frozen", "rest"]


class Checkpoint(NamedTuple):
    """The walk as it is after the day `judged` (its number; 0 before the first kept day)."""

    judged: int = 0
    current: int = 0
    best: int = 0
    freezes: int = 0
    goal_days: int = 0  # since the last freeze was earned
    score: float = 0.0


START = Checkpoint()


class Streak(NamedTuple):
    """`today` is open, kept, goal, rest or frozen; `score` is 0 to 100 and leaves an unfinished today out.

    `states` holds goal, kept, missed, frozen or rest by the number of each day walked over, from the first kept day
    on; `closed` is the walk up to yesterday, from which a later one can go on.
    """

    current: int = 0
    best: int = 0
    today: StreakState = "open"
    freezes: int = 0
    score: int = 0
    states: Mapping[int, StreakState] = {}
    closed: Checkpoint = START


def walk(days: Iterable[DayMinutes], rest: Iterable[Span], today: date, since: Checkpoint = START) -> Streak:
    """Return the streak on `today` from the days with events after `since`, ascending; later days are not looked at.

    Planned rest is given as spans (first, last). A rest day on which the floor was studied counts like any day.
    Nothing is judged before the first kept day.
    """
    now = today.toordinal()
    resting = {number for first, last in rest for number in range(first.toordinal(), min(last.toordinal(), now) + 1)}
    states: dict[int, StreakState] = {}
    judged, current, best, freezes, goal_days, score = since
    closed: Checkpoint | None = None
    # The last entry closes the walk where nothing happened today.
    for number, seconds, goal, floor in (*takewhile(lambda day: day[0] <= now, days), (now, 0, 0, 1)):
        if closed:
            break
        for missed in range(judged + 1 if judged else number, number):
            current, freezes, score, states[missed] = _without_study(missed in resting, current, freezes, score)
            judged = missed
        kept = seconds > 0 and seconds >= floor * 60
        if number == now:
            closed = Checkpoint(judged, current, best, freezes, goal_days, score)
            if not kept:
                break
        if not kept:
            if judged:
                rests = not goal or number in resting
                current, freezes, score, states[number] = _without_study(rests, current, freezes, score)
                judged = number
            continue
        current += 1
        best = max(best, current)
        score = score * _KEEP + (1 - _KEEP)
        states[number] = "kept"
        if goal and seconds >= goal * 60:
            states[number] = "goal"
            goal_days += 1
            if goal_days == GOAL_DAYS_PER_FREEZE:
                goal_days = 0
                freezes = min(MOST_FREEZES, freezes + 1)
        judged = number
    state: StreakState = states.get(now) or ("rest" if now in resting else "open")
    return Streak(current, best, state, freezes, round(score * 100), states, closed or START)


def streak_on(states: Mapping[int, StreakState], day: date) -> int:
    """Return the streak at the end of a day that was walked over; one that is open does not end it."""
    number = day.toordinal()
    number -= number not in states
    count = 0
    while states.get(number, "missed") != "missed":
        count += states[number] in ("goal", "kept")
        number -= 1
    return count


def _without_study(resting: bool, current: int, freezes: int, score: float) -> tuple[int, int, float, StreakState]:
    """Return (current, freezes, score, state) after a day below its floor."""
    if resting:
        return current, freezes, score, "rest"
    score *= _KEEP
    if freezes:
        return current, freezes - 1, score, "frozen"
    return 0, freezes, score, "missed"
