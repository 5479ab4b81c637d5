"""Covered and retained of any units of the map, computed when read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import is_deck
from mlcoach.domain.day.retained import Shares, UnitShare, shares
from mlcoach.domain.day.unit_status import SATISFIED

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context


def unit_shares(unit_progress: "UnitProgress", id: str) -> Shares:
    """Return whether a unit is covered (1.0 or 0.0), and the share of it that would be recalled today.

    What would be recalled is said of a unit under way too; only sums leave it out until it is passed.
    """
    return Shares(float(unit_progress.status[id] in SATISFIED), unit_progress.retained.get(id, 0.0))


def shares_of(context: "Context", unit_progress: "UnitProgress", units: Iterable[str]) -> Shares:
    """Return what is covered and retained of these units; those that are gone, and decks, are left out.

    `unit_progress` is that with memory.
    """
    known = context.catalog.units
    return shares(
        UnitShare(known[id].hours, *_share(unit_progress, id)) for id in units if id in known and not is_deck(id)
    )


def _share(unit_progress: "UnitProgress", id: str) -> tuple[bool, float]:
    return unit_progress.status[id] in SATISFIED, unit_progress.retained.get(id, 0.0)
