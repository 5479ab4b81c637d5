"""`mlcoach stop`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json, NoteOption

EXAMPLE = "Example: mlcoach stop --at 21:30"


def command(
    ctx: typer.Context,
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="When it really ended.", show_default=False)] = "",
    note: NoteOption = "",
    done: Annotated[bool, typer.Option("--done", help="The step is finished too.")] = False,
    as_json: Json = False,
) -> None:
    """Stop the timer and record its time on the day it started.

    On a terminal it asks whether the step is finished; enter means not yet.
    """
    from mlcoach.render.day import timer as screen
    from mlcoach.services.day import timer as service

    app = ctx.obj
    view = service.stop(app.context, at, note, done=done)
    if as_json or app.as_json or not view.step:
        app.answer("stop", view, as_json, screen.lines)
        return
    from mlcoach.render.day.units import step_lines
    from mlcoach.services.day.done import mark_step, step_changed

    if done:
        app.screen.lines(screen.lines(view, app.screen.width)[:-1])  # one command, one line on how to take it back
        app.answer("done", step_changed(app.context, view.step.id, "done", app.context.today), as_json, step_lines)
        return
    app.answer("stop", view, as_json, screen.lines)
    if not app.screen.interactive:
        return
    try:
        finished = app.confirm(screen.finished_question(view.step))
    except (KeyboardInterrupt, typer.Abort):  # the time is recorded: no answer is a "not yet"
        return
    if finished:
        app.answer("done", mark_step(app.context, view.step.id, "done", app.context.today), as_json, step_lines)
