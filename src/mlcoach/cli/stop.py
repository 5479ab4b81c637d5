"""`mlcoach stop`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach stop --at 21:30"


def command(
    ctx: typer.Context,
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="When it really ended.", show_default=False)] = "",
    note: Annotated[str, typer.Option("--note", "-n", help="What you did, in your words.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Stop the timer and record its time on the day it started."""
    from mlcoach.render.day import timer as screen
    from mlcoach.services.day import timer as service

    app = ctx.obj
    app.show("stop", service.stop(app.context, at, note), as_json, screen.lines)
