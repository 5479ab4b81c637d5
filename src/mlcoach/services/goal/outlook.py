"""How the goal with a date looks today: what is needed, what there is, what stays and what falls."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.day import forecast as model
from mlcoach.domain.day.goal import (
    ROOM,
    GoalState,
    GoalUnit,
    Verdict,
    aimed,
    minutes_until,
    needed_a_day,
    unit_share,
    verdict,
    weight,
    what_falls,
)
from mlcoach.domain.day.phase import PHASES
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.hours_left import daily_minutes, hours_left
from mlcoach.services.day.pace import learner_factor, passed_hours
from mlcoach.services.day.practice import builds_on

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

MOST_RATIO = 1.5  # of what was planned: who studied more than that lately is not counted on to go on
SAID_AFTER = 14  # days after the day of the goal, in which something is still said of it


class Outlook(NamedTuple):
    """The state of a goal today.

    `days` are those until its day, today included. `units` are the open ones in the path's order, `falls` those that
    come after the day, in the order in which they fall. `needed` and `there` are minutes on units, `usual` the minutes
    of a day with a goal, as lately done, `pace` those on units of any day, rest included; `half_width` says how far off
    all of it may be. `from_plan`: there are too few days of study to know the learner's own pace. `planned` are all
    minutes of the `study_days` until then, units or not; `factor` the learner's hours for each stated one. Of `there`
    the `fillable` ones are planned, the rest is room for the usual errors; `interview` is a job's next one until then.
    """

    goal: GoalState
    days: int
    units: tuple[GoalUnit, ...]
    falls: tuple[str, ...]
    needed: float
    there: float
    usual: float
    pace: float
    half_width: float
    verdict: Verdict
    from_plan: bool
    planned: float
    study_days: int
    factor: float
    fillable: float
    interview: date | None

    @property
    def needed_minutes(self) -> int:
        """The minutes of a day with a goal that all of the path takes, with room for the usual errors; 0 for none."""
        return needed_a_day(self.needed, self.there, self.planned, self.study_days, self.half_width)


def current(context: "Context", progress: "UnitProgress | None" = None) -> Outlook | None:
    """Return the outlook of the goal that the plan follows; None without one, after its day, and on another path."""
    goal = context.store.goal()
    if goal is None or goal.by <= context.today or goal.path != context.path.id:
        return None
    return outlook(context, goal, progress or unit_progress(context))


def outlook(context: "Context", goal: GoalState, progress: "UnitProgress") -> Outlook:
    """Return how a goal looks, whether it is kept or only asked about. Its day is still to come."""
    units = open_units(context, goal, progress)
    needed = fsum(unit.minutes for unit in units)
    daily, studied = daily_minutes(context)
    goals = [context.settings.goal_on(weekday) for weekday in range(7)]
    from_plan = studied < model.LEAST_STUDIED
    ratio = 1.0 if from_plan else _ratio(context, daily, goals)
    interviews = _interviews(context, goal)
    days_there = _days(context, goal, goals, interviews)
    there = ratio * fsum(share * minutes for share, minutes in days_there)
    passed = len(passed_hours(context, progress))
    half = model.half_width(daily or goals, passed=passed, waiting=len(units), sure=not from_plan)
    with_goal = [minutes for minutes in goals if minutes]
    usual = ratio * fsum(with_goal) / len(with_goal) if with_goal else 0.0
    said = verdict(needed, there, half)
    fillable = there / (1 + ROOM * half)
    units = aimed(units, goal.path, fillable)
    falls = what_falls(units, fillable) if said != "fits" else ()
    days = (goal.by - context.today).days
    pace = ratio * unit_share((goal.by - _began(context)).days) * sum(goals) / len(goals)
    planned, study_days = ratio * fsum(minutes for _, minutes in days_there), len(days_there)
    figures = (needed, there, usual, pace, half, said, from_plan, planned, study_days)
    factor = learner_factor(context, progress)
    return Outlook(goal, days, units, falls, *figures, factor, fillable, next(iter(interviews), None))


def open_units(context: "Context", goal: GoalState, progress: "UnitProgress") -> tuple[GoalUnit, ...]:
    """Return the units of the goal's path that are still to be passed."""
    path = context.with_kept(context.catalog.paths[goal.path])
    factor = learner_factor(context, progress)
    units = context.catalog.units
    open_ids = [id for id in path.units if id in units and progress.status[id] not in SATISFIED]
    kept = set(context.kept_on(context.catalog.paths[goal.path]))
    among = set(open_ids) - set(path.known)
    follows = builds_on(context, path.units)
    paths = {id: other.units for id, other in context.catalog.paths.items()}
    return tuple(
        GoalUnit(
            id,
            60 * hours_left(context, progress, id, factor),
            (1 + follows[id]) * weight(id, goal.path, paths) / units[id].hours,
            tuple(edge.unit for edge in units[id].requires if edge.unit in among),
            progress.status[id] == "learning" or id in kept,
        )
        for id in open_ids
    )


def _ratio(context: "Context", daily: Sequence[int], goals: Sequence[int]) -> float:
    """Return the minutes on units of the last four weeks for each that the plan had for them."""
    began = _began(context)
    days = [context.today - timedelta(days=number) for number in range(len(daily), 0, -1)]
    planned = fsum(unit_share((day - began).days) * goals[day.weekday()] for day in days)
    return min(sum(daily) / planned, MOST_RATIO) if planned else 1.0


def _interviews(context: "Context", goal: GoalState) -> list[date]:
    """Return the days until the goal on which jobs have an interview, the next one first."""
    if "jobs" not in context.store.works_with():
        return []
    from mlcoach.services.work.jobs.interviews import coming_interviews

    return [day for day in coming_interviews(context) if day <= goal.by]


def _days(
    context: "Context", goal: GoalState, goals: Sequence[int], interviews: Sequence[date]
) -> list[tuple[float, int]]:
    """Return the days of study until the goal: the share of each that units have, and its minutes by its goal."""
    rest, began = context.store.rest(), _began(context)
    hunts = PHASES[phase].hunt if (phase := context.settings.get("phase")) else 0.0
    return [
        (share, minutes)
        for day, share, minutes in minutes_until(goal, context.today, began, goals, hunts, interviews)
        if not any(first <= day <= last for first, last in rest)
    ]


def _began(context: "Context") -> date:
    """Return the first day of study; today before there is one."""
    return context.store.first_day() or context.today


def cost_of(context: "Context", progress: "UnitProgress", minutes: int) -> tuple[float, date | None]:
    """Return the hours of units that a goal of so many minutes a day costs until the day of the goal, and that day.

    Nothing and None without a goal that the plan follows.
    """
    found = current(context, progress)
    if found is None or not found.planned:
        return 0.0, None
    each = found.planned / found.study_days
    lost = max(0.0, each - minutes) * found.study_days * found.there / found.planned
    return round(lost / 60, 1), found.goal.by


def waiting(context: "Context", progress: "UnitProgress") -> frozenset[str]:
    """Return the units that the plan leaves until the others are passed, since the time is short; none without a goal.

    Nothing waits any more where what stays is done.
    """
    found = current(context, progress)
    if found is None or len(found.falls) == len(found.units):
        return frozenset()
    return frozenset(found.falls)


def sentence(context: "Context") -> str:
    """Return what to say of the goal in one line, "" without one."""
    return sentences(context)[0]


def sentences(context: "Context") -> tuple[str, str]:
    """Return what to say of the goal in one line, and the same for a small screen; "" without one."""
    goal = context.store.goal()
    if goal is None or (context.today - goal.by).days > SAID_AFTER:
        return "", ""
    when = f"{short(goal.by, context.today)}"
    if goal.by <= context.today:
        return f"The day of your goal `{goal.path}`, {when}, is here: mlcoach goal --drop ends it.", ""
    if goal.path not in context.catalog.paths:
        return f"Your goal is the path `{goal.path}`, which is not there any more: mlcoach goal --drop", ""
    if goal.path != context.path.id:
        return f"Your goal by {when} is `{goal.path}`, but the plan follows `{context.path.id}`: mlcoach goal", ""
    found = outlook(context, goal, unit_progress(context))
    if not found.units:
        return f"`{goal.path}` by {when}: done, {found.days} days before its day.", f"goal {when}: done"
    if not found.usual:
        return f"`{goal.path}` by {when}: no minutes are planned; `mlcoach init` plans them.", ""
    needed, usual = format_duration(found.needed_minutes), format_duration(5 * round(found.usual / 5))
    days = "1 day" if found.days == 1 else f"{found.days} days"
    begins = f"`{goal.path}` by {when}, {days}"
    if found.verdict == "fits":
        return f"{begins}: it fits; {needed} of your {usual} a day are needed.", f"goal {when}: it fits"
    if found.verdict == "tight":
        whole = f"all of your {usual} a day are needed" if needed == usual else ""
        return f"{begins}: tight; {whole or f'{needed} a day would do, you have {usual}'}.", f"goal {when}: it is tight"
    count = len(found.falls)
    fall = "1 unit falls" if count == 1 else f"{count} units fall"
    return f"{begins}: not all of it fits; {fall}: mlcoach goal", f"goal {when}: {fall}, mlcoach goal"


def short(day: date, reference: date) -> str:
    """Return `1 Feb`, with the year where it is another one."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == reference.year else f"{text} {day.year}"
