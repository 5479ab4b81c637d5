"""Folds: from the events of one key to its state, and the life of a unit.

Every fold takes the active events of its key in journal order (study day, instant, device, seq) and returns a new
value; nothing here remembers anything between calls.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.domain.events import (
    DayOpened,
    DayPlanned,
    Event,
    ItemGraded,
    ItemMarked,
    ItemScheduled,
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

if TYPE_CHECKING:
    from mlcoach.domain.memory import Memory

CARD_SECONDS_CAP = 60  # a card left open over lunch is not an hour of study
MICROSECONDS = 1_000_000
RATED_AGAIN = 1  # as memory.AGAIN, whose module reading commands need not load


class DayState(NamedTuple):
    """Time and frame of one study day.

    `units` and `papers` hold seconds by id, `passes` the papers of which a pass ended, `notes` how many entries had
    a note; `opened` says whether goal and floor (minutes) are known. Of the answers, `asked` are those to items that
    were answered on an earlier day, `recalled` how many of these were recalled.
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


class ItemState(NamedTuple):
    """Memory of one item. Days are ISO study days ("" = never), stability in days, difficulty 1 to 10.

    `text` is the digest of what the item said when it was answered last, "" where that is not known.
    """

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
    text: str = ""


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
    notes = asked = recalled = 0
    answers = {event.id for event in events if isinstance(event.body, ItemGraded)}
    for event in events:
        body = event.body
        notes += bool(getattr(body, "note", ""))
        if isinstance(body, ItemGraded):
            reviews += 1
            if body.after and body.after not in answers:
                asked += 1
                recalled += body.rating != RATED_AGAIN
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
    return DayState(
        seconds, reviews, goal, floor, opened, planned_minutes, plan, units, papers, tuple(passes), notes, asked,
        recalled,
    )  # fmt: skip


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


def fold_item(events: Iterable[Event], item: str, parameters: tuple[float, ...] | None = None) -> ItemState:
    """Return the memory state of one item from its grades and marks, with these parameters of FSRS-6.

    A grade keeps the due day it chose while it still follows the grade it was given after; otherwise (a backdated,
    merged or undone grade came between) the interval is the item's own seeded one. A grade from elsewhere keeps the
    due day that was decided there; where that is not known, it was asked again when the next answer came, and the
    last one gets the item's own interval.
    """
    from mlcoach.domain import intervals
    from mlcoach.domain.memory import Memory, decay_of, next_memory

    known: Memory | None = None
    state = ItemState()
    before = 0  # the interval ahead of the last grade, where its own is still open
    for event in events:
        body = event.body
        if isinstance(body, ItemGraded):
            elapsed = (event.study_day - date.fromisoformat(state.last_day)).days if state.last_day else 0
            previous = elapsed if state.last_day and not state.due else state.interval
            before = 0 if body.rating == RATED_AGAIN else previous
            if body.origin or (body.due and body.after == state.last_grade):
                known = next_memory(known, elapsed, body.rating, parameters)
                due, interval = body.due, _days_until(body.due, event.study_day)
            else:
                known, interval = intervals.graded(
                    item,
                    state.repetitions,
                    known,
                    elapsed,
                    body.rating,
                    body.retention,
                    previous,
                    parameters=parameters,
                )
                due = _days_after(event.study_day, interval)
            state = _graded(state, body, event, elapsed, known, due, interval)
            retention = body.retention
        elif isinstance(body, ItemScheduled):
            known = Memory(body.stability, body.difficulty)
            state = _scheduled(state, body, event)
        elif isinstance(body, ItemMarked) and body.mark == "forgotten":
            known, state = None, ItemState(suspended=state.suspended, flagged=state.flagged)
        elif isinstance(body, ItemMarked):
            state = _marked(state, body)
    if known and not state.due:
        interval = intervals.next_interval(
            item, state.repetitions - 1, known, retention, before, decay=decay_of(parameters)
        )
        return state._replace(interval=interval, due=_days_after(date.fromisoformat(state.last_day), interval))
    return state


def _graded(
    state: ItemState, body: ItemGraded, event: Event, elapsed: int, known: "Memory", due: str, interval: int
) -> ItemState:
    """Return what an answer makes of a state. Made in one go: a rebuild folds hundreds of thousands of answers."""
    day = event.study_day.isoformat()
    recalled = body.rating != RATED_AGAIN
    return ItemState(
        stability=known.stability,
        difficulty=known.difficulty,
        due=due,
        last_day=day,
        first_day=state.first_day or day,
        interval=interval,
        repetitions=state.repetitions + 1,
        lapses=state.lapses + (not recalled and elapsed > 0),
        last_grade=event.id,
        first_recalled=(state.first_recalled or day) if recalled else state.first_recalled,
        last_recalled=day if recalled else state.last_recalled,
        suspended=state.suspended,
        buried_until=state.buried_until,
        flagged=state.flagged,
        text=body.text,
    )


def _days_until(due: str, day: date) -> int:
    return max(0, (date.fromisoformat(due) - day).days) if due else 0


def _days_after(day: date, interval: int) -> str:
    return date.fromordinal(day.toordinal() + interval).isoformat()


def _scheduled(state: ItemState, body: ItemScheduled, event: Event) -> ItemState:
    """Return the state with what another program knew; that it knew something counts as one repetition."""
    day = event.study_day.isoformat()
    return state._replace(
        stability=body.stability,
        difficulty=body.difficulty,
        due=body.due,
        last_day=day,
        first_day=state.first_day or day,
        interval=_days_until(body.due, event.study_day),
        repetitions=state.repetitions + 1,
        last_grade=event.id,
    )


def fold_parameters(events: Iterable[Event]) -> tuple[float, ...] | None:
    """Return the parameters of FSRS-6 adopted last, None for the defaults."""
    told = [event.body.parameters for event in as_told(events)]
    return (told[-1] or None) if told else None


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
