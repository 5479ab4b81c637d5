"""`mlcoach stats`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach stats --json"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Minutes, reviews, retention, progress and forecast over all time.

    The last year is a heat map, a column a week. `mlcoach report` makes a page of the same numbers.
    """
    from mlcoach.render import stats as screen
    from mlcoach.services import habit as service

    ctx.obj.show("stats", service.stats(ctx.obj.context), as_json, screen.stats_lines)
