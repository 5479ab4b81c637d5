"""The reading queue as a list: filtered, sorted, and no longer than a screen can show."""

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from mlcoach.domain import text
from mlcoach.domain.papers.passes import LIST_ORDER, OPEN, PASSES, STATUSES, PaperStatus
from mlcoach.domain.text import checked
from mlcoach.errors import UsageError
from mlcoach.services.papers.state import entry_of
from mlcoach.views.papers.queue import QueueEntryView, QueueView, Sort, SuggestionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

ALL: Literal["all"] = "all"
Word = TypeVar("Word", bound=str)
SORTS: tuple[Sort, ...] = ("turn", "added", "year", "title", "time")


class WantedPapers(NamedTuple):
    """What a list is to hold. `limit` 0 is all; `subject` a subject or unit of the map, or an arXiv category."""

    status: str = ""
    sort: str = "turn"
    reading_pass: int = 0
    subject: str = ""
    limit: int = 0


def queue(context: "Context", wanted: WantedPapers = WantedPapers()) -> QueueView:  # noqa: B008 - a NamedTuple never changes
    """Return the papers of one status, of `all`, or without one all but the dropped.

    Raises UsageError for a status, a pass or an order that does not exist.
    """
    asked: PaperStatus | Literal["", "all"] = ""
    if wanted.status:
        asked = _chosen(wanted.status, (*STATUSES, ALL), "status", "statuses")
    statuses = LIST_ORDER[:-1] if not asked else LIST_ORDER if asked == ALL else (asked,)
    sort = _chosen(wanted.sort, SORTS, "order", "orders")
    if wanted.reading_pass and wanted.reading_pass not in PASSES:
        raise UsageError(f"there is no pass {wanted.reading_pass}", "the passes are 1, 2 and 3")
    counts = context.store.paper_counts()
    narrowed = bool(wanted.reading_pass or wanted.subject)
    keys = _of_subject(context, wanted.subject) if wanted.subject else None
    # Only what will be shown is read: a list must not grow with the queue.
    at_once = wanted.limit if wanted.limit and sort == "turn" and not narrowed else -1
    rows, room = [], at_once
    for status in statuses:
        found = context.store.paper_rows(status, room) if room else []
        room -= len(found) if room > 0 else 0
        rows += [
            row
            for row in found
            if (not wanted.reading_pass or row.reading_pass == wanted.reading_pass)
            and (keys is None or row.key in keys)
        ]
    seconds = context.store.paper_seconds()
    entries = _sorted([entry_of(row, seconds.get(row.key, 0)) for row in rows], sort)
    total = len(entries) if at_once < 0 else sum(counts.get(status, 0) for status in statuses)
    shown = entries[: wanted.limit] if wanted.limit else entries
    near = () if any(counts.get(status) for status in OPEN) else _near(context)
    return QueueView(tuple(shown), asked, counts.get("dropped", 0), near, sort, total - len(shown), narrowed)


def _near(context: "Context") -> tuple[SuggestionView, ...]:
    from mlcoach.services.papers.paper_catalog import suggestions

    return suggestions(context, context.store.paper_titles())


def _chosen(word: str, known: tuple[Word, ...], what: str, many: str) -> Word:
    for one in known:
        if one == word:
            return one
    hint = text.nearest(word, known) or f"the {many} are {', '.join(known)}"
    raise UsageError(f"no {what} `{checked(word, what)[:80]}`", hint)


def _sorted(entries: list[QueueEntryView], sort: Sort) -> list[QueueEntryView]:
    match sort:
        case "added":
            return sorted(entries, key=lambda one: (one.added is None, one.added), reverse=True)
        case "year":
            return sorted(entries, key=lambda one: -(one.year or 0))
        case "title":
            return sorted(entries, key=lambda one: one.title.casefold())
        case "time":
            return sorted(entries, key=lambda one: -one.minutes)
        case _:
            return entries


def _may_be_category(word: str) -> bool:
    """Return whether a word looks like an arXiv category: `cs.lg`."""
    archive, _, part = word.partition(".")
    return archive.replace("-", "").isalpha() and len(part) == 2 and part.isalpha()


def _of_subject(context: "Context", name: str) -> set[str]:
    """Return the papers of the queue that belong to a subject or unit of the map, or to an arXiv category."""
    from mlcoach.services.papers.paper_catalog import paper_catalog

    wanted = name.strip()
    found = context.store.papers_in_category(wanted)
    lowered = wanted.lower()
    for paper in paper_catalog(context).values():
        places = (paper.subject, *paper.units)
        if any(place == lowered or place.startswith(f"{lowered}.") for place in places):
            found.add(paper.id)
    if (
        not found
        and not _may_be_category(lowered)
        and lowered not in {*context.catalog.subjects(), *context.catalog.units}
    ):
        known = [*context.catalog.subjects(), *context.catalog.units]
        near = text.nearest(lowered, known)
        raise UsageError(
            f"no paper belongs to `{checked(name, 'subject')[:80]}`",
            near or "name a subject or unit of the map, or an arXiv category such as cs.LG",
        )
    return found
