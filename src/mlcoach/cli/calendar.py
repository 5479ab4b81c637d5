"""`mlcoach calendar` and its subcommands"""

from typing import Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json, OutputOption

FEW = 200  # events, which are read in no time

group = make_group("mlcoach calendar export -o study.ics")


@group.callback()
def calendar(ctx: typer.Context) -> None:
    """Put your study hours into the calendar as busy time, and find free hours."""
    if ctx.invoked_subcommand is None:
        ctx.obj.screen.text(ctx.get_help())


@group.command("export", epilog="Example: mlcoach calendar export --weeks 8 -o study.ics")
def export(
    ctx: typer.Context,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=104, help="How many weeks from today on.")] = 12,
    output: OutputOption = "",
    as_json: Json = False,
) -> None:
    """Write your hours as an .ics file, busy and with an alarm.

    The alarm comes ten minutes before. Your hours begin at the setting `slot` and last the minutes of their weekday;
    planned rest is left out, and today's slot holds today's plan. Import it again after a change: the same events are
    updated.
    """
    from mlcoach.render.habit import calendar as screen
    from mlcoach.services.habit import calendar as service

    app = ctx.obj
    view = service.export(app.context, weeks, output)
    if output or as_json:
        app.show("calendar_export", view, as_json, screen.exported_lines)
    else:
        app.screen.document(view.text)


@group.command("slots", epilog="Example: mlcoach calendar slots ~/Downloads/work.ics")
def slots(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Calendars as .ics files.")],
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=104, help="How many weeks to look at.")] = 4,
    as_json: Json = False,
) -> None:
    """Name what collides with your hours, and the times that are free.

    All-day events count only where they are marked as busy; cancelled ones, those marked as free and invitations that
    you declined never do. An event that cannot be read is named, and the others are read.
    """
    from mlcoach.render.habit import calendar as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.habit import calendar as service

    app = ctx.obj
    with waiting_bar(app.screen, "Reading calendars", least=FEW) as on_progress:
        view = service.slots(app.context, files, weeks, on_progress)
    app.show("calendar_slots", view, as_json, screen.slots_lines)
