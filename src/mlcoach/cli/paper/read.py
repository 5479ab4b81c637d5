"""`mlcoach paper read`"""

from typing import TYPE_CHECKING

import typer

from mlcoach.cli.params import Json, SomePaperWords

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlcoach.cli.app import App
    from mlcoach.cli.keys import Keys
    from mlcoach.render.screen_driver import ScreenDriver
    from mlcoach.services.papers.walk import Walk

EXAMPLE = "Example: mlcoach paper read 1706.03762"
TICK_SECONDS = 1.0


def command(
    ctx: typer.Context,
    words: SomePaperWords = None,
    as_json: Json = False,
) -> None:
    """Walk through the pass under way: its steps one by one, with the time it takes and its verdict at the end.

    Space ticks a step, a keeps an answer to it, d ends the pass, q leaves; all is kept as you go.
    With --plain nothing is redrawn. With --json, or
    where there is no terminal, the checklist is shown, and `mlcoach paper check` ticks it.
    """
    from mlcoach.render.papers import passes as screen
    from mlcoach.services.papers import passes as service
    from mlcoach.views.papers.passes import CurrentPaperView

    app, paper = ctx.obj, " ".join(words or ())
    if app.screen.interactive and app.screen.is_terminal and not (as_json or app.as_json):
        _walk(app, paper)
        return
    view = CurrentPaperView(service.show(app.context, paper).paper) if paper else service.current(app.context)
    app.show("paper", view, as_json, screen.current_lines)


def _walk(app: "App", paper: str) -> None:
    import sys
    import time

    from mlcoach.adapters.opener import open_in_viewer
    from mlcoach.cli.keys import Keys
    from mlcoach.errors import ExitCode
    from mlcoach.render.papers import passes as screen
    from mlcoach.render.papers.walk import left_lines
    from mlcoach.render.screen_driver import make_screen_driver
    from mlcoach.services.papers import walk as service

    context = app.context
    key = service.begin(context, paper)
    app.give_keys()
    driver = make_screen_driver(app.screen, plain=app.is_plain)
    keys = Keys(sys.stdin, TICK_SECONDS if driver.color else None, "paper")

    def ask(question: str) -> str:
        with keys.paused(), driver.paused():
            try:
                return str(app.ask(question))
            except KeyboardInterrupt:
                app.hint("")  # what comes next begins a line of its own
                return ""

    with keys, driver:
        walk = service.Walk(context, key, time.monotonic, ask, lambda target: open_in_viewer(target, app.environment))
        play(app, walk, _awake(keys, driver), driver)
    if walk.finished:
        app.show("paper_finish", walk.finished, False, screen.finished_lines)
    else:
        left = walk.view()
        app.show("paper", left, False, lambda view, width: left_lines(view, walk.logged_minutes, walk.left(), width))
    if walk.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)


def play(app: "App", walk: "Walk", keys: "Iterable[str]", driver: "ScreenDriver") -> None:
    """Let the keys act on the walk and show it after each, until it is done or no key comes any more."""
    from mlcoach.domain.keys import WORDS
    from mlcoach.render.papers.walk import sections

    serial, shown = 0, (-1, walk.view().paper.checklist)

    def show() -> None:
        nonlocal serial, shown
        view = walk.view()
        # Where lines are only added, a step that is come back to has to be said again.
        if shown != (view.cursor, view.paper.checklist):
            serial, shown = serial + 1, (view.cursor, view.paper.checklist)
        driver.show(serial, sections(view, driver.width, app.screen.measure()[1], color=driver.color))

    try:
        show()
        for key in keys:
            if key in ("pageup", "pagedown") and driver.scroll(key):
                continue
            walk.press(key)
            if key != WORDS:  # what is answered to each letter of a word is said once
                driver.pressed()
            if walk.done:
                return
            show()
    except KeyboardInterrupt:
        walk.press("ctrl-c")


def _awake(keys: "Keys", driver: "ScreenDriver") -> "Iterable[str]":
    """Yield the keys; Ctrl-Z stops the program here and shows the screen again when it comes back."""
    for key in keys:
        if key == "ctrl-z":
            with driver.paused():
                keys.suspend()
            yield "tick"
        else:
            yield key
