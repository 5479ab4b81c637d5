"""Folds: from the events of a day, a unit or the timer to its state.

Every fold takes the active events of its key in journal order (study day, instant, device, seq) and returns a new
value; nothing here remembers anything between calls.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from mlcoach.domain.day.block import Block, DayFacts, is_ticked
from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import (
    DayOpened,
    DayPlanned,
    Event,
    ItemGraded,
    ItemMarked,
    StepMarked,
    TimeLogged,
    TimerCancelled,
    TimerStarted,
    TimerStopped,
    UnitMark,
    UnitMarked,
)
from mlcoach.domain.memory.ratings import AGAIN
from mlcoach.domain.paper_events import PaperCardMade, PassFinished
from mlcoach.domain.time.study_days import MICROSECONDS

CARD_SECONDS_CAP = 60  # a card left open over lunch is not an hour of study


class DayState(NamedTuple):
    """Time and frame of one study day.

    `units` and `papers` hold seconds by id, `units` also those of one's own work, as `project:ID` (and where the plan
    has time of one's own, that under ""), `passes` the papers of which a pass ended, `notes` how many entries had a
    note; `opened` says whether goal and floor (minutes) are known. Of the answers, `asked` are those to items that were
    answered on an earlier day, `recalled` how many of these were recalled. `answered` are the items of the plan that no
    longer wait, `steps` those finished or skipped that day, `closed` the units passed or skipped; `finished` says that
    the plan is done to its last block, where that reaches the goal.
    """

    seconds: int = 0
    reviews: int = 0
    goal: int = 0
    floor: int = 0
    opened: bool = False
    planned_minutes: int = 0
    plan: tuple[dict[str, Any], ...] | None = None
    units: Mapping[str, int] = {}
    papers: Mapping[str, int] = {}
    passes: tuple[str, ...] = ()
    notes: int = 0
    asked: int = 0
    recalled: int = 0
    answered: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    finished: bool = False

    @property
    def facts(self) -> DayFacts:
        """What the blocks of the day are ticked by."""
        return DayFacts(self.units, self.papers, self.passes, self.notes, self.answered, self.steps, self.closed)


class UnitState(NamedTuple):
    """What the learner did with one unit. `mark` is learning, passed or skipped.

    `steps` holds the last word on each step (done, skipped, open), `since_step` the seconds since a step was finished
    last, `how` what a pass rests on (study, placement, or "" where nothing was looked at).
    """

    mark: UnitMark = "learning"
    first_day: str = ""
    last_day: str = ""
    passed_day: str = ""
    seconds: int = 0
    steps: Mapping[str, str] = {}
    since_step: int = 0
    how: str = ""


class TimerState(NamedTuple):
    """A running timer. `began` in microseconds since 1970 UTC; `focus` and `pause` in minutes, 0 without focus."""

    event: str
    began: int
    study_day: str
    unit: str = ""
    paper: str = ""
    work: str = ""
    focus: int = 0
    pause: int = 0

    def to_data(self) -> dict[str, Any]:
        """Return the fields as they are kept: what earlier releases did not know is left out where it says nothing."""
        data = self._asdict()
        unsaid = [*(("focus", "pause") if not self.focus else ()), *(("work",) if not self.work else ())]
        return {name: data[name] for name in data if name not in unsaid}


def fold_day(events: Iterable[Event], day: date) -> DayState:
    """Return the state of one study day from the events that touch it.

    A timer counts once: what an answer or a paper pass took inside it adds nothing. Entries made for another day
    than the clock's are never inside a timer.
    """
    events = list(events)
    timers = [(e.body.began, e.body.ended) for e in events if isinstance(e.body, TimerStopped)]
    seconds = reviews = goal = floor = planned_minutes = 0
    opened = False
    plan: tuple[dict[str, Any], ...] | None = None
    units: dict[str, int] = {}
    papers: dict[str, int] = {}
    passes: list[str] = []
    notes = asked = recalled = 0
    adds_up = False
    answered: dict[str, None] = {}
    steps: dict[str, None] = {}
    closed: dict[str, None] = {}
    answers = {event.id for event in events if isinstance(event.body, ItemGraded)}
    for event in events:
        body = event.body
        # A line that an assistant worded closes no day: a sentence of one's own is recall.
        notes += bool(getattr(body, "note", "")) and not getattr(body, "worded_by", "")
        if isinstance(body, ItemGraded):
            reviews += 1
            answered[body.item] = None
            if body.after and body.after not in answers:
                asked += 1
                recalled += body.rating != AGAIN
            seconds += _outside(event, body.seconds, timers)
        elif isinstance(body, TimeLogged):
            seconds += body.seconds
            _add(units, papers, body.unit or body.work, body.paper, body.seconds)
        elif isinstance(body, TimerStopped) and event.study_day == day:
            took = _seconds_between(body.began, body.ended)
            seconds += took
            _add(units, papers, body.unit or body.work, body.paper, took)
        elif isinstance(body, PassFinished):
            took = _outside(event, body.seconds, timers)
            seconds += took
            papers[body.paper] = papers.get(body.paper, 0) + took
            passes.append(body.paper)
        elif isinstance(body, DayOpened) and not opened:
            goal, floor, opened = body.goal, body.floor, True
        elif isinstance(body, DayPlanned) and (plan is None or body.replanned):
            plan, planned_minutes, adds_up = body.blocks, body.minutes, body.adds_up
        elif isinstance(body, ItemMarked):
            answered[body.item] = None
        elif isinstance(body, StepMarked):
            _mark(steps, body.step, body.mark != "open")
            _add(units, papers, body.unit, "", _outside(event, body.seconds, timers))
        elif isinstance(body, UnitMarked):
            _mark(closed, body.unit, body.mark != "learning")
    blocks = [Block.from_data(data) for data in plan or ()]
    planned = {item for block in blocks for item in block.items}
    if any(block.kind == "free" for block in blocks):
        units[""] = _of_ones_own(events, day, blocks)
    state = DayState(
        seconds, reviews, goal, floor, opened, planned_minutes, plan, units, papers, tuple(passes), notes, asked,
        recalled, tuple(item for item in answered if item in planned), tuple(steps), tuple(closed),
    )  # fmt: skip
    return state._replace(finished=adds_up and seconds > 0 and is_ticked(blocks, state.facts))


def _of_ones_own(events: Iterable[Event], day: date, blocks: Iterable[Block]) -> int:
    """Return the seconds that no block asked for: on nothing in particular, or on other units and papers."""
    planned = {name for block in blocks for name in (block.unit, block.paper, block.work) if name}
    seconds = 0
    for event in events:
        body = event.body
        if isinstance(body, TimeLogged) and _subject(body) not in planned:
            seconds += body.seconds
        elif isinstance(body, TimerStopped) and event.study_day == day and _subject(body) not in planned:
            seconds += _seconds_between(body.began, body.ended)
    return seconds


def _subject(body: TimeLogged | TimerStopped) -> str:
    return body.unit or body.paper or body.work


def _mark(marked: dict[str, None], id: str, there: bool) -> None:
    if there:
        marked[id] = None
    else:
        marked.pop(id, None)


def _add(units: dict[str, int], papers: dict[str, int], unit: str, paper: str, seconds: int) -> None:
    if unit:
        units[unit] = units.get(unit, 0) + seconds
    elif paper:
        papers[paper] = papers.get(paper, 0) + seconds


def _seconds_between(began: int, ended: int) -> int:
    return max(0, (ended - began) // MICROSECONDS)


def _outside(event: Event, seconds: int, timers: list[tuple[int, int]]) -> int:
    """Return how many of the seconds before the event lie outside all timers."""
    if event.backdated or not timers or not seconds:
        return seconds
    end = event.happened
    start = end - seconds * MICROSECONDS
    inside = sum(max(0, min(end, ended) - max(start, began)) for began, ended in timers)
    return max(0, seconds - inside // MICROSECONDS)


def fold_unit(events: Iterable[Event]) -> UnitState:
    """Return the state of one unit; it is learning from its first event, passed from the first card out of a paper."""
    events = list(events)
    timers = [(e.body.began, e.body.ended) for e in events if isinstance(e.body, TimerStopped)]
    state = UnitState()
    steps: dict[str, str] = {}
    reopened = False
    for event in events:
        day = event.study_day.isoformat()
        body = event.body
        state = state._replace(first_day=state.first_day or day, last_day=day)
        if isinstance(body, TimeLogged):
            state = _with_seconds(state, body.seconds)
        elif isinstance(body, TimerStopped):
            state = _with_seconds(state, _seconds_between(body.began, body.ended))
        elif isinstance(body, StepMarked):
            state = _with_seconds(state, _outside(event, body.seconds, timers))
            steps[body.step] = body.mark
            state = state._replace(since_step=0)
        elif isinstance(body, UnitMarked):
            # Said twice, the first time holds: mastery asks for recall after it.
            passed = (state.passed_day or day) if body.mark == "passed" else ""
            state = state._replace(mark=body.mark, passed_day=passed, how=body.how if passed else "")
            reopened = body.mark != "passed"
        elif isinstance(body, PaperCardMade) and not reopened:
            state = state._replace(mark="passed", passed_day=state.passed_day or day)
    return state._replace(steps=steps)


def _with_seconds(state: UnitState, seconds: int) -> UnitState:
    return state._replace(seconds=state.seconds + seconds, since_step=state.since_step + seconds)


def fold_timer(events: Iterable[Event]) -> TimerState | None:
    """Return the running timer, if any: the last one started that was neither stopped nor cancelled."""
    running: TimerState | None = None
    # A timer stopped on the day it began sorts by instants; one stopped a day later belongs to the first day.
    for event in in_recorded_order(events):
        body, day = event.body, event.study_day.isoformat()
        if isinstance(body, TimerStarted):
            running = TimerState(event.id, event.happened, day, *body)
        elif isinstance(body, TimerStopped | TimerCancelled):
            running = None
    return running
