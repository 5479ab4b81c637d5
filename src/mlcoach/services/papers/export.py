"""The queue -> BibTeX, CSL-JSON or a reading log: nothing that a reference manager said of a paper is lost."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.papers.kept_records import as_exported
from mlcoach.adapters.papers.records import citation_key, records_of
from mlcoach.domain.papers.details import KnownPaper
from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.papers.passes import STATUSES, VERDICTS, PaperState
from mlcoach.domain.papers.state import place_of, state_of
from mlcoach.domain.text import checked, harmless, nearest
from mlcoach.domain.time.durations import format_duration
from mlcoach.errors import UsageError
from mlcoach.views.papers.exchange import PapersExportedView, SharedPaperView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FORMATS = ("bibtex", "csl", "markdown")
SHELF = "shelf"


def export(context: "Context", form: str, status: str = "") -> PapersExportedView:
    """Return the papers of the queue as a document, of one status if one is named; `shelf` is the bundled lists.

    Raises UsageError for a format or a status that does not exist.
    """
    if form not in FORMATS:
        hint = nearest(form, FORMATS) or f"the formats are {', '.join(FORMATS)}"
        raise UsageError(f"no format `{checked(form, 'format')[:80]}`", hint)
    if status == SHELF:
        papers = _bundled(context)
    else:
        if status and status not in STATUSES:
            hint = nearest(status, (*STATUSES, SHELF)) or f"the statuses are {', '.join(STATUSES)}, and {SHELF}"
            raise UsageError(f"no status `{checked(status, 'status')[:80]}`", hint)
        states = {key: state_of(data) for key, data in context.store.papers().items()}
        ordered = sorted(states, key=lambda key: (states[key].added, states[key].touched, _numbers_in_order(key)))
        papers = {key: states[key] for key in ordered if not status or states[key].status == status}
    match form:
        case "bibtex":
            text = _bibtex({key: _known(key, state) for key, state in papers.items()})
        case "csl":
            from mlcoach.adapters.papers import csl

            text = csl.write(
                item
                for key, state in papers.items()
                for item in (csl.item_of(_csl_key(key, state), _known(key, state)), *_also(state, "csl"))
            )
        case _:
            text = "\n".join(_log(context, papers.items())) + "\n"
    return PapersExportedView(form, len(papers), harmless(text), tuple(_shared(papers, form)))


def _numbers_in_order(key: str) -> str:
    """Return what sorts `a-title-2` before `a-title-10`, so that what is imported again gets the same numbers."""
    return re.sub(r"\d+", lambda match: match[0].zfill(20), key)


def _bibtex(papers: Mapping[str, KnownPaper]) -> str:
    """Return papers as BibTeX: each as its manager wrote it, one that several entries are once for each of them."""
    from mlcoach.adapters.papers import bibtex_records

    also = {key: [bibtex_records.safe(one) for one in _also(known, "bibtex")] for key, known in papers.items()}
    there = {one["key"].lower() for records in also.values() for one in records}
    for known in papers.values():
        if isinstance(own := known.details.get("bibtex"), dict):
            there.add(bibtex_records.safe_key(str(own["key"])).lower())
    records = []
    kept: dict[str, None] = {}
    for key, known in papers.items():
        records += [bibtex_records.record_of(key, known, there.__contains__), *also[key]]
        kept |= dict.fromkeys(map(str, known.details.get("library") or ()))
    return bibtex_records.write(records, tuple(kept))


def _also(paper: KnownPaper | PaperState, form: str) -> list[Any]:
    """Return the entries that were merged into a paper, as they were written."""
    from mlcoach.adapters.papers.records import records_of

    return [
        one for one in records_of({f"{form}_also": paper.details.get(f"{form}_also")}, form) if isinstance(one, dict)
    ]


def _csl_key(key: str, state: PaperState) -> str:
    """Return the id of a paper that no CSL came with: the citation key it has in BibTeX."""
    own = state.details.get("bibtex")
    return str(own["key"]) if isinstance(own, dict) and own.get("key") else key


def _shared(papers: Mapping[str, PaperState], form: str) -> Iterable[SharedPaperView]:
    for key, state in papers.items():
        keys = [citation_key(form, one) for one in records_of(state.details, form)] if form != "markdown" else []
        if len(keys) > 1:
            yield SharedPaperView(key, state.title or key, tuple(keys))


def _bundled(context: "Context") -> dict[str, PaperState]:
    return {
        paper.id: PaperState(
            paper.title, paper.authors, paper.year, details={"venue": paper.venue} if paper.venue else {}
        )
        for paper in context.catalog.papers().values()
    }


def _known(key: str, state: PaperState) -> KnownPaper:
    return as_exported(key, KnownPaper(state.title, state.authors, state.year, state.details))


def _log(context: "Context", papers: Iterable[tuple[str, PaperState]]) -> Iterable[str]:
    """Yield the lines of the reading log: what was read when, with the sentence that stayed of it."""
    seconds = context.store.paper_seconds()
    yield "# Reading log"
    for key, state in papers:
        more = len(state.authors) > 6 or (state.authors and state.details.get("others"))
        authors = ", ".join(state.authors[:6]) + (" and others" if more else "")
        about = ", ".join(filter(None, (_md(authors), str(state.year or ""))))
        yield ""
        yield f"## {_md(state.title or key)}"
        yield ""
        yield ". ".join(filter(None, (about, place_of(key, state.details) or short_id(key))))
        time = f", {format_duration(seconds[key] // 60)}" if seconds.get(key, 0) >= 60 else ""
        yield ""
        yield f"{state.status.capitalize()}{time}."
        if state.why:
            yield f"Why: {_md(state.why)}"
        lines = [
            f"- {one.day}, pass {one.reading_pass}: {VERDICTS[one.verdict]}."
            + (f" {_md(one.note)}" if one.note else "")
            + (f" It changed my mind: {_md(one.changed)}" if one.changed else "")
            for one in state.passes
        ]
        lines += [f"- {_md(one.step)} (pass {one.reading_pass}): {_md(one.text)}" for one in state.answers]
        lines += [f"- {one.day}: {_md(one.text)}" for one in state.notes]
        if lines:
            yield ""
            yield from lines


def _md(text: str) -> str:
    """Return a text as one line of Markdown in which it cannot begin a heading, a list or a tag of its own."""
    line = " ".join(text.split())
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#" else character for character in line)
