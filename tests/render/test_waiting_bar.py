"""A bar stands on a terminal only, and where it may be short, only when there is something to wait for."""

import io

from mlcoach.render.screen import Screen
from mlcoach.render.waiting_bar import LONG, waiting_bar
from tests.conftest import Terminal


def shown(err: io.StringIO, steps: int, least: int) -> str:
    screen = Screen(io.StringIO(), err, {"TERM": "xterm", "COLUMNS": "80"})
    with waiting_bar(screen, "Folding", least=least) as told:
        for done in range(0, steps + 1, max(1, steps // 4)):
            told(done, steps)
    return err.getvalue()


def test_nothing_is_shown_without_a_terminal() -> None:
    assert shown(io.StringIO(), LONG, 0) == shown(io.StringIO(), LONG, LONG) == ""


def test_a_bar_that_waits_for_many_steps() -> None:
    assert shown(Terminal(), LONG - 1, LONG) == ""
    assert "Folding" in shown(Terminal(), LONG, LONG)
    assert "Folding" in shown(Terminal(), 10, 0)
