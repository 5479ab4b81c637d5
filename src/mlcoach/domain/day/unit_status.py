"""The life of a unit: learning, passed, mastered, rusty, skipped; and what locks it."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from mlcoach.domain.curriculum import Requirement, Unit
from mlcoach.domain.day.progress import UnitState

UnitStatus = Literal["", "learning", "passed", "mastered", "rusty", "skipped"]
UnitStanding = Literal["locked", "ready", "learning", "passed", "mastered", "rusty", "skipped"]


class ItemTally(NamedTuple):
    """What mastery and rust need of the items of one unit.

    `relearned` maps the day of the last recall to the number of items recalled on two study days or more;
    `recall` is the mean probability of recall of the items seen (None when none was), `retained` the share of the unit
    that would be recalled today, with what was never answered (see `retained`).
    """

    items: int
    first_day: str = ""
    relearned: tuple[str, ...] = ()
    recall: float | None = None
    retained: float = 0.0


MASTERED_SHARE = 0.8
RUSTY_RECALL = 0.7
SATISFIED: tuple[UnitStatus, ...] = ("passed", "mastered", "rusty", "skipped")


def unit_status(state: UnitState | None, tally: ItemTally | None) -> UnitStatus:
    """Return learning, passed, mastered, rusty, skipped, or "" for a unit without any event.

    Mastered: at least 80 % of its items were recalled on two study days, the later one after passing. Rusty:
    passed or mastered, and the mean recall of its items is below 0.7 now.
    """
    if state is None:
        return ""
    if state.mark != "passed":
        return state.mark
    if tally and tally.recall is not None and tally.recall < RUSTY_RECALL:
        return "rusty"
    if tally and tally.items:
        relearned = sum(last > state.passed_day for last in tally.relearned)
        if relearned >= MASTERED_SHARE * tally.items:
            return "mastered"
    return "passed"


def open_requirements(requires: Iterable[str], status: Mapping[str, UnitStatus]) -> list[str]:
    """Return the prerequisites that are not satisfied: those that lock a unit."""
    return [unit for unit in requires if status.get(unit, "") not in SATISFIED]


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

    def granted(self, requires: Iterable[Requirement]) -> list[str]:
        """Return the prerequisites that lock nothing since the path takes them as known, although they are not done."""
        needed = (edge for edge in requires if edge.unit in self.known)
        wanting = (edge.unit for edge in needed if self.shares.get(edge.unit, 0.0) < edge.share)
        return open_requirements(wanting, self.status)

    def standings(self, units: Mapping[str, Unit]) -> dict[str, UnitStanding]:
        """Return the status of each of these units, those not begun as locked or ready."""
        return {
            id: self.status[id] or ("locked" if self.locked_by(unit.requires) else "ready")
            for id, unit in units.items()
        }


def hand_down(found: dict[str, list[tuple[str, UnitState]]], part: str, whole: str, state: UnitState) -> None:
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


def later_of(earlier: UnitState, last: UnitState) -> UnitState:
    """Return two states of one unit as one: time and steps of both, and what was said last."""
    firsts = [state.first_day for state in (earlier, last) if state.first_day]
    return last._replace(
        first_day=min(firsts, default=""),
        steps={**earlier.steps, **last.steps},
        seconds=earlier.seconds + last.seconds,
        since_step=last.since_step + (0 if last.steps else earlier.since_step),
    )
