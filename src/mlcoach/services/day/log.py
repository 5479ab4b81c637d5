"""Study time: record it, list it."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.events import Event, ItemGraded, PlacementJudged, TimeLogged, TimerStopped, Wording
from mlcoach.domain.paper_events import PassFinished
from mlcoach.domain.text import checked
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.services import names
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day import plan, steps
from mlcoach.services.day.status import minutes_view, streak_view, title_of
from mlcoach.services.day.units import advise_on_unit
from mlcoach.services.record import record
from mlcoach.services.review.new_cards import taken_up
from mlcoach.views.day import EntryView, LoggedView, LogListView, LogSource

if TYPE_CHECKING:
    from mlcoach.domain.day.progress import DayState
    from mlcoach.services.context import Context

RECENT = 20
EVERY = 1_000_000_000


def log_study(
    context: "Context", minutes: int, words: str, day: date, note: str, worded_by: Wording = ""
) -> LoggedView:
    """Record `minutes` of study on a unit, a paper or nothing in particular, for a study day.

    What a running timer holds of them is left to the timer, and a notice says so. Raises NotFoundError or UsageError
    for a name that fits nothing or several, UsageError for a bad note and for time that the timer holds already.
    """
    what = steps.what(context, words)
    if day == context.today and context.store.timer():
        from mlcoach.services.day.beside_timer import beside_timer

        minutes = beside_timer(context, minutes, note)
    return log_minutes(context, minutes, what, day, note, worded_by)


def log_minutes(
    context: "Context", minutes: int, what: names.What, day: date, note: str, worded_by: Wording = ""
) -> LoggedView:
    """Record minutes on something found already. Raises UsageError for a bad note."""
    body = TimeLogged(minutes * 60, what.unit, what.paper, checked(note, "note"), what.work, worded_by)
    if what.unit:
        advise_on_unit(context, what.unit)
    events = record(context, body, day=day)
    if what.unit and not _advise_on_beginning(context, what.unit) and day == context.today:
        advise_on_plan(context, what.unit)
    if what.paper:
        from mlcoach.services.papers.pace import advise_on_pass

        advise_on_pass(context, what.paper)
    return logged_view(context, events[-1], body)


def _advise_on_beginning(context: "Context", unit: str) -> bool:
    """Leave a notice when so little is on record of a unit that plans do not take it up; return whether that is so."""
    progress = unit_progress(context)
    if progress.status[unit] != "learning" or taken_up(context, progress, unit):
        return False
    context.notices.append(
        "the time counts; the coming plans leave this unit out until one of its steps is done or more time is on "
        f"record: `mlcoach start {unit}`"
    )
    return True


def advise_on_plan(context: "Context", unit: str) -> None:
    """Leave a notice when time goes to a unit that today's plan does not hold, while the plan waits.

    Not where a part of the plan was closed early: then others are offered in its place.
    """
    aliases = context.catalog.aliases()
    day = context.store.day(context.today)
    blocks = day.plan or ()
    planned = {aliases.get(block["unit"], block["unit"]) for block in blocks if block.get("unit")}
    if planned and unit not in planned and not day.closed and plan.minutes_left(context) >= plan.MORE_MINUTES:
        context.notices.append(
            "it is not in today's plan, which stays as it is; `mlcoach today --replan` plans the minutes left anew"
        )


def log_note(context: "Context", note: str, day: date, worded_by: Wording = "") -> LoggedView:
    """Record a line without a duration: it closes the day, and the minutes planned for that are credited.

    A line that an assistant worded does neither. Within a running timer it takes no time: that counts it already.
    Raises UsageError for a bad note.
    """
    from mlcoach.services.day.beside_timer import holds_now
    from mlcoach.services.day.today import planned_blocks

    noted = context.store.day(day).notes > 0
    credited = day == context.today and not noted and not worded_by and not holds_now(context)
    blocks = planned_blocks(context) if credited else []
    minutes = next((block.minutes for block in blocks if block.kind == "close"), 0)
    body = TimeLogged(minutes * 60, note=checked(note, "note"), worded_by=worded_by)
    events = record(context, body, day=day)
    return logged_view(context, events[-1], body)


def logged_view(context: "Context", event: Event, body: TimeLogged | TimerStopped) -> LoggedView:
    """Return an entry of time, with its body, together with what it did to its day and to the streak."""
    day = context.store.day(event.study_day)
    planned = {item for block in day.plan or () if block["kind"] == "review" for item in block["items"]}
    return LoggedView(
        id=event.id,
        date=event.study_day,
        minutes=seconds_of(event) // 60,
        what=body.unit or body.paper or body.work,
        title=title_of(context, body.unit or body.work, body.paper),
        note=body.note,
        day_total_minutes=day.seconds // 60,
        minutes_of_day=minutes_view(context, day, event.study_day),
        streak=streak_view(context),
        streak_shown=context.settings.get("streak"),
        new_cards=_new_cards(context, body.unit) if event.study_day == context.today else 0,
        closes=event.study_day == context.today and _closes(day, body),
        reviewed=bool(planned) and planned <= set(day.answered),
    )


def entries(context: "Context", limit: int = RECENT) -> LogListView:
    """Return the recent entries of time, newest first, all where `limit` is 0.

    Answers are not listed one by one; they count in `stats`.
    """
    events = context.store.recent(("time_logged", "timer_stopped", "pass_finished"), limit or EVERY)
    # What was entered later for an earlier day stands with that day.
    events = sorted(events, key=lambda event: (event.study_day, event.happened), reverse=True)
    return LogListView(tuple(_entry(context, event) for event in events))


def seconds_of(event: Event) -> int:
    """Return the seconds that an event tells of by itself."""
    match event.body:
        case TimerStopped(began=began, ended=ended):
            return max(0, ended - began) // MICROSECONDS
        case TimeLogged(seconds=seconds) | ItemGraded(seconds=seconds) | PassFinished(seconds=seconds):
            return seconds
        case _:
            return 0


def _entry(context: "Context", event: Event) -> EntryView:
    body = event.body
    assert isinstance(body, TimeLogged | TimerStopped | PassFinished)
    unit = "" if isinstance(body, PassFinished) else body.unit or body.work
    source: LogSource = (
        "log" if isinstance(body, TimeLogged) else "timer" if isinstance(body, TimerStopped) else "paper"
    )
    if isinstance(body, TimeLogged) and body == TimeLogged(body.seconds):
        together = context.store.of_one_command([event.id])
        source = "placement" if any(isinstance(one.body, PlacementJudged) for one in together) else source
    return EntryView(
        id=event.id,
        date=event.study_day,
        minutes=seconds_of(event) // 60,
        what=unit or body.paper,
        title=title_of(context, unit, body.paper),
        note=body.note,
        source=source,
    )


def _closes(day: "DayState", body: TimeLogged | TimerStopped) -> bool:
    """Return whether a note is the one that ticks the close of its day's plan."""
    first = bool(body.note) and not body.worded_by and day.notes == 1
    return first and any(block["kind"] == "close" for block in day.plan or ())


def _new_cards(context: "Context", unit: str) -> int:
    """Return how many new cards `review` would ask now, where the time went to a unit under way."""
    state = context.store.units().get(unit)
    return plan.cards_left(context).new if state and state.mark == "learning" else 0
