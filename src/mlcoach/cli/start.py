"""`mlcoach start`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json, WhatWords

EXAMPLE = "Example: mlcoach start math.la.eigen"


def command(
    ctx: typer.Context,
    what: WhatWords = None,
    watch: Annotated[bool, typer.Option("--watch", help="Show the time as it runs; `d`: step finished.")] = False,
    focus: Annotated[
        str,
        typer.Option("--focus", metavar="50/10", help="Minutes of work and of break, in turn.", show_default=False),
    ] = "",
    as_json: Json = False,
) -> None:
    """Start the timer on a unit, a paper, or nothing in particular.

    With --focus 50/10 it says when to break: `status` does, and --watch on the screen. With
    --watch --plain a line comes every five minutes.
    """
    from functools import partial

    from mlcoach.domain.day.focus import read_focus
    from mlcoach.render.day import timer as screen
    from mlcoach.services.day import timer as service

    app = ctx.obj
    view = service.start(app.context, " ".join(what or ()), read_focus(focus) if focus else (0, 0))
    watched = watch and app.screen.is_terminal and not as_json
    app.show("start", view, as_json, partial(screen.lines, watched=watched))
    if watched:
        from mlcoach.cli import stop
        from mlcoach.cli.watch import watch_timer

        if watch_timer(app, view, plain=app.is_plain):
            app.context.tick()  # the time it ran is counted to now
            stop.command(ctx, done=True)
