"""Numbers over time, read from the projections alone: minutes by week and track, recall by month."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import TRACKS
from mlcoach.domain.time.weeks import monday_of
from mlcoach.views.habit import REVIEWS_AND_OTHER, RecallView, WeekMinutesView

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

PAPERS, OTHER = "papers", REVIEWS_AND_OTHER
NO_TRACK = f"{PAPERS}, {OTHER}"
WEEKS = 53  # a year, its first and last week included


def weeks(context: "Context", count: int = WEEKS) -> list[WeekMinutesView]:
    """Return the last weeks, the one under way last; none from before the first entry."""
    last = monday_of(context.today)
    begin = last - timedelta(days=7 * (count - 1))
    aliases, units = context.catalog.aliases(), context.catalog.units
    seconds: Counter[date] = Counter()
    tracks: dict[date, Counter[str]] = {}
    for number, spent, by_unit, by_paper in context.store.day_times(begin, context.today):
        monday = monday_of(date.fromordinal(number))
        week = tracks.setdefault(monday, Counter())
        seconds[monday] += spent
        named = 0
        for unit, took in by_unit.items():
            known = units.get(aliases.get(unit, unit))
            if known:
                week[known.track] += took
                named += took
        for took in by_paper.values():
            week[PAPERS] += took
            named += took
        week[OTHER] += max(0, spent - named)
    if not tracks:
        return []
    first = min(tracks)
    return [
        WeekMinutesView(
            monday,
            seconds[monday] // 60,
            {track: took // 60 for track, took in tracks.get(monday, Counter()).items() if took >= 60},
        )
        for monday in (first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1))
    ]


def minutes_by_track(context: "Context", unit_progress: "UnitProgress", studied: int) -> dict[str, int]:
    """Return the minutes spent on the units of each track of all seconds studied, in their order, then the rest.

    The rest is one number: only the rows of the days know what of it went to papers, and reading all of them is slow.
    """
    seconds: Counter[str] = Counter()
    for id, state in unit_progress.states.items():
        if unit := context.catalog.units.get(id):
            seconds[unit.track] += state.seconds
    seconds[NO_TRACK] = studied - seconds.total()
    return {track: seconds[track] // 60 for track in (*TRACKS, NO_TRACK) if seconds[track] >= 60}


def recall_by_month(context: "Context", months: int = 0) -> list[RecallView]:
    """Return the months with answers on a later day than the one before, the newest last: of so many months, or all."""
    first = context.today - timedelta(days=31 * months) if months else date.min
    found = [RecallView(*month) for month in context.store.recall_by_month(first, context.today)]
    return found[-months:]
