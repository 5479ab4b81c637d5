"""When to ask again: from what is remembered to whole study days, spread so that days are even.

The spread (fuzz) is the same every time for the same item and repetition. Within it the due day may lean towards
light days: whoever calls says how welcome each day is.

The ranges of the fuzz and the order of the four answers are as Anki shows them.
"""

import math
import zlib
from collections.abc import Callable
from typing import NamedTuple

from mlcoach.domain.memory.fsrs6 import Memory, Parameters
from mlcoach.domain.memory.ratings import AGAIN, EASY, HARD
from mlcoach.domain.memory.recall import (
    DEFAULT_DECAY,
    MAXIMUM_INTERVAL,
    decay_of,
    next_memory,
    raw_interval,
    validate_rating,
)

# Spread of the fuzz, days on either side: 1, plus this share of the part of the interval in the range.
_FUZZ_BEGINS = 2.5
_FUZZ_SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))

DayWeight = Callable[[int], float]
"""How welcome it is to be asked again after so many study days; 0 or more."""
CorrectedInterval = Callable[[int, Memory], float]
"""The study days, not rounded, until recall falls to what is desired after an answer: its rating, the memory after."""


class Graded(NamedTuple):
    """What an answer makes of an item: its memory, and the study days until it is due."""

    memory: Memory
    interval: int


def fuzz_bounds(interval: float, minimum: int = 1, maximum: int = MAXIMUM_INTERVAL) -> tuple[int, int]:
    """Return the first and last whole study day among which the due day for a raw `interval` is chosen.

    Below 2.5 days there is no choice. `minimum` yields to `maximum`.
    """
    interval = min(max(interval, minimum), maximum)
    spread = 0.0
    if interval >= _FUZZ_BEGINS:
        spread = 1.0
        for begin, end, share in _FUZZ_SHARES:
            if interval <= begin:
                break
            spread += share * (min(interval, end) - begin)
    low = _rounded(interval - spread)
    high = _rounded(interval + spread)
    return min(max(low, minimum), maximum), min(max(high, minimum), maximum)


def choose_day(low: int, high: int, factor: float) -> int:
    """Return the day from `low` to `high`, each as likely as the others, for a `factor` from 0 up to below 1."""
    return math.floor(low + factor * (1 + high - low))


def choose_by_weight(low: int, high: int, factor: float, day_weight: DayWeight) -> int:
    """Return the day from `low` to `high` chosen by a `factor` from 0 up to below 1, each as likely as it weighs.

    Days that all weigh nothing are as likely as each other.
    """
    weights = [day_weight(day) for day in range(low, high + 1)]
    mark = factor * math.fsum(weights)
    if not mark > 0:
        return choose_day(low, high, factor)
    for day, weight in enumerate(weights, start=low):
        mark -= weight
        if mark < 0:
            return day
    return high


def fuzzed(
    interval: float, seed: str, minimum: int = 1, maximum: int = MAXIMUM_INTERVAL, day_weight: DayWeight | None = None
) -> int:
    """Spread a raw `interval` within its `fuzz_bounds`, so that items learnt together do not stay together.

    The choice is always the same for a `seed`, made of the item and the number of its repetitions, and the same
    weights of the days.
    """
    low, high = fuzz_bounds(interval, minimum, maximum)
    if day_weight and low < high:
        return choose_by_weight(low, high, _seed_factor(seed), day_weight)
    return choose_day(low, high, _seed_factor(seed))


def smallest_interval(interval: float, previous: int, maximum: int = MAXIMUM_INTERVAL) -> int:
    """Return the least that fuzz may make of a raw `interval` after a `previous` one, in days; 0 for no limit.

    An interval that grows may not shrink by chance: it is at least one day longer, if its bounds allow. One
    that has the previous interval within its bounds does not go below it. Any other is free.
    """
    _, high = fuzz_bounds(interval, 1, maximum)
    if interval > previous:
        return min(previous + 1, high)
    return previous if previous <= high else 0


def next_interval(
    item: str,
    repetition: int,
    memory: Memory,
    retention: float,
    previous_interval: int = 0,
    *,
    minimum: int = 1,
    maximum: int = MAXIMUM_INTERVAL,
    decay: float = DEFAULT_DECAY,
    day_weight: DayWeight | None = None,
    raw: float | None = None,
) -> int:
    """Return the study days until `item` is due with this `memory`: rounded, fuzzed, from `minimum` to `maximum`.

    `repetition` counts the grades of the item and only seeds the choice. `previous_interval` is the interval
    it was given before, 0 for a first grade and for a lapse. `day_weight` says how welcome a due day is, `raw` is the
    interval to round where it is not that of FSRS. Raises UsageError for a bad retention.
    """
    own = raw_interval(memory.stability, retention, decay)
    raw = own if raw is None else raw
    least = max(minimum, smallest_interval(raw, previous_interval, maximum))
    return fuzzed(raw, f"{item}:{repetition}", least, maximum, day_weight)


def graded(
    item: str,
    repetition: int,
    memory: Memory | None,
    elapsed: int,
    rating: int,
    retention: float,
    previous_interval: int = 0,
    *,
    parameters: Parameters = None,
    maximum: int = MAXIMUM_INTERVAL,
    day_weight: DayWeight | None = None,
    corrected_interval: CorrectedInterval | None = None,
) -> Graded:
    """Grade `item`: its new memory and interval, exactly the one `next_intervals` shows for that answer.

    Arguments as in `next_memory` and `next_interval`; `memory` is the one before the answer, `corrected_interval` takes
    the place of FSRS's own curve. Raises UsageError for a bad rating, retention or parameters.
    """
    answers = _graded_up_to(
        rating,
        item,
        repetition,
        memory,
        elapsed,
        retention,
        previous_interval,
        parameters,
        maximum,
        day_weight,
        corrected_interval,
    )
    return answers[-1]


def next_intervals(
    item: str,
    repetition: int,
    memory: Memory | None,
    elapsed: int,
    retention: float,
    previous_interval: int = 0,
    *,
    parameters: Parameters = None,
    maximum: int = MAXIMUM_INTERVAL,
    day_weight: DayWeight | None = None,
    corrected_interval: CorrectedInterval | None = None,
) -> tuple[int, int, int, int]:
    """Return the study days that again, hard, good and easy would give now; arguments and errors as in `graded`.

    again <= hard <= good <= easy; hard < good < easy where the model has more than a day between them and `maximum`
    leaves room.
    """
    again, hard, good, easy = _graded_up_to(
        EASY,
        item,
        repetition,
        memory,
        elapsed,
        retention,
        previous_interval,
        parameters,
        maximum,
        day_weight,
        corrected_interval,
    )
    return again.interval, hard.interval, good.interval, easy.interval


def _graded_up_to(
    rating: int,
    item: str,
    repetition: int,
    memory: Memory | None,
    elapsed: int,
    retention: float,
    previous_interval: int,
    parameters: Parameters,
    maximum: int,
    day_weight: DayWeight | None,
    corrected_interval: CorrectedInterval | None,
) -> list[Graded]:
    """Return what the answers from again up to `rating` give.

    A better answer keeps clear of the worse ones, so grading and preview both come from this one walk.
    """
    validate_rating(rating)
    memories = [next_memory(memory, elapsed, answer, parameters) for answer in range(AGAIN, EASY + 1)]
    decay = decay_of(parameters)
    wanted = [
        corrected_interval(answer, after) if corrected_interval else raw_interval(after.stability, retention, decay)
        for answer, after in enumerate(memories, start=AGAIN)
    ]
    answers: list[Graded] = []
    before = 0.0
    for answer, after, raw in zip(range(AGAIN, rating + 1), memories, _in_order(*wanted), strict=False):
        minimum = answers[-1].interval if answers else 1
        # Strictly longer where the model has more than a day between them. Nearer ones are kept in order by the seed
        # they share; forced apart, weak cards would wait for longer than the model wants.
        if answer > HARD and _rounded(raw) > _rounded(before) + 1:
            minimum += 1
        before = raw
        interval = next_interval(
            item,
            repetition,
            after,
            retention,
            0 if answer == AGAIN else previous_interval,  # a lapse starts afresh
            minimum=minimum,
            maximum=maximum,
            decay=decay,
            day_weight=day_weight,
            raw=raw,
        )
        answers.append(Graded(after, interval))
    return answers


def _in_order(again: float, hard: float, good: float, easy: float) -> tuple[float, float, float, float]:
    """Return the days that the four answers want so that none is longer than a better one's.

    Good keeps its own: it is given most often, so the others give way to it.
    """
    hard = min(hard, good)
    return min(again, hard), hard, good, max(good, easy)


def _rounded(days: float) -> int:
    """Return a rounded number; halves go up, where the built-in `round` would send 2.5 to 2 and 3.5 to 4."""
    return math.floor(days + 0.5)


def _seed_factor(seed: str) -> float:
    """Return a number from 0 up to, not including, 1, spread evenly over seeds and the same on every machine.

    A checksum alone would move neighbouring seeds in step, as it is linear; the multiplications break that
    (the finaliser of MurmurHash3). `random` would do, but importing it costs more than all of this module.
    """
    mixed = zlib.crc32(seed.encode())
    mixed = ((mixed ^ (mixed >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return (mixed ^ (mixed >> 16)) / 2**32
