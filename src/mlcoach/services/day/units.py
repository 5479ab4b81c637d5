"""The learner's word on a unit: passed it, know it or don't want it, back to learning."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import unlocked_by
from mlcoach.domain.day.plan import MOST_OPEN
from mlcoach.domain.events import UnitMark, UnitMarked
from mlcoach.domain.text import checked
from mlcoach.services import names
from mlcoach.services.curriculum import progress
from mlcoach.services.record import record
from mlcoach.views.units import UnitChangedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def mark_unit(context: "Context", name: str, mark: UnitMark, day: date, note: str = "") -> UnitChangedView:
    """Mark a unit as passed, skipped or learning on a study day, and return what became ready by it.

    Locks advise: a locked unit can be passed, and a notice says what it was waiting for. Raises NotFoundError or
    UsageError for a name that fits nothing or several.
    """
    id = names.unit(context, name)
    unit = context.catalog.units[id]
    before = progress.unit_progress(context)
    missing = before.locked_by(requirement.unit for requirement in unit.requires)
    if mark == "passed" and missing:
        context.notices.append(f"it builds on {', '.join(missing)}, which you have not marked as passed")
    ready_before = _ready(context, before)
    record(context, UnitMarked(id, mark, checked(note, "note")), day=day)
    ready_after = _ready(context, progress.unit_progress(context))
    followers = unlocked_by(context.catalog.units)[id]
    items = [head.id for head in context.catalog.items(id)]
    recalled = sum(bool(state.last_recalled) for state in context.store.items(items).values())
    return UnitChangedView(
        unit=id,
        title=unit.title,
        mark=mark,
        date=day,
        recall=context.catalog.text(id).recall if mark == "passed" else "",
        unlocked=tuple(
            (follower, context.catalog.units[follower].title)
            for follower in followers
            if follower in ready_after - ready_before
        ),
        items=len(items),
        recalled=recalled,
    )


def _ready(context: "Context", standing: progress.UnitProgress) -> set[str]:
    return {
        unit.id
        for unit in context.catalog.units.values()
        if not standing.status[unit.id] and not standing.locked_by(requirement.unit for requirement in unit.requires)
    }


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
