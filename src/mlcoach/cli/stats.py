"""`mlcoach stats`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach stats --json"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Minutes, reviews, retention and progress over all time."""
    from mlcoach.render import habit as screen
    from mlcoach.services import habit as service

    ctx.obj.show("stats", service.stats(ctx.obj.context), as_json, screen.stats_lines)
