"""Folds: from the events of one key to its state, and the life of a unit.

Every fold takes the active events of its key in journal order (study day, instant, device, seq) and returns a new
value; nothing here remembers anything between calls.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from mlcoach.domain.events import (
    DayOpened,
    DayPlanned,
    Event,
    ItemGraded,
    ItemMarked,
    PaperCardMade,
    PassFinished,
    RestCleared,
    RestPlanned,
    TimeLogged,
    TimerCancelled,
    TimerStarted,
    TimerStopped,
    UnitMarked,
    as_told,
)

CARD_SECONDS_CAP = 60  # a card left open over lunch is not an hour of study
MICROSECONDS = 1_000_000


class DayState(NamedTuple):
    """Time and frame of one study day.

    `units` and `papers` hold seconds by id, `passes` the papers of which a pass ended, `notes` how many entries had
    a note; `opened` says whether goal and floor (minutes) are known.
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


class ItemState(NamedTuple):
    """Memory of one item. Days are ISO study days ("" = never), stability in days, difficulty 1 to 10."""

    stability: float = 0.0
    difficulty: float = 0.0
    due: str = ""
    last_day: str = ""
    first_day: str = ""
    interval: int = 0
    repetitions: int = 0
    lapses: int = 0
    last_grade: str = ""
    first_recalled: str = ""
    last_recalled: str = ""
    suspended: bool = False
    buried_until: str = ""
    flagged: bool = False


class UnitState(NamedTuple):
    """What the learner did with one unit. `mark` is learning, passed or skipped."""

    mark: str = "learning"
    first_day: str = ""
    last_day: str = ""
    passed_day: str = ""
    seconds: int = 0


class TimerState(NamedTuple):
    """A running timer. `began` in microseconds since 1970 UTC."""

    event: str
    began: int
    study_day: str
    unit: str = ""
    paper: str = ""


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
    notes = 0
    for event in events:
        body = event.body
        notes += bool(getattr(body, "note", ""))
        if isinstance(body, ItemGraded):
            reviews += 1
            seconds += _outside(event, body.seconds, timers)
        elif isinstance(body, TimeLogged):
            seconds += body.seconds
            _add(units, papers, body.unit, body.paper, body.seconds)
        elif isinstance(body, TimerStopped) and event.study_day == day:
            took = _seconds_between(body.began, body.ended)
            seconds += took
            _add(units, papers, body.unit, body.paper, took)
        elif isinstance(body, PassFinished):
            took = _outside(event, body.seconds, timers)
            seconds += took
            papers[body.paper] = papers.get(body.paper, 0) + took
            passes.append(body.paper)
        elif isinstance(body, DayOpened) and not opened:
            goal, floor, opened = body.goal, body.floor, True
        elif isinstance(body, DayPlanned) and (plan is None or body.replanned):
            plan, planned_minutes = body.blocks, body.minutes
    return DayState(seconds, reviews, goal, floor, opened, planned_minutes, plan, units, papers, tuple(passes), notes)


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


def fold_item(events: Iterable[Event], item: str) -> ItemState:
    """Return the memory state of one item from its grades and marks.

    A grade keeps the due day it chose while it still follows the grade it was given after; otherwise (a backdated,
    merged or undone grade came between) the interval is the item's own seeded one.
    """
    from datetime import timedelta

    from mlcoach.domain import memory

    known: memory.Memory | None = None
    state = ItemState()
    for event in events:
        body = event.body
        if isinstance(body, ItemGraded):
            day = event.study_day.isoformat()
            elapsed = max(0, (event.study_day - date.fromisoformat(state.last_day)).days) if state.last_day else 0
            lapsed = body.rating == memory.AGAIN and state.repetitions > 0 and elapsed > 0
            if body.due and body.after == state.last_grade:
                known = memory.next_memory(known, elapsed, body.rating)
                due = body.due
                interval = max(0, (date.fromisoformat(due) - event.study_day).days)
            else:
                known, interval = memory.graded(
                    item, state.repetitions, known, elapsed, body.rating, body.retention, state.interval
                )
                due = (event.study_day + timedelta(days=interval)).isoformat()
            recalled = body.rating != memory.AGAIN
            state = state._replace(
                stability=known.stability,
                difficulty=known.difficulty,
                due=due,
                last_day=day,
                first_day=state.first_day or day,
                interval=interval,
                repetitions=state.repetitions + 1,
                lapses=state.lapses + lapsed,
                last_grade=event.id,
                first_recalled=(state.first_recalled or day) if recalled else state.first_recalled,
                last_recalled=day if recalled else state.last_recalled,
            )
        elif isinstance(body, ItemMarked) and body.mark == "forgotten":
            known, state = None, ItemState(suspended=state.suspended, flagged=state.flagged)
        elif isinstance(body, ItemMarked):
            state = _marked(state, body)
    return state


def _marked(state: ItemState, body: ItemMarked) -> ItemState:
    match body.mark:
        case "suspended":
            return state._replace(suspended=True)
        case "resumed":
            return state._replace(suspended=False)
        case "buried":
            return state._replace(buried_until=body.until)
        case "flagged":
            return state._replace(flagged=True)
        case "unflagged":
            return state._replace(flagged=False)
        case _:
            return state


def fold_unit(events: Iterable[Event]) -> UnitState:
    """Return the state of one unit; it is learning from its first event, passed from the first card out of a paper."""
    state = UnitState()
    reopened = False
    for event in events:
        day = event.study_day.isoformat()
        body = event.body
        state = state._replace(first_day=state.first_day or day, last_day=day)
        if isinstance(body, TimeLogged):
            state = state._replace(seconds=state.seconds + body.seconds)
        elif isinstance(body, TimerStopped):
            state = state._replace(seconds=state.seconds + _seconds_between(body.began, body.ended))
        elif isinstance(body, UnitMarked):
            # Said twice, the first time holds: mastery asks for recall after it.
            passed = (state.passed_day or day) if body.mark == "passed" else ""
            state = state._replace(mark=body.mark, passed_day=passed)
            reopened = body.mark != "passed"
        elif isinstance(body, PaperCardMade) and not reopened:
            state = state._replace(mark="passed", passed_day=state.passed_day or day)
    return state


def fold_timer(events: Iterable[Event]) -> TimerState | None:
    """Return the running timer, if any: the last one started that was neither stopped nor cancelled."""
    running: TimerState | None = None
    # A timer stopped on the day it began sorts by instants; one stopped a day later belongs to the first day.
    for event in as_told(events):
        body = event.body
        if isinstance(body, TimerStarted):
            running = TimerState(event.id, event.happened, event.study_day.isoformat(), body.unit, body.paper)
        elif isinstance(body, TimerStopped | TimerCancelled):
            running = None
    return running


def fold_rest(events: Iterable[Event]) -> tuple[tuple[str, str], ...]:
    """Return the planned days of rest as sorted, disjoint spans (first, last), ISO study days."""
    days: set[int] = set()
    for event in as_told(events):
        body = event.body
        span = range(date.fromisoformat(body.first).toordinal(), date.fromisoformat(body.last).toordinal() + 1)
        if isinstance(body, RestPlanned):
            days.update(span)
        elif isinstance(body, RestCleared):
            days.difference_update(span)
    spans: list[list[int]] = []
    for ordinal in sorted(days):
        if spans and spans[-1][1] == ordinal - 1:
            spans[-1][1] = ordinal
        else:
            spans.append([ordinal, ordinal])
    return tuple((date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()) for first, last in spans)


class ItemTally(NamedTuple):
    """What mastery and rust need of the items of one unit.

    `relearned` maps the day of the last recall to the number of items recalled on two study days or more;
    `recall` is the mean probability of recall of the items seen (None when none was).
    """

    items: int
    first_day: str = ""
    relearned: tuple[str, ...] = ()
    recall: float | None = None


MASTERED_SHARE = 0.8
RUSTY_RECALL = 0.7
SATISFIED = ("passed", "mastered", "rusty", "skipped")


def unit_status(state: UnitState | None, tally: ItemTally | None) -> str:
    """Return learning, passed, mastered, rusty, skipped, or "" for a unit without any event.

    Mastered: at least 80 % of its items were recalled on two study days, the later one after passing. Rusty:
    passed or mastered, and the mean recall of its items is below 0.7 now.
    """
    if state is None:
        return "learning" if tally and tally.first_day else ""
    if state.mark != "passed":
        return state.mark
    if tally and tally.recall is not None and tally.recall < RUSTY_RECALL:
        return "rusty"
    if tally and tally.items:
        relearned = sum(last > state.passed_day for last in tally.relearned)
        if relearned >= MASTERED_SHARE * tally.items:
            return "mastered"
    return "passed"


def open_requirements(requires: Iterable[str], status: Mapping[str, str]) -> list[str]:
    """Return the prerequisites that are not satisfied: those that lock a unit."""
    return [unit for unit in requires if status.get(unit, "") not in SATISFIED]
