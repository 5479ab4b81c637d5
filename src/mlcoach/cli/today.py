"""`mlcoach today`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach today --why"


def command(
    ctx: typer.Context,
    minutes: Annotated[
        str, typer.Option("--minutes", metavar="TIME", help="Plan for this much time.", show_default=False)
    ] = "",
    why: Annotated[bool, typer.Option("--why", help="Say the reason of each block.")] = False,
    more: Annotated[bool, typer.Option("--more", help="Add something to do on top.")] = False,
    replan: Annotated[bool, typer.Option("--replan", help="Make a new plan for what is left, and keep it.")] = False,
    as_json: Json = False,
) -> None:
    """The plan of the day: what to do next, and why.

    It is the same plan all day; logging and reviewing tick it off.
    """
    from mlcoach.render.day import today as screen
    from mlcoach.services.day import today as service

    app = ctx.obj
    budget = None
    if minutes:
        from mlcoach.domain.time.durations import parse_duration

        budget = parse_duration(minutes)
    if replan:
        view = service.replan(app.context, budget)
    else:
        view = service.today(app.context, budget, more=more)
    app.show("today", view, as_json, screen.why_lines if why else screen.lines)
    if view.timer and view.timer.overnight:
        from mlcoach.services.day.status import overnight_notice

        app.hint(overnight_notice(view.timer))
    if not as_json:
        from mlcoach.services.habit.week import offer

        if words := offer(app.context):
            app.hint(words)
    if budget and not replan and not as_json:
        app.hint(f"to keep this plan: mlcoach today --minutes {minutes} --replan")
