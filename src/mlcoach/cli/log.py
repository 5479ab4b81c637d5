"""`mlcoach log`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, WhatArgument, study_day_of

EXAMPLE = 'Example: mlcoach log 45m eigen --note "SVD clicked" --date yesterday'


def command(
    ctx: typer.Context,
    duration: Annotated[
        str, typer.Argument(metavar="[DURATION]", help="1h30m, 90m, 1.5h, 1:30 or 90 (minutes).", show_default=False)
    ] = "",
    what: WhatArgument = "",
    date: DayOption = "",
    note: Annotated[str, typer.Option("--note", "-n", help="What you did, in your words.", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Record study time on a unit, a paper, or nothing in particular; alone, list the recent entries."""
    from mlcoach.render.day import log as screen
    from mlcoach.services.day import log as service

    app = ctx.obj
    if not duration:
        if note:
            app.show("log", service.log_note(app.context, note, study_day_of(app, date)), as_json, screen.lines)
            return
        if date:
            from mlcoach.errors import UsageError

            raise UsageError("how long did you study?", "`mlcoach log 45m eigen` records 45 minutes")
        app.show("log_list", service.entries(app.context), as_json, screen.list_lines)
        return
    from mlcoach.domain.time.durations import parse_duration

    day = study_day_of(app, date)
    view = service.log_study(app.context, parse_duration(duration), what, day, note)
    app.answer("log", view, as_json, screen.lines)
    from mlcoach.services.day.status import overnight_notice, timer_view

    if notice := overnight_notice(timer_view(app.context)):
        app.hint(notice)
