"""Whether an entry of a journal can be one of ours: kinds, fields, types, ranges. It may come from a stranger.

What passes here can be folded and shown; nothing else may reach the journal, for its entries are never removed.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

from mlcoach.domain.day.block import Block
from mlcoach.domain.events import (
    KINDS,
    AnswerKept,
    Attempted,
    Body,
    CardDrafted,
    CodeAllowed,
    DayPlanned,
    DraftSettled,
    GoalSet,
    ItemDiscussed,
    ItemGraded,
    ItemScheduled,
    JournalJoined,
    ParametersAdopted,
    PlacementAnswered,
    PlacementJudged,
    RestCleared,
    RestPlanned,
    StepMarked,
    TimerStarted,
    UnitMarked,
    UnknownBody,
)
from mlcoach.domain.paper_events import PassFinished
from mlcoach.domain.papers import passes as papers_passes
from mlcoach.domain.revocations import read_span
from mlcoach.domain.work.projects import MOST_SCORE
from mlcoach.domain.work_events import (
    ChecklistTicked,
    HabitKept,
    Interrupted,
    JobMoved,
    PersonTouched,
    ProjectBegun,
    ProjectIdeaKept,
    ProjectStageFinished,
    ProjectStepChecked,
)

LONGEST_TEXT = 100_000  # characters
LONGEST_UNREAD = 1_000_000  # characters of what this release does not know
_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")
MOST_SECONDS = 30 * 24 * 3600
MOST_REST = 3_660  # days
EARLIEST, LATEST = date(1970, 1, 1).isoformat(), date(2999, 12, 31).isoformat()
LONGEST_ANSWER = 500  # characters of what was typed for an item that checks itself
LONGEST_REASON = 2_000  # characters of how somebody came to an answer
MOST_HINTS = 1_000
DRAFT_KEYS = frozenset({"q", "a", "reverse", "cloze", "numeric", "answer", "tolerance"})
LONGEST_FOCUS = 24 * 60  # minutes
DAYS_OF_WEEK = 7
LARGEST = 2**53  # beyond this, other programs do not count exactly
# Fields that are days, and those of them that may be empty.
DAYS = frozenset({"due", "until", "first", "last", "stopped_on", "week", "by", "decide_by"})
NEEDED_DAYS = frozenset({"first", "last", "week"})
_HINTS: dict[type[Any], dict[str, Any]] = {}


def body_of(kind: str, data: Mapping[str, Any]) -> tuple[Body, dict[str, Any]]:
    """Return the body of an entry, and its fields that this release does not know.

    What is not known is kept if it is not too long. Raises ValueError saying what is wrong with an entry.
    """
    if kind not in KINDS:
        if not _KIND.fullmatch(kind):
            raise ValueError("an entry of an invalid kind")
        return UnknownBody(kind, _unread(data)), {}
    body_type = KINDS[kind]
    hints = _hints(body_type)
    unread = {name: value for name, value in data.items() if name not in hints}
    if unread:
        _unread(unread)
    fields = {name: _typed(value, hints[name]) for name, value in data.items() if name in hints}
    missing = [name for name in body_type._fields if name not in fields and name not in body_type._field_defaults]
    if missing:
        raise ValueError("an entry that lacks a field")
    for name in DAYS & fields.keys():
        if (fields[name] or name in NEEDED_DAYS) and not is_day(fields[name]):
            raise ValueError("an entry with an invalid day")
    if not 0 <= fields.get("seconds", 0) <= MOST_SECONDS:
        raise ValueError("an entry with an invalid length of time")
    body = body_type(**fields)
    if not _holds(body):
        raise ValueError("an entry with an invalid value")
    return body, unread


def _hints(body_type: type[Any]) -> dict[str, Any]:
    """Return the types of the fields of a body, worked out once: every entry is checked by import and by doctor."""
    if body_type not in _HINTS:
        _HINTS[body_type] = get_type_hints(body_type)
    return _HINTS[body_type]


def _unread(data: Mapping[str, Any]) -> str:
    """Return the JSON of what cannot be checked here. Raises ValueError where it is too long for a database."""
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        raise ValueError("an entry with an invalid value") from None
    if not is_text(text, LONGEST_UNREAD):
        raise ValueError("an entry that is longer than it can be")
    return text


def is_day(text: str) -> bool:
    """Return whether a text is an ISO day that a learner can live to see."""
    try:
        return date.fromisoformat(text).isoformat() == text and EARLIEST <= text <= LATEST
    except ValueError:
        return False


def _typed(value: Any, hint: Any) -> Any:
    """Return a value if it has the type of its field; lists become tuples. Raises ValueError."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if isinstance(value, list):
            return tuple(_typed(entry, inner) for entry in value)
    elif get_origin(hint) is Literal:
        if value in get_args(hint):
            return value
        raise ValueError("an entry with an invalid value")
    elif hint == int | None and value is None:
        return None
    elif hint in (int, int | None):
        if type(value) is int and abs(value) <= LARGEST * 1000:
            return value
    elif hint is float:
        if type(value) in (int, float) and math.isfinite(value):
            return float(value)
    elif hint is bool:
        if isinstance(value, bool):
            return value
    elif hint is str:
        if (isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable()) or is_text(value):
            return value
    elif isinstance(value, dict):
        return value
    raise ValueError("an entry with a field of another type")


def is_text(value: Any, longest: int = LONGEST_TEXT) -> bool:
    """Return whether a value is a text that any database and terminal can take."""
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        return False
    return not any(0xD800 <= ord(letter) <= 0xDFFF for letter in value)


def _holds(body: Any) -> bool:
    """Return whether the values of a body are in their ranges."""
    check: Callable[[Any], bool] | None = _RANGES.get(type(body))
    return check is None or check(body)


def _graded(body: ItemGraded) -> bool:
    return 1 <= body.rating <= 4 and 0.7 <= body.retention <= 0.99 and 0 <= body.confidence <= 4


def _scheduled(body: ItemScheduled) -> bool:
    return bool(body.due) and 0.001 <= body.stability <= 36_500 and 1 <= body.difficulty <= 10


def _rest(body: RestPlanned | RestCleared) -> bool:
    return 0 <= (date.fromisoformat(body.last) - date.fromisoformat(body.first)).days <= MOST_REST


def _parameters(body: ParametersAdopted) -> bool:
    from mlcoach.domain.memory.recall import as_fsrs6
    from mlcoach.errors import UsageError

    if not body.parameters:
        return True
    try:
        return as_fsrs6(body.parameters) == body.parameters
    except UsageError:
        return False


def _planned(body: DayPlanned) -> bool:
    if not all(block.keys() >= {"kind", "minutes", "title"} for block in body.blocks):
        return False
    try:
        blocks = [Block.from_data(block) for block in body.blocks]
    except (TypeError, ValueError):
        return False
    texts = ("kind", "title", "unit", "paper", "work", "resource", "then", "why")
    return all(
        all(is_text(getattr(block, name)) for name in texts)
        and all(is_text(item) for item in block.items)
        and all(type(part.minutes) is int and is_text(part.step) for part in block.parts)
        and type(block.closing) is bool
        and all(type(getattr(block, name)) is int for name in ("minutes", "spent_before", "passes_before"))
        for block in blocks
    )


def _attempted(body: Attempted) -> bool:
    names = (body.how, body.misconception, body.text, *body.failed)
    return (
        bool(body.item and body.how)
        and 0 <= body.hints <= MOST_HINTS
        and 0 <= body.variant <= LARGEST
        and len(body.answer) <= LONGEST_ANSWER
        and len(body.reason) <= LONGEST_REASON
        and len(body.failed) <= LONGEST_ANSWER
        and all(len(name) <= LONGEST_ANSWER for name in names)
    )


def _drafted(body: CardDrafted) -> bool:
    # The keys go into a file as they are, so no others may be among them.
    return bool(body.unit and body.card) and all(
        key in DRAFT_KEYS and (is_text(value) or (type(value) in (int, float, bool) and math.isfinite(value)))
        for key, value in body.card.items()
    )


def _placed(body: PlacementAnswered) -> bool:
    return (
        body.question.startswith(f"{body.unit}/")
        and bool(body.unit and body.how)
        and 0 <= body.variant <= LARGEST
        and len(body.answer) <= LONGEST_ANSWER
    )


def _judged(body: PlacementJudged) -> bool:
    return 0 <= body.asked <= LARGEST and all(
        is_text(unit.get("unit"))
        and is_text(unit.get("because", ""))
        and unit.get("verdict") in ("known", "kept")
        and type(unit.get("probability")) in (int, float)
        and 0 <= unit["probability"] <= 1
        for unit in body.units
    )


def _passed(body: PassFinished) -> bool:
    return body.reading_pass in papers_passes.PASSES


def _idea(body: ProjectIdeaKept) -> bool:
    scores = (body.growth, body.team, body.stepping_stone)
    return bool(body.project and body.title) and all(0 <= score <= MOST_SCORE for score in scores)


def _joined(body: JournalJoined) -> bool:
    for span in body.brought:
        read_span(span)
    return True


_RANGES: dict[type[Any], Callable[[Any], bool]] = {
    ItemGraded: _graded,
    ItemScheduled: _scheduled,
    AnswerKept: lambda body: 1 <= body.rating <= 4 and bool(body.card),
    UnitMarked: lambda body: 0 <= body.recalled <= 4,
    StepMarked: lambda body: body.step.startswith(f"{body.unit}/"),
    RestPlanned: _rest,
    RestCleared: _rest,
    ParametersAdopted: _parameters,
    PassFinished: _passed,
    Attempted: _attempted,
    PlacementAnswered: _placed,
    PlacementJudged: _judged,
    CodeAllowed: lambda body: bool(body.item and body.digest),
    ItemDiscussed: lambda body: bool(body.item),
    CardDrafted: _drafted,
    DraftSettled: lambda body: bool(body.draft),
    DayPlanned: _planned,
    GoalSet: lambda body: bool(body.path),
    TimerStarted: lambda body: 0 <= body.focus <= LONGEST_FOCUS and 0 <= body.pause <= LONGEST_FOCUS,
    Interrupted: lambda body: 0 <= body.number <= LARGEST,
    HabitKept: lambda body: 0 <= body.days <= DAYS_OF_WEEK,
    JournalJoined: _joined,
    PersonTouched: lambda body: bool(body.person),
    JobMoved: lambda body: bool(body.job) and 0 <= body.minutes <= MOST_SECONDS,
    ChecklistTicked: lambda body: bool(body.checklist and body.item),
    ProjectIdeaKept: _idea,
    ProjectBegun: lambda body: bool(body.project and body.title),
    ProjectStepChecked: lambda body: bool(body.project and body.checklist and body.step),
    ProjectStageFinished: lambda body: bool(body.project) and 1 <= body.stage <= LONGEST_ANSWER,
}
