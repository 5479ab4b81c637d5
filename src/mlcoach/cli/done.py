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

    world = ctx.obj
    day = study_day_of(world, date)
    world.show("done", service.mark_unit(world.context, unit, "passed", day, note), as_json, screen.lines)
