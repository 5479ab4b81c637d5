"""The next month by unit: what is begun and what is finished, and how sure that is."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import unit_of
from mlcoach.domain.day import forecast as model
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.hours_left import daily_minutes
from mlcoach.services.day.pace import passed_hours
from mlcoach.services.day.upcoming import LivedDay, by_unit, lived_days, remarks
from mlcoach.services.goal.outlook import waiting
from mlcoach.services.review.new_cards import PASSED
from mlcoach.views.plan import ComingCardsView, ComingUnitsView, ComingUnitView

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

DAYS = 28


def coming_units(context: "Context", days: int = DAYS) -> ComingUnitsView:
    """Return the units of so many days, lived ahead as `plan` does it.

    A unit that ends as the third has the range of three units: the hours of one err more than those of many.
    """
    before = unit_progress(context)
    lived_ones = tuple(lived_days(context, max(2, days)))
    planned_for, ended = by_unit(lived_ones)
    began = {unit: on[0] for unit, on in planned_for.items() if before.status.get(unit) not in SATISFIED}
    daily, studied = daily_minutes(context)
    sure = studied >= model.LEAST_STUDIED
    goals = [context.settings.goal_on(weekday) for weekday in range(7)]
    passed = len(passed_hours(context, before))
    order = sorted(began, key=lambda unit: (ended.get(unit, date.max), began[unit]))
    units = []
    for number, unit in enumerate(order, start=1):
        end = ended.get(unit)
        early = late = None
        if end:
            half = model.half_width(daily if sure else goals, passed=passed, waiting=number, sure=sure)
            ahead = (end - context.today).days + 1
            early = context.today + timedelta(days=max(0, ceil(ahead * (1 - half)) - 1))
            late = context.today + timedelta(days=ceil(ahead * (1 + half)) - 1)
        begins = None if before.status.get(unit) else began[unit]
        known = context.catalog.units.get(unit)
        units.append(ComingUnitView(unit, known.title if known else unit, begins, end, early, late))
    last = context.today + timedelta(days=days - 1)
    cards = _new_cards(context, lived_ones, before)
    said = remarks(context, lived_ones)
    falls = waiting(context, before)
    open_ids = [id for id in context.path.units if id in before.status and before.status[id] not in SATISFIED]
    titles = {id: context.catalog.units[id].title for id in open_ids if id not in began}
    return ComingUnitsView(
        context.settings.get("path"), context.today, last, tuple(units), cards, said,
        tuple(title for id, title in titles.items() if id not in falls),
        tuple(title for id, title in titles.items() if id in falls),
    )  # fmt: skip


def _new_cards(
    context: "Context", lived_ones: Sequence[LivedDay], progress: "UnitProgress"
) -> tuple[ComingCardsView, ...]:
    """Return the units that are passed already, and until when cards of them come for the first time."""
    seen = set(context.store.item_keys())
    until: dict[str, date] = {}
    for lived in lived_ones:
        fresh = {item for block in lived.planned.blocks for item in block.items} - seen
        seen |= fresh
        until |= {unit_of(item): lived.planned.date for item in fresh if progress.status.get(unit_of(item)) in PASSED}
    units = context.catalog.units
    return tuple(ComingCardsView(unit, units[unit].title, day) for unit, day in until.items())
