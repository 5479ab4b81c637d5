"""The streak with its days, and planned rest."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.events import RestCleared, RestPlanned
from mlcoach.domain.habit.streak import DayMinutes, Streak, walk
from mlcoach.errors import UsageError
from mlcoach.services.day.status import minutes_view, rest_days
from mlcoach.views.habit import RestView, StreakDayView, StreakScreenView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_REST = 366


def streak(context: "Context", weeks: int = 8) -> StreakScreenView:
    """Return the streak and the days of the last weeks, from a Monday to today."""
    days = context.store.day_minutes()
    spans = context.store.rest()
    walked = walk(days, rest_days(context), context.today)
    minutes = minutes_view(context, context.store.day(context.today))
    return StreakScreenView(
        walked.current, walked.best, walked.today, walked.freezes, walked.score,
        days=shown_days(context.today, weeks, days, walked),
        floor=minutes.floor,
        goal=minutes.goal,
        rest=_coming(spans, context.today),
    )  # fmt: skip


def shown_days(today: date, weeks: int, days: Iterable[DayMinutes], walked: Streak) -> tuple[StreakDayView, ...]:
    """Return every day of the last weeks up to today; days before the first kept one are left out."""
    now = today.toordinal()
    first = max(now - today.weekday() - 7 * (weeks - 1), min(walked.states, default=now))
    seconds = {number: seconds for number, seconds, _, _ in days if number >= first}
    return tuple(
        StreakDayView(
            date.fromordinal(number),
            seconds.get(number, 0) // 60,
            walked.today if number == now else walked.states.get(number, "open"),
            seconds.get(number, 0),
        )
        for number in range(first, now + 1)
    )


def plan_rest(context: "Context", first: date, last: date, *, clear: bool = False) -> RestView:
    """Plan rest from `first` to `last` (both included), or take it off again.

    Raises UsageError for more than a year.
    """
    from mlcoach.services.record import record

    if (last - first).days >= LONGEST_REST:
        raise UsageError(f"{first} to {last} is more than a year", "plan shorter rest; it can be planned again")
    span = (first.isoformat(), last.isoformat())
    record(context, RestCleared(*span) if clear else RestPlanned(*span))
    return RestView(first, last, clear, _coming(context.store.rest(), context.today))


def coming_rest(context: "Context") -> RestView:
    """Return the planned rest still to come."""
    return RestView(context.today, context.today, False, _coming(context.store.rest(), context.today))


def _coming(spans: Iterable[tuple[date, date]], today: date) -> tuple[tuple[date, date], ...]:
    return tuple((first, last) for first, last in spans if last >= today)
