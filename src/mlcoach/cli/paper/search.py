"""`mlcoach paper search`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach paper search bias correction"


def command(
    ctx: typer.Context,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT...", help="Words that must all be there.", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Don't cut a long list.")] = False,
    as_json: Json = False,
) -> None:
    """Find papers of the queue by words of their titles, authors, abstracts, notes and answers."""
    from mlcoach.render.papers import around as screen
    from mlcoach.services.papers import search as service

    app = ctx.obj
    limit = 0 if everything or as_json or app.as_json else service.MOST_HITS
    view = service.search(app.context, " ".join(text or ()), limit=limit)
    app.show("paper_search", view, as_json, screen.search_lines)
