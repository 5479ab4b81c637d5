"""`mlcoach status`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach status --json"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Timer, minutes, streak and what is due, on one or two lines."""
    from mlcoach.render.day import status as screen
    from mlcoach.services.day import status as service

    app = ctx.obj
    view = service.status(app.context)
    app.answer("status", view, as_json, screen.lines)
    if notice := service.overnight_notice(view.timer):
        app.hint(notice)
    if view.sync:
        app.hint(view.sync)
