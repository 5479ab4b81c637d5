"""What all items of a unit say of it together."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.unit_status import ItemTally
from mlcoach.domain.memory import tallies
from mlcoach.domain.memory.many_recalls import packed_recalls

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def item_tallies(context: "Context") -> dict[str, ItemTally]:
    """Return the tally of every unit with an answered item. It reads all items, and is computed at each call."""
    catalog, store = context.catalog, context.store
    model = store.learner_model() if context.settings.get("memory.adaptive") else None
    there = tallies.Asked(
        set(catalog.item_ids()), catalog.exercises, catalog.drills, catalog.item_counts, catalog.aliases()
    )
    return tallies.item_tallies(store.met_items(), there, packed_recalls(model, store.parameters()), context.today)
