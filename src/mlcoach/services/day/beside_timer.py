"""Time beside a timer: what it holds already is never counted twice, and that is said."""

from typing import TYPE_CHECKING

from mlcoach.domain.time.durations import format_duration
from mlcoach.errors import UsageError
from mlcoach.services.day.status import timer_view

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def holds_now(context: "Context") -> bool:
    """Return whether a timer counts the time that passes now; one left from an earlier day counts none of today."""
    running = timer_view(context)
    return running is not None and not running.overnight


def beside_timer(context: "Context", minutes: int, note: str) -> int:
    """Return how many of the minutes just studied the running timer does not hold already, and say so.

    A timer left from an earlier day holds nothing of today. Raises UsageError where it holds all of them.
    """
    running = timer_view(context)
    if running is None or running.overnight or not running.minutes:
        return minutes
    held = min(minutes, running.minutes)
    say_held(context, held, minutes, f"the timer running since {running.clock}", note)
    return minutes - held


def say_held(context: "Context", held: int, minutes: int, timer: str, note: str) -> None:
    """Leave a notice of what a timer holds of some minutes. Raises UsageError where it holds all, without a note."""
    left = minutes - held
    if not left and not note:
        raise UsageError(
            f"{timer} counts these {format_duration(minutes)} already",
            "`mlcoach stop` records a running timer; for other time say when it was: `mlcoach log 18:00-18:45`",
        )
    rest = f"{format_duration(left)} of these are added" if left else "only the note is added"
    context.notices.append(
        f"{timer} counts {format_duration(held)} of these {format_duration(minutes)} already; {rest}"
    )
