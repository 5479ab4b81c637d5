"""The running timer, live on the screen."""

import sys
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING

from mlcoach.cli.keys import Keys
from mlcoach.render.day.timer import clock_line, spoken_clock

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.views.day import TimerChangedView

SECOND = 1.0
PLAIN_SECONDS = 300  # between two lines of a clock that is not redrawn


def watch_timer(app: "App", view: "TimerChangedView", *, plain: bool = False) -> bool:
    """Redraw the elapsed time once a second until Ctrl-C, which leaves the timer running.

    With `plain` nothing is redrawn: a line is written at the start and every five minutes.

    Return True where `d` says that the step is finished; without a keyboard, or a step, there is no such key.
    """
    began = time.monotonic()
    out = app.screen.out
    keys = Keys(sys.stdin, SECOND, "timer") if app.screen.interactive else None
    app.pages = app.pages and keys is None  # no pager opens under a key that is pressed once too often
    has_key = keys is not None and view.step is not None
    pressed, said = "", -1
    with keys or nullcontext():
        while pressed not in ("ctrl-c", "end") and not (pressed == "d" and view.step):
            elapsed = int(time.monotonic() - began)
            if not plain or elapsed // PLAIN_SECONDS != said:
                if plain:
                    app.screen.brief([[(spoken_clock(view.timer, elapsed, step=has_key), "")]])
                else:
                    out.write(f"\r{clock_line(view.timer, elapsed, app.screen.width, step=has_key)}")
                out.flush()
                said = elapsed // PLAIN_SECONDS
            pressed = keys.read() if keys else _wait()
    out.write("\n")
    if pressed == "d":
        return True
    app.hint("the timer keeps running; `mlcoach stop` records it")
    return False


def _wait() -> str:
    try:
        time.sleep(SECOND)
    except KeyboardInterrupt:
        return "ctrl-c"
    return "tick"
