"""`mlcoach paper stats`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach paper stats"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Look back on what you read: passes by week, time for a pass, subjects, and what changed your mind."""
    from mlcoach.render.papers import stats as screen
    from mlcoach.services.papers import stats as service

    ctx.obj.show("paper_stats", service.stats(ctx.obj.context), as_json, screen.stats_lines)
