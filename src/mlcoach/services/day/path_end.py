"""What is said where a path ends, and where it nearly does: what was done, what keeps it, and where to go next."""

from datetime import timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.plan import count
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum.progress import unit_progress

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

NEXT_PATHS = 3
SPECIALTY_SHARE = 0.7  # of a path's hours, from where the paths that go on from it are offered
OFFER_DAYS = 7  # how long the plan speaks of them; the forecast goes on doing so


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
        f"You have finished the path `{context.path.id}`: {count(passed, 'unit')} in {count(hours, 'hour')},"
        f" {known} cards and exercises met, {count(papers, 'paper')} read."
    )
    said = [walked, "Reviews and two practices a week keep it."]
    if rusty:
        said.append(f"Faded: {', '.join(rusty[:3])}.")
    if following := next_paths(context, progress):
        said.append("Next: " + "; ".join(f"`mlcoach config set path {id}`" for id in following))
    return " ".join(said)


def is_walked(context: "Context", progress: "UnitProgress") -> bool:
    """Return whether every unit of the path is passed or skipped."""
    status = progress.status
    return all(status[id] in SATISFIED for id in context.path.units if id in status)


def specialty_note(context: "Context", progress: "UnitProgress") -> str:
    """Return the offer of a specialty, in the week in which the path is nearly walked; "" on other days."""
    if not any(goes_on(context, id) for id in context.catalog.paths):  # as on most paths
        return ""
    since = (context.today - timedelta(days=OFFER_DAYS)).isoformat()
    before = {id for id, state in progress.states.items() if state.last_day <= since}
    if not _share(context, progress, before) < SPECIALTY_SHARE <= _share(context, progress):
        return ""
    offered = paths_that_go_on(context, progress)
    return (
        f"Most of the path `{context.path.id}` is behind you: time to choose what comes after it. Paths that go"
        f" on from here: {', '.join(offered)}. `mlcoach curriculum show {offered[0]}` shows one,"
        f" `mlcoach config set path {offered[0]}` takes it."
    )


def paths_that_go_on(context: "Context", progress: "UnitProgress") -> tuple[str, ...]:
    """Return the paths that go on from the learner's path, once enough of it is passed; none before."""
    if _share(context, progress) < SPECIALTY_SHARE:
        return ()
    return tuple(id for id in context.catalog.paths if goes_on(context, id))


def goes_on(context: "Context", id: str) -> bool:
    """Return whether a path has every unit of the learner's path, and more."""
    return set(context.catalog.paths[id].units) > set(context.chosen_path.units)


def _share(context: "Context", progress: "UnitProgress", among: set[str] | None = None) -> float:
    """Return the share of the path's hours that is passed or skipped, counting only the units `among` when given."""
    units = [context.catalog.units[id] for id in context.path.units if id in context.catalog.units]
    passed = [unit for unit in units if progress.status[unit.id] in SATISFIED and (among is None or unit.id in among)]
    return sum(unit.hours for unit in passed) / (sum(unit.hours for unit in units) or 1)


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
