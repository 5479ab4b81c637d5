"""The life of a unit: learning, passed, mastered, rusty, skipped; and what locks it."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

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
