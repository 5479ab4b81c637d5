"""`mlcoach stats`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach stats --json"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Minutes, reviews, retention, progress and forecast over all time.

    The last year is a heat map, a column a week. With --plain it is told in
    figures. `mlcoach report` makes a page of the same numbers.
    """
    from functools import partial

    from mlcoach.render.habit import stats as screen
    from mlcoach.services.habit import stats as habit_stats

    lines = partial(screen.stats_lines, plain=ctx.obj.is_plain)
    ctx.obj.show("stats", habit_stats.stats(ctx.obj.context), as_json, lines)
