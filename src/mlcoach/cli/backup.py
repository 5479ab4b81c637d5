"""`mlcoach backup`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach backup"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Copy the store now and print where to. One is made by itself at most every half hour of use.

    Kept are all of two days, then the last of 12 days, 10 weeks and 9 months.
    """
    from mlcoach.render.upkeep import backups as screen
    from mlcoach.services.upkeep import backups as service

    ctx.obj.show("backup", service.make(ctx.obj.context), as_json, screen.made_lines)
