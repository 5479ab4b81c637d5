"""`mlcoach paper term`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json, PaperArgument

EXAMPLE = 'Example: mlcoach paper term 1706.03762 "self-attention" "each position weighs all others"'


def command(
    ctx: typer.Context,
    paper: PaperArgument,
    term: Annotated[str, typer.Argument(metavar="TERM", help="The term.")],
    meaning: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEANING...", help="What it means to you.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a card of a term that you looked up, in a subject of your own, `papers.own`."""
    from mlcoach.render.papers import around as screen
    from mlcoach.services.papers import cards as service

    app = ctx.obj
    view = service.term(app.context, paper, term, " ".join(meaning or ()))
    app.show("paper_term", view, as_json, screen.card_lines)
