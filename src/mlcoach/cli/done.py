"""`mlcoach done`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, UnitArgument, study_day_of

EXAMPLE = "Example: mlcoach done math.la.vectors"


def command(
    ctx: typer.Context,
    unit: UnitArgument,
    date: DayOption = "",
    note: Annotated[str, typer.Option("--note", "-n", help="A line to remember.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """You passed it. Its cards keep coming back, so that it stays."""
    from mlcoach.render.day import units as screen
    from mlcoach.services.day import units as service

    app = ctx.obj
    day = study_day_of(app, date)
    app.show("done", service.mark_unit(app.context, unit, "passed", day, note), as_json, screen.lines)
