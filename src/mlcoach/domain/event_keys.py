"""What an event touches: the keys whose fold depends on it."""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.events import (
    Attempted,
    Body,
    CodeAllowed,
    DayOpened,
    DayPlanned,
    GoalSet,
    ItemAdopted,
    ItemDiscussed,
    ItemGraded,
    ItemMarked,
    ItemScheduled,
    ParametersAdopted,
    PlacementAnswered,
    PlacementJudged,
    RestCleared,
    RestPlanned,
    StepMarked,
    TimeLogged,
    TimerCancelled,
    TimerStarted,
    TimerStopped,
    UnitMarked,
)
from mlcoach.domain.paper_events import (
    PaperAdded,
    PaperCardMade,
    PaperCited,
    PaperDescribed,
    PaperDropped,
    PaperNoted,
    PaperQuestionAsked,
    PaperStepChecked,
    PassFinished,
)
from mlcoach.domain.work_events import (
    ChecklistTicked,
    JobDropped,
    JobMoved,
    JobNoted,
    JobStepChecked,
    JobTimeLogged,
    PersonTouched,
    ProjectBegun,
    ProjectDropped,
    ProjectIdeaKept,
    ProjectMeasured,
    ProjectNoted,
    ProjectStageFinished,
    ProjectStepChecked,
)

_OF_A_PAPER = (
    PaperAdded, PaperStepChecked, PaperNoted, PaperDescribed, PaperQuestionAsked, PaperCited, PaperDropped,
)  # fmt: skip
_OF_A_PROJECT = (
    ProjectIdeaKept, ProjectBegun, ProjectStepChecked, ProjectMeasured, ProjectStageFinished, ProjectNoted,
    ProjectDropped,
)  # fmt: skip

KeyKind = Literal[
    "day", "item", "unit", "paper", "attempt", "timer", "rest", "parameters", "goal", "placement",
    "people", "jobs", "checklist", "project",
]  # fmt: skip


class Key(NamedTuple):
    """What an event touches: the fold of this key depends on it."""

    kind: KeyKind
    id: str


def touched(body: Body, study_day: date) -> tuple[Key, ...]:
    """Return the keys whose state an event of that day changes."""
    day = Key("day", study_day.isoformat())
    match body:
        case ItemGraded(item=item, origin=origin):
            return (Key("item", item),) if origin else (Key("item", item), day)
        case TimeLogged(unit=unit, paper=paper, work=work):
            return (day, *_subject_keys(unit, paper, work))
        case TimerStarted() | TimerCancelled():
            return (Key("timer", ""),)
        case TimerStopped(unit=unit, paper=paper, stopped_on=stopped_on, work=work):
            also = (Key("day", stopped_on),) if stopped_on and stopped_on != day.id else ()
            return (Key("timer", ""), day, *also, *_subject_keys(unit, paper, work))
        case ItemMarked(item=item, mark="buried" | "suspended"):
            return (Key("item", item), day)  # what is put aside no longer waits in the plan of that day
        case ItemMarked(item=item) | ItemScheduled(item=item):
            return (Key("item", item),)
        case Attempted(item=item) | CodeAllowed(item=item) | ItemDiscussed(item=item):
            return (Key("attempt", item),)
        case PlacementAnswered() | PlacementJudged():
            return (Key("placement", ""),)
        case ParametersAdopted():
            return (Key("parameters", ""),)
        case ItemAdopted(old=old, new=new):
            return (Key("item", old), Key("item", new))
        case UnitMarked(unit=unit) | StepMarked(unit=unit):
            return (Key("unit", unit), day)
        case RestPlanned() | RestCleared():
            return (Key("rest", ""),)
        case GoalSet():
            return (Key("goal", ""),)
        case PassFinished(paper=paper):
            return (Key("paper", paper), day)
        case PaperCardMade(paper=paper, item=item):
            return (Key("paper", paper), Key("unit", item.partition("/")[0]))
        case PersonTouched():
            return (Key("people", ""),)
        case JobMoved() | JobStepChecked() | JobNoted() | JobTimeLogged() | JobDropped():
            return (Key("jobs", ""),)
        case DayOpened() | DayPlanned():
            return (day,)
        case ChecklistTicked():
            return (Key("checklist", ""),)
        case _:  # a written file, a kept answer, a draft and a revocation have no state of their own
            if isinstance(body, _OF_A_PROJECT):
                return (Key("project", ""),)
            return (Key("paper", body.paper),) if isinstance(body, _OF_A_PAPER) else ()


def _subject_keys(unit: str, paper: str, work: str) -> tuple[Key, ...]:
    if unit:
        return (Key("unit", unit),)
    if paper:
        return (Key("paper", paper),)
    return (Key("project", ""),) if work.startswith("project:") else ()


def is_circumstance(body: Body) -> bool:
    """Return whether an event only records the day's frame, which `undo` leaves alone."""
    return isinstance(body, DayOpened) or (isinstance(body, DayPlanned) and not body.replanned)
