"""Reading papers in three passes: the fold of one paper's events, and its state.

The checklists of the passes are content (`curricula/checklists/papers.toml`); here are the rules.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event, TimeLogged, TimerStopped
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
    Verdict,
)
from mlcoach.domain.time.study_days import MICROSECONDS

PASSES = (1, 2, 3)
PASS_MINUTES = {1: 10, 2: 60, 3: 240}
PASS_NAMES = {1: "skim to decide", 2: "read for the idea", 3: "work through it"}
PaperStatus = Literal["queued", "reading", "later", "finished", "dropped"]
STATUSES: tuple[PaperStatus, ...] = ("queued", "reading", "later", "finished", "dropped")
VERDICTS: dict[Verdict, str] = {"go-on": "went on", "stop": "stopped there", "later": "put it aside"}
LIST_ORDER: tuple[PaperStatus, ...] = ("reading", "queued", "later", "finished", "dropped")
VERDICT_MEANINGS: dict[Verdict, str] = {
    "go-on": "its next pass comes when its turn is",
    "stop": "you have what you wanted: it counts as read",
    "later": "put aside until you take it up again",
}
# In the queue, with a pass under way or to come.
OPEN: tuple[PaperStatus, ...] = ("queued", "reading", "later")


class PassRecord(NamedTuple):
    """A pass that ended, on an ISO study day.

    `seconds` is what was reported at its end, `spent` all time since the pass before. `ended` is the instant
    of its end (microseconds since 1970 UTC), `changed` what it changed the learner's mind about.
    """

    reading_pass: int
    day: str
    verdict: Verdict
    seconds: int = 0
    note: str = ""
    spent: int = 0
    changed: str = ""
    ended: int = 0


class Question(NamedTuple):
    """A question of the learner's own to one pass over a paper."""

    reading_pass: int
    id: str
    text: str


class StepAnswer(NamedTuple):
    """What a step of a pass brought to light."""

    reading_pass: int
    step: str
    text: str


class Citation(NamedTuple):
    """A paper that this one cites; `read` when the learner said that they know it already."""

    paper: str
    read: bool = False


class PaperNote(NamedTuple):
    """A note and its ISO study day."""

    day: str
    text: str


class PaperState(NamedTuple):
    """One paper of the queue. `reading_pass` is the pass under way or next; `steps` are ticked (pass, id).

    `added` and `last_day` are the first and last ISO study day reported of it, `touched` is when something was
    last recorded (microseconds since 1970 UTC). `details` is what else is known of it, `cards` are ids of items,
    `open_seconds` the time reported of it since its last pass ended.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    why: str = ""
    status: PaperStatus = "queued"
    reading_pass: int = 1
    steps: tuple[tuple[int, str], ...] = ()
    passes: tuple[PassRecord, ...] = ()
    notes: tuple[PaperNote, ...] = ()
    added: str = ""
    last_day: str = ""
    touched: int = 0
    details: Mapping[str, Any] = {}
    answers: tuple[StepAnswer, ...] = ()
    questions: tuple[Question, ...] = ()
    cites: tuple[Citation, ...] = ()
    cards: tuple[str, ...] = ()
    open_seconds: int = 0


def fold_paper(events: Iterable[Event]) -> PaperState | None:
    """Return the state of one paper, or None when nothing of it is left (all its events were undone).

    A verdict decides: go-on opens the next pass (after the third the paper is finished), stop finishes the
    paper with what was read, later puts it aside at the same pass. Ticking a step takes it up again, adding it
    again puts it back in the queue. What the learner said last holds, whatever day it was said of: a paper added
    today may have been read yesterday.
    """
    state: PaperState | None = None
    for event in in_recorded_order(events):
        known = state or PaperState()
        day = event.study_day.isoformat()
        state = _after(known, event, day)._replace(
            last_day=max(known.last_day, day), touched=max(known.touched, event.recorded)
        )
    if state is None:
        return None
    return state._replace(
        passes=tuple(sorted(state.passes, key=lambda record: record.day)),
        notes=tuple(sorted(state.notes, key=lambda note: note.day)),
    )


def _after(known: PaperState, event: Event, day: str) -> PaperState:
    body = event.body
    match body:
        case PaperAdded():
            return with_addition(known, body, day)
        case PaperStepChecked(reading_pass=reading_pass, step=step, done=done):
            others = tuple(other for other in known.steps if other != (reading_pass, step))
            known = known._replace(steps=(*others, (reading_pass, step)) if done else others)
            if body.answer:
                known = _answered(known, StepAnswer(reading_pass, step, body.answer))
            return known._replace(status="reading") if done and known.status in OPEN else known
        case PaperNoted(text=text):
            return known._replace(notes=(*known.notes, PaperNote(day, text)))
        case PassFinished():
            return _after_pass(known, body, day, event.happened)
        case PaperDropped(reason=reason):
            notes = (*known.notes, PaperNote(day, f"Dropped: {reason}")) if reason else known.notes
            return known._replace(status="dropped", notes=notes)
        case TimeLogged() | TimerStopped():
            known = _with_time(known, body)
            # Time reported after a paper was put aside is time spent before that.
            return known._replace(status="reading") if known.status == "queued" else known
        case PaperDescribed():
            return _described(known, body)
        case PaperQuestionAsked(reading_pass=reading_pass, question=question, text=text, there=there):
            kept = tuple(one for one in known.questions if (one.reading_pass, one.id) != (reading_pass, question))
            return known._replace(questions=(*kept, Question(reading_pass, question, text)) if there else kept)
        case PaperCited(cited=cited, read=read, there=there):
            rest = tuple(one for one in known.cites if one.paper != cited)
            return known._replace(cites=(*rest, Citation(cited, read)) if there else rest)
        case PaperCardMade(item=item):
            return known if item in known.cards else known._replace(cards=(*known.cards, item))
        case _:
            return known


def _answered(state: PaperState, answer: StepAnswer) -> PaperState:
    others = tuple(one for one in state.answers if (one.reading_pass, one.step) != answer[:2])
    return state._replace(answers=(*others, answer))


def _described(state: PaperState, body: PaperDescribed) -> PaperState:
    details = {**state.details, **body.details}
    return state._replace(
        title=body.title or state.title,
        authors=body.authors or state.authors,
        year=body.year or state.year,
        details={name: value for name, value in details.items() if value is not None},
    )


def _with_time(state: PaperState, body: TimeLogged | TimerStopped) -> PaperState:
    """Return the state with time on the paper. A pass that ended while a timer ran has its part of that timer."""
    if isinstance(body, TimeLogged):
        return state._replace(open_seconds=state.open_seconds + body.seconds)
    took = max(0, body.ended - body.began) // MICROSECONDS
    last = state.passes[-1] if state.passes else None
    if last is None or not body.began < last.ended <= body.ended:
        return state._replace(open_seconds=state.open_seconds + took)
    inside = (last.ended - body.began) // MICROSECONDS
    whole = last._replace(spent=last.spent - last.seconds + max(last.seconds, inside))
    return state._replace(passes=(*state.passes[:-1], whole), open_seconds=state.open_seconds + max(0, took - inside))


def with_addition(state: PaperState, body: PaperAdded, day: str) -> PaperState:
    """Return the state after the paper was added (again) on an ISO study day: what was said is taken over."""
    state = state._replace(
        title=body.title or state.title,
        authors=body.authors or state.authors,
        year=body.year or state.year,
        why=body.why or state.why,
        added=min(state.added or day, day),
    )
    if state.status not in ("later", "finished", "dropped"):
        return state
    return _next_pass_open(state)._replace(status="queued")


def _next_pass_open(state: PaperState) -> PaperState:
    """Return the state at the first pass not read yet; the third is read again from its first step."""
    read = {record.reading_pass for record in state.passes if record.verdict != "later"}
    if state.reading_pass not in read:
        return state
    if state.reading_pass < PASSES[-1]:
        return state._replace(reading_pass=state.reading_pass + 1)
    return state._replace(steps=tuple(step for step in state.steps if step[0] != PASSES[-1]))


def _after_pass(state: PaperState, body: PassFinished, day: str, ended: int) -> PaperState:
    further = any(record.reading_pass > body.reading_pass for record in state.passes)
    record = PassRecord(
        body.reading_pass, day, body.verdict, body.seconds, body.note, body.seconds + state.open_seconds, body.changed,
        ended,
    )  # fmt: skip
    state = state._replace(passes=(*state.passes, record), open_seconds=0)
    if further:  # two machines: the one that was behind must not pull the other back
        return state
    if body.verdict == "later":
        return state._replace(status="later", reading_pass=body.reading_pass)
    if body.verdict == "stop" or body.reading_pass >= PASSES[-1]:
        return state._replace(status="finished", reading_pass=body.reading_pass)
    return state._replace(status="reading", reading_pass=body.reading_pass + 1)


def passes_done(state: PaperState) -> int:
    """Return how many passes of the paper were read to their end (a pass put aside is not)."""
    return len({record.reading_pass for record in state.passes if record.verdict != "later"})
