"""One search over everything there is: the map, the cards, the papers, the checklists and the learner's own notes."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.search.ranking import ABOUT, NEAR, OWN, REST, WITHIN, fit_of, in_other_words
from mlcoach.domain.text import checked, one_line
from mlcoach.domain.words import asked_words, best_piece, holds, plain, words_of
from mlcoach.errors import StoreError, UsageError
from mlcoach.services.cards.text import one_line_question
from mlcoach.services.help import page_hits
from mlcoach.views.search import HitKind, SearchHitView, SearchView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_HITS = 30
OWN_FIRST = 3  # notes with the very words, which come before all others
PIECES: tuple[HitKind, ...] = ("reading", "exercise")
AROUND = 120  # characters of a text that are shown
RankedHit = tuple[int, SearchHitView, frozenset[str]]


class IndexedHit(NamedTuple):
    """What can be found, and all its letters as words are compared by: what lacks one of them is passed by.

    `is_own` says that it is the learner's own: a project, a paper of the queue.
    """

    hit: SearchHitView
    letters: str
    is_own: bool = False


class MapIndex:
    """What can be found on the map, read once for a program that lasts, and again when the curriculum changes."""

    def __init__(self) -> None:
        self._stamp = ""
        self._hits: tuple[list[IndexedHit], list[IndexedHit]] = ([], [])

    def of(self, context: "Context") -> tuple[list[IndexedHit], list[IndexedHit]]:
        """Return what stands before the papers of the queue, and what stands behind them."""
        if self._stamp != context.catalog.stamp:
            self._hits = ([*_indexed(_map(context))], [*_indexed(_checklists(context))])
            self._stamp = context.catalog.stamp
        return self._hits


def search(
    context: "Context",
    words: str,
    limit: int = MOST_HITS,
    commands: Container[str] = frozenset(),
    *,
    kinds: Collection[HitKind] | None = None,
    index: MapIndex | None = None,
) -> SearchView:
    """Return what holds all the words: one's own things first, then what fits best (`fit_of`), in the map's order.

    A page of the help that is about the words comes next to one's own; `commands` are those that it may speak of.

    Case, accents and plurals make no difference, and from four letters on the beginning of a word is enough. With
    `kinds` nothing else is looked at; `index` keeps what was read of the map for the next search. Raises UsageError
    for a text without a word.
    """
    wanted = asked_words(checked(words, "text", 500))
    if not wanted[0]:
        raise UsageError("which words?", "`mlcoach search eigenvalues`")
    ranked: list[RankedHit] = []
    begun = context.store.units()
    near = {*context.path.units, *begun}
    for hit, is_about in page_hits(words, commands) if kinds is None or "help" in kinds else ():
        for number, asked in enumerate(wanted):
            if is_about or holds(words_of(f"{hit.title} {hit.text}"), asked):
                ranked.append((ABOUT if is_about else in_other_words(REST, number), hit, asked))
                break
    for hit, letters, is_own in _everything(context, index or MapIndex(), kinds):
        if not any(all(word in letters for word in asked) for asked in wanted):
            continue
        title, text = words_of(hit.title), words_of(hit.text)
        for number, asked in enumerate(wanted):
            if holds(title | text, asked):
                is_near = hit.id.partition("/")[0] in near
                # What a card is called is its question, which only speaks of things.
                called = frozenset[str]() if hit.kind == "card" else title
                fit = fit_of(called, asked, near=is_near, own=is_own, whole=hit.kind not in PIECES)
                ranked.append((in_other_words(fit, number), hit, asked))
                break
    notes, more = _notes(context, wanted, limit) if kinds is None or "note" in kinds else ([], 0)
    ranked = sorted([*ranked, *notes], key=lambda one: (one[0], one[1].id.partition("/")[0] not in begun))
    found = tuple(_shortened(hit, asked) for _, hit, asked in ranked[:limit])
    return SearchView(words.strip(), found, max(0, len(ranked) - limit) + more)


def _everything(context: "Context", index: MapIndex, kinds: Collection[HitKind] | None) -> Iterator[IndexedHit]:
    """Yield everything of these kinds that can be found, each with all its text; of all kinds for None."""
    before, behind = index.of(context)
    queued = context.store.paper_titles()
    for one in before:
        if one.hit.kind != "paper" or one.hit.id not in queued:
            yield from _of_kinds((one,), kinds)
    yield from _of_kinds(_indexed(_queue(queued), is_own=True), kinds)
    yield from _of_kinds(behind, kinds)
    if kinds is None or "project" in kinds:
        yield from _indexed(_projects(context), is_own=True)


def _of_kinds(hits: Iterable[IndexedHit], kinds: Collection[HitKind] | None) -> Iterator[IndexedHit]:
    return (one for one in hits if kinds is None or one.hit.kind in kinds)


def _indexed(hits: Iterable[SearchHitView], *, is_own: bool = False) -> Iterator[IndexedHit]:
    return (IndexedHit(hit, plain(f"{hit.title}\n{hit.text}"), is_own) for hit in hits)


def _map(context: "Context") -> Iterator[SearchHitView]:
    """Yield subjects, paths, units, readings, items and the papers of the map, each with all its text."""
    catalog = context.catalog
    for subject in catalog.subjects().values():
        yield SearchHitView(
            "subject", subject.id, subject.title, subject.summary, f"mlcoach curriculum show {subject.id}"
        )
    for path in catalog.paths.values():
        yield SearchHitView("path", path.id, path.title, path.goal, f"mlcoach curriculum show {path.id}")
    readings: dict[tuple[str, str], SearchHitView] = {}
    for unit in catalog.units.values():
        text = catalog.text(unit.id)
        about = "; ".join(text.objectives) or text.why
        yield SearchHitView("unit", unit.id, unit.title, about, f"mlcoach start {unit.id}")
        for reading in text.read:
            key = (unit.id, reading.id or reading.title)
            title = f"{reading.title}: {reading.at}" if reading.at else reading.title
            by = f"{reading.by}; {unit.title}" if reading.by else unit.title
            command = f"mlcoach curriculum show {unit.id}"
            readings[key] = SearchHitView("reading", f"{unit.id}/{reading.id}".rstrip("/"), title, by, command)
    yield from readings.values()
    checked_alone = frozenset(catalog.self_checking)
    for item in catalog.all_items():
        if isinstance(item, Exercise):
            opens = "practice" if item.id in checked_alone else "review --item"
            yield SearchHitView("exercise", item.id, item.title, item.prompt, f"mlcoach {opens} {item.id}")
        else:
            # The answer is not shown: it is to be recalled.
            yield SearchHitView("card", item.id, one_line_question(item), "", f"mlcoach cards show {item.id}")
    for id, paper in catalog.papers().items():
        text_of = f"{', '.join(paper.authors)}; {paper.why}"
        yield SearchHitView("paper", id, paper.title, text_of, f"mlcoach paper add {short_id(id)}")


def _queue(queued: dict[str, str]) -> Iterator[SearchHitView]:
    """Yield the papers of the queue, whose titles these are."""
    for id, title in queued.items():
        yield SearchHitView("paper", id, title, "in your queue", f"mlcoach paper show {short_id(id)}")


def _checklists(context: "Context") -> Iterator[SearchHitView]:
    """Yield the checklists, each with all its lines."""
    catalog = context.catalog
    for id, title in catalog.checklists().items():
        checklist = catalog.checklist(id)
        lines = "; ".join(item.text for item in checklist.items) if checklist else ""
        yield SearchHitView("checklist", id, title, lines, f"mlcoach curriculum show {id}")


def _projects(context: "Context") -> Iterator[SearchHitView]:
    """Yield the learner's projects and ideas by their titles; what was written on them is found as notes are."""
    if not context.store.has_projects():
        return
    for id, state in context.store.projects.all().items():
        about = "; ".join(metric.name for metric in state.metrics if metric.name)
        yield SearchHitView("project", id, state.title, about, f"mlcoach project show {id}")


def _notes(context: "Context", wanted: Sequence[frozenset[str]], limit: int) -> tuple[list[RankedHit], int]:
    """Return what of the learner's own words holds these, but for notes about people and jobs, and how many more do."""
    from mlcoach.services.work.notes.written import find_written, view_of

    try:
        found = find_written(context, wanted, limit, private=False)
    except StoreError as error:  # the map can be searched all the same
        context.notices.append(f"your notes were left out: {error.message}")
        return [], 0
    hits: list[RankedHit] = []
    for rank, written in found.ranked:
        number, is_below = divmod(rank, 2)
        view = view_of(context, written, frozenset())
        id = written.about if written.kind == "paper" else view.id
        title = f"On {view.title}" if written.kind == "paper" else view.title
        hit = SearchHitView("note", id, title, written.text, view.command, written.kind)
        is_exact = len(hits) < OWN_FIRST and wanted[number] <= words_of(written.text)
        fit = OWN if is_exact else in_other_words(WITHIN if is_below else NEAR, number)
        hits.append((fit, hit, wanted[number]))
    return hits, found.more


def _shortened(hit: SearchHitView, wanted: frozenset[str]) -> SearchHitView:
    """Return the hit with the piece of its text that holds the most of the words."""
    return hit._replace(text=best_piece(one_line(re.sub(r"```\w*", "", hit.text)), wanted, AROUND))
