"""The habit: the streak with its days, planned rest, numbers over all time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import is_deck
from mlcoach.domain.events import RestCleared, RestPlanned
from mlcoach.domain.progress import SATISFIED
from mlcoach.domain.streak import DayMinutes, Streak, walk
from mlcoach.errors import UsageError
from mlcoach.services import numbers, states
from mlcoach.services.calibration import sampled_calibration
from mlcoach.services.standing import minutes_view, rest_days
from mlcoach.services.views.day import StreakView
from mlcoach.services.views.habit import (
    RestView,
    StatsView,
    StreakDayView,
    StreakScreenView,
    SubjectProgressView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

RECALL_MONTHS = 24
LONGEST_REST = 366


def streak(context: "Context", weeks: int = 8) -> StreakScreenView:
    """Return the streak and the days of the last weeks, from a Monday to today."""
    days = context.store.day_minutes()
    spans = context.store.rest()
    walked = walk(days, rest_days(context), context.today)
    minutes = minutes_view(context, context.store.day(context.today))
    return StreakScreenView(
        walked.current, walked.best, walked.today, walked.freezes, walked.score,
        days=_shown_days(context.today, weeks, days, walked),
        floor=minutes.floor,
        goal=minutes.goal,
        rest=_coming(spans, context.today),
    )  # fmt: skip


def _shown_days(today: date, weeks: int, days: Iterable[DayMinutes], walked: Streak) -> tuple[StreakDayView, ...]:
    """Return every day of the last weeks up to today; days before the first kept one are left out."""
    now = today.toordinal()
    first = max(now - today.weekday() - 7 * (weeks - 1), min(walked.states, default=now))
    minutes = {number: seconds // 60 for number, seconds, _, _ in days if number >= first}
    return tuple(
        StreakDayView(
            date.fromordinal(number),
            minutes.get(number, 0),
            walked.today if number == now else walked.states.get(number, "open"),
        )
        for number in range(first, now + 1)
    )


def plan_rest(context: "Context", first: date, last: date, *, clear: bool = False) -> RestView:
    """Plan rest from `first` to `last` (both included), or take it off again.

    Raises UsageError for more than a year.
    """
    if (last - first).days >= LONGEST_REST:
        raise UsageError(f"{first} to {last} is more than a year", "plan shorter rest; it can be planned again")
    span = (first.isoformat(), last.isoformat())
    context.record(RestCleared(*span) if clear else RestPlanned(*span))
    return RestView(first, last, clear, _coming(context.store.rest(), context.today))


def coming_rest(context: "Context") -> RestView:
    """Return the planned rest still to come."""
    return RestView(context.today, context.today, False, _coming(context.store.rest(), context.today))


def _coming(spans: Iterable[tuple[date, date]], today: date) -> tuple[tuple[date, date], ...]:
    return tuple((first, last) for first, last in spans if last >= today)


def stats(context: "Context") -> StatsView:
    """Return the numbers over all time, from rows that do not grow with the journal."""
    days = context.store.day_minutes()
    walked = walk(days, rest_days(context), context.today)
    month_ago = (context.today - timedelta(days=30)).toordinal()
    reviews, reviews_month, asked, recalled = context.store.rows(
        "SELECT coalesce(sum(reviews), 0), coalesce(sum(iif(number > ?, reviews, 0)), 0), sum(asked), sum(recalled)"
        " FROM day WHERE number > 0",
        (month_ago,),
    )[0]
    standing = states.standing(context)
    by_week = numbers.weeks(context)
    bins, calibrated = sampled_calibration(context)
    return StatsView(
        days=_shown_days(context.today, numbers.WEEKS, days, walked),
        total_minutes=sum(seconds for _, seconds, _, _ in days) // 60,
        days_studied=sum(seconds > 0 for _, seconds, _, _ in days),
        streak=StreakView(walked.current, walked.best, walked.today, walked.freezes, walked.score),
        streak_shown=context.settings.get("streak"),
        reviews=reviews,
        reviews_month=reviews_month,
        retention=recalled / asked if asked else None,
        items_learned=context.store.rows("SELECT count(*) FROM item WHERE first_day > ''")[0][0],
        subjects=_subjects(context, standing),
        desired=context.settings.get("retention"),
        weeks=tuple(by_week),
        tracks=numbers.minutes_by_track(context, standing),
        recall=tuple(numbers.recall_by_month(context, RECALL_MONTHS)),
        forecast=numbers.path_forecast(context, standing, by_week),
        papers=_papers(context),
        calibration=bins,
        calibrated=calibrated,
    )


def _papers(context: "Context") -> dict[str, int]:
    """Return how many papers there are of each status."""
    counts = context.store.paper_counts()
    return {
        status: counts[status] for status in ("reading", "queued", "later", "finished", "dropped") if status in counts
    }


def _subjects(context: "Context", standing: states.UnitStanding) -> tuple[SubjectProgressView, ...]:
    subjects = context.catalog.subjects()
    progress: dict[str, SubjectProgressView] = {}
    for unit in context.catalog.units.values():
        known = progress.get(unit.subject) or SubjectProgressView(unit.subject, subjects[unit.subject].title, 0, 0, 0)
        state = standing.states.get(unit.id)
        progress[unit.subject] = known._replace(
            units=known.units + 1,
            satisfied=known.satisfied + (standing.status[unit.id] in SATISFIED),
            minutes=known.minutes + (state.seconds // 60 if state else 0),
        )
    begun = (view for view in progress.values() if view.minutes or view.satisfied)
    return tuple(view for view in begun if view.minutes or not is_deck(view.subject))
