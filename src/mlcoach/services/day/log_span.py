"""Time between two times of day, `20:00-20:45`; what a timer holds of it is never counted twice."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.events import TimerStopped
from mlcoach.domain.time.study_days import MICROSECONDS, format_day, study_day
from mlcoach.errors import UsageError
from mlcoach.services.day import steps
from mlcoach.services.day.beside_timer import say_held
from mlcoach.services.day.log import log_minutes
from mlcoach.views.day import LoggedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MINUTE = 60 * MICROSECONDS
STOPPED = 50  # timers looked through for one that ran at that time


def log_span(context: "Context", span: tuple[int, int], words: str, day: date | None, note: str) -> LoggedView:
    """Record the time between two times of day (minutes after midnight), on `day` or the last such time.

    A notice says which day that is. What a timer holds of it is left out. Raises as `log_study` does, and UsageError
    for a time still to come.
    """
    begin, end = _instants(context, span, day)
    if end > context.now:
        raise UsageError(
            f"{begin:%H:%M} to {end:%H:%M} is still to come", "name the day with `--date`, or a time before now"
        )
    what = steps.what(context, words)
    minutes = (end - begin) // timedelta(minutes=1)
    study = study_day(begin, context.settings.get("rollover"))
    context.notices.append(f"{begin:%H:%M}-{end:%H:%M} on {format_day(study, context.today)}")
    held = min(minutes, round(_overlap(context, begin, end) / MINUTE))
    if held:
        say_held(context, held, minutes, "a timer", note)
    return log_minutes(context, minutes - held, what, study, note)


def _instants(context: "Context", span: tuple[int, int], day: date | None) -> tuple[datetime, datetime]:
    """Return the local begin and end: on a study day, or the last time the clock showed them."""
    rollover = context.settings.get("rollover") * 60
    begin, end = span
    first = day or context.today
    # After midnight and before the rollover it is still the evening before.
    at = datetime.combine(first, time(), context.now.tzinfo) + timedelta(minutes=begin, days=begin < rollover)
    till = at + timedelta(minutes=(end - begin) % (24 * 60))
    if day is None and till > context.now:
        at, till = at - timedelta(days=1), till - timedelta(days=1)
    return at, till


def _overlap(context: "Context", begin: datetime, end: datetime) -> int:
    """Return the microseconds between two instants that timers hold."""
    first, last = int(begin.timestamp()) * MICROSECONDS, int(end.timestamp()) * MICROSECONDS
    bodies = [event.body for event in context.store.recent(("timer_stopped",), STOPPED)]
    spans = [(body.began, body.ended) for body in bodies if isinstance(body, TimerStopped)]
    if running := context.store.timer():
        spans.append((running.began, context.instant.microseconds))
    return sum(max(0, min(last, ended) - max(first, began)) for began, ended in spans)
