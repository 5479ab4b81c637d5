"""Locks advise: what to say when a unit is begun before what it builds on, or beside too many others."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.plan import MOST_OPEN
from mlcoach.services.curriculum import progress

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def advise_on_unit(context: "Context", unit: str) -> None:
    """Leave a notice when `unit` is about to be begun while locked, or as one unit too many."""
    standing = progress.unit_progress(context)
    if standing.status.get(unit):
        return  # under way or closed already: the advice was given when it was begun
    known = context.catalog.units[unit]
    missing = set(standing.locked_by(requirement.unit for requirement in known.requires))
    for requirement in known.requires:
        if requirement.unit in missing:
            reason = f": {requirement.why}" if requirement.why else ""
            context.notices.append(f"it builds on {requirement.unit}, not passed yet{reason}")
    under_way = [id for id, status in standing.status.items() if status == "learning"]
    if len(under_way) >= MOST_OPEN:
        context.notices.append(
            f"{len(under_way) + 1} units are under way with this one, and a plan keeps {MOST_OPEN}; "
            f"`mlcoach done` or `mlcoach skip` closes one of {', '.join(under_way)}"
        )
