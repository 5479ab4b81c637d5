"""Timers with breaks: whose turn it is, and until when."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.focus import turn_at
from mlcoach.domain.day.progress import TimerState
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.views.day import FocusView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MINUTE = 60 * MICROSECONDS


def focus_view(context: "Context", timer: TimerState, minutes: int) -> FocusView:
    """Return whose turn it is after `minutes` of this timer, and until when by the clock."""
    turn = turn_at(minutes, timer.focus, timer.pause)
    until = context.local(timer.began + (minutes + turn.left) * MINUTE)
    return FocusView(timer.focus, timer.pause, turn.phase, turn.left, f"{until:%H:%M}", turn.spans)
