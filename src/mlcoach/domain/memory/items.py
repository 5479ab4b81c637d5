"""The memory of one item: a fold of its answers and marks."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event, ItemGraded, ItemMarked, ItemScheduled, ParametersAdopted
from mlcoach.domain.memory.ratings import AGAIN

if TYPE_CHECKING:
    from mlcoach.domain.memory.fsrs6 import Memory, Parameters

MODEL_VERSION = 3  # another number whenever the same answers would fold to other rows


class ItemState(NamedTuple):
    """Memory of one item. Days are ISO study days ("" = never), stability in days, difficulty 1 to 10.

    `text` is the digest of what the item said when it was answered last, "" where that is not known. `trace` is what
    else the next recall depends on, as `trace.packed` writes it; "" where the row was folded by an earlier release.
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
    trace: str = ""


def fold_item(events: Iterable[Event], item: str, parameters: "Parameters" = None) -> ItemState:
    """Return the memory state of one item from its grades and marks, with these parameters of FSRS-6.

    A grade keeps the due day it chose while it still follows the grade it was given after; otherwise (a backdated,
    merged or undone grade came between) the interval is the item's own seeded one. A grade from elsewhere keeps the
    due day that was decided there; where that is not known, it was asked again when the next answer came, and the
    last one gets the item's own interval.
    """
    fold = ItemFold(item, parameters)
    for event in events:
        fold.add(event)
    return fold.state()


class ItemFold:
    """The fold of one item while its events come one by one, in journal order.

    `trace` is what the item's next recall depends on, `day` the number of its last study day. Both are those before an
    answer until it was added: there is something to learn from an answer a day or more after the one before.
    """

    def __init__(self, item: str, parameters: "Parameters" = None) -> None:
        from mlcoach.domain.memory.trace import Trace, answered

        self.trace = Trace()
        self._answered = answered
        self._item = item
        self._parameters = parameters
        self._state = ItemState()
        self._before = 0  # the interval ahead of the last grade, where its own is still open
        self._retention = 0.9

    def add(self, event: Event) -> None:
        """Fold one event more."""
        body = event.body
        if isinstance(body, ItemGraded):
            self._grade(event, body)
        elif isinstance(body, ItemScheduled):
            self._follow(event)
            self._state = _scheduled(self._state, body, event)
        elif isinstance(body, ItemMarked) and body.mark == "forgotten":
            self._follow(event)
            self._state = ItemState(suspended=self._state.suspended, flagged=self._state.flagged)
        elif isinstance(body, ItemMarked):
            self._state = _marked(self._state, body)

    def state(self) -> ItemState:
        """Return the state after the events that were added."""
        from mlcoach.domain.memory import intervals, trace
        from mlcoach.domain.memory.recall import decay_of

        state, known = self._state, self.trace.memory
        if known is None:
            return state
        state = state._replace(trace=trace.packed(self.trace))
        if state.due:
            return state
        interval = intervals.next_interval(
            self._item, state.repetitions - 1, known, self._retention, self._before, decay=decay_of(self._parameters)
        )
        return state._replace(interval=interval, due=_days_after(date.fromisoformat(state.last_day), interval))

    def _follow(self, event: Event) -> None:
        from mlcoach.domain.memory.trace import after

        self.trace = after(self.trace, event, self._parameters)

    def _grade(self, event: Event, body: ItemGraded) -> None:
        state, known = self._state, self.trace.memory
        elapsed = event.study_day.toordinal() - self.trace.day if known else 0
        previous = elapsed if known and not state.due else state.interval
        self._before = 0 if body.rating == AGAIN else previous
        self._retention = body.retention
        day = event.study_day.toordinal()
        self.trace = self._answered(self.trace, day, body.rating, body.seconds, self._parameters)
        if body.origin or (body.due and body.after == state.last_grade):
            due, interval = body.due, _days_until(body.due, event.study_day)
        else:
            from mlcoach.domain.memory import intervals

            interval = intervals.graded(
                self._item, state.repetitions, known, elapsed, body.rating, body.retention, previous,
                parameters=self._parameters,
            ).interval  # fmt: skip
            due = _days_after(event.study_day, interval)
        assert self.trace.memory is not None
        self._state = _graded(state, body, event, elapsed, self.trace.memory, due, interval)


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
