"""Where the learner is with every unit, under today's ids.

State is kept under the id an event was written with. A unit that was renamed in the curriculum (`was`) is found under
its old id too; where both have a state, they are joined. A unit that was split from another one (`split_from`) counts
as passed where that one was, with whatever is new in it left to do. Ids that are gone stay in the store as orphans and
appear nowhere but in `doctor`.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Requirement, Unit
from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.unit_status import UnitStanding, UnitStatus, open_requirements, unit_status
from mlcoach.services.curriculum.steps_done import share_done

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import ItemTally
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
    retained: Mapping[str, float] = {}

    def locked_by(self, requires: Iterable[Requirement]) -> list[str]:
        """Return the prerequisites still missing."""
        needed = (edge.unit for edge in requires if self.shares.get(edge.unit, 0.0) < edge.share)
        return open_requirements((unit for unit in needed if unit not in self.known), self.status)

    def standings(self, units: Mapping[str, Unit]) -> dict[str, UnitStanding]:
        """Return the status of each of these units, those not begun as locked or ready."""
        return {
            id: self.status[id] or ("locked" if self.locked_by(unit.requires) else "ready")
            for id, unit in units.items()
        }


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
                _hand_down(found, part, whole, recorded[whole])
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
    return frozenset(path.known if path else ())


def _hand_down(found: dict[str, list[tuple[str, UnitState]]], part: str, whole: str, state: UnitState) -> None:
    """Add what a unit has from the one it was split from: the pass, and the steps done of it.

    The hours stay with the unit that took the old one's place. As nobody studied the part as it is now, its new cards
    are asked as those of a unit passed otherwise. A whole under way does not begin its parts.
    """
    share = state._replace(seconds=0, since_step=0, how="")
    if state.mark == "learning":
        if part not in found:
            return
        share = share._replace(first_day="", last_day="")
    found.setdefault(part, []).append((whole, share))


def _joined(context: "Context", keyed: list[tuple[str, UnitState]]) -> UnitState:
    """Return what the events of all ids of a unit fold to: the word said last holds, time adds up."""
    keyed = sorted(keyed, key=lambda one: (one[1].last_day, one[1].mark != "learning"))
    joined = keyed[0][1]
    for _, state in keyed[1:]:
        joined = _later(joined, state)
    if joined.mark == "learning" and any(state.mark != "learning" for _, state in keyed):
        # Time and steps under the later id are no word: they do not take back a pass under the earlier one.
        word = [state for key, state in keyed if state.mark != "learning" or _was_opened_again(context, key)][-1]
        joined = joined._replace(mark=word.mark, passed_day=word.passed_day, how=word.how)
    return joined


def _later(earlier: UnitState, last: UnitState) -> UnitState:
    firsts = [state.first_day for state in (earlier, last) if state.first_day]
    return last._replace(
        first_day=min(firsts, default=""),
        steps={**earlier.steps, **last.steps},
        seconds=earlier.seconds + last.seconds,
        since_step=last.since_step + (0 if last.steps else earlier.since_step),
    )


def _was_opened_again(context: "Context", key: str) -> bool:
    """Return whether the learner said of a unit under way that it is to be learned, after having closed it or not."""
    from mlcoach.domain.event_keys import Key
    from mlcoach.domain.events import UnitMarked

    return any(isinstance(event.body, UnitMarked) for event in context.store.events_of(Key("unit", key)))


def _tallies(context: "Context") -> "dict[str, ItemTally]":
    from mlcoach.services.curriculum.tallies import item_tallies  # no plan needs to know

    return item_tallies(context)
