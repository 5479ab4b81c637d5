"""The minutes of an entry of time that were wrong: `was 35m, is 50m`, as one step of undo."""

from typing import TYPE_CHECKING

from mlcoach.domain.events import Revoked, TimeLogged, TimerStarted, TimerStopped
from mlcoach.domain.time.durations import format_duration
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.day.log import entries, logged_view, seconds_of
from mlcoach.services.record import record
from mlcoach.services.upkeep.undo import step_of_entry
from mlcoach.views.day import LoggedView

if TYPE_CHECKING:
    from mlcoach.domain.events import Event
    from mlcoach.services.context import Context

LAST = ("last", "latest", "1")


def correct(context: "Context", id: str, minutes: int) -> LoggedView:
    """Give an entry other minutes, on its day and with its note; `last` is the newest entry.

    What was finished together with it stays so, and no timer begins to run. Raises NotFoundError for an entry that is
    not there or cannot be changed here, UsageError for one that is not an entry of time.
    """
    event = _entry(context, id)
    body = event.body
    if not isinstance(body, TimeLogged | TimerStopped):
        raise UsageError(f"`{id[:60]}` is not an entry of time", "`mlcoach log --ids` lists those with their ids")
    taken = [event.id]
    if isinstance(body, TimerStopped):  # its start goes with it: a timer without an end would run again
        began = context.store.written.between(("timer_started",), event.study_day, event.study_day)
        taken += [one.id for one in began if isinstance(one.body, TimerStarted) and one.happened == body.began]
    written = TimeLogged(minutes * 60, body.unit, body.paper, body.note, body.work, body.worded_by)
    events = record(context, Revoked(tuple(taken)), written, day=event.study_day)
    context.notices.append(f"it was {format_duration(seconds_of(event) // 60)} before")
    return logged_view(context, events[-1], written)


def _entry(context: "Context", id: str) -> "Event":
    if id.lower() in LAST:
        newest = entries(context, 1).entries
        if not newest:
            raise NotFoundError("nothing is logged yet", "`mlcoach log 45m` records time")
        id = newest[0].id
    found = step_of_entry(context, id)
    return next(event for event in found.events if event.id == id)
