"""`mlcoach paper add`"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of
from mlcoach.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from mlcoach.cli.app import App
    from mlcoach.domain.papers.paper_source import Details, PaperSource
    from mlcoach.services.papers.add import Prepared
    from mlcoach.services.papers.web import WebAnswers

EXAMPLE = 'Example: mlcoach paper add 1706.03762 --why "every model cites it"'
LIBRARIES = (".bib", ".bibtex", ".json")
MOST_LINES = 5_000


def command(
    ctx: typer.Context,
    papers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PAPER]...",
            help="arXiv ids, DOIs, addresses, PDFs, a BibTeX file, or - for a list.",
            show_default=False,
        ),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Its title; known for most.", show_default=False)] = "",
    author: Annotated[
        list[str] | None, typer.Option("--author", help="An author; once for each.", show_default=False)
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="The year it appeared.", show_default=False)] = None,
    why: Annotated[str, typer.Option("--why", help="Why you want to read it.", show_default=False)] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Don't ask the web about it.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Put papers into the reading queue. What arXiv or Crossref knows of them is asked for in one go.

    A paper that comes with the program needs no network; offline any other is added with what is known, and
    `mlcoach paper refresh` completes it. A paper without arXiv id or DOI is added by its --title. Adding a paper again
    changes what you say of it, and puts a dropped, finished or put aside one back.
    """
    from mlcoach.domain.papers import paper_source
    from mlcoach.services.papers import add as service

    app = ctx.obj
    day = study_day_of(app, date)
    words = papers or []
    details = paper_source.Details(title, tuple(author or ()), year, why)
    if len(words) == 1 and Path(words[0]).suffix.lower() in LIBRARIES and not title:
        from mlcoach.cli.paper.import_file import import_library

        import_library(app, Path(words[0]), day, as_json)
        return
    sources = _sources(service.as_titles(app.context, words))
    if words == ["-"]:
        _add_list(app, sources, details, day, offline=offline, as_json=as_json)
        return
    prepared = service.prepare(app.context, sources, details, day, None if offline else _asking(app))
    _add(app, prepared, day, as_json)


def _asking(app: "App") -> "Callable[[Sequence[str]], WebAnswers]":
    """Return what asks the web, saying so on a terminal."""
    from mlcoach.services.papers.web import look_up

    def ask(ids: "Sequence[str]") -> "WebAnswers":
        if app.screen.error_is_terminal:
            app.hint(f"asking about {ids[0] if len(ids) == 1 else f'{len(ids)} papers'} …")
        return look_up(app.context, ids)

    return ask


def _add(app: "App", prepared: "Prepared", day: "date", as_json: bool) -> None:
    """Ask for a reason on a terminal, write, and show what became of each paper."""
    from mlcoach.domain.papers.ids import short_id
    from mlcoach.render.papers import entries
    from mlcoach.render.papers import queue as papers_queue
    from mlcoach.services.papers import add as service

    why = ""
    lacking = prepared.without_reason
    if len(lacking) == 1 and not as_json and not app.as_json and app.screen.interactive:
        app.hint(entries.with_formulas(lacking[0].title) or lacking[0].paper)
        why = app.ask("Why do you want to read it? (enter: say it later)")
    view = service.commit(app.context, prepared, day, why)
    app.show("paper_add", view, as_json, papers_queue.added_lines)
    if len(lacking) > 1:
        app.hint(f'{len(lacking)} of them have no reason yet: mlcoach paper add ID --why "…"')
    for addition in view.papers:
        if addition.paper.title == addition.paper.id and ":" in addition.paper.id:
            app.hint(f'to give it its title: mlcoach paper add {short_id(addition.paper.id)} --title "…"')
        elif addition.action == "added" and not addition.paper.why and len(view.papers) == 1:
            app.hint(f'a reason carries you through: mlcoach paper add {short_id(addition.paper.id)} --why "…"')


def _sources(words: list[str]) -> "list[PaperSource]":
    """Return what each word names: a line of a piped list, a PDF, or a paper."""
    from mlcoach.domain.papers.paper_source import PaperSource

    if "-" in words:
        if words != ["-"]:
            from mlcoach.errors import UsageError

            raise UsageError("`-` reads all papers from what is piped in", "give it alone")
        return [PaperSource(text, place=f"line {number}") for number, text in _piped_lines()]
    return [_pdf(word) if word.lower().endswith(".pdf") and "://" not in word else PaperSource(word) for word in words]


def _pdf(word: str) -> "PaperSource":
    from mlcoach.adapters.papers.pdf import read_pdf
    from mlcoach.domain.papers.paper_source import PaperSource, pdf_source

    path = Path(word).expanduser()
    if not path.exists() and "/" in word and _is_address(word):
        return PaperSource(word)  # arxiv.org/pdf/1706.03762.pdf
    id, known = read_pdf(path)
    return pdf_source(path.stem, id, known, str(path.absolute()))


def _is_address(word: str) -> bool:
    from mlcoach.domain.papers.ids import paper_id

    return paper_id(word) is not None


def _piped_lines() -> "list[tuple[int, str]]":
    """Return the lines of what is piped in, without comments and empty ones, with their numbers."""
    import sys

    from mlcoach.errors import UsageError

    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing is piped in", "`mlcoach paper add - < list.txt`, a paper a line")
    try:
        lines = sys.stdin.read(2_000_000).splitlines()
    except UnicodeDecodeError as error:
        raise UsageError("the list is not UTF-8 text", "save it as UTF-8") from error
    found = [(number, line.strip()) for number, line in enumerate(lines, start=1)]
    kept = [(number, line) for number, line in found if line and not line.startswith("#")]
    if not kept:
        raise UsageError("the list is empty", "write a paper a line: an arXiv id, a DOI, or an address")
    if len(kept) > MOST_LINES:
        raise UsageError(f"the list has {len(kept):,} lines; at most {MOST_LINES:,} are read", "add it in parts")
    return kept


def _add_list(
    app: "App", sources: "list[PaperSource]", details: "Details", day: "date", *, offline: bool, as_json: bool
) -> None:
    """Add the papers of a list: those that can be, the others are named by their lines."""
    from mlcoach.render.papers.exchange import imported_lines
    from mlcoach.services.papers.add_list import add_list

    view = add_list(app.context, sources, details, day, None if offline else _asking(app))
    app.show("paper_import", view, as_json, imported_lines)
    if view.skipped:
        raise typer.Exit(ExitCode.LEFT_OUT)
