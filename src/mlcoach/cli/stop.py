"""`mlcoach stop`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json, NoteOption

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.views.day import TimerChangedView

EXAMPLE = "Example: mlcoach stop --at 21:30"


def command(
    ctx: typer.Context,
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="When it really ended.", show_default=False)] = "",
    note: NoteOption = "",
    done: Annotated[bool, typer.Option("--done", help="The step is finished too.")] = False,
    interrupted: Annotated[
        str,
        typer.Option("--interrupted", metavar="N WHY", help="How often, and why in a word.", show_default=False),
    ] = "",
    as_json: Json = False,
) -> None:
    """Stop the timer and record its time on the day it started.

    On a terminal it asks whether the step is finished, unless that was just begun; enter means not yet. After --focus
    it asks what broke in.
    """
    from mlcoach.cli.done import is_meant
    from mlcoach.domain.day.focus import read_interruptions
    from mlcoach.render.day import timer as screen
    from mlcoach.services.day import timer as service
    from mlcoach.services.day.done import answered_before_timer

    app = ctx.obj
    broken = read_interruptions(interrupted) if interrupted else None
    asks = app.screen.interactive and not (as_json or app.as_json)
    answered = answered_before_timer(app.context) if done else ("", "")
    unmeant = asks and bool(answered[1]) and not is_meant(app, answered[0], "the time alone is recorded")
    done = done and not unmeant
    view = service.stop(app.context, at, note, done=done, interrupted=broken)
    if view.timer.focus and not interrupted and not as_json and app.screen.interactive:
        _ask_what_broke_in(app, view)
    if as_json or app.as_json or not view.step:
        app.answer("stop", view, as_json, screen.lines)
        return
    from mlcoach.render.day.units import step_lines
    from mlcoach.services.day.done import mark_step, step_changed

    if done and not view.fresh:
        app.screen.lines(screen.lines(view, app.screen.width)[:-1])  # one command, one line on how to take it back
        changed = step_changed(app.context, view.step.id, "done", app.context.today)
        app.answer("done", changed if asks else changed._replace(answered=answered[1]), as_json, step_lines)
        return
    app.answer("stop", view, as_json, screen.lines)
    if not app.screen.interactive or view.fresh or unmeant:
        return
    try:
        finished = app.confirm(screen.finished_question(view.step))
    except (KeyboardInterrupt, typer.Abort):  # the time is recorded: no answer is a "not yet"
        return
    if finished:
        app.answer("done", mark_step(app.context, view.step.id, "done", app.context.today), as_json, step_lines)


def _ask_what_broke_in(app: "App", view: "TimerChangedView") -> None:
    """Ask how often something broke in, and why; the time is recorded already, so no answer is none."""
    from mlcoach.domain.day.focus import read_interruptions
    from mlcoach.errors import MlcoachError
    from mlcoach.services.work.hours.interruptions import keep_interruptions

    while True:
        try:
            words = app.ask("Interruptions? How many, and why in a word: `2 phone` (enter: none)")
            if words:
                keep_interruptions(app.context, view, read_interruptions(words))
        except (KeyboardInterrupt, typer.Abort):
            return
        except MlcoachError as error:
            app.show_error(error, as_json=False)
        else:
            return
