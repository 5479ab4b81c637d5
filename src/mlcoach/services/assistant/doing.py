"""Time and notes by way of an assistant: the timer, minutes, a line about the day or on a paper."""

from typing import TYPE_CHECKING

from mlcoach.domain.assistant import evening, tutoring
from mlcoach.domain.assistant.evening import NOTHING_SAID, AtHand
from mlcoach.domain.events import Wording
from mlcoach.domain.quoting import quoted
from mlcoach.domain.text import checked
from mlcoach.domain.time.study_days import parse_day
from mlcoach.errors import UsageError
from mlcoach.services.assistant import helping
from mlcoach.services.assistant.day import evening_of
from mlcoach.services.day import done, steps, timer
from mlcoach.services.day import log as day_log
from mlcoach.services.day.today import today
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
    step, day = view.step, context.store.day(context.today)
    return TimerMovedView(
        "started",
        view.timer.what,
        0,
        day.seconds // 60,
        day.goal,
        tutoring.STARTED,
        step=step.id if step else "",
        notices=tuple(context.notices),
        quoted=quoted(
            title=view.timer.title,
            step=step.title if step else "",
            at=step.at if step else "",
            open=step.url if step else "",
        ),
    )


def stop(
    context: "Context",
    at: str = "",
    note: str = "",
    *,
    step_done: bool = False,
    step: str = "",
    worded_by: Wording = "",
    at_hand: AtHand = NOTHING_SAID,
) -> TimerMovedView:
    """Stop the timer and record its time; its step stays open unless it is said to be finished.

    With `step`, and no timer running, that step of a unit studied today is finished after all. `at_hand` is what the
    learner said of their evening. Raises UsageError when no timer runs, as `mlcoach stop` does.
    """
    if step and step_done and context.store.timer() is None:
        moved = _finished(context, step)
    else:
        view = timer.stop(context, at, note, done=step_done, worded_by=worded_by)
        assert view.entry is not None
        at_step = view.step.id if view.step else ""
        finished = step_done and not view.fresh
        moved = _logged(context, view.entry)._replace(
            action="stopped",
            then=tutoring.after_stop(at_step, finished=finished),
            step=at_step,
            step_done=finished,
            step_open=bool(at_step) and not finished,
        )
    shown = today(context)
    left = shown.minutes.left if at_hand.left is None else at_hand.left
    blocks = evening.in_time(evening_of(context, shown.blocks), at_hand)
    over = evening.over(blocks, moved.what)
    return moved._replace(
        over_minutes=over,
        minutes_left=left,
        left_for=evening.left_for(blocks, left, cards=at_hand.cards),
        then=f"{tutoring.time_told(over, left)}; {moved.then}",
    )


def _finished(context: "Context", name: str) -> TimerMovedView:
    """Mark a step as done after its time was recorded. Raises UsageError for a unit without time today."""
    step, day = steps.resolve_step(context, name), context.store.day(context.today)
    if step.unit not in {context.catalog.aliases().get(id, id) for id in day.units}:
        raise UsageError(
            f"nothing of `{step.unit}` was studied today", f"the learner says it: `mlcoach done {step.id}`"
        )
    changed = done.mark_step(context, step.id, "done", context.today)
    return TimerMovedView(
        "finished", step.unit, 0, day.seconds // 60, day.goal, tutoring.STOPPED, step.id, True,
        quoted=quoted(title=changed.title),
    )  # fmt: skip


def log(
    context: "Context", minutes: int, what: str = "", note: str = "", day: str = "", worded_by: Wording = ""
) -> TimerMovedView:
    """Record minutes of study on a unit, a paper or nothing in particular. Raises UsageError and NotFoundError."""
    study = parse_day(day, context.today) if day else context.today
    if not 0 <= (context.today - study).days <= MOST_DAYS_BACK:
        raise UsageError(f"`{day}` is not a day of the last year", "name today or a day before")
    if not 1 <= minutes <= MOST_MINUTES:
        raise UsageError(f"minutes must be 1 to {MOST_MINUTES:,}, got {minutes}")
    return _logged(context, day_log.log_study(context, minutes, what, study, note, worded_by))


def note(context: "Context", text: str, paper: str = "", item: str = "", worded_by: Wording = "") -> TimerMovedView:
    """Keep a line: about the day, which it closes where the learner worded it, on a paper or on an item of today.

    Raises UsageError for an empty note, and for one on an item that the learner did not word.
    """
    words = checked(text, "note")
    if not words:
        raise UsageError("the note is empty; nothing was written", "the learner says it in a sentence")
    if not (paper or item):
        then = tutoring.NOT_THEIRS if worded_by else tutoring.DAY_NOTED
        logged = day_log.log_note(context, text, context.today, worded_by)
        return _logged(context, logged)._replace(action="noted", then=then)
    if worded_by and item:
        raise UsageError("a sentence on an item is the learner's own", tutoring.OWN_LINE)
    if item:
        what, title, then = helping.sentence(context, item, words), "", tutoring.SENTENCE_KEPT
    else:
        kept = passes.note(context, paper, text, context.today).paper
        what, title, then = kept.id, kept.title, tutoring.KEPT
    day = context.store.day(context.today)
    return TimerMovedView("noted", what, 0, day.seconds // 60, day.goal, then, quoted=quoted(title=title))


def _logged(context: "Context", entry: "LoggedView") -> TimerMovedView:
    return TimerMovedView(
        "logged",
        entry.what,
        entry.minutes,
        entry.day_total_minutes,
        entry.minutes_of_day.goal,
        tutoring.KEPT,
        notices=tuple(context.notices),
        quoted=quoted(title=entry.title),
    )
