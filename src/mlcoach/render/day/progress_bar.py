"""Minutes and streak in one line each, as every screen of the day shows them."""

from datetime import date

from mlcoach.render.layout import clock, plural
from mlcoach.render.screen import Line, Span
from mlcoach.views.day import MinutesView, StreakView, TimerView

BAR_CELLS, SHORT_BAR_CELLS = 24, 6
KEPT = "the day is kept"  # its floor is reached, so the streak holds
BAR_FROM = 60  # cells a line needs before there is room for the long bar


def progress_line(minutes: MinutesView, room: int, *, finished: bool = False, resting: bool = False) -> Line:
    """Return the bar of the day: minutes done of the goal, and the floor; the bar shrinks where room is short.

    `finished` says that the goal is reached by a plan done to its last block, whatever the minutes say,
    `resting` that nothing is asked of the day.
    """
    bar_cells = BAR_CELLS if room >= BAR_FROM else SHORT_BAR_CELLS
    target = minutes.goal or minutes.floor
    filled = min(bar_cells, round(bar_cells * minutes.done / target)) if target else 0
    state: Span = ("", "")
    if minutes.goal and (finished or minutes.done >= minutes.goal):
        state = (" · goal reached", "good")
    elif minutes.done >= minutes.floor:
        state = (f" · {KEPT}", "good")
    elif resting and minutes.goal:
        state = (" · a day of rest", "muted")
    elif minutes.goal:
        more = "m more keep the day" if minutes.done else "m keep the day"
        state = (f" · {minutes.floor - minutes.done}{more}", "muted")
    if minutes.running and minutes.done < minutes.goal:
        state = (running_words(minutes), "muted")
    return [
        ("█" * filled, "good"),
        ("░" * (bar_cells - filled), "muted"),
        (f"  {day_words(minutes.done, minutes.goal)}", "strong"),
        state,
    ]


def day_words(done: int, goal: int) -> str:
    """Return the minutes of a day against its goal, `0:45 of 2:00`; a day without a goal is a day off."""
    return f"{clock(done)} of {clock(goal)}" if goal else f"{clock(done)}, a day off"


def spoken_progress(minutes: MinutesView, *, finished: bool = False, resting: bool = False) -> Line:
    """Return the same in words alone."""
    if minutes.running and minutes.done < minutes.goal:
        return [(f"{clock(minutes.done)} of {clock(minutes.goal)} studied{running_words(minutes)}", "")]
    said = (
        f"{clock(minutes.done)} of {clock(minutes.goal)} studied" if minutes.goal else f"{clock(minutes.done)} studied"
    )
    if minutes.goal and (finished or minutes.done >= minutes.goal):
        return [(f"{said}; goal reached", "")]
    if minutes.done >= minutes.floor:
        return [(f"{said}; {KEPT}", "")]
    if not minutes.goal:
        return [(f"{said}; today is a day off", "")]
    if resting:
        return [(f"{said}; a day of rest", "")]
    left = minutes.floor - minutes.done
    more = " more" if minutes.done else ""
    minute, keep = ("minute", "keeps") if left == 1 else ("minutes", "keep")
    return [(f"{said}; {left}{more} {minute} {keep} the day", "")]


def running_words(minutes: MinutesView) -> str:
    """Return what a timer that is not stopped yet adds to the minutes of its day, behind these; "" without one."""
    if not minutes.running:
        return ""
    from mlcoach.domain.time.durations import format_duration  # most screens of the day need no more than the clock

    return f", and {format_duration(minutes.running)} on the running timer"


def streak_spans(streak: StreakView) -> Line:
    """Return the streak in a few words."""
    if not streak.best:
        return [("no streak yet", "muted")]
    now = f"streak {streak.current}" if streak.current else "a new streak begins with the next day you study"
    parts = [now]
    if streak.best > streak.current:
        parts.append(f"best {streak.best}")
    if streak.freezes:
        parts.append(plural(streak.freezes, "freeze"))
    return [(" · ".join(parts), "muted")]


def timer_words(timer: TimerView) -> str:
    """Return what a running timer counts, since when and for how long; with the day where that is not today."""
    about = f" on {timer.title}" if timer.title else ""
    since = f"{date.fromisoformat(timer.since[:10]):%a} {timer.clock}" if timer.overnight else timer.clock
    hours, minutes = divmod(timer.minutes, 60)
    return f"timer running{about} since {since}, {f'{hours}h{minutes:02}m' if hours else f'{minutes}m'}"
