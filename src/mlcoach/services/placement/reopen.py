"""A unit that placement passed, and whose cards then fail, goes back to learning."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import unit_of
from mlcoach.domain.events import UnitMarked
from mlcoach.domain.memory.ratings import AGAIN
from mlcoach.services.day.fortnight import FORTNIGHT

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FAILURES = 3  # cards
FAILING_SHARE = 0.6  # of the answers: who knows a unit still misses every fifth card of it at first sight


def reopened_by(context: "Context", item: str, day: date) -> list[UnitMarked]:
    """Return the mark that puts a unit back to learning as its card fails on this day: none where it need not.

    That is where three cards of a unit passed by placement failed within a fortnight, and three in five of its answers
    did. A card fails once a day at most. A notice says it.
    """
    unit = unit_of(item)
    aliases = context.catalog.aliases()
    state = context.store.units().get(unit)
    if state is None or state.mark != "passed" or state.how != "placement" or item in context.catalog.exercises:
        return []
    rated = {
        (aliases.get(name, name), studied): rating
        for name, rating, _, studied in reversed(context.store.answers_since(day - timedelta(days=FORTNIGHT)))
        if studied >= state.passed_day and unit_of(aliases.get(name, name)) == unit
    }  # the first answer of a day is left: what is asked again within minutes is one difficulty
    rated.setdefault((item, day.isoformat()), AGAIN)
    failed = sum(rating == AGAIN for rating in rated.values())
    if failed < FAILURES or failed < FAILING_SHARE * len(rated):
        return []
    title = context.catalog.units[unit].title
    context.notices.append(f"{title} is back to learning: {failed} of its cards failed since placement passed it")
    return [UnitMarked(unit, "learning")]
