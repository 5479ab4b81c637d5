"""What broke into a timer, told when it is stopped."""

from typing import TYPE_CHECKING

from mlcoach.domain.text import checked
from mlcoach.domain.work_events import Interrupted
from mlcoach.services.record import record
from mlcoach.views.day import TimerChangedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def keep_interruptions(context: "Context", stopped: TimerChangedView, told: tuple[int, str]) -> None:
    """Keep what broke into a timer that was just stopped, in one step of undo with it. Raises UsageError."""
    number, why = told
    if not number or stopped.entry is None:
        return
    command = context.store.command_of(stopped.entry.id)
    body = Interrupted(number, checked(why, "reason"), stopped.entry.id)
    record(context, body, day=stopped.entry.date, opens_day=False, command=command)
