"""What the last fortnight was spent on and what it planned: the plan of a day depends on it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import LANES

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context
    from mlcoach.store.queries.days import LateDay

FORTNIGHT = 14  # days


class Lately(NamedTuple):
    """The days before today, the last one last; minutes by lane and by unit over all of them."""

    days: "tuple[LateDay, ...]"
    by_lane: dict[str, int]
    by_unit: dict[str, int]

    def since(self, today: date, kind: str) -> int:
        """Return the days since a block of a kind was planned last; a fortnight where there was none."""
        for late in reversed(self.days):
            if any(block.get("kind") == kind for block in late.plan):
                days: int = (today - late.day).days
                return days
        return FORTNIGHT


def lately(context: "Context") -> Lately:
    """Return the last fortnight before today."""
    first = context.today - timedelta(days=FORTNIGHT)
    days = context.store.lately(first, context.today - timedelta(days=1))
    aliases, units = context.catalog.aliases(), context.catalog.units
    by_unit: Counter[str] = Counter()
    by_lane: Counter[str] = Counter(dict.fromkeys(LANES, 0))
    for late in days:
        for unit, seconds in late.units.items():
            by_unit[aliases.get(unit, unit)] += seconds
    for unit, seconds in by_unit.items():
        if unit in units:
            by_lane[units[unit].lane] += seconds
    return Lately(tuple(days), _minutes(by_lane), _minutes(by_unit))


def _minutes(seconds: Counter[str]) -> dict[str, int]:
    return {name: value // 60 for name, value in seconds.items()}


def begun_since(context: "Context", progress: "UnitProgress", track: str, days: int) -> bool:
    """Return whether a unit of a track was begun within so many days."""
    after = (context.today - timedelta(days=days)).isoformat()
    begun: Iterable[str] = (id for id, unit in context.catalog.units.items() if unit.track == track)
    return any(progress.states[id].first_day > after for id in begun if id in progress.states)
