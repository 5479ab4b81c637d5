"""`mlcoach rest`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach rest fri..sun"


def command(
    ctx: typer.Context,
    days: Annotated[
        str,
        typer.Argument(
            metavar="[DAY..DAY]", help="One day, or first..last; weekdays mean the next one.", show_default=False
        ),
    ] = "",
    clear: Annotated[bool, typer.Option("--clear", help="Take planned rest off these days.")] = False,
    as_json: Json = False,
) -> None:
    """Plan days of rest: the streak holds, nothing is asked. Alone, list what is planned."""
    from mlcoach.render.habit import streak as screen
    from mlcoach.services.habit import streak as service

    app = ctx.obj
    if not days:
        app.show("rest", service.coming_rest(app.context), as_json, screen.coming_lines)
        return
    from mlcoach.domain.time.study_days import parse_range

    first, last = parse_range(days, app.context.today)
    app.show("rest", service.plan_rest(app.context, first, last, clear=clear), as_json, screen.rest_lines)
