"""What an assistant finds: things by their words, and a paper with its pass; private notes only where they may be."""

from typing import TYPE_CHECKING

from mlcoach.domain.quoting import quoted
from mlcoach.services import search as service
from mlcoach.services.papers import passes
from mlcoach.views.assistant.reading import (
    CurrentReadingView,
    FoundThingsView,
    FoundThingView,
    paper_state,
)
from mlcoach.views.search import HitKind

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_HITS = 20
# By name: what another part of the program makes searchable is not told before somebody decides so.
TOLD: frozenset[HitKind] = frozenset(
    ("unit", "subject", "path", "reading", "card", "exercise", "paper", "checklist")
)  # fmt: skip
NOTES: frozenset[HitKind] = frozenset(("note",))


def search(
    context: "Context", words: str, *, notes: bool = False, index: service.MapIndex | None = None
) -> FoundThingsView:
    """Return what holds all the words; the learner's notes only with `notes`. Raises UsageError without a word."""
    kinds = TOLD | NOTES if notes else TOLD
    found = service.search(context, words, MOST_HITS, kinds=kinds, index=index)
    hits = tuple(FoundThingView(hit.kind, hit.id, quoted(title=hit.title, text=hit.text)) for hit in found.hits)
    return FoundThingsView(hits, found.more)


def paper(context: "Context", name: str = "", *, notes: bool = False) -> CurrentReadingView:
    """Return a paper of the queue or of the map, without a name the one whose turn it is. Raises as `passes.show`."""
    view = passes.show(context, name).paper if name else passes.current(context).paper
    return CurrentReadingView(paper_state(view, notes=notes) if view else None)
