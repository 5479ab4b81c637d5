"""Where the learner is with every unit, under today's ids.

State is kept under the id an event was written with. A unit that was renamed in the curriculum (`was`) is found under
its old id too; where both have a state, they are joined. Ids that are gone stay in the store as orphans and appear
nowhere but in `doctor`.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Requirement
from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.unit_status import ItemTally, UnitStatus, open_requirements, unit_status
from mlcoach.domain.memory.items import ItemState
from mlcoach.services.curriculum.steps_done import share_done
from mlcoach.services.review.items import scheduled_recall

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class UnitProgress(NamedTuple):
    """The state of every unit of the map: its status ("" when not begun) and its folded state.

    `known` are the units that the learner's path takes as known: they lock nothing. `shares` says how much is done of
    the units under way of which a part is enough for another one.
    """

    status: dict[str, UnitStatus]
    states: dict[str, UnitState]
    known: frozenset[str] = frozenset()
    shares: Mapping[str, float] = {}

    def locked_by(self, requires: Iterable[Requirement]) -> list[str]:
        """Return the prerequisites still missing."""
        needed = (edge.unit for edge in requires if self.shares.get(edge.unit, 0.0) < edge.share)
        return open_requirements((unit for unit in needed if unit not in self.known), self.status)


def unit_progress(context: "Context", *, with_memory: bool = False) -> UnitProgress:
    """Return the status of every unit; with memory also which are mastered or rusty (this reads all items)."""
    catalog, store = context.catalog, context.store
    aliases = catalog.aliases()
    states: dict[str, UnitState] = {}
    for key, state in store.units().items():
        id = key if key in catalog.units else aliases.get(key, key)
        states[id] = _joined_unit(states[id], state) if id in states else state
    tallies = _tallies(context) if with_memory else {}
    status: dict[str, UnitStatus] = {}
    for id in catalog.units:
        status[id] = unit_status(states.get(id), tallies.get(id))
    in_part = {edge.unit for unit in catalog.units.values() for edge in unit.requires if edge.share < 1}
    shares = {id: share_done(context, id, states[id]) for id in in_part if status.get(id) == "learning"}
    return UnitProgress(status, states, known_on_path(context), shares)


def known_on_path(context: "Context") -> frozenset[str]:
    """Return the units that the learner's path takes as known."""
    path = context.catalog.paths.get(context.settings.get("path"))
    return frozenset(path.known if path else ())


def _joined_unit(one: UnitState, other: UnitState) -> UnitState:
    """Return what both ids' events fold to: the word said last holds, time adds up."""
    last = max(one, other, key=lambda state: (state.last_day, state.mark != "learning"))
    earlier = other if last is one else one
    firsts = [state.first_day for state in (one, other) if state.first_day]
    return last._replace(
        first_day=min(firsts, default=""),
        steps={**earlier.steps, **last.steps},
        last_day=max(one.last_day, other.last_day),
        seconds=one.seconds + other.seconds,
        since_step=last.since_step + (0 if last.steps else earlier.since_step),
    )


def _tallies(context: "Context") -> dict[str, ItemTally]:
    aliases = context.catalog.aliases()
    every = context.store.every_item()
    there = context.catalog.heads([aliases.get(key, key) for key in every])
    drills = context.catalog.drills
    items_of: dict[str, list[ItemState]] = {}
    for key, state in every.items():
        id = aliases.get(key, key)
        if id in there and id not in drills:  # what is gone can neither be recalled nor fade
            items_of.setdefault(there[id].unit, []).append(state)
    tallies = {}
    recall = scheduled_recall(context)
    for unit, states in items_of.items():
        graded = [state for state in states if state.last_day]
        if not graded:
            continue
        recalls = [recall(state, context.today) for state in graded]
        tallies[unit] = ItemTally(
            items=sum(head.id not in drills for head in context.catalog.items(unit)) or len(states),
            first_day=min(state.first_day for state in graded),
            relearned=tuple(
                state.last_recalled
                for state in graded
                if state.first_recalled and state.first_recalled < state.last_recalled
            ),
            recall=sum(recalls) / len(recalls),
        )
    return tallies
