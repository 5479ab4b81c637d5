"""When the learner's path ends, as a range."""

from datetime import timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day import forecast as model
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.pace import learner_factor, passed_hours
from mlcoach.services.day.path_end import paths_that_go_on
from mlcoach.services.day.steps import open_steps
from mlcoach.views.habit import FinishView, ForecastView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.services.curriculum.progress import UnitProgress

LEAST_LEFT = 0.1  # of a unit that is not passed
PLANNED_SHARE = 0.76  # of the goals, on units of the path: what a followed plan comes to, rest and reviews taken off


def forecast(context: "Context") -> ForecastView:
    """Return the hours left on the path, the pace of the last weeks, and when the path ends at that pace."""
    return path_forecast(context, unit_progress(context))


def path_forecast(context: "Context", progress: "UnitProgress") -> ForecastView:
    """Return the hours left on the learner's path by their own measure, and when it ends, where that can be said.

    Before ten days of study the pace is that of the goals, and `from_plan` says so.
    """
    factor = learner_factor(context, progress)
    units = context.catalog.units
    waiting = [id for id in context.path.units if id in units and progress.status[id] not in SATISFIED]
    left = sum(_hours_left(context, progress, id, factor) for id in waiting)
    daily, studied = _daily_minutes(context)
    sure = studied >= model.LEAST_STUDIED
    goals = [round(PLANNED_SHARE * context.settings.goal_on(weekday)) for weekday in range(7)]
    if not sure:
        daily = goals
    passed = len(passed_hours(context, progress))
    end = (
        model.forecast(left, daily, context.today, passed=passed, waiting=len(waiting), sure=sure) if waiting else None
    )
    finish = FinishView(end.early, end.likely, end.late) if end else None
    wanted = (
        model.forecast(left, goals, context.today, passed=passed, waiting=len(waiting), sure=False) if waiting else None
    )
    return ForecastView(
        context.path.id,
        round(left, 1),
        round(factor, 2),
        end.pace_minutes if end else 0,
        finish,
        not sure,
        paths_that_go_on(context, progress),
        sum(context.settings.goal_on(weekday) for weekday in range(7)),
        FinishView(wanted.early, wanted.likely, wanted.late) if wanted else None,
    )


def _hours_left(context: "Context", progress: "UnitProgress", unit: str, factor: float) -> float:
    """Return the hours a unit still takes this learner: all of it, or what is open of it where it is under way.

    Whoever ticks no steps is believed by the hours on record; what is not passed is never free.
    """
    whole = context.catalog.units[unit].hours * factor
    state = progress.states.get(unit)
    if progress.status[unit] != "learning" or state is None:
        return whole
    by_steps = sum(step.minutes for step in open_steps(context, unit, state, factor)) / 60
    return max(LEAST_LEFT * whole, min(by_steps, whole - state.seconds / 3600))


def _daily_minutes(context: "Context") -> tuple[list[int], int]:
    """Return the minutes on units of the path of the last four weeks, day by day, and on how many anything was done.

    Days before the first entry are left out, and today, which is not over.
    """
    path = set(context.path.units)
    aliases = context.catalog.aliases()
    yesterday = context.today - timedelta(days=1)
    begin = context.today - timedelta(days=model.PACE_DAYS)
    first = context.store.first_day()
    if first is None or first > yesterday:
        return [], 0
    begin = max(begin, first)
    minutes = [0] * ((yesterday - begin).days + 1)
    days = context.store.lately(begin, yesterday)
    for late in days:
        seconds = sum(spent for unit, spent in late.units.items() if aliases.get(unit, unit) in path)
        minutes[(late.day - begin).days] = seconds // 60
    return minutes, sum(late.seconds > 0 for late in days)
