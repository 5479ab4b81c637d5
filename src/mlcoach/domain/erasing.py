"""Blanking the free text of an event: the one exception from a journal whose entries never change.

Id, day, instant, kind, keys and numbers stay, and so does every fold that asks only whether there is a text.
"""

from typing import Any

from mlcoach.domain.events import (
    Attempted,
    Body,
    Event,
    ItemDiscussed,
    PlacementAnswered,
    TimeLogged,
    TimerStopped,
    UnitMarked,
    WeekPromised,
    WeekReviewed,
)
from mlcoach.domain.paper_events import (
    PaperAdded,
    PaperDropped,
    PaperNoted,
    PaperQuestionAsked,
    PaperStepChecked,
    PassFinished,
)
from mlcoach.domain.work_events import (
    HabitKept,
    Interrupted,
    OtherTimeLogged,
    ProjectDropped,
    ProjectMeasured,
    ProjectNoted,
    ProjectStageFinished,
    WeekAudited,
)

BLANK = "(erased)"
MARK = "erased"  # the field of an entry's data that says so
# What people write in their own words. Titles, ids and names of files are how things are found, and stay.
FREE_TEXT: dict[type[Any], tuple[str, ...]] = {
    TimeLogged: ("note",),
    TimerStopped: ("note",),
    UnitMarked: ("note",),
    Attempted: ("answer", "reason"),
    PlacementAnswered: ("answer",),
    WeekReviewed: ("well", "hurt"),
    WeekPromised: ("text",),
    PaperAdded: ("why",),
    PaperStepChecked: ("answer",),
    PaperNoted: ("text",),
    PassFinished: ("note", "changed"),
    PaperQuestionAsked: ("text",),
    PaperDropped: ("reason",),
    OtherTimeLogged: ("what", "note"),
    Interrupted: ("why",),
    HabitKept: ("habit",),
    WeekAudited: ("changed", "less"),
    ItemDiscussed: ("words",),
    ProjectMeasured: ("name", "baseline", "target", "value"),
    ProjectStageFinished: ("note",),
    ProjectNoted: ("text",),
    ProjectDropped: ("reason",),
}


def has_free_text(body: Body) -> bool:
    """Return whether an event holds words that can be blanked."""
    return any(getattr(body, name) not in ("", BLANK) for name in FREE_TEXT.get(type(body), ()))


def erased(event: Event) -> Event:
    """Return an event with its free text blanked and marked as such. Doing it twice changes nothing more."""
    names = FREE_TEXT.get(type(event.body), ())
    blank: dict[str, Any] = {name: BLANK for name in names if getattr(event.body, name)}
    return event._replace(body=event.body._replace(**blank), unread={**event.unread, MARK: True})


def is_erased(event: Event) -> bool:
    """Return whether the free text of an event was blanked."""
    return event.unread.get(MARK) is True


def command_without_text(text: str) -> str:
    """Return a command as it was typed without what was said in it: its name alone, marked as erased."""
    name = text.split()[0] if text.split() else ""
    return f"{name} {BLANK}" if name and name.isalpha() else BLANK
