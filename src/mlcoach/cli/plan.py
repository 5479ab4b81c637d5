"""`mlcoach plan`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach plan --days 14"


def command(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=60, help="How many days to show.")] = 7,
    as_json: Json = False,
) -> None:
    """The coming days, if each is done as planned. Only today's plan is fixed; the others follow what you do."""
    from mlcoach.render.day import plan as screen
    from mlcoach.services.day import upcoming as service

    ctx.obj.show("plan", service.coming_days(ctx.obj.context, days), as_json, screen.lines)
