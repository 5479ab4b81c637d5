"""`mlcoach search`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json
from mlcoach.errors import UsageError

EXAMPLE = "Example: mlcoach search eigenvalues"
MOST = 10_000
ON_SCREEN = 10  # hits: what a reader looks through before trying other words


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="All of them must be there, in any order.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", help="The most hits to show: 10, with --json 30.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Find units, readings, cards, papers, checklists, notes and pages of the help, each with its command."""
    from mlcoach.render import search as screen
    from mlcoach.services import search as service

    limit = limit if limit is not None else service.MOST_HITS if as_json else ON_SCREEN
    if not 1 <= limit <= MOST:
        raise UsageError(f"`--limit` must be 1 to {MOST:,}, got {limit}")
    app = ctx.obj
    commands = ctx.find_root().command.summaries  # type: ignore[attr-defined]  # of our own group
    view = service.search(app.context, " ".join(words or ()), limit, commands)
    app.show("search", view, as_json, screen.lines)
