"""The memory of one item: a fold of its answers and marks."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event, ItemGraded, ItemMarked, ItemScheduled, ParametersAdopted
from mlcoach.domain.memory.ratings import AGAIN

if TYPE_CHECKING:
    from mlcoach.domain.memory.fsrs6 import Memory, Parameters


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


def fold_item(events: Iterable[Event], item: str, parameters: "Parameters" = None) -> ItemState:
    """Return the memory state of one item from its grades and marks, with these parameters of FSRS-6.

    A grade keeps the due day it chose while it still follows the grade it was given after; otherwise (a backdated,
    merged or undone grade came between) the interval is the item's own seeded one. A grade from elsewhere keeps the
    due day that was decided there; where that is not known, it was asked again when the next answer came, and the
    last one gets the item's own interval.
    """
    from mlcoach.domain.memory import intervals
    from mlcoach.domain.memory.fsrs6 import Memory
    from mlcoach.domain.memory.recall import decay_of, next_memory

    known: Memory | None = None
    state = ItemState()
    before = 0  # the interval ahead of the last grade, where its own is still open
    for event in events:
        body = event.body
        if isinstance(body, ItemGraded):
            elapsed = (event.study_day - date.fromisoformat(state.last_day)).days if state.last_day else 0
            previous = elapsed if state.last_day and not state.due else state.interval
            before = 0 if body.rating == AGAIN else previous
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
    recalled = body.rating != AGAIN
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


def fold_parameters(events: Iterable[Event]) -> "Parameters":
    """Return the parameters of FSRS-6 adopted last, None for the defaults."""
    adopted = [
        event.body.parameters for event in in_recorded_order(events) if isinstance(event.body, ParametersAdopted)
    ]
    return (adopted[-1] or None) if adopted else None


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
