"""`mlcoach reopen`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, UnitArgument, study_day_of

EXAMPLE = "Example: mlcoach reopen math.la.vectors"


def command(
    ctx: typer.Context,
    unit: UnitArgument,
    date: DayOption = "",
    note: Annotated[str, typer.Option("--note", "-n", help="A line to remember.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Put it back to learning."""
    from mlcoach.render.day import units as screen
    from mlcoach.services.day import units as service

    app = ctx.obj
    day = study_day_of(app, date)
    app.show("reopen", service.mark_unit(app.context, unit, "learning", day, note), as_json, screen.lines)
