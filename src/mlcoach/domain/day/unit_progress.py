"""The state of every unit of the map, and how states under several ids become one."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mlcoach.domain.curriculum import Requirement
from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.unit_status import UnitStatus, open_requirements


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
    firsts = [state.first_day for state in (earlier, last) if state.first_day]
    return last._replace(
        first_day=min(firsts, default=""),
        steps={**earlier.steps, **last.steps},
        seconds=earlier.seconds + last.seconds,
        since_step=last.since_step + (0 if last.steps else earlier.since_step),
    )
