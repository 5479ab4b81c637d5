"""One search over everything there is: the map, the cards, the papers, the checklists and the learner's own notes."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.events import TimeLogged, TimerStopped
from mlcoach.domain.paper_events import PassFinished
from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.text import checked, one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.words import asked_words, holds, words_of
from mlcoach.errors import UsageError
from mlcoach.views.search import SearchHitView, SearchView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_HITS = 30
AROUND = 120  # characters of a text that are shown
ALL_EVENTS = 1_000_000_000


def search(context: "Context", words: str, limit: int = MOST_HITS) -> SearchView:
    """Return what holds all the words, those that have them in their title first, in the order of the map.

    Case, accents and plurals make no difference, and from four letters on the beginning of a word is enough. Raises
    UsageError for a text without a word.
    """
    wanted = asked_words(checked(words, "text", 500))
    if not wanted[0]:
        raise UsageError("which words?", "`mlcoach search eigenvalues`")
    ranked: list[tuple[int, SearchHitView]] = []
    for hit in _everything(context):
        title, text = words_of(hit.title), words_of(hit.text)
        for number, asked in enumerate(wanted):
            if holds(title | text, asked):
                rank = 0 if title == asked else 1 if holds(title, asked) else 2
                ranked.append((rank + 3 * number, _shortened(hit, asked)))
                break
    ranked.sort(key=lambda one: one[0])
    found = [hit for _, hit in ranked]
    return SearchView(words.strip(), tuple(found[:limit]), max(0, len(found) - limit))


def _everything(context: "Context") -> Iterator[SearchHitView]:
    """Yield everything that can be found, each with all its text."""
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
            yield SearchHitView("card", item.id, one_line(item.question), "", command)
    queued = context.store.paper_titles()
    for id, paper in catalog.papers().items():
        if id not in queued:
            text_of = f"{', '.join(paper.authors)}; {paper.why}"
            yield SearchHitView("paper", id, paper.title, text_of, f"mlcoach paper add {short_id(id)}")
    for id, title in queued.items():
        yield SearchHitView("paper", id, title, "in your queue", f"mlcoach paper show {short_id(id)}")
    for id, title in catalog.checklists().items():
        checklist = catalog.checklist(id)
        lines = "; ".join(item.text for item in checklist.items) if checklist else ""
        yield SearchHitView("checklist", id, title, lines, f"mlcoach curriculum show {id}")
    yield from _notes(context)


def _notes(context: "Context") -> Iterator[SearchHitView]:
    """Yield the notes of the journal, those on papers, and the files of notes."""
    from mlcoach.services.day.status import title_of
    from mlcoach.services.papers.notes import note_path, note_shown, noted, stem_of
    from mlcoach.services.papers.state import state_of

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
    from mlcoach.services.work.written import PAPER_NOTES, everything_written, view_of

    for written in everything_written(context):
        if written.kind not in ("log", "paper") and not written.id.startswith(PAPER_NOTES):
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
