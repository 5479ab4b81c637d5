"""`mlcoach today`"""

from functools import partial
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
    mobile: Annotated[bool, typer.Option("--mobile", help="A page for the way: cards due, a paper.")] = False,
    as_json: Json = False,
) -> None:
    """The plan of the day: what to do next, and why.

    It is the same plan all day; logging and reviewing tick it off.
    """
    app = ctx.obj
    if mobile:
        from mlcoach.render.day import mobile as page
        from mlcoach.services.plan import mobile as on_the_way

        app.show("today_mobile", on_the_way.mobile(app.context), as_json, page.lines)
        return
    from mlcoach.render.day import today as screen
    from mlcoach.services.day import today as service

    budget = None
    if minutes:
        from mlcoach.domain.time.durations import parse_duration

        budget = parse_duration(minutes)
    if replan:
        view = service.replan(app.context, budget)
    else:
        view = service.today(app.context, budget, more=more)
    lines = screen.why_lines if why else screen.lines
    app.show("today", view, as_json, partial(lines, plain=True) if app.is_plain else lines)
    if view.timer and view.timer.overnight:
        from mlcoach.services.day.status import overnight_notice

        app.hint(overnight_notice(view.timer))
    if not as_json:
        from mlcoach.services.habit.week import offer

        if words := offer(app.context):
            app.hint(words)
    if budget and not replan and not as_json:
        app.hint(f"to keep this plan: mlcoach today --minutes {minutes} --replan")
