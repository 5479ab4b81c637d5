"""What all items of a unit say of it together."""

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from mlcoach.domain.day.unit_status import ItemTally

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MANY = 2000  # items answered, from which on the tallies of a day are kept until something changes
FILE_NAME = "tallies.json"


def item_tallies(context: "Context") -> dict[str, ItemTally]:
    """Return the tally of every unit with an answered item.

    It reads all items. Of many the result is kept in the cache, good for this day, this journal, this curriculum and
    these settings only: a page of numbers that is made twice an evening reads them once.
    """
    store = context.store
    if store.answered_item_count() < MANY:
        return _computed(context)
    from mlcoach.private_files import keep_in_cache

    adaptive = context.settings.get("memory.adaptive")
    stamp = [context.today.isoformat(), adaptive, context.catalog.stamp, store.file_stamp(), ItemTally._fields]
    stamp = json.loads(json.dumps(stamp))
    path = context.places.cache / FILE_NAME
    with suppress(OSError, ValueError, TypeError):
        made_from, rows = json.loads(path.read_bytes())
        if made_from == stamp:
            return {unit: ItemTally(*row)._replace(relearned=tuple(row[2])) for unit, row in rows.items()}
    found = _computed(context)
    keep_in_cache(path, json.dumps([stamp, found], separators=(",", ":")).encode())
    return found


def _computed(context: "Context") -> dict[str, ItemTally]:
    from mlcoach.domain.memory import tallies
    from mlcoach.domain.memory.many_recalls import packed_recalls

    catalog, store = context.catalog, context.store
    model = store.learner_model() if context.settings.get("memory.adaptive") else None
    there = tallies.ItemsThere(
        set(catalog.item_ids()), catalog.exercises, catalog.drills, catalog.item_counts, catalog.aliases()
    )
    return tallies.item_tallies(store.met_items(), there, packed_recalls(model, store.parameters()), context.today)
