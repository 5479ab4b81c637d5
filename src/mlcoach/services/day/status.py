"""The state of the day: minutes, streak, timer. The small facts that every screen of the day shows."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.progress import DayState
from mlcoach.domain.habit.streak import START, Span, walk
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.services.review import items as review_items
from mlcoach.views.day import MinutesView, StatusView, StreakView, TimerView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_GAP = 60  # days; after a longer one no streak is left to hold


def status(context: "Context") -> StatusView:
    """Return timer, minutes, streak and the number of due items."""
    from mlcoach.services.day.plan import cards_left

    left = cards_left(context)
    return StatusView(
        timer=timer_view(context),
        minutes=minutes_view(context, context.store.day(context.today)),
        streak=streak_view(context),
        due_items=review_items.due_count(context),
        left=(left.due, left.new),
        streak_shown=context.settings.get("streak"),
        sync=_sync_notice(context) if context.settings.get("sync.auto") else "",
    )


def _sync_notice(context: "Context") -> str:
    """Return the line about sync by itself when that failed several times, or ""."""
    from mlcoach.services.sync.progress import notice

    return notice(context)


def minutes_view(context: "Context", day: DayState, on: date | None = None) -> MinutesView:
    """Return a day's minutes against its goal and floor, today's by default."""
    weekday = (on or context.today).weekday()
    goal = day.goal if day.opened else context.settings.goal_on(weekday)
    floor = day.floor if day.opened else context.settings.floor_on(weekday)
    done = day.seconds // 60
    timer = context.store.timer()
    runs = timer is not None and timer.study_day == (on or context.today).isoformat()
    running = max(0, context.instant.microseconds - timer.began) // (60 * MICROSECONDS) if timer and runs else 0
    return MinutesView(goal, floor, done, max(0, goal - done), running)


def streak_view(context: "Context") -> StreakView:
    """Return the streak as of today."""
    known = context.store.streak_checkpoint()
    if known.judged >= context.today.toordinal():
        known = START  # the clock went back behind it
    streak = walk(context.store.day_minutes(known.judged), rest_days(context), context.today, known)
    return StreakView(streak.current, streak.best, streak.today, streak.freezes, streak.score)


def week_to_look_at(context: "Context") -> date:
    """Return the Monday of the week that a look back is about now."""
    from mlcoach.domain.time.weeks import week_to_look_back_on  # most screens of the day look back on none

    return week_to_look_back_on(context.today, context.store.first_day())


def rest_days(context: "Context") -> list[Span]:
    """Return the days that hold the streak without study: planned rest, and weekdays off not recorded yet."""
    off = [(day, day) for day in days_off_since(context)]
    today = context.store.day(context.today)
    if not (today.goal if today.opened else context.settings.goal_on(context.today.weekday())):
        off.append((context.today, context.today))
    return [*context.store.rest(), *off]


def days_off_since(context: "Context") -> list[date]:
    """Return the days between the last one that was opened and today whose weekday has a goal of zero."""
    last = context.store.last_opened_before(context.today)
    if last is None:
        return []
    today = context.today.toordinal()
    days = map(date.fromordinal, range(max(last.toordinal(), today - LONGEST_GAP) + 1, today))
    return [day for day in days if context.settings.goal_on(day.weekday()) == 0]


def timer_view(context: "Context") -> TimerView | None:
    """Return the running timer, if there is one."""
    timer = context.store.timer()
    if timer is None:
        return None
    began = context.local(timer.began)
    what = timer.unit or timer.paper or timer.work
    minutes = max(0, context.instant.microseconds - timer.began) // (60 * MICROSECONDS)
    focus = None
    if timer.focus:
        from mlcoach.services.work.hours.focus import focus_view  # most timers have no breaks

        focus = focus_view(context, timer, minutes)
    return TimerView(
        what=what,
        title=title_of(context, timer.unit or timer.work, timer.paper),
        since=began.isoformat(timespec="seconds"),
        clock=f"{began:%H:%M}",
        minutes=minutes,
        overnight=timer.study_day < context.today.isoformat(),
        focus=focus,
    )


def title_of(context: "Context", unit: str, paper: str) -> str:
    """Return the title of a unit, of one's own work (`project:ID`) or a paper, its id when it has none, or ""."""
    if unit.startswith("project:"):
        known_project = context.store.projects.all().get(unit.partition(":")[2])
        return known_project.title if known_project else unit
    if unit:
        return context.catalog.units[unit].title if unit in context.catalog.units else unit
    if paper:
        known = context.store.paper(paper)
        return (known and known["title"]) or paper
    return ""


def overnight_notice(running: TimerView | None) -> str:
    """Return the question to ask about a timer left running since an earlier study day, or ""."""
    if running is None or not running.overnight:
        return ""
    began = datetime.fromisoformat(running.since)
    return (
        f"a timer{on_what(running)} has been running since {began:%a %H:%M}; "
        f"`mlcoach stop --at {guess(running)}` says when it really ended, `mlcoach cancel` throws it away"
    )


def guess(running: TimerView) -> str:
    """Return when a timer may have ended, as HH:MM: an hour after its start."""
    return f"{datetime.fromisoformat(running.since) + timedelta(hours=1):%H:%M}"


def on_what(running: TimerView) -> str:
    """Return ` on `…`` for a timer on something, or ""."""
    return f" on `{running.what}`" if running.what else ""
