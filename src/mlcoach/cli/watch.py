"""The running timer, live on the screen."""

import time
from typing import TYPE_CHECKING

from mlcoach.render.day.timer import clock_line

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.views.day import TimerView


def watch_timer(app: "App", timer: "TimerView") -> None:
    """Redraw the elapsed time once a second until Ctrl-C; the timer itself keeps running."""
    began = time.monotonic()
    out = app.screen.out
    try:
        while True:
            out.write("\r" + clock_line(timer, int(time.monotonic() - began)))
            out.flush()
            time.sleep(1)
    except KeyboardInterrupt:
        out.write("\n")
        app.hint("the timer keeps running; `mlcoach stop` records it")
