"""`mlcoach paper open`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json, PaperWords

EXAMPLE = "Example: mlcoach paper open 1706.03762"


def command(
    ctx: typer.Context,
    paper: PaperWords,
    page: Annotated[bool, typer.Option("--page", help="The page on the web, also where a PDF is known.")] = False,
    as_json: Json = False,
) -> None:
    """Open a paper in the system's viewer: its PDF where one was added, else its page."""
    from mlcoach.adapters.opener import open_in_viewer
    from mlcoach.render.papers import around as screen
    from mlcoach.services.papers import links as service

    app = ctx.obj
    view = service.open_paper(
        app.context, " ".join(paper), lambda target: open_in_viewer(target, app.environment), page=page
    )
    app.show("paper_open", view, as_json, screen.opened_lines)
