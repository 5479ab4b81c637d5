"""The one way in which services write: events for a study day, with the frame of the day in front.

The first write of a study day also records its goal and floor, and today's plan as computed until then.
"""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, date
from typing import TYPE_CHECKING

from mlcoach.domain.bulk import OnProgress, collector_paused
from mlcoach.domain.events import Body, DayOpened, DayPlanned, Event, FutureSetAside
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.errors import UsageError
from mlcoach.services.day.status import days_off_since
from mlcoach.services.device import settle
from mlcoach.store.append import NewEvent, append
from mlcoach.store.backups import back_up_when_due, is_due
from mlcoach.store.database import explained

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.store import Store

# Clocks are set by a few minutes now and then; more than this is worth a word.
CLOCK_TOLERANCE_MICROSECONDS = 5 * 60 * MICROSECONDS


def record(
    context: "Context",
    *bodies: Body,
    day: date | None = None,
    command: str = "",
    opens_day: bool = True,
    on_progress: OnProgress | None = None,
) -> list[Event]:
    """Append events for a study day (today unless another is given) and return them.

    No frame of the day is written where `opens_day` is off: settings, files and undo change what the day will be, they
    are not study. All events of one call are one step of undo; `command` joins several calls into one, `on_progress`
    hears (rows folded, rows in all). Raises UsageError for a day to come and StoreError when nothing could be written.
    """
    study = day or context.today
    if study > context.today:
        raise UsageError(f"`{study}` is still to come", "name today or a day before; `mlcoach rest` plans ahead")
    store = _ready(context)
    frame = _frame(context, store, study) if opens_day else []
    new = [NewEvent(body, study, study != context.today) for body in (*frame, *bodies)]
    return _append(context, [*_days_off(context), *new] if frame else new, command, on_progress)


def record_all(
    context: "Context", new: Sequence[NewEvent], on_progress: OnProgress | None = None, command: str = ""
) -> list[Event]:
    """Append what another program knew, each entry on its own study day and at its own instant, as one step of undo.

    It opens no day. `on_progress` hears (rows folded, rows in all). Raises StoreError when nothing could be written.
    """
    _ready(context, on_progress)
    return _append(context, new, command, on_progress)


def _ready(context: "Context", on_progress: OnProgress | None = None) -> "Store":
    """Return the store for writing, after a look at what must be settled first: whose device it is, and the clock."""
    settle(context)
    store = context.writable_store()
    with explained(store.path):
        _look_at_clock(context, store)
    renew_model(context, on_progress)
    return store


def renew_model(context: "Context", on_progress: OnProgress | None = None) -> None:
    """Fold memory again where an earlier release folded it with another version of its model.

    `on_progress` hears (rows folded, rows in all); without it a bar says how far it is, where there is a terminal.
    """
    if not context.store.is_of_older_model():
        return
    from mlcoach.store.refold import renew_memory

    store = context.writable_store()
    with ExitStack() as opened:
        opened.enter_context(explained(store.path))
        opened.enter_context(collector_paused())
        tell = on_progress
        if tell is None and context.waiting:
            tell = opened.enter_context(context.waiting("Folding your answers with the new memory model"))
        for done, total in renew_memory(store.connection):
            if tell:
                tell(done, total)


def _append(context: "Context", new: Sequence[NewEvent], command: str, on_progress: OnProgress | None) -> list[Event]:
    store = context.writable_store()
    step = command
    try:
        with explained(store.path):
            step = command or store.new_command()
            events = append(store.connection, new, context.instant, step, context.command_text, on_progress)
    except Exception:
        _refuse_if_moved(context, store, new, step)
        raise
    _refuse_if_moved(context, store)
    if context.backs_up:
        _back_up(context, store)
    return events


def _refuse_if_moved(context: "Context", store: "Store", unwritten: Sequence[NewEvent] = (), step: str = "") -> None:
    """Raise StoreError where the store was deleted or replaced, after what would be lost is kept in a file."""
    if store.is_in_place():
        return
    from mlcoach.store.damage.rescue import Unwritten, refuse_if_moved

    lost = Unwritten(unwritten, context.instant, step or f"rescue-{os.getpid():x}", context.command_text)
    refuse_if_moved(store, context.instant.microseconds, lost)


def _frame(context: "Context", store: "Store", study: date) -> list[Body]:
    """Return the events that open a study day, when nothing has opened it yet."""
    known = store.day(study)
    frame: list[Body] = []
    if not known.opened:
        weekday = study.weekday()
        frame.append(DayOpened(context.settings.goal_on(weekday), context.settings.floor_on(weekday)))
    if study == context.today and known.plan is None:
        # Imported for the first entry of a day alone: the others need no planner.
        from mlcoach.services.day.plan import compute_plan

        plan = compute_plan(context)
        frame.append(DayPlanned(plan.minutes, tuple(block.to_data() for block in plan.blocks), adds_up=True))
    return frame


def _days_off(context: "Context") -> list[NewEvent]:
    """Return the frames of the weekdays off since the last day with an entry.

    A day off leaves no entry of its own; its goal of zero is recorded here, so that it holds the streak even when the
    week looks different later.
    """
    return [
        NewEvent(DayOpened(0, context.settings.floor_on(day.weekday())), day, backdated=True)
        for day in days_off_since(context)
    ]


def _look_at_clock(context: "Context", store: "Store") -> None:
    """Say once that the clock went back; where it was days ahead, ask whether to set aside what was written then."""
    newest = store.newest_recorded()
    if newest is None or context.instant.microseconds >= newest - CLOCK_TOLERANCE_MICROSECONDS:
        return
    if not store.remember_clock_warning(newest):
        return
    went_back = f"the clock went back: it says {context.now:%Y-%m-%d %H:%M}, but an entry was written later than that"
    found = store.future_entries(context.today)
    if not found:
        context.notices.append(f"{went_back}; this one keeps the day the clock says (`mlcoach undo` takes it back)")
    elif context.confirm is None:
        context.notices.append(
            f"{went_back}; {found.described} of days still to come: `mlcoach doctor --set-aside` sets aside what was"
            " written under a wrong clock"
        )
    elif context.confirm(
        f"The clock says {context.now:%Y-%m-%d %H:%M}, and there are {found.described} of days still to come, up to"
        f" {found.last}. Was the clock wrong then, and are they to be set aside? `mlcoach undo` brings them back."
    ):
        new = [NewEvent(FutureSetAside(found.ids), context.today)]
        append(store.connection, new, context.instant, store.new_command(), "doctor --set-aside")


def _back_up(context: "Context", store: "Store") -> None:
    try:
        back_up_when_due(store.connection, context.places.backups, context.now.astimezone(UTC))
    except Exception as error:  # what was written is safe; a copy that failed is only worth a line
        context.notices.append(f"no backup was made: {error}")


def back_up_if_due(context: "Context") -> None:
    """Copy the store as a write does, where there is one and its last copy is old enough."""
    if context.places.database.exists() and is_due(context.places.backups, context.now.astimezone(UTC)):
        _back_up(context, _ready(context))
