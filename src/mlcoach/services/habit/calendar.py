"""The learner's hours in the calendar: reserve them there, and find out what collides with them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters.clock import named_zone
from mlcoach.adapters.settings import WEEKDAYS
from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.habit.slots import MINUTES_A_DAY, Week, clock_of, minutes_of, quiet_span, reserve, wall_begin
from mlcoach.domain.time.durations import format_duration
from mlcoach.services.day import papers
from mlcoach.views.calendar import (
    CalendarExportView,
    CollisionView,
    ProposalView,
    SkippedEventView,
    SlotsView,
    SlotView,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from mlcoach.adapters.habit.calendar import SlotSeries
    from mlcoach.services.context import Context

MOST_PROPOSALS = 3
# Settings that hold a weekly slot besides study: what they are called in the calendar, and what is asked there.
WEEKLY = (
    ("news", "News of the field", "Then it is closed for the week. Did any item change anything you do?"),
    ("club", "Study group", "Bring one question, and one thing you can show."),
)
REMEMBERED = 366  # days; a weekday that had minutes within them may be in a calendar still


def zone_of(context: "Context") -> "ZoneInfo":
    """Return the learner's zone by its name. Raises UsageError where none is known."""
    return named_zone(context.environment, context.settings.get("zone"))


def study_days(context: "Context", weeks: int) -> list[tuple[date, int]]:
    """Return the days of the coming weeks, today first, on which there are minutes to study: no rest, no days off."""
    resting = context.store.rest()
    days = (context.today + timedelta(days=number) for number in range(7 * weeks))
    return [
        (day, minutes)
        for day in days
        if (minutes := context.settings.goal_on(day.weekday()))
        and not any(first <= day <= last for first, last in resting)
    ]


def export(context: "Context", weeks: int, to: str = "") -> CalendarExportView:
    """Return the reserved slots of the coming weeks as iCalendar, written to the file `to` where one is named.

    Raises UsageError where the zone has no name, StoreError when the file cannot be written.
    """
    from mlcoach.adapters.habit.calendar import written
    from mlcoach.services.files import save_document

    zone = zone_of(context)
    days = study_days(context, weeks)
    text = written(_series(context, days, weeks), zone, context.now)
    return CalendarExportView(
        zone=zone.key,
        weeks=weeks,
        slots=tuple(_slot(context, day, minutes, zone) for day, minutes in days),
        path=save_document(context, text, to, private=False) if to else "",
        text=text,
    )


def _slot(context: "Context", day: date, minutes: int, zone: "ZoneInfo") -> SlotView:
    begin, rollover = minutes_of(context.settings.get("slot")), context.settings.get("rollover")
    slot = reserve(day, begin, minutes, rollover, zone)
    return SlotView(
        day, slot.begin.isoformat(), slot.end.isoformat(), minutes, papers.is_set_paper_day(context, day)
    )  # fmt: skip


def _project(context: "Context") -> tuple[frozenset[int], str]:
    """Return the weekdays on which the project under way has time, and its title; none without one."""
    if not context.store.has_projects():
        return frozenset(), ""
    from mlcoach.domain.work.projects import current_project
    from mlcoach.services.day.shape import days_of_projects

    known = context.store.projects.all()
    id = current_project(known.items())
    return (days_of_projects(context), known[id].title) if id else (frozenset(), "")


def _series(context: "Context", days: Sequence[tuple[date, int]], weeks: int) -> "list[SlotSeries]":
    """Return the slots by weekday: an event of its own for each, which a later export finds again by its name."""
    from mlcoach.adapters.habit.calendar import SlotSeries

    study = {day for day, _ in days}
    once = context.store.weekdays_with_a_goal(context.today - timedelta(days=REMEMBERED))
    days_of_project, title = _project(context)
    series = []
    for weekday, name in enumerate(WEEKDAYS):
        every = [
            day for day in (context.today + timedelta(days=n) for n in range(7 * weeks)) if day.weekday() == weekday
        ]
        begins = tuple(_wall(context, day) for day in every if day in study)
        if not begins and weekday not in once:
            continue
        minutes = context.settings.goal_on(weekday)
        project = title if weekday in days_of_project else ""
        series.append(
            SlotSeries(
                key=f"slot-{name}",
                summary=" · ".join(["Study", *_kinds(context, every[0], project)]),
                description=_described(context, every[0], minutes, project),
                minutes=minutes,
                begins=begins,
                left_out=tuple(_wall(context, day) for day in every if day not in study),
                today=_today(context, project) if every[0] == context.today and context.today in study else None,
            )
        )
    return [*series, *_weekly_series(context, weeks)]


def _weekly_series(context: "Context", weeks: int) -> "list[SlotSeries]":
    """Return the slots for news and for meeting others, where the learner set them; rest leaves them out."""
    from mlcoach.adapters.habit.calendar import SlotSeries
    from mlcoach.domain.habit.weekly import read_weekly

    series = []
    for key, summary, description in WEEKLY:
        slot = read_weekly(context.settings.get(key))
        if slot is None:
            continue
        days = [
            day
            for day in (context.today + timedelta(days=n) for n in range(7 * weeks))
            if day.weekday() == slot.weekday
        ]
        resting = context.store.rest()
        # Without a time news end where the study of the day begins.
        begin = minutes_of(context.settings.get("slot")) - slot.minutes if slot.begin is None else slot.begin
        at = {day: wall_begin(day, begin % MINUTES_A_DAY, context.settings.get("rollover")) for day in days}
        free = [day for day in days if not any(first <= day <= last for first, last in resting)]
        if free:
            begins, left_out = (
                tuple(at[day] for day in some) for some in (free, [day for day in days if day not in free])
            )
            series.append(SlotSeries(key, summary, description, slot.minutes, begins, left_out))
    return series


def _wall(context: "Context", day: date) -> datetime:
    return wall_begin(day, minutes_of(context.settings.get("slot")), context.settings.get("rollover"))


def _kinds(context: "Context", day: date, project: str) -> list[str]:
    return [*(["paper day"] if papers.is_set_paper_day(context, day) else []), *(["project"] if project else [])]


def _described(context: "Context", day: date, minutes: int, project: str) -> str:
    """Return the intention as one would say it: `After dinner, at 20:00: 2h of study.`"""
    cue, slot = context.settings.get("cue"), clock_of(minutes_of(context.settings.get("slot")))
    when = f"{cue[:1].upper()}{cue[1:]}, at {slot}" if cue else f"At {slot}"
    lines = [f"{when}: {format_duration(minutes)} of study."]
    if papers.is_set_paper_day(context, day):
        lines.append("Paper day.")
    if project:
        lines.append(f"Time for the project: {project} (mlcoach project).")
    return "\n".join([*lines, "", "mlcoach today"])


def _today(context: "Context", project: str) -> tuple[datetime, str]:
    """Return the beginning of today's slot and what today's plan holds."""
    from mlcoach.services.day.today import today

    blocks = [
        f"{block.minutes}m {block.title} ({block.command})"
        if block.unit or block.paper or block.work
        else f"{block.minutes}m {block.title}"
        for block in today(context).blocks
    ]
    minutes = context.settings.goal_on(context.today.weekday())
    head = _described(context, context.today, minutes, project)
    return _wall(context, context.today), "\n".join([*blocks, "", head])


def slots(context: "Context", files: Sequence[str], weeks: int, on_progress: OnProgress = silent) -> SlotsView:
    """Return what in these calendar files collides with the reserved slots, and which times of day are free.

    `on_progress` hears (events read, events in all) of each file.
    Raises NotFoundError or InvalidFileError for a file that is not a calendar, UsageError where the zone has no name.
    """
    from mlcoach.adapters.habit.busy import read_busy
    from mlcoach.domain.habit.slots import collisions, proposals

    zone = zone_of(context)
    settings = context.settings
    days = study_days(context, weeks)
    week = Week(
        days, minutes_of(settings.get("slot")), quiet_span(settings.get("quiet")), settings.get("rollover"), zone
    )
    begin = datetime.combine(context.today, datetime.min.time(), zone)
    busy, skipped = [], []
    for name in files:
        # Slots before the rollover lie on the day after.
        end = begin + timedelta(days=7 * weeks + 2)
        found, left_out = read_busy(Path(name).expanduser(), begin, end, zone, on_progress)
        busy += found
        skipped += left_out
    busy = list(dict.fromkeys(busy))  # an event that is in two of the files
    collided = collisions(week, busy)
    return SlotsView(
        slot=clock_of(week.begin),
        zone=zone.key,
        weeks=weeks,
        days=len(days),
        free_days=len(days) - len({one.reserved.day for one in collided}),
        longest_minutes=max((minutes for _, minutes in days), default=0),
        events=len(busy),
        collisions=tuple(
            CollisionView(
                date=one.reserved.day,
                event=one.busy.title,
                begin=one.busy.begin.isoformat(),
                end=one.busy.end.isoformat(),
                instead="" if one.instead is None else clock_of(one.instead),
            )
            for one in collided
        ),
        proposals=tuple(
            ProposalView(clock_of(one.begin), one.free_days) for one in proposals(week, busy, MOST_PROPOSALS)
        ),
        skipped=tuple(SkippedEventView(*one) for one in skipped),
    )
