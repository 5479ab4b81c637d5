"""Time that is not study: logged in the learner's own words, and added up by them."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.text import checked, one_line
from mlcoach.domain.time.weeks import monday_of
from mlcoach.domain.work_events import Interrupted, OtherTimeLogged
from mlcoach.errors import UsageError
from mlcoach.services.record import record
from mlcoach.views.work.audit import InterruptionsView, OtherLoggedView, OtherTimeView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_WHAT = 60


def log_other(context: "Context", minutes: int, what: str, day: date, note: str = "") -> OtherLoggedView:
    """Record minutes that went elsewhere; no day, unit or streak counts them. Raises UsageError for bad words."""
    words = " ".join(checked(what, "word", LONGEST_WHAT).split()).lower()
    if not words:
        raise UsageError("what was it?", "`mlcoach log 1h30m --other feeds`")
    body = OtherTimeLogged(minutes * 60, words, checked(note, "note"))
    record(context, body, day=day, opens_day=False)
    first = monday_of(day)
    found = other_time(context, first, first + timedelta(days=6))
    return OtherLoggedView(day, words, minutes, body.note, next(one.minutes for one in found if one.what == words))


def other_time(context: "Context", first: date, last: date) -> tuple[OtherTimeView, ...]:
    """Return what was logged elsewhere between two days, both included, the most first."""
    seconds: Counter[str] = Counter()
    for event in context.store.written.between(("other_time_logged",), first, last):
        if isinstance(event.body, OtherTimeLogged):
            seconds[one_line(event.body.what)] += event.body.seconds
    ordered = sorted(seconds.items(), key=lambda one: (-one[1], one[0]))
    return tuple(OtherTimeView(what, spent // 60) for what, spent in ordered)


def interruptions(context: "Context", first: date, last: date) -> tuple[InterruptionsView, ...]:
    """Return what broke into study between two days, by reason, the most often first."""
    number: Counter[str] = Counter()
    for event in context.store.written.between(("interrupted",), first, last):
        if isinstance(event.body, Interrupted):
            number[one_line(event.body.why).lower()] += event.body.number
    return tuple(
        InterruptionsView(why, times) for why, times in sorted(number.items(), key=lambda one: (-one[1], one[0]))
    )
