"""Where sync stands: the place, what waits here, and conflicts that the learner has not settled."""

from datetime import datetime
from typing import TYPE_CHECKING

from mlcoach.domain.sync.segments import parse, uncovered
from mlcoach.domain.sync.versions import conflict_copies, original_of
from mlcoach.services.practice.machine import work_folder
from mlcoach.services.sync import places, progress
from mlcoach.services.sync.carried import carried_paths, path_here
from mlcoach.store.database import explained
from mlcoach.store.queries import sync as stored
from mlcoach.views.sync.exchange import ConflictView
from mlcoach.views.sync.status import SyncStatusView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def status(context: "Context") -> SyncStatusView:
    """Return where sync stands; the place itself is not asked."""
    address = places.address_of(context)
    known = progress.read(context)
    return SyncStatusView(
        place=address,
        key_file=str(places.key_file(context)) if address else None,
        automatic=bool(context.settings.get("sync.auto")),
        last=_local(context, known.done),
        waiting=_waiting(context) if address else 0,
        conflicts=tuple(unsettled(context)),
        failures=known.failures,
        problem=known.problem,
        work=str(work_folder(context)) if address else "",
    )


def unsettled(context: "Context") -> list[ConflictView]:
    """Return the conflicts of which both versions are still there."""
    return [
        ConflictView(str(path_here(context, original_of(path))), str(path_here(context, path)))
        for path in conflict_copies(carried_paths(context))
    ]


def _waiting(context: "Context") -> int:
    """Return how many entries no segment has that was put from here or read here."""
    store = context.store
    with explained(store.path):
        state = stored.read_state(store.connection)
        spans = stored.spans(store.connection)
    names = [*state.get("pushed", ()), *state.get("seen", ())]
    there = [segment for name in names if (segment := parse(name))]
    return sum(span.last - span.first + 1 for span in uncovered(spans, there))


def _local(context: "Context", instant: int) -> datetime | None:
    return context.local(instant) if instant else None
