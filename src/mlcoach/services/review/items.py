"""The learner's memory of items under today's ids: states, histories, what is due and what is new.

State is kept under the id an event was written with. An item that was renamed in the curriculum (`was`) is found under
its old id too; where both have a state, they are folded together.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.event_order import order_of
from mlcoach.domain.memory.items import ItemState

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.domain.events import Event
    from mlcoach.domain.memory.fsrs6 import Parameters
    from mlcoach.services.context import Context
    from mlcoach.store.queries.items import DueItem

# More than that is a backlog, whose exact number is not needed.
COUNTED_ONE_BY_ONE = 500


Recall = Callable[[ItemState, date], float]
"""The probability that an item answered at least once is recalled on a study day."""


def scheduled_recall(context: "Context") -> Recall:
    """Return the recall from which dates are made, as a function of the state of an item and a study day.

    It is that of FSRS-6 corrected by what was learned of the learner, in their usual mood; that of FSRS-6 alone where
    they want it so, and for rows that an earlier release folded.
    """
    from mlcoach.domain.memory.recall import decay_of, retrievability

    parameters = context.store.parameters()
    decay = decay_of(parameters)
    adaptive = context.settings.get("memory.adaptive")
    corrected: list[Recall] = []

    def recall(state: ItemState, day: date) -> float:
        if adaptive and state.trace:
            if not corrected:
                corrected.append(_corrected(context, parameters))
            return corrected[0](state, day)
        return retrievability(state.stability, (day - date.fromisoformat(state.last_day)).days, decay)

    return recall


def _corrected(context: "Context", parameters: "Parameters") -> Recall:
    from mlcoach.domain.memory import learner_model
    from mlcoach.domain.memory.fsrs6 import Memory
    from mlcoach.domain.memory.trace import elapsed_days, unpacked

    recalled = learner_model.scheduled_recalls(context.store.learner_model(), parameters)

    def recall(state: ItemState, day: date) -> float:
        last = date.fromisoformat(state.last_day).toordinal()
        trace = unpacked(state.trace, Memory(state.stability, state.difficulty), last)
        return recalled(trace, elapsed_days(trace, day.toordinal()))

    return recall


def item_state(context: "Context", item: str) -> ItemState | None:
    """Return the state of one item, also under the ids it had."""
    old = [alias for alias, now in context.catalog.aliases().items() if now == item]
    found = context.store.items([item, *old])
    if len(found) > 1:
        from mlcoach.domain.memory.items import fold_item

        return fold_item(item_history(context, item), item, context.store.parameters())
    return next(iter(found.values()), None)


def item_states(context: "Context", items: Iterable[str]) -> dict[str, ItemState]:
    """Return the states of those of these items that have one, also under the ids they had."""
    wanted = set(items)
    olds = {old: now for old, now in context.catalog.aliases().items() if now in wanted}
    known: dict[str, ItemState] = {}
    for key, state in context.store.items([*wanted, *olds]).items():
        item = olds.get(key, key)
        known[item] = (item_state(context, item) or state) if item in known else state
    return known


def item_history(context: "Context", item: str) -> "list[Event]":
    """Return the grades and marks of one item, also under the ids it had, in journal order."""
    ids = [item, *(alias for alias, now in context.catalog.aliases().items() if now == item)]
    events = {event.id: event for id in ids for event in context.store.item_events(id)}
    return sorted(events.values(), key=order_of)


def stored_under(context: "Context", item: str) -> list[str]:
    """Return the older ids under which this item has a state of its own that it has not taken over yet."""
    old = [alias for alias, now in context.catalog.aliases().items() if now == item]
    return list(context.store.items(old)) if old else []


def due_heads(
    context: "Context", limit: int, *, ahead: int = 0, subject: str = "", only: str = ""
) -> "list[tuple[DueItem, ItemHead]]":
    """Return up to `limit` due items that the curriculum still has, most overdue for their interval first.

    `only` is card, exercise or "" for both. `ahead` also takes what falls due within that many days. Buried and
    suspended items are left out.
    """
    aliases = context.catalog.aliases()
    renamed = set(aliases.values())
    chosen: list[tuple[DueItem, ItemHead]] = []
    seen: set[str] = set()
    day = context.today + timedelta(days=ahead)
    exercises = context.catalog.exercises
    chosen_kind: dict[str, frozenset[str]] = {}
    if only:
        chosen_kind = {"among": exercises} if only == "exercise" else {"without": exercises}
    # Orphans may be among the most overdue; a second, unlimited look is rare and still one query.
    for size in (limit * 2 + 20, -1):
        due = context.store.due(day, size, subject, **chosen_kind)
        heads = context.catalog.heads([aliases.get(item.item, item.item) for item in due])
        for item in due:
            id = aliases.get(item.item, item.item)
            if id in heads and id not in seen and len(chosen) < limit:
                seen.add(id)
                if id in renamed and not _is_due(context, id, day):
                    continue  # its row under the old id alone is behind
                chosen.append((item, heads[id]))
        if len(chosen) >= limit or len(due) < size or size < 0:
            break
    return chosen


def _is_due(context: "Context", item: str, day: date) -> bool:
    state = item_state(context, item)
    until = day.isoformat()
    return state is not None and state.due <= until and not state.suspended and state.buried_until <= until


def due_count(context: "Context") -> int:
    """Return how many cards are due today; short of a backlog, those no longer in the curriculum are left out."""
    exercises = context.catalog.exercises
    stored = context.store.due_count(context.today, exercises)
    if not 0 < stored <= COUNTED_ONE_BY_ONE:
        return stored
    aliases = context.catalog.aliases()
    due = context.store.due(context.today, without=exercises)
    return len(context.catalog.heads([aliases.get(item.item, item.item) for item in due]))


def new_heads(context: "Context", units: Iterable[str], limit: int) -> "list[ItemHead]":
    """Return up to `limit` cards never answered, of these units in turn; exercises enter through study itself."""
    waiting: list[list[ItemHead]] = []
    for unit in units:
        heads = [head for head in context.catalog.items(unit) if head.kind == "card"]
        known = known_items(context, [head.id for head in heads])
        waiting.append([head for head in heads if head.id not in known])
    chosen: list[ItemHead] = []
    while any(waiting) and len(chosen) < limit:
        for heads in waiting:
            if heads and len(chosen) < limit:
                chosen.append(heads.pop(0))
    return chosen


def known_items(context: "Context", items: list[str]) -> set[str]:
    """Return those of these items that were answered, suspended or buried before, under any of their ids."""
    wanted = set(items)
    olds = {old: now for old, now in context.catalog.aliases().items() if now in wanted}
    today = context.today.isoformat()
    found = context.store.items([*items, *olds])
    return {
        olds.get(key, key)
        for key, state in found.items()
        if state.repetitions or state.suspended or state.buried_until > today
    }
