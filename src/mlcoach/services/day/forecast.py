"""When the learner's path ends, as a range."""

from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import is_deck
from mlcoach.domain.day import forecast as model
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.time.weeks import monday_of
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.habit import numbers
from mlcoach.views.habit import FinishView, ForecastView, WeekMinutesView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.services.curriculum.progress import UnitProgress


def forecast(context: "Context") -> ForecastView:
    """Return the hours left on the path, the pace of the last weeks, and when the path ends at that pace."""
    return path_forecast(context, unit_progress(context), numbers.weeks(context))


def passed_hours(context: "Context", standing: "UnitProgress") -> list[tuple[float, float]]:
    """Return (estimated, real) hours of each unit that was passed with time on record; decks left out."""
    units = context.catalog.units
    return [
        (units[id].hours, state.seconds / 3600)
        for id, state in standing.states.items()
        if id in units and state.passed_day and state.seconds and not is_deck(id)
    ]


def path_forecast(context: "Context", standing: "UnitProgress", by_week: list[WeekMinutesView]) -> ForecastView:
    """Return the hours left on the learner's path by their own measure, and when it ends, where that can be said."""
    units = context.catalog.units
    passed = passed_hours(context, standing)
    factor = model.multiplier(sum(hours for hours, _ in passed), sum(real for _, real in passed))
    waiting = []
    for id in context.path.units:
        if id in units and standing.status[id] not in SATISFIED:
            state = standing.states.get(id)
            waiting.append((units[id].hours, state.seconds / 3600 if state else 0.0))
    left = model.hours_left(waiting, factor)
    closed = [week.minutes for week in by_week if week.monday < monday_of(context.today)]
    end = model.forecast(left, closed, context.today) if left else None
    finish = FinishView(end.early, end.likely, end.late) if end else None
    return ForecastView(context.path.id, round(left, 1), round(factor, 2), end.pace_minutes if end else 0, finish)
