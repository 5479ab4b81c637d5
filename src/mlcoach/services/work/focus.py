"""Timers with breaks: whose turn it is, and what broke into them."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.focus import turn_at
from mlcoach.domain.day.progress import TimerState
from mlcoach.domain.text import checked
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.domain.work_events import Interrupted
from mlcoach.services.record import record
from mlcoach.views.day import FocusView, TimerChangedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MINUTE = 60 * MICROSECONDS


def focus_view(context: "Context", timer: TimerState, minutes: int) -> FocusView:
    """Return whose turn it is after `minutes` of this timer, and until when by the clock."""
    turn = turn_at(minutes, timer.focus, timer.pause)
    until = context.local(timer.began + (minutes + turn.left) * MINUTE)
    return FocusView(timer.focus, timer.pause, turn.phase, turn.left, f"{until:%H:%M}", turn.spans)


def keep_interruptions(context: "Context", stopped: TimerChangedView, told: tuple[int, str]) -> None:
    """Keep what broke into a timer that was just stopped, in one step of undo with it. Raises UsageError."""
    number, why = told
    if not number or stopped.entry is None:
        return
    command = context.store.command_of(stopped.entry.id)
    body = Interrupted(number, checked(why, "reason"), stopped.entry.id)
    record(context, body, day=stopped.entry.date, opens_day=False, command=command)
