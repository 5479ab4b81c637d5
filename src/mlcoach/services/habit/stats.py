"""Numbers over all time, from rows that do not grow with the journal."""

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import TRACKS, is_deck
from mlcoach.domain.day import unit_status
from mlcoach.domain.day.retained import Shares
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.habit.streak import walk
from mlcoach.domain.papers.passes import LIST_ORDER, PaperStatus
from mlcoach.services.curriculum import progress as curriculum_progress
from mlcoach.services.curriculum.retained import shares_of
from mlcoach.services.day import forecast as day_forecast
from mlcoach.services.day.status import rest_days
from mlcoach.services.habit import numbers
from mlcoach.services.memory.calibration import latest_calibration
from mlcoach.views.day import StreakView
from mlcoach.views.habit import StatsView, SubjectProgressView, TrackSharesView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

from mlcoach.services.habit.streak import shown_days

RECALL_MONTHS = 24


def stats(context: "Context", unit_progress: "unit_status.UnitProgress | None" = None) -> StatsView:
    """Return the numbers over all time, from rows that do not grow with the journal.

    `unit_progress` is that with memory, which reads all items once, where it is known already.
    """
    days = context.store.day_minutes()
    walked = walk(days, rest_days(context), context.today)
    totals = context.store.answer_totals(context.today - timedelta(days=30))
    unit_progress = unit_progress or curriculum_progress.unit_progress(context, with_memory=True)
    by_week = numbers.weeks(context)
    studied = sum(seconds for _, seconds, _, _ in days)
    practised = context.store.attempts.states().values()
    bins, calibrated = latest_calibration(context)
    path = shares_of(context, unit_progress, context.path.units)
    return StatsView(
        days=shown_days(context.today, numbers.WEEKS, days, walked),
        total_minutes=studied // 60,
        days_studied=sum(seconds > 0 for _, seconds, _, _ in days),
        streak=StreakView(walked.current, walked.best, walked.today, walked.freezes, walked.score),
        streak_shown=context.settings.get("streak"),
        reviews=totals.reviews,
        reviews_month=totals.reviews_after,
        retention=totals.recalled / totals.asked if totals.asked else None,
        items_learned=context.store.answered_item_count(),
        subjects=_subjects(context, unit_progress),
        desired=context.settings.get("retention"),
        weeks=tuple(by_week),
        tracks=numbers.minutes_by_track(context, unit_progress, studied),
        recall=tuple(numbers.recall_by_month(context, RECALL_MONTHS)),
        forecast=day_forecast.path_forecast(context, unit_progress),
        papers=_papers(context),
        calibration=bins,
        calibrated=calibrated,
        tried=sum(state.tries > 0 for state in practised),
        solved=sum(state.right > 0 for state in practised),
        covered=path.covered,
        retained=path.retained,
        track_shares=_track_shares(context, unit_progress),
    )


def _track_shares(context: "Context", unit_progress: unit_status.UnitProgress) -> tuple[TrackSharesView, ...]:
    """Return what is covered and retained of the tracks on the path, and of those that something is covered of."""
    units = [unit for unit in context.catalog.units.values() if not is_deck(unit.id)]
    on_path = set(context.path.units)
    found = []
    for track in TRACKS:
        inside = [unit for unit in units if unit.track == track]
        shares = shares_of(context, unit_progress, (unit.id for unit in inside))
        if shares.covered or any(unit.id in on_path for unit in inside):
            found.append(TrackSharesView(track, sum((unit.hours for unit in inside), 0.0), *shares))
    return tuple(found)


def _papers(context: "Context") -> dict[PaperStatus, int]:
    """Return how many papers there are of each status."""
    counts = context.store.paper_counts()
    return {status: counts[status] for status in LIST_ORDER if status in counts}


def _subjects(context: "Context", unit_progress: unit_status.UnitProgress) -> tuple[SubjectProgressView, ...]:
    subjects = context.catalog.subjects()
    progress: dict[str, SubjectProgressView] = {}
    seconds: Counter[str] = Counter()
    inside: dict[str, list[str]] = {}
    for unit in context.catalog.units.values():
        known = progress.get(unit.subject) or SubjectProgressView(unit.subject, subjects[unit.subject].title, 0, 0, 0)
        state = unit_progress.states.get(unit.id)
        seconds[unit.subject] += state.seconds if state else 0
        progress[unit.subject] = known._replace(
            units=known.units + 1,
            satisfied=known.satisfied + (unit_progress.status[unit.id] in SATISFIED),
            minutes=seconds[unit.subject] // 60,
        )
        inside.setdefault(unit.subject, []).append(unit.id)
    begun = (view for view in progress.values() if view.minutes or view.satisfied)
    shown = (view for view in begun if view.minutes or not is_deck(view.subject))
    return tuple(_with_shares(view, shares_of(context, unit_progress, inside[view.subject])) for view in shown)


def _with_shares(view: SubjectProgressView, shares: Shares) -> SubjectProgressView:
    return view._replace(covered=shares.covered, retained=shares.retained)
