"""`mlcoach plan`"""

from functools import partial
from typing import Annotated

import typer

from mlcoach.cli.params import Json
from mlcoach.errors import UsageError

EXAMPLE = "Example: mlcoach plan --days 14; mlcoach plan --units"


def command(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=60, help="How many days to show.")] = 7,
    units: Annotated[bool, typer.Option("--units", help="The next month by unit.")] = False,
    long: Annotated[bool, typer.Option("--long", help="A day off: six hours in parts, with breaks.")] = False,
    survey: Annotated[bool, typer.Option("--survey", help="A week to look at every subject.")] = False,
    as_json: Json = False,
) -> None:
    """The coming days, if each is done as planned. Only today's plan is fixed; the others follow what you do."""
    from mlcoach.render.day import plan as screen

    app = ctx.obj
    if units + long + survey > 1:
        raise UsageError("`--units`, `--long` and `--survey` are different plans", "ask for one of them")
    if units:
        from mlcoach.services.plan import by_unit

        app.show("plan_units", by_unit.coming_units(app.context), as_json, screen.unit_lines)
    elif long:
        from mlcoach.services.plan import long_day

        app.show("plan_long", long_day.long_day(app.context), as_json, screen.long_lines)
    elif survey:
        from mlcoach.services.plan import survey as survey_service

        places = "place" in ctx.find_root().command.list_commands(ctx)  # type: ignore[attr-defined]
        lines = partial(screen.survey_lines, places=places)
        app.show("plan_survey", survey_service.survey(app.context), as_json, lines)
    else:
        from mlcoach.services.day import upcoming as service

        app.show("plan", service.coming_days(app.context, days), as_json, screen.lines)
