"""`mlcoach cancel`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach cancel"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Stop the timer without recording its time."""
    from mlcoach.render.day import timer as screen
    from mlcoach.services.day import timer as service

    ctx.obj.answer("cancel", service.cancel(ctx.obj.context), as_json, screen.lines)
