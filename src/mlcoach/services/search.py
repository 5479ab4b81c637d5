"""One search over everything there is: the map, the cards, the papers, the checklists and the learner's own notes."""

import re
from collections.abc import Collection, Container, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.events import TimeLogged, TimerStopped
from mlcoach.domain.paper_events import PassFinished
from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.text import checked, one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.words import asked_words, holds, plain, words_of
from mlcoach.errors import UsageError
from mlcoach.services.cards.text import one_line_question
from mlcoach.services.help import page_hits
from mlcoach.views.search import HitKind, SearchHitView, SearchView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_HITS = 30
AROUND = 120  # characters of a text that are shown
ALL_EVENTS = 1_000_000_000


class IndexedHit(NamedTuple):
    """What can be found, and all its letters as words are compared by: what lacks one of them is passed by."""

    hit: SearchHitView
    letters: str


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
    """Return what holds all the words, those that have them in their title first, in the order of the map.

    A page of the help that is about the words comes before all; `commands` are those that it may speak of.

    Case, accents and plurals make no difference, and from four letters on the beginning of a word is enough. With
    `kinds` nothing else is looked at; `index` keeps what was read of the map for the next search. Raises UsageError
    for a text without a word.
    """
    wanted = asked_words(checked(words, "text", 500))
    if not wanted[0]:
        raise UsageError("which words?", "`mlcoach search eigenvalues`")
    ranked: list[tuple[int, SearchHitView, frozenset[str]]] = []
    for hit, is_about in page_hits(words, commands) if kinds is None or "help" in kinds else ():
        for number, asked in enumerate(wanted):
            if is_about or holds(words_of(f"{hit.title} {hit.text}"), asked):
                ranked.append((-1 if is_about else 2 + 3 * number, hit, asked))
                break
    for hit, letters in _everything(context, index or MapIndex(), kinds):
        if not any(all(word in letters for word in asked) for asked in wanted):
            continue
        title, text = words_of(hit.title), words_of(hit.text)
        for number, asked in enumerate(wanted):
            if holds(title | text, asked):
                rank = 0 if title == asked else 1 if holds(title, asked) else 2
                ranked.append((rank + 3 * number, hit, asked))
                break
    ranked.sort(key=lambda one: one[0])
    found = tuple(_shortened(hit, asked) for _, hit, asked in ranked[:limit])
    return SearchView(words.strip(), found, max(0, len(ranked) - limit))


def _everything(context: "Context", index: MapIndex, kinds: Collection[HitKind] | None) -> Iterator[IndexedHit]:
    """Yield everything of these kinds that can be found, each with all its text; of all kinds for None."""
    before, behind = index.of(context)
    queued = context.store.paper_titles()
    for one in before:
        if one.hit.kind != "paper" or one.hit.id not in queued:
            yield from _of_kinds((one,), kinds)
    yield from _of_kinds(_indexed(_queue(queued)), kinds)
    yield from _of_kinds(behind, kinds)
    if kinds is None or "note" in kinds:
        yield from _indexed(_notes(context))


def _of_kinds(hits: Iterable[IndexedHit], kinds: Collection[HitKind] | None) -> Iterator[IndexedHit]:
    return (one for one in hits if kinds is None or one.hit.kind in kinds)


def _indexed(hits: Iterable[SearchHitView]) -> Iterator[IndexedHit]:
    return (IndexedHit(hit, plain(f"{hit.title}\n{hit.text}")) for hit in hits)


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
    for item in catalog.all_items():
        command = f"mlcoach cards show {item.id}"
        if isinstance(item, Exercise):
            yield SearchHitView("exercise", item.id, item.title, item.prompt, command)
        else:
            # The answer is not shown: it is to be recalled.
            yield SearchHitView("card", item.id, one_line_question(item), "", command)
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


def _notes(context: "Context") -> Iterator[SearchHitView]:
    """Yield the notes of the journal, those on papers, and the files of notes."""
    from mlcoach.adapters.papers.note_files import note_shown, stem_of
    from mlcoach.domain.papers.state import state_of
    from mlcoach.services.day.status import title_of
    from mlcoach.services.papers.notes import note_path, noted

    for event in context.store.recent(("time_logged", "timer_stopped", "pass_finished"), ALL_EVENTS):
        body = event.body
        if isinstance(body, TimeLogged | TimerStopped | PassFinished) and body.note:
            unit = "" if isinstance(body, PassFinished) else body.unit
            about = title_of(context, unit, body.paper)
            title = f"{format_day(event.study_day, context.today)}{f', {about}' if about else ''}"
            yield SearchHitView("note", event.id, title, body.note, "mlcoach log --full")
    files = noted(context)
    for key, data in context.store.papers().items():
        state = state_of(data)
        texts = [note.text for note in state.notes] + [answer.text for answer in state.answers]
        if stem_of(key) in files:
            texts.append(note_shown(note_path(context, key, state.title)) or "")
        command = f"mlcoach paper show {short_id(key)}"
        yield from (SearchHitView("note", key, f"On {state.title or key}", text, command) for text in texts if text)
    from mlcoach.services.work.notes.note_files import is_private
    from mlcoach.services.work.notes.written import PAPER_NOTES, everything_written, view_of

    for written in everything_written(context):
        elsewhere = written.id.startswith(PAPER_NOTES) or is_private(written.id)
        if written.kind not in ("log", "paper") and not elsewhere:
            view = view_of(context, written, frozenset())
            yield SearchHitView("note", view.id, view.title, written.text, view.command)


def _shortened(hit: SearchHitView, wanted: frozenset[str]) -> SearchHitView:
    """Return the hit with the piece of its text that holds the most of the words."""
    text = one_line(re.sub(r"```\w*", "", hit.text))
    if len(text) <= AROUND:
        return hit._replace(text=text)
    pieces = text.split("; ") if "; " in text else text.split(". ")
    best = max(pieces, key=lambda piece: sum(holds(words_of(piece), (word,)) for word in wanted))
    return hit._replace(text=best if len(best) <= AROUND else f"{best[: AROUND - 1].rstrip()}…")
