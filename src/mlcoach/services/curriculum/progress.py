"""Where the learner is with every unit, under today's ids.

State is kept under the id an event was written with. A unit that was renamed in the curriculum (`was`) is found under
its old id too; where both have a state, they are joined. A unit that was split from another one (`split_from`) counts
as passed where that one was, with whatever is new in it left to do. Ids that are gone stay in the store as orphans and
appear nowhere but in `doctor`.
"""

from typing import TYPE_CHECKING

from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.unit_status import UnitProgress, UnitStatus, hand_down, later_of, unit_status
from mlcoach.services.curriculum.steps_done import share_done

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import ItemTally
    from mlcoach.services.context import Context


def unit_progress(context: "Context", *, with_memory: bool = False) -> UnitProgress:
    """Return the status of every unit; with memory also which are mastered or rusty, and how much of each would be
    recalled today (this reads all items)."""
    catalog, store = context.catalog, context.store
    aliases = catalog.aliases()
    recorded = store.units()
    found: dict[str, list[tuple[str, UnitState]]] = {}
    for key, state in recorded.items():
        found.setdefault(key if key in catalog.units else aliases.get(key, key), []).append((key, state))
    for part, wholes in catalog.splits.items():
        for whole in wholes:
            if whole in recorded:
                hand_down(found, part, whole, recorded[whole])
    states = {id: _joined(context, keyed) for id, keyed in found.items()}
    tallies = _tallies(context) if with_memory else {}
    status: dict[str, UnitStatus] = {}
    for id in catalog.units:
        status[id] = unit_status(states.get(id), tallies.get(id))
    in_part = {edge.unit for unit in catalog.units.values() for edge in unit.requires if edge.share < 1}
    shares = {id: share_done(context, id, states[id]) for id in in_part if status.get(id) == "learning"}
    retained = {id: tally.retained for id, tally in tallies.items()}
    return UnitProgress(status, states, known_on_path(context), shares, retained)


def known_on_path(context: "Context") -> frozenset[str]:
    """Return the units that the learner's path takes as known."""
    path = context.catalog.paths.get(context.settings.get("path"))
    return frozenset(context.with_kept(path).known if path else ())


def _joined(context: "Context", keyed: list[tuple[str, UnitState]]) -> UnitState:
    """Return what the events of all ids of a unit fold to: the word said last holds, time adds up."""
    keyed = sorted(keyed, key=lambda one: (one[1].last_day, one[1].mark != "learning"))
    joined = keyed[0][1]
    for _, state in keyed[1:]:
        joined = later_of(joined, state)
    if joined.mark == "learning" and any(state.mark != "learning" for _, state in keyed):
        # Time and steps under the later id are no word: they do not take back a pass under the earlier one.
        word = [state for key, state in keyed if state.mark != "learning" or _was_opened_again(context, key)][-1]
        joined = joined._replace(mark=word.mark, passed_day=word.passed_day, how=word.how)
    return joined


def _was_opened_again(context: "Context", key: str) -> bool:
    """Return whether the learner said of a unit under way that it is to be learned, after having closed it or not."""
    from mlcoach.domain.event_keys import Key
    from mlcoach.domain.events import UnitMarked

    return any(isinstance(event.body, UnitMarked) for event in context.store.events_of(Key("unit", key)))


def _tallies(context: "Context") -> "dict[str, ItemTally]":
    from mlcoach.services.curriculum.tallies import item_tallies  # no plan needs to know

    return item_tallies(context)
