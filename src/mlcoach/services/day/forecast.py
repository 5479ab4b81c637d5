"""When the learner's path ends, as a range."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from mlcoach.domain.day import forecast as model
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.hours_left import daily_minutes, hours_left
from mlcoach.services.day.pace import learner_factor, passed_hours
from mlcoach.services.day.path_end import paths_that_go_on
from mlcoach.views.habit import FinishView, ForecastView

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context


def forecast(context: "Context") -> ForecastView:
    """Return the hours left on the path, the pace of the last weeks, and when the path ends at that pace."""
    from mlcoach.services.goal.outlook import sentence

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
    goals = [context.settings.goal_on(weekday) for weekday in range(7)]
    passed = len(passed_hours(context, progress))
    wanted = model.planned(left, goals, context.today, passed=passed, waiting=len(waiting)) if waiting else None
    end = wanted
    if waiting and sure:
        end = model.forecast(left, daily, context.today, passed=passed, waiting=len(waiting))
    return ForecastView(
        context.path.id,
        round(left, 1),
        round(factor, 2),
        end.pace_minutes if end else 0,
        _finish(end),
        not sure,
        paths_that_go_on(context, progress),
        sum(goals),
        _finish(wanted),
    )


def planned_end(
    context: "Context", path: str, goals: Sequence[int], known: Collection[str]
) -> tuple[float, FinishView | None]:
    """Return the hours of a path that are left, and when it ends with these minutes from Monday on.

    `known` are units that will not have to be studied. None for the end where no minutes or nothing is left.
    """
    progress = unit_progress(context)
    factor = learner_factor(context, progress)
    units = [id for id in context.catalog.paths[path].units if id in context.catalog.units and id not in known]
    waiting = [id for id in units if progress.status[id] not in SATISFIED]
    left = sum(hours_left(context, progress, id, factor) for id in waiting)
    passed = len(passed_hours(context, progress))
    end = model.planned(left, goals, context.today, passed=passed, waiting=len(waiting)) if waiting else None
    return round(left, 1), _finish(end)


def _finish(end: model.Forecast | None) -> FinishView | None:
    return FinishView(end.early, end.likely, end.late) if end else None
