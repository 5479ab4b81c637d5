"""`mlcoach skip`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, UnitArgument, study_day_of

EXAMPLE = "Example: mlcoach skip math.la.vectors"


def command(
    ctx: typer.Context,
    unit: UnitArgument,
    date: DayOption = "",
    note: Annotated[str, typer.Option("--note", "-n", help="A line to remember.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """You know it already, or do not want it; what builds on it opens."""
    from mlcoach.render.day import units as screen
    from mlcoach.services.day import units as service

    app = ctx.obj
    day = study_day_of(app, date)
    app.show("skip", service.mark_unit(app.context, unit, "skipped", day, note), as_json, screen.lines)
