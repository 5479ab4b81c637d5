"""The look back on a quarter or a year: where the hours went, what was passed, what was said week by week."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from mlcoach.domain.events import WeekReviewed
from mlcoach.domain.paper_events import PassFinished
from mlcoach.domain.time.weeks import monday_of, week_name
from mlcoach.domain.work.projects import PREFIX
from mlcoach.services.work.hours.habits import averages
from mlcoach.services.work.hours.other_time import interruptions, other_time
from mlcoach.services.work.week import week_of_work
from mlcoach.views.work.audit import SaidView, SpanPartView, SpanUnitView, SpanView, TrackMinutesView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.queries.days import DayTime

SpanKind = Literal["quarter", "year"]
WEEKS: dict[SpanKind, int] = {"quarter": 13, "year": 52}
PAPERS, PROJECTS, NOTHING = "papers", "projects", "nothing in particular"


def look_back(context: "Context", kind: SpanKind, week: date | None = None) -> SpanView:
    """Return the 13 or 52 weeks that end with the week of this Monday, by default with the present one."""
    last_week = week or monday_of(context.today)
    first = last_week - timedelta(days=7 * (WEEKS[kind] - 1))
    last = min(last_week + timedelta(days=6), context.today)
    times = context.store.day_times(first, last)
    recall = context.store.recall_by_month(first, last)
    between = context.store.written.between(("pass_finished",), first, last)
    return SpanView(
        kind=kind,
        first=first,
        last=last,
        minutes=sum(day.seconds for day in times) // 60,
        goal_minutes=_goals(context, first, last),
        days=sum(day.seconds > 0 for day in times),
        parts=_parts(times, kind, first, last_week),
        tracks=_tracks(context, times),
        other=other_time(context, first, last),
        units=_units(context, first, last),
        papers=sum(isinstance(event.body, PassFinished) for event in between),
        asked=sum(month.asked for month in recall),
        recalled=sum(month.recalled for month in recall),
        interruptions=interruptions(context, first, last),
        habits=averages(context, first, last_week),
        said=_said(context, first, last_week),
        work=week_of_work(context, first, (last - first).days + 1) if context.store.works_with() else "",
    )


def _goals(context: "Context", first: date, last: date) -> int:
    """Return the goals of the days on record; days before the first entry have none."""
    days = context.store.day_minutes(first.toordinal() - 1)
    return sum(goal for number, _, goal, _ in days if number <= last.toordinal())


def _parts(times: "list[DayTime]", kind: SpanKind, first: date, last_week: date) -> tuple[SpanPartView, ...]:
    """Return the weeks of a quarter, or the months of a year; those without study too."""
    begins = [first + timedelta(days=7 * number) for number in range(WEEKS[kind])]
    if kind == "year":
        begins = sorted({day.replace(day=1) for day in (*begins, last_week + timedelta(days=6))})
    ends = [*(begin - timedelta(days=1) for begin in begins[1:]), date.max]
    parts = []
    for begin, end in zip(begins, ends, strict=True):
        inside = [day for day in times if begin.toordinal() <= day.number <= end.toordinal() and day.seconds]
        name = f"{begin:%Y-%m}" if kind == "year" else week_name(begin)
        parts.append(SpanPartView(name, begin, sum(day.seconds for day in inside) // 60, len(inside)))
    return tuple(parts)


def _tracks(context: "Context", times: "list[DayTime]") -> tuple[TrackMinutesView, ...]:
    """Return the time by track, the most first; the cards of a review belong to no unit's time."""
    catalog = context.catalog
    aliases = catalog.aliases()
    seconds: Counter[str] = Counter()
    for day in times:
        of_units = {aliases.get(id, id): spent for id, spent in day.units.items() if id}
        for id, spent in of_units.items():
            own = PROJECTS if id.startswith(PREFIX) else NOTHING
            seconds[catalog.units[id].track if id in catalog.units else own] += spent
        seconds[PAPERS] += sum(day.papers.values())
        seconds[NOTHING] += max(0, day.seconds - sum(of_units.values()) - sum(day.papers.values()))
    ordered = sorted(seconds.items(), key=lambda one: (-one[1], one[0]))
    return tuple(TrackMinutesView(track, spent // 60) for track, spent in ordered if spent >= 60)


def _units(context: "Context", first: date, last: date) -> tuple[SpanUnitView, ...]:
    from mlcoach.domain.curriculum import is_deck
    from mlcoach.services.day.status import title_of

    passed = [
        (state.passed_day, id)
        for id, state in context.store.units().items()
        if first.isoformat() <= state.passed_day <= last.isoformat() and not is_deck(id)
    ]
    return tuple(SpanUnitView(id, title_of(context, id, ""), date.fromisoformat(day)) for day, id in sorted(passed))


def _said(context: "Context", first: date, last_week: date) -> tuple[SaidView, ...]:
    """Return what was said of each week, the newest first; of several looks back on one week the last holds."""
    said: dict[str, SaidView] = {}
    for event in context.store.written.between(("week_reviewed",), first, date.max):
        body = event.body
        if isinstance(body, WeekReviewed) and first.isoformat() <= body.week <= last_week.isoformat():
            said[body.week] = SaidView(week_name(date.fromisoformat(body.week)), body.well, body.hurt)
    return tuple(said[week] for week in sorted(said, reverse=True) if said[week].well or said[week].hurt)
