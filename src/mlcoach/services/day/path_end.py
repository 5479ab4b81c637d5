"""What is said where a path ends, and where it nearly does: what was done, what keeps it, and where to go next."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.plan import count
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum.progress import unit_progress

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.services.curriculum.progress import UnitProgress

NEXT_PATHS = 3
SPECIALTY_SHARE = 0.7  # of the core's hours, from where a specialty is offered


def end_note(context: "Context") -> str:
    """Return what to say on a day without a unit to study: the path is walked, or nothing on it is ready."""
    progress = unit_progress(context, with_memory=True)
    units = [id for id in context.path.units if id in progress.status]
    if not is_walked(context, progress):
        return f"Nothing new is ready on the path `{context.path.id}`; the map: mlcoach curriculum map"
    hours = round(sum(state.seconds for id, state in progress.states.items() if id in units) / 3600)
    passed = sum(progress.status[id] != "skipped" for id in units)
    known = len(context.store.item_keys())
    papers = context.store.paper_counts().get("finished", 0)
    rusty = [id for id in units if progress.status[id] == "rusty"]
    walked = (
        f"You have walked the path `{context.path.id}` to its end: {count(passed, 'unit')} in {count(hours, 'hour')},"
        f" {known} cards and exercises met, {count(papers, 'paper')} read."
    )
    said = [walked, "Reviews and two practices a week keep it."]
    if rusty:
        said.append(f"Faded: {', '.join(rusty[:3])}.")
    if following := next_paths(context, progress):
        said.append("Next: " + "; ".join(f"`mlcoach config set path {id}`" for id in following))
    return " ".join(said)


def is_walked(context: "Context", progress: "UnitProgress | None" = None) -> bool:
    """Return whether every unit of the path is passed or skipped."""
    status = (progress or unit_progress(context)).status
    return all(status[id] in SATISFIED for id in context.path.units if id in status)


def next_paths(context: "Context", progress: "UnitProgress") -> list[str]:
    """Return up to three other paths of which the most is done already and something is left."""
    found: list[tuple[float, str]] = []
    for id, path in context.catalog.paths.items():
        units = [context.catalog.units[unit] for unit in path.units if unit in context.catalog.units]
        hours = sum(unit.hours for unit in units)
        left = sum(unit.hours for unit in units if progress.status[unit.id] not in SATISFIED)
        if id != context.path.id and left > 0:
            found.append((left / hours, id))
    return [id for _, id in sorted(found)[:NEXT_PATHS]]
