"""Time and notes by way of an assistant: the timer, minutes, a line about the day or on a paper."""

from typing import TYPE_CHECKING

from mlcoach.domain.assistant import tutoring
from mlcoach.domain.quoting import quoted
from mlcoach.domain.text import checked
from mlcoach.domain.time.study_days import parse_day
from mlcoach.errors import UsageError
from mlcoach.services.day import log as day_log
from mlcoach.services.day import timer
from mlcoach.services.papers import passes
from mlcoach.views.assistant.asking import TimerMovedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.views.day import LoggedView

MOST_MINUTES = 24 * 60
MOST_DAYS_BACK = 366


def start(context: "Context", what: str = "") -> TimerMovedView:
    """Start the timer on what is next, or on a unit, a step or a paper. Raises UsageError when one is running."""
    view = timer.start(context, what)
    step = view.step
    return TimerMovedView(
        action="started",
        what=view.timer.what,
        minutes=0,
        day_minutes=context.store.day(context.today).seconds // 60,
        goal_minutes=context.store.day(context.today).goal,
        step=step.id if step else "",
        step_done=False,
        notices=tuple(context.notices),
        then=tutoring.STARTED,
        quoted=quoted(
            title=view.timer.title,
            step=step.title if step else "",
            at=step.at if step else "",
            open=step.url if step else "",
        ),
    )


def stop(context: "Context", at: str = "", note: str = "", *, step_done: bool = False) -> TimerMovedView:
    """Stop the timer and record its time. Raises UsageError when none runs, as `mlcoach stop` does."""
    view = timer.stop(context, at, note, done=step_done)
    assert view.entry is not None
    moved = _logged(context, view.entry)
    return moved._replace(
        action="stopped", then=tutoring.STOPPED, step=view.step.id if view.step else "", step_done=step_done
    )


def log(context: "Context", minutes: int, what: str = "", note: str = "", day: str = "") -> TimerMovedView:
    """Record minutes of study on a unit, a paper or nothing in particular. Raises UsageError and NotFoundError."""
    study = parse_day(day, context.today) if day else context.today
    if not 0 <= (context.today - study).days <= MOST_DAYS_BACK:
        raise UsageError(f"`{day}` is not a day of the last year", "name today or a day before")
    if not 1 <= minutes <= MOST_MINUTES:
        raise UsageError(f"minutes must be 1 to {MOST_MINUTES:,}, got {minutes}")
    return _logged(context, day_log.log_study(context, minutes, what, study, note))


def note(context: "Context", text: str, paper: str = "") -> TimerMovedView:
    """Keep a line about the day, which closes it, or a note on a paper. Raises UsageError for an empty note."""
    if not checked(text, "note"):
        raise UsageError("the note is empty; nothing was written", "the learner says it in a sentence")
    if not paper:
        return _logged(context, day_log.log_note(context, text, context.today))._replace(action="noted")
    kept = passes.note(context, paper, text, context.today)
    day = context.store.day(context.today)
    title = kept.paper.title
    return TimerMovedView(
        "noted", kept.paper.id, 0, day.seconds // 60, day.goal, "", False, (), tutoring.KEPT, quoted(title=title)
    )  # fmt: skip


def _logged(context: "Context", entry: "LoggedView") -> TimerMovedView:
    return TimerMovedView(
        action="logged",
        what=entry.what,
        minutes=entry.minutes,
        day_minutes=entry.day_total_minutes,
        goal_minutes=entry.minutes_of_day.goal,
        step="",
        step_done=False,
        notices=tuple(context.notices),
        then=tutoring.KEPT,
        quoted=quoted(title=entry.title),
    )
