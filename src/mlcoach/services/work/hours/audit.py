"""The audit of a week: where its hours went, what can give way, and whether any item of a feed changed anything."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.text import checked
from mlcoach.domain.time.weeks import week_name
from mlcoach.domain.work_events import WeekAudited
from mlcoach.errors import UsageError
from mlcoach.services.day.status import week_to_look_at
from mlcoach.services.record import record
from mlcoach.services.work.hours.other_time import interruptions, other_time
from mlcoach.views.work.audit import AuditKeptView, AuditView, GiveWayView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

WEEK_MINUTES = 7 * 24 * 60
MOST_GIVING_WAY = 3


def audit(context: "Context", week: date | None = None) -> AuditView:
    """Return where the hours of the week of this Monday went, by default the one to look back on."""
    first = week or week_to_look_at(context)
    last = first + timedelta(days=6)
    study = sum(day.seconds for day in context.store.day_times(first, last)) // 60
    other = other_time(context, first, last)
    named = study + sum(one.minutes for one in other)
    goals = [_goal(context, first + timedelta(days=number)) for number in range(7)]
    usual = max(goals, default=0)
    said = _answered(context, first)
    return AuditView(
        week=week_name(first),
        first=first,
        last=last,
        whole_minutes=WEEK_MINUTES,
        study_minutes=study,
        goal_minutes=sum(goals),
        other=other,
        unnamed_minutes=max(0, WEEK_MINUTES - named),
        gives_way=tuple(
            GiveWayView(one.what, one.minutes // 2, one.minutes / 2 / usual if usual else 0.0)
            for one in other[:MOST_GIVING_WAY]
        ),
        interruptions=interruptions(context, first, last),
        changed=said.changed if said else "",
        less=said.less if said else "",
    )


def _goal(context: "Context", day: date) -> int:
    known = context.store.day(day)
    return known.goal if known.opened else context.settings.goal_on(day.weekday())


def _answered(context: "Context", first: date) -> WeekAudited | None:
    events = context.store.written.between(("week_audited",), first, date.max)
    of_week = [event.body for event in events if isinstance(event.body, WeekAudited)]
    return next((body for body in reversed(of_week) if body.week == first.isoformat()), None)


def answer(context: "Context", week: date | None, changed: str, less: str) -> AuditKeptView:
    """Keep what the feeds changed and what is to give way. Raises UsageError without words or for a week to come."""
    first = week or week_to_look_at(context)
    if first > context.today:
        raise UsageError(f"`{week_name(first)}` is still to come", "audit `this` week, or one before")
    body = WeekAudited(first.isoformat(), checked(changed, "note"), checked(less, "note"))
    if not body.changed and not body.less:
        raise UsageError("nothing was said", '`mlcoach week --audit --changed "nothing" --less "half of the feeds"`')
    record(context, body, opens_day=False)
    return AuditKeptView(week_name(first), body.changed, body.less)
