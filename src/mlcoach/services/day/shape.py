"""What a day has beside reviews and lanes: a project, problems for interviews, and time of the learner's own.

The phase in the settings, a goal with a date and the week give it; without any of them there is a project a week from
two fifths of the core on, where something is to be made.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.day.goal import INTERVIEW_SHARE, PROBLEM_SHARE, PROBLEMS
from mlcoach.domain.day.phase import (
    LEAST_PROBLEMS,
    LEAST_PROJECT,
    PHASES,
    last_free_day,
    project_minutes,
    project_weekdays,
    week_of,
)
from mlcoach.domain.day.plan import LONG_DAY, DayShape, OwnProject, longest_first, redo_minutes
from mlcoach.domain.day.units import MOST_OPEN, in_turn
from mlcoach.services.day.papers import CORE_SHARE, core_share, is_settled
from mlcoach.services.review import items

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.domain.day.units import OpenStep, UnitChoice
    from mlcoach.services.context import Context

LONG_PROJECT = 0.25  # of a long day
PROJECT_SHARE = 0.5  # of a unit's exercises, by their minutes, from where on all of it is a project


def day_shape(
    context: "Context",
    progress: "UnitProgress",
    minutes: int,
    choices: "Sequence[UnitChoice]",
    steps: "Mapping[str, Sequence[OpenStep]]",
    *,
    daily_problems: bool,
    interview: date | None = None,
    without: Collection[str] = (),
) -> DayShape:
    """Return the shape of today for a plan of so many minutes; `daily_problems` is on in the weeks before interviews.

    Before an interview with a day, problems have half of the minutes, and those come first that would be recalled least
    on that day. A plan shorter than the day's goal has its share of everything.
    """
    goals = [context.settings.goal_on(weekday) for weekday in range(7)]
    weekday = context.today.weekday()
    phase = context.settings.get("phase")
    own = _own_project(context)
    week = week_of(phase, goals, free_day(context, goals))[weekday]
    part = min(1.0, minutes / goals[weekday]) if goals[weekday] else 0.0
    project, problems, free = (5 * round(part * length / 5) for length in week)
    if not phase and longest_first(goals)[:1] == [weekday] and (own or core_share(context, progress) >= CORE_SHARE):
        project = 5 * round(part * project_minutes(goals[weekday]) / 5)
    if minutes >= LONG_DAY:
        project = max(project, 5 * round(LONG_PROJECT * minutes / 5))
    if daily_problems:
        share = INTERVIEW_SHARE if interview else PROBLEM_SHARE
        problems = max(problems, 5 * ceil(share * minutes / 5))
    made = _to_make(context, choices, steps) if project >= LEAST_PROJECT else ()
    in_lane = in_turn(choices, "build")[:1] if phase else []
    return DayShape(
        project_minutes=project if project >= LEAST_PROJECT else 0,
        projects=made,
        otherwise=tuple(unit.id for unit in in_lane),
        problem_minutes=problems if problems >= LEAST_PROBLEMS else 0,
        problems=_problems(context, progress, without, interview or context.today)
        if problems >= LEAST_PROBLEMS
        else (),
        careers=_careers(choices) if interview or (phase and PHASES[phase].hunt) else (),
        free_minutes=free,
        at_least=interview is not None,
        own=own,
    )


def _own_project(context: "Context") -> OwnProject | None:
    """Return the learner's project under way, which they began: it has its minutes before two fifths of the core."""
    if not context.store.has_projects():
        return None
    from mlcoach.services.work.projects.stages import project_of_the_day

    return project_of_the_day(context)


def days_of_projects(context: "Context") -> frozenset[int]:
    """Return the weekdays on which a project under way has time."""
    goals = [context.settings.goal_on(weekday) for weekday in range(7)]
    return project_weekdays(context.settings.get("phase"), goals, free_day(context, goals))


def free_day(context: "Context", goals: Sequence[int]) -> int | None:
    """Return the weekday with time of the learner's own: the one they set, else the week's last one.

    Without a phase the first four weeks have none: they are short of time for the first machine learning.
    """
    from mlcoach.adapters.settings import WEEKDAYS

    chosen = context.settings.get("free_day")
    if chosen:
        return WEEKDAYS.index(chosen)
    wanted = not context.settings.is_set("free_day") and (context.settings.get("phase") or is_settled(context))
    return last_free_day(goals) if wanted else None


def _to_make(
    context: "Context", choices: "Sequence[UnitChoice]", steps: "Mapping[str, Sequence[OpenStep]]"
) -> tuple[str, ...]:
    """Return the units in which something is made now: those at a project exercise, then projects as a whole."""
    at_one: list[str] = []
    whole: list[str] = []
    for unit in choices:
        if unit.locked or not unit.on_path or context.catalog.units[unit.id].track == "start":
            continue  # what a path begins with is not of one's own yet
        exercises = [
            found
            for head in context.catalog.items(unit.id)
            if head.kind == "exercise" and isinstance(found := context.catalog.item(head.id), Exercise)
        ]
        projects = {exercise.id: exercise.minutes for exercise in exercises if exercise.kind == "project"}
        waiting = steps.get(unit.id, ())
        if unit.status and waiting and waiting[0].id in projects:
            at_one.append(unit.id)
        elif sum(projects.values()) > PROJECT_SHARE * sum(exercise.minutes for exercise in exercises):
            whole.append(unit.id)
    # What is under way is finished before another one is begun.
    under_way = {unit.id for unit in choices if unit.status}
    begun = [id for id in whole if id in under_way]
    return (*at_one, *begun, *(id for id in whole if id not in under_way and len(under_way) < MOST_OPEN))


def _careers(choices: "Sequence[UnitChoice]") -> tuple[str, ...]:
    """Return the units about getting a job that can be studied, those under way first."""
    ready = [unit for unit in choices if unit.career and not unit.locked]
    return tuple(unit.id for unit in sorted(ready, key=lambda unit: not unit.status))


def _problems(
    context: "Context", progress: "UnitProgress", without: Collection[str], asked_on: date
) -> "tuple[ItemHead, ...]":
    """Return the problems that interviews ask, of units begun or passed: those least sure for their minutes first.

    What counts is how sure each would be on the day it is `asked_on` if it were not done again.

    Of a unit under way those never answered are left out, drills excepted, for they are steps of it; a unit that was
    skipped is not asked about.
    """
    heads: dict[str, ItemHead] = {}
    for unit, status in progress.status.items():
        asked = any(f"{unit}.".startswith(f"{name}.") for name in PROBLEMS)
        if asked and status not in ("", "skipped"):
            heads.update({head.id: head for head in context.catalog.items(unit) if head.kind == "exercise"})
    states = items.item_states(context, heads)
    recall = items.scheduled_recall(context)
    today = context.today.isoformat()
    losses: dict[str, float] = {}
    for id, head in list(heads.items()):
        state = states.get(id)
        if id in without or (state and (state.suspended or state.buried_until > today)):
            continue
        if state and state.last_day:
            heads[id] = head._replace(minutes=redo_minutes(head))
            losses[id] = (1 - recall(state, asked_on)) / heads[id].minutes
        elif id in context.catalog.drills or progress.status[head.unit] != "learning":
            losses[id] = 1 / head.minutes
    return tuple(heads[id] for id in sorted(losses, key=lambda id: (-losses[id], id)))
