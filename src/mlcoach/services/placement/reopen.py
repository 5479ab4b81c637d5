"""A unit that placement passed, and whose cards then fail, goes back to learning."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import unit_of
from mlcoach.domain.events import UnitMarked
from mlcoach.domain.memory.ratings import AGAIN
from mlcoach.services.day.fortnight import FORTNIGHT
from mlcoach.services.review.items import item_states

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FAILURES = 3  # cards
FAILING_SHARE = 0.6  # of the cards that were met: who knows a unit misses every fifth one at first sight


def reopened_by(context: "Context", item: str, day: date) -> list[UnitMarked]:
    """Return the mark that puts a unit back to learning as its card fails on this day: none where it need not.

    That is where, within a fortnight, three cards of a unit passed by placement failed as they came for the first time,
    and three in five of those that came did. A hard card that fails on several days is one. A notice says it.
    """
    unit = unit_of(item)
    aliases = context.catalog.aliases()
    state = context.store.units().get(unit)
    if state is None or state.mark != "passed" or state.how != "placement" or item in context.catalog.exercises:
        return []
    rated: dict[str, int] = {}
    for name, rating, first, studied in context.store.answers_since(day - timedelta(days=FORTNIGHT)):
        card = aliases.get(name, name)
        is_new = first and studied >= state.passed_day and card not in context.catalog.exercises
        if is_new and unit_of(card) == unit:
            rated[card] = rating
    if item not in item_states(context, [item]):
        rated[item] = AGAIN
    failed = sum(rating == AGAIN for rating in rated.values())
    if failed < FAILURES or failed < FAILING_SHARE * len(rated):
        return []
    title = context.catalog.units[unit].title
    context.notices.append(f"{title} is back to learning: {failed} of its cards failed since placement passed it")
    return [UnitMarked(unit, "learning")]
