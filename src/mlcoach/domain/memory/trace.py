"""What the answers to one item left behind that its next recall depends on: a fold of them, in constant time each."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlcoach.domain.event_order import EventOrder, order_of
from mlcoach.domain.events import AnswerKept, Event, ItemGraded, ItemMarked, ItemScheduled
from mlcoach.domain.memory.fsrs6 import Memory, Parameters
from mlcoach.domain.memory.ratings import AGAIN
from mlcoach.domain.memory.recall import next_memory

LONGEST_SECONDS = 60  # more is not recall


class Trace(NamedTuple):
    """What is known of one item.

    `reviews` counts the answers on a later day than the one before, `lapses` the failures among them, `run` the
    recalls since the last failure (one a day), `repeats` the repetitions on the same day, `on_day` the answers of the
    last day. `gap` is the number of study days ahead of the last day; `seconds` those of the last answer, 0 for
    unknown. `day` is the number of the last study day. `answered` is false while no answer counts.
    """

    memory: Memory | None = None
    day: int = 0
    answered: bool = False
    rating: int = 0
    reviews: int = 0
    lapses: int = 0
    run: int = 0
    repeats: int = 0
    on_day: int = 0
    gap: int = 0
    seconds: int = 0


def packed(trace: Trace) -> str:
    """Return what a row of the item keeps of its trace: all but the memory, the day and the seconds, as numbers."""
    return (
        f"{int(trace.answered)} {trace.rating} {trace.reviews} {trace.lapses} {trace.run} {trace.repeats}"
        f" {trace.on_day} {trace.gap}"
    )


def unpacked(text: str, memory: Memory, day: int) -> Trace:
    """Return the trace of an item with this memory, answered last on this day, from what `packed` wrote."""
    answered, rating, reviews, lapses, run, repeats, on_day, gap = map(int, text.split())
    return Trace(memory, day, bool(answered), rating, reviews, lapses, run, repeats, on_day, gap)


class LearnedAnswer(NamedTuple):
    """An answer that is learned from: its place in time, the item's trace before it, the study days since, its end."""

    place: EventOrder
    trace: Trace
    elapsed: int
    recalled: bool


def elapsed_days(trace: Trace, day: int) -> int:
    """Return the study days since the last answer, 0 where there was none or the days run backwards."""
    return max(0, day - trace.day) if trace.memory else 0


def answered(trace: Trace, day: int, rating: int, seconds: int = 0, parameters: Parameters = None) -> Trace:
    """Return the trace after an answer of `seconds` (0 for unknown) on a study day, given by its number."""
    elapsed = elapsed_days(trace, day)
    memory = next_memory(trace.memory, elapsed, rating, parameters)
    recalled = rating > AGAIN
    if not trace.answered or elapsed == 0:
        first = not trace.answered
        return trace._replace(
            memory=memory,
            day=max(day, trace.day),
            answered=True,
            rating=rating,
            run=(1 if first else trace.run) if recalled else 0,
            repeats=trace.repeats + (not first),
            on_day=trace.on_day + 1,
            seconds=min(seconds, LONGEST_SECONDS),
        )
    return Trace(
        memory=memory,
        day=day,
        answered=True,
        rating=rating,
        reviews=trace.reviews + 1,
        lapses=trace.lapses + (not recalled),
        run=trace.run + 1 if recalled else 0,
        repeats=trace.repeats,
        on_day=1,
        gap=elapsed,
        seconds=min(seconds, LONGEST_SECONDS),
    )


def after(trace: Trace, event: Event, parameters: Parameters = None) -> Trace:
    """Return the trace after an event of the item's."""
    body = event.body
    if isinstance(body, ItemGraded | AnswerKept):
        return answered(trace, event.study_day.toordinal(), body.rating, body.seconds, parameters)
    if isinstance(body, ItemScheduled):  # stands in for answers that are not known
        return Trace(memory=Memory(body.stability, body.difficulty), day=event.study_day.toordinal())
    if isinstance(body, ItemMarked) and body.mark == "forgotten":
        return Trace()
    return trace


def was_recalled(answer: ItemGraded | AnswerKept) -> bool:
    """Return whether an answer came from memory: not again, nor right only after a wrong try with its numbers."""
    return answer.rating > AGAIN and not (isinstance(answer, ItemGraded) and answer.missed)


def trace_of(events: Iterable[Event], parameters: Parameters = None) -> Trace:
    """Return the trace of an item from its events in time order."""
    trace = Trace()
    for event in events:
        trace = after(trace, event, parameters)
    return trace


def trials(events: Iterable[Event], parameters: Parameters = None) -> Iterator[LearnedAnswer]:
    """Yield the answers of one item that there is something to learn from: a day or more after the one before."""
    trace = Trace()
    for event in events:
        if isinstance(event.body, ItemGraded | AnswerKept) and trace.answered:
            elapsed = elapsed_days(trace, event.study_day.toordinal())
            if elapsed > 0:
                yield LearnedAnswer(order_of(event), trace, elapsed, was_recalled(event.body))
        trace = after(trace, event, parameters)
