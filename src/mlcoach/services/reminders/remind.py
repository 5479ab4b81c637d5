"""Reminders: look once a minute whether one is due, say it once, and report the state of reminders on this machine.

The journal is only read. What was sent is kept in a small file of its own, so that a restart repeats nothing and
misses nothing that still helps.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.adapters.settings import WEEKDAYS
from mlcoach.domain.habit import reminders
from mlcoach.domain.habit.reminders import Reminder, ReminderInput, Times
from mlcoach.domain.habit.slots import minutes_of, quiet_span
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.errors import MlcoachError
from mlcoach.private_files import append_to
from mlcoach.services.habit.calendar import zone_of
from mlcoach.views.reminders import DeliveryView, NextView, RemindedView, RemindStatusView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

TIMER_EVERY = 10  # minutes between looks at the timer: it needs the store, the clock does not
SHOWN_NEXT = 5
AHEAD = 8  # days


class ReminderState(NamedTuple):
    """What was sent: looked at until `since`; by kind the ISO study day; the timer reported, by its beginning."""

    since: datetime
    sent: Mapping[str, str]
    timer: int = 0


def times_of(context: "Context") -> Times:
    """Return when reminders come by the settings in force."""
    get = context.settings.get
    look_back = get("look_back")
    # Until the learner sets the days the plan chooses them: every day is looked at, and a paper in its plan reminds.
    days = get("paper_days") if context.settings.is_set("paper_days") else WEEKDAYS
    return Times(
        slot=minutes_of(get("slot")),
        late=minutes_of(get("remind_late")),
        rollover=get("rollover"),
        quiet=quiet_span(get("quiet")),
        kinds=frozenset(reminders.KINDS if "all" in get("reminders") else get("reminders")),
        paper_days=frozenset(WEEKDAYS.index(day) for day in days),
        look_back=WEEKDAYS.index(look_back) if look_back else None,
    )


def begin(context: "Context") -> ReminderState:
    """Return what is known from before; without that, reminders begin now."""
    try:
        kept = json.loads(_file(context).read_text(encoding="utf-8"))
        sent = {str(kind): str(day) for kind, day in kept["told"].items()}
        since = datetime.fromisoformat(kept["since"])
        return ReminderState(min(since, context.now), sent, int(kept["timer"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ReminderState(context.now, {})


def keep(context: "Context", state: ReminderState) -> None:
    """Keep what was sent. Raises StoreError when it cannot be written."""
    from mlcoach.services.made_files import put

    kept = {"since": state.since.isoformat(), "told": dict(state.sent), "timer": state.timer}
    put(context, _file(context), json.dumps(kept).encode())


def _file(context: "Context") -> Path:
    return context.places.state / "remind.json"


def look(context: "Context", state: ReminderState) -> tuple[RemindedView | None, ReminderState]:
    """Return what is due now, as one reminder or None, and what is known once it is sent.

    Raises what the settings and the store raise; the next look with the same state makes up for it.
    """
    times, now = times_of(context), context.now
    if reminders.is_quiet(times, now):
        return None, state  # what comes due in quiet hours waits for their end
    due = reminders.unsent(times, state.since, now, zone_of(context), state.sent)
    kinds = {one.kind for one in due}
    timer_due = "timer" in times.kinds and now.minute % TIMER_EVERY == 0
    if timer_due and _forgotten_timer(context) not in (0, state.timer):
        kinds.add("timer")
    after = state._replace(since=now)
    if not kinds:
        return None, after
    now_stands = situation(context)
    reminder = reminders.remind(kinds, now_stands)
    if reminder is None:
        return None, after
    today = context.today.isoformat()
    after = after._replace(sent={**state.sent, **{kind: today for kind in reminder.kinds if kind != "timer"}})
    if "timer" in reminder.kinds:
        after = after._replace(timer=now_stands.timer_began)
    return _reminded(context, reminder), after


def _forgotten_timer(context: "Context") -> int:
    """Return the beginning of a timer that runs for long, 0 when there is none."""
    timer = context.store.timer()
    if timer is None or context.instant.microseconds - timer.began < reminders.LONG_TIMER * 60 * MICROSECONDS:
        return 0
    return timer.began


def situation(context: "Context") -> ReminderInput:
    """Return the state of the study day."""
    from mlcoach.services.curriculum.progress import unit_progress
    from mlcoach.services.day.papers import is_queue_empty
    from mlcoach.services.day.status import minutes_view, rest_days, streak_view, timer_view
    from mlcoach.services.habit.week import looked_back

    get = context.settings.get
    minutes = minutes_view(context, context.store.day(context.today))
    timer, running = context.store.timer(), timer_view(context)
    waiting = _waiting(context)
    return ReminderInput(
        day=context.today,
        done=minutes.done,
        goal=minutes.goal,
        floor=minutes.floor,
        streak=streak_view(context).current,
        streak_shown=get("streak"),
        resting=any(begins <= context.today <= ends for begins, ends in rest_days(context)),
        cue=get("cue"),
        slot=minutes_of(get("slot")),
        queue_empty=not waiting.paper and is_queue_empty(context, unit_progress(context)),
        looked_back=looked_back(context),
        timer=running.minutes if running else 0,
        timer_began=timer.began if timer else 0,
        timer_on=running.title if running else "",
        **waiting._asdict(),
    )


class _Waiting(NamedTuple):
    """What the plan of the day still holds, in the words of ReminderInput."""

    first: str
    first_command: str
    paper: str
    project: str
    idea: str
    errand: bool
    job: bool


def _waiting(context: "Context") -> _Waiting:
    from mlcoach.services.day.today import today

    view = today(context)
    waiting = [block for block in view.blocks if not block.done]
    paper = next((block.title for block in waiting if block.kind == "paper"), "")
    project = next((block.title for block in waiting if block.work), "")
    first = (waiting[0].title, waiting[0].command) if waiting else ("", "")
    return _Waiting(*first, paper, project, view.idea, bool(view.errand), bool(view.job))


def _reminded(context: "Context", reminder: Reminder) -> RemindedView:
    return RemindedView(context.now.isoformat(timespec="seconds"), reminder.title, reminder.lines, reminder.kinds, "")


def trial(context: "Context") -> RemindedView:
    """Return a reminder for trying the way it takes."""
    words = Reminder("mlcoach reminds you here", ("This is a test; nothing is due.",), ("test",))
    return _reminded(context, words)


def deliver(context: "Context", view: RemindedView, *, terminal: Callable[[RemindedView], bool]) -> str:
    """Bring a reminder to the learner and return the way it took: desktop, terminal or log.

    `terminal` prints it where the learner can see that, and returns whether there is such a place.
    """
    from mlcoach.adapters.reminders.notify import show_on_desktop

    desktop = show_on_desktop(context.environment, view.title, "\n".join(view.lines))
    on_screen = terminal(view)
    if desktop or on_screen:
        return "desktop" if desktop else "terminal"
    write_log(context, f"{view.at} {view.title} · {' · '.join(view.lines)}")
    return "log"


def write_log(context: "Context", line: str) -> None:
    """Add a line to the log of the reminders."""
    from mlcoach.domain.text import one_line

    with append_to(log_of(context)) as file:
        file.write(one_line(line) + "\n")


def log_of(context: "Context") -> Path:
    """Return where reminders are written down that could not be shown."""
    return context.places.state / "remind.log"


def lock_of(context: "Context") -> Path:
    """Return the file that the one running `remind run` of this home holds."""
    return context.places.state / "remind.lock"


def run(
    make: "Callable[[], Context]", say: "Callable[[Context, RemindedView], str]", complain: Callable[[str], None]
) -> Any:
    """Return a scheduler that looks every minute, with a context of its own each time: a changed config counts at once.

    An error is reported once, not every minute, until something else is wrong or all is well again.
    """
    from mlcoach.adapters.reminders.scheduler import every_minute

    first = make()
    state = begin(first)
    first.close()
    complaint = ""

    def once(error: str) -> None:
        nonlocal complaint
        if complaint != error:
            complaint = error
            complain(error)

    def look_again() -> None:
        nonlocal state, complaint
        context = make()
        try:
            # Marked as sent before it is: what cannot be sent or kept is reported once, not every minute.
            due, state = look(context, state)
            if due:
                say(context, due)
                keep(context, state)
            complaint = ""
        except MlcoachError as error:
            once(f"{error.message}; {error.hint}" if error.hint else error.message)
        except Exception as error:  # whatever it is, the reminders of tomorrow are worth more than one traceback
            once(f"unexpected: {type(error).__name__}: {error}")
        finally:
            context.close()

    return every_minute(look_again)


def status(context: "Context", *, terminal: bool) -> RemindStatusView:
    """Return the state of reminders here; `terminal` is whether this is one."""
    from mlcoach.adapters.lock import holder
    from mlcoach.services.reminders.setup import installed

    process = holder(lock_of(context))
    times = times_of(context)
    return RemindStatusView(
        running=bool(process),
        process=process,
        installed=installed(context),
        delivery=_delivery(context, terminal=terminal),
        kinds=tuple(kind for kind in reminders.KINDS if kind in times.kinds),
        quiet=context.settings.get("quiet"),
        next=_next(context, times),
        log=str(log_of(context)),
    )


def _delivery(context: "Context", *, terminal: bool) -> DeliveryView:
    from mlcoach.adapters.reminders.notify import look_for_desktop

    desktop = look_for_desktop(context.environment)
    if desktop.works:
        return DeliveryView("desktop", desktop.why)
    return DeliveryView("terminal" if terminal else "log", desktop.why)


def _next(context: "Context", times: Times) -> tuple[NextView, ...]:
    """Return the next reminders by the clock, days of rest and days off left out."""
    from mlcoach.services.day.status import rest_days

    resting = rest_days(context)

    def asks(day: date) -> bool:
        off = not context.settings.goal_on(day.weekday())
        return not off and not any(first <= day <= last for first, last in resting)

    found = reminders.occurrences(times, context.now, context.now + timedelta(days=AHEAD), zone_of(context))
    coming = [one for one in found if asks(one.day) and not reminders.is_quiet(times, one.at)]
    return tuple(NextView(one.kind, one.at.isoformat(timespec="seconds")) for one in coming[:SHOWN_NEXT])
