"""What is left of a path in hours, and what lately was done of it a day."""

from datetime import timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day import forecast as model
from mlcoach.services.day.steps import open_steps

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

LEAST_LEFT = 0.1  # of a unit that is not passed


def hours_left(context: "Context", progress: "UnitProgress", unit: str, factor: float) -> float:
    """Return the hours a unit still takes this learner: all of it, or what is open of it where it is under way.

    Whoever ticks no steps is believed by the hours on record; what is not passed is never free.
    """
    whole = context.catalog.units[unit].hours * factor
    state = progress.states.get(unit)
    if progress.status[unit] != "learning" or state is None:
        return whole
    by_steps = sum(step.minutes for step in open_steps(context, unit, state, factor)) / 60
    return max(LEAST_LEFT * whole, min(by_steps, whole - state.seconds / 3600))


def daily_minutes(context: "Context") -> tuple[list[int], int]:
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
