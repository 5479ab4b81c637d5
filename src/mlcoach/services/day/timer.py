"""The timer: start, stop, cancel."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.day.units import was_worked_on
from mlcoach.domain.events import StepMarked, TimerCancelled, TimerStarted, TimerStopped, Wording
from mlcoach.domain.text import checked
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.domain.work_events import Interrupted
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.day import log, steps
from mlcoach.services.day.status import guess, on_what, timer_view
from mlcoach.services.day.today import today
from mlcoach.services.day.units import advise_on_unit
from mlcoach.services.record import record
from mlcoach.views.day import OpeningView, TimerChangedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_HOURS = 24
NEXT = ("next", "today", "now")
LATE_EVENING_HOURS = 4  # a timer over the rollover may be a late evening; a longer one was forgotten
MINUTE = 60 * MICROSECONDS


def start(context: "Context", words: str, focus: tuple[int, int] = (0, 0)) -> TimerChangedView:
    """Start the timer on a unit, a step of one, a paper, or what comes next today; on nothing where nothing does.

    With `focus`, minutes of work and of break, it says when to break. Raises UsageError when one is running.
    """
    running = timer_view(context)
    if running:
        raise UsageError(
            f"a timer is already running{on_what(running)} since {running.clock}",
            "`mlcoach stop` records it, `mlcoach cancel` throws it away",
        )
    what = _meant(context, words)
    if what.unit:
        advise_on_unit(context, what.unit)
    record(context, TimerStarted(what.unit, what.paper, what.work, *focus))
    if what.unit:
        log.advise_on_plan(context, what.unit)
    started = timer_view(context)
    assert started is not None
    step = steps.step_view(context, what.unit) if what.unit else None
    is_exercise = step is not None and step.id in context.catalog.exercises
    return TimerChangedView(
        "started",
        started,
        step=step,
        read=(OpeningView(step.title, step.at, step.url),) if step and step.at and not is_exercise else (),
        exercise=(step.id, step.title) if step and is_exercise else None,
        questions=_questions_left(context, what.unit) if step and step.id.endswith("/before") else 0,
    )


def _questions_left(context: "Context", unit: str) -> int:
    from mlcoach.services.placement.before import waiting_before  # only where a unit begins

    return len(waiting_before(context, unit, context.store.placement.state()))


def _meant(context: "Context", words: str) -> names.What:
    """Return what the words mean; without words, the unit or paper that comes next in today's plan.

    A number is that of a block in today's plan. Raises UsageError and NotFoundError.
    """
    plan = today(context).blocks if words.isdecimal() or words.lower() in ("", *NEXT) else ()
    if words.isdecimal() and len(words) < 3:
        numbered = next((block for block in plan if block.n == int(words)), None)
        if numbered is None:
            raise UsageError(f"today's plan has no block {words}", "`mlcoach today` numbers them")
        if not (numbered.unit or numbered.paper or numbered.work) and not numbered.command.startswith("mlcoach start"):
            raise UsageError(f"block {words} needs no timer: {numbered.title}", f"`{numbered.command}` does it")
        return names.What(numbered.unit, numbered.paper, numbered.work)
    if words and words.lower() not in NEXT:
        return steps.what(context, words)
    found = next((block for block in plan if not block.done and (block.unit or block.paper or block.work)), None)
    return names.What(found.unit, found.paper, found.work) if found else names.What()


def stop(
    context: "Context",
    at: str = "",
    note: str = "",
    *,
    done: bool = False,
    interrupted: tuple[int, str] | None = None,
    worded_by: Wording = "",
) -> TimerChangedView:
    """Stop the timer and record its time on the study day it started on; `done`: its step is finished with it.

    `interrupted` says how often something broke in, and why; `worded_by` whose words the note is.
    `at` is the wall-clock time (HH:MM) at which it really ended, the first one after its start. Raises UsageError
    when no timer runs, when that is still to come, and when more than a day would be recorded.
    """
    timer = context.store.timer()
    running = timer_view(context)
    if timer is None or running is None:
        raise UsageError(
            "no timer is running", "`mlcoach start` begins one, `mlcoach log 45m` records time without one"
        )
    ended = _first_after(context, timer.began, at) if at else context.instant.microseconds
    if ended > context.instant.microseconds:
        raise UsageError(
            f"`{at}` is not between the start at {running.clock} and now", "write the time it ended: HH:MM"
        )
    if ended - timer.began > LONGEST_HOURS * 3600 * MICROSECONDS:
        raise UsageError(
            f"the timer has been running since {context.local(timer.began):%a} {running.clock}, more than a day",
            "`mlcoach stop --at HH:MM` says when it ended on the first day, `mlcoach cancel` throws it away",
        )
    if not at and running.overnight and ended - timer.began > LATE_EVENING_HOURS * 3600 * MICROSECONDS:
        raise UsageError(
            f"the timer has been running since {context.local(timer.began):%a %H:%M}, overnight",
            f"`mlcoach stop --at {guess(running)}` says when it really ended, `mlcoach cancel` throws it away",
        )
    if not at and running.overnight:
        context.notices.append(
            f"it ran overnight, since {context.local(timer.began):%a %H:%M}; if it ended earlier: `mlcoach undo`, "
            f"then `mlcoach stop --at {guess(running)}`"
        )
    body = TimerStopped(
        began=timer.began,
        # A clock that went back must not record negative time.
        ended=max(ended, timer.began),
        unit=timer.unit,
        paper=timer.paper,
        note=checked(note, "note"),
        stopped_on=context.today.isoformat(),
        work=timer.work,
        worded_by=worded_by,
    )
    started_on = min(date.fromisoformat(timer.study_day), context.today)
    unit = context.catalog.aliases().get(timer.unit, timer.unit)
    asked = unit in context.catalog.units and (done or not steps.is_passed(context, unit))
    step = steps.step_view(context, unit) if asked else None
    before = _finished_within(context, unit, timer.began, started_on)
    # Only a step that came after another one within this time can be too fresh to be finished.
    fresh = (
        step is not None
        and before is not None
        and not was_worked_on((ended - before) // MICROSECONDS, step.minutes_left)
    )
    if done and step and fresh:
        context.notices.append(
            f"the step before was finished already; `mlcoach done {step.id}` finishes {step.title} too"
        )
    finished = (StepMarked(unit, step.id, "done"),) if done and step and not fresh else ()
    broken = (Interrupted(*interrupted),) if interrupted and interrupted[0] else ()
    events = record(context, body, *finished, *broken, day=started_on)
    if timer.paper:
        from mlcoach.services.papers.pace import advise_on_pass

        advise_on_pass(context, timer.paper)
    stopped = events[-1 - len(finished) - len(broken)]
    return TimerChangedView("stopped", running, log.logged_view(context, stopped, body), step=step, fresh=fresh)


def _finished_within(context: "Context", unit: str, began: int, day: date) -> int | None:
    """Return when a step of a unit was finished last since a moment, in microseconds since 1970; None for not."""
    marks = steps.marks_since(context, unit, day)
    return max((happened for happened, mark in marks if mark.mark == "done" and happened >= began), default=None)


def cancel(context: "Context") -> TimerChangedView:
    """Throw the running timer away. Raises UsageError when none runs."""
    running = timer_view(context)
    if running is None:
        raise UsageError("no timer is running", "`mlcoach start` begins one")
    record(context, TimerCancelled())
    return TimerChangedView("cancelled", running)


def _first_after(context: "Context", began: int, at: str) -> int:
    """Return the first moment after `began` at which the local clock shows `at`, both in microseconds since 1970.

    An hour that the clock leaps over is looked for on the day after.
    """
    hour, _, minute = at.partition(":")
    if not (hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal() and len(minute) == 2):
        raise UsageError(f"cannot read the time `{at}`", "write it as HH:MM")
    if len(hour) > 2 or int(hour) > 23 or int(minute) > 59:
        raise UsageError(f"`{at}` is not a time of day", "write it as HH:MM")
    # Minute by minute: what a change of the clocks does to the night needs no rules then.
    first = began - began % MINUTE + MINUTE
    wanted = (int(hour), int(minute))
    minutes = range(first, first + 2 * LONGEST_HOURS * 60 * MINUTE, MINUTE)
    shown = ((instant, context.local(instant)) for instant in minutes)
    return next(instant for instant, local in shown if (local.hour, local.minute) == wanted)
