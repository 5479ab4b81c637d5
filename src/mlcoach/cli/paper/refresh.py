"""`mlcoach paper refresh`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json, complete_paper

EXAMPLE = "Example: mlcoach paper refresh"


def command(
    ctx: typer.Context,
    papers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PAPER]...",
            help="Which; without one all of which something is missing.",
            autocompletion=complete_paper,
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask arXiv and Crossref for titles, authors and abstracts that are missing. What you said yourself stays."""
    from mlcoach.errors import MissingExtraError
    from mlcoach.render.papers import exchange
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.papers import refresh as service
    from mlcoach.services.papers.web import look_up

    app = ctx.obj
    with waiting_bar(app.screen, "Asking arXiv and Crossref") as on_progress:
        view = service.refresh(app.context, papers or (), lambda ids: look_up(app.context, ids, on_progress))
    if view.trouble and not view.papers and not view.unknown:
        raise MissingExtraError(view.trouble, "nothing was changed; try again later")
    app.show("paper_refresh", view, as_json, exchange.refreshed_lines)
    if view.trouble:
        app.hint(f"note: {view.trouble}; the rest was not asked")
