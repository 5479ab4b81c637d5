"""`mlcoach forecast`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach forecast --json"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """When your path ends, as a range: what is left of it over the pace of your last weeks.

    Estimates of units are multiplied by what they really took you, the more the more you have passed.
    """
    from mlcoach.render.day import forecast as screen
    from mlcoach.services.day import forecast as service

    ctx.obj.show("forecast", service.forecast(ctx.obj.context), as_json, screen.lines)
