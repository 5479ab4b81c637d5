"""`mlcoach undo`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach undo --list, then mlcoach undo 2"


def command(
    ctx: typer.Context,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[N]", min=1, help="Which entry of --list; the newest is 1.", show_default=False),
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List what can be taken back; with N, that many.")] = False,
    as_json: Json = False,
) -> None:
    """Take back the last command, with everything it recorded and the files it wrote. Nothing is ever deleted."""
    from mlcoach.render.upkeep import undo as screen
    from mlcoach.render.waiting_bar import LONG, waiting_bar
    from mlcoach.services.upkeep import undo as service

    app = ctx.obj
    if show_list:
        app.show("undo_list", service.steps(app.context, number or service.SHOWN), as_json, screen.list_lines)
        return
    with waiting_bar(app.screen, "Folding again", least=LONG) as on_progress:
        view = service.undo(app.context, number or 1, on_progress)
    app.show("undo", view, as_json, screen.undo_lines)
