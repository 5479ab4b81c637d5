"""When the learner's path ends, as a range."""

from typing import TYPE_CHECKING

from mlcoach.domain.day import forecast as model
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.hours_left import daily_minutes, hours_left
from mlcoach.services.day.pace import learner_factor, passed_hours
from mlcoach.services.day.path_end import paths_that_go_on
from mlcoach.services.goal.outlook import sentence
from mlcoach.views.habit import FinishView, ForecastView

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

PLANNED_SHARE = 0.76  # of the goals, on units of the path: what a followed plan comes to, rest and reviews taken off


def forecast(context: "Context") -> ForecastView:
    """Return the hours left on the path, the pace of the last weeks, and when the path ends at that pace."""
    return path_forecast(context, unit_progress(context))._replace(goal=sentence(context))


def path_forecast(context: "Context", progress: "UnitProgress") -> ForecastView:
    """Return the hours left on the learner's path by their own measure, and when it ends, where that can be said.

    Before ten days of study the pace is that of the goals, and `from_plan` says so.
    """
    factor = learner_factor(context, progress)
    units = context.catalog.units
    waiting = [id for id in context.path.units if id in units and progress.status[id] not in SATISFIED]
    left = sum(hours_left(context, progress, id, factor) for id in waiting)
    daily, studied = daily_minutes(context)
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
