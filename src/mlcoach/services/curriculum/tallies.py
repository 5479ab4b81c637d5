"""What all items of a unit say of it together: how many came back, how well they are recalled today."""

from collections import Counter
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import ItemKind, unit_of
from mlcoach.domain.day.retained import unit_retained
from mlcoach.domain.day.unit_status import ItemTally
from mlcoach.domain.memory.items import ItemState
from mlcoach.services.review.items import scheduled_recall

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def item_tallies(context: "Context") -> dict[str, ItemTally]:
    """Return the tally of every unit with an answered item. It reads all items, and is computed at each call."""
    aliases = context.catalog.aliases()
    every = context.store.every_item()
    there = set(context.catalog.item_ids())
    drills, exercises_there = context.catalog.drills, context.catalog.exercises
    items_of: dict[str, list[tuple[str, ItemState]]] = {}
    for key, state in every.items():
        id = aliases.get(key, key)
        if id in there and id not in drills:  # what is gone can neither be recalled nor fade
            items_of.setdefault(unit_of(id), []).append((id, state))
    tallies = {}
    recall = scheduled_recall(context)
    counts, drills_of = context.catalog.item_counts, Counter(unit_of(id) for id in drills)
    for unit, states in items_of.items():
        graded = [(id, state) for id, state in states if state.last_day]
        if not graded:
            continue
        recalls: dict[ItemKind, list[float]] = {"card": [], "exercise": []}
        for id, state in graded:
            recalls["exercise" if id in exercises_there else "card"].append(recall(state, context.today))
        cards, exercises = counts.get(unit, (0, 0))
        tallies[unit] = ItemTally(
            items=cards + exercises - drills_of[unit] or len(states),
            first_day=min(state.first_day for _, state in graded),
            relearned=tuple(
                state.last_recalled
                for _, state in graded
                if state.first_recalled and state.first_recalled < state.last_recalled
            ),
            recall=sum(map(sum, recalls.values())) / len(graded),
            retained=unit_retained(cards, recalls["card"], recalls["exercise"]),
        )
    return tallies
