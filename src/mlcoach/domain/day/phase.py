"""Three phases of learning for a job, and the week that each makes: learn, build, hunt.

A phase shares the minutes of a week among learning, making something of one's own, and getting ready for interviews.
Learning never ends: it keeps a part of every day. What is made needs an hour at a stretch, so a week has few days with
a project, the longest first; problems come on as many days as there is time for one.
"""

from collections.abc import Mapping, Sequence
from math import floor
from typing import Literal, NamedTuple

from mlcoach.domain.day.plan import longest_first

Phase = Literal["learn", "build", "hunt"]


class PhaseShares(NamedTuple):
    """The shares of a week's minutes."""

    learn: float
    build: float
    hunt: float


PHASES: Mapping[str, PhaseShares] = {
    "learn": PhaseShares(0.8, 0.2, 0.0),
    "build": PhaseShares(0.4, 0.5, 0.1),
    "hunt": PhaseShares(0.3, 0.2, 0.5),
}
LEARNING_FLOOR = 0.3  # of every day
PROJECT_MINUTES = 60  # at a stretch, where the day has them
LEAST_PROJECT, LEAST_PROBLEMS = 25, 25  # minutes worth beginning for
FREE_FROM, FREE_MINUTES, FREE_FULL, FREE_LONGER = 60, 20, 90, 30  # minutes of the day, and of what is the learner's own


class WeekDay(NamedTuple):
    """What a weekday has beside its learning, in minutes: a project, problems, and whatever one is curious about."""

    project: int = 0
    problems: int = 0
    free: int = 0


def project_weekdays(phase: str, goals: Sequence[int], free_day: int | None) -> frozenset[int]:
    """Return the weekdays that have time for a project under way: those of the phase, without one the longest."""
    if not phase:
        return frozenset(day for day in longest_first(goals)[:1] if project_minutes(goals[day]) >= LEAST_PROJECT)
    week = week_of(phase, goals, free_day)
    return frozenset(day for day, one in enumerate(week) if one.project >= LEAST_PROJECT)


def week_of(phase: str, goals: Sequence[int], free_day: int | None) -> tuple[WeekDay, ...]:
    """Return the days of a week from Monday on, by the minutes of each; `free_day` is a weekday (0 is Monday).

    Without a phase there is the free time alone.
    """
    free = [free_minutes(minutes) if day == free_day else 0 for day, minutes in enumerate(goals)]
    shares = PHASES.get(phase, PhaseShares(1.0, 0.0, 0.0))
    rooms = [max(0.0, (1 - LEARNING_FLOOR) * minutes - own) for minutes, own in zip(goals, free, strict=True)]
    projects = [0] * len(goals)
    left = shares.build * sum(goals)
    for day in longest_first(goals):
        minutes = 5 * floor(min(left, rooms[day]) / 5)
        if minutes >= project_minutes(goals[day]) > 0:
            projects[day] = minutes
            rooms[day] -= minutes
            left -= minutes
    problems = _problems(shares.hunt * sum(goals), rooms)
    return tuple(map(WeekDay, projects, problems, free))


def project_minutes(minutes: int) -> int:
    """Return how long a project takes at least on a day of these minutes; 0 on one too short for any."""
    fits = min(PROJECT_MINUTES, 5 * floor((1 - LEARNING_FLOOR) * minutes / 5))
    return fits if fits >= LEAST_PROJECT else 0


def last_free_day(goals: Sequence[int]) -> int | None:
    """Return the last weekday that has time for what one is curious about."""
    return max((day for day, minutes in enumerate(goals) if minutes >= FREE_FROM), default=None)


def free_minutes(minutes: int) -> int:
    """Return the minutes of a day that are for whatever one is curious about."""
    if minutes < FREE_FROM:
        return 0
    return FREE_MINUTES if minutes < FREE_FULL else FREE_LONGER


def _problems(wanted: float, rooms: Sequence[float]) -> list[int]:
    """Return the minutes for problems by day: as even as the room of each allows, on no day too few for one."""
    found = [0] * len(rooms)
    days = [day for day, room in enumerate(rooms) if room >= LEAST_PROBLEMS]
    # With little time the roomiest days have all of it.
    days = sorted(days, key=lambda day: (-rooms[day], day))[: int(wanted // LEAST_PROBLEMS)]
    for number, day in enumerate(sorted(days, key=lambda day: rooms[day])):
        minutes = 5 * floor(min(rooms[day], wanted / (len(days) - number)) / 5)
        found[day] = minutes
        wanted -= minutes
    return found
