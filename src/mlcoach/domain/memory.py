"""What is still remembered, and when to ask again: FSRS-6 in study days.

The formulas of memory are those of the `fsrs` package, used so that nothing but whole study days reaches it:
a day is given as noon UTC, and its learning steps, intervals and chance are left out. Intervals are made
here, with a fuzz that is the same every time for the same item and repetition. `fsrs` is imported when the
first answer is graded, not before: reading commands need only `retrievability`.

Sources: https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm for the model; the ranges
of the fuzz and the order of the four answers are as Anki shows them.
"""

import math
import zlib
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from mlcoach.errors import UsageError

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RATINGS = {"again": AGAIN, "hard": HARD, "good": GOOD, "easy": EASY}

MAXIMUM_INTERVAL = 36500  # study days: a hundred years
LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.99
LEECH_THRESHOLD = 8  # lapses

DEFAULT_DECAY = 0.1542  # the last of the 21 default parameters of FSRS-6

# Stability in study days; the upper end as in fsrs-rs, the package itself knows only the lower one.
_MAXIMUM_STABILITY = 36500.0
# Spread of the fuzz, days on either side: 1, plus this share of the part of the interval in the range.
_FUZZ_BEGINS = 2.5
_FUZZ_SHARES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))
# Fitted parameters come from 32-bit numbers, where an upper bound of 0.8 is 0.80000001 and would be refused.
_PARAMETER_DIGITS = 7


class Memory(NamedTuple):
    """What one item has left behind in a head, after its last grade."""

    stability: float  # study days until recall falls to 90 %
    difficulty: float  # 1 to 10


class Graded(NamedTuple):
    """What an answer makes of an item: its memory, and the study days until it is due."""

    memory: Memory
    interval: int


def validate_retention(value: float) -> float:
    """The desired probability of recall on the due day, if it is 0.70 to 0.99; else raises UsageError."""
    # Written so that a value which is not a number fails too.
    if not LOWEST_RETENTION <= value <= HIGHEST_RETENTION:
        raise UsageError(
            f"retention `{value}` is not between {LOWEST_RETENTION:.2f} and {HIGHEST_RETENTION:.2f}",
            "0.9 asks to recall nine of ten; more means more reviews a day",
        )
    return value


def decay_of(parameters: tuple[float, ...] | None) -> float:
    """The decay of the forgetting curve: the last parameter of FSRS-6, positive; the default for None."""
    return DEFAULT_DECAY if parameters is None else parameters[-1]


def retrievability(stability: float, elapsed: int, decay: float = DEFAULT_DECAY) -> float:
    """Probability, above 0 and at most 1, of recalling an item `elapsed` study days after its last grade.

    R = (1 + f t / S) ^ -decay, with f such that R = 0.9 at t = S (the forgetting curve of FSRS-6).
    """
    return math.pow(1 + _curve_factor(decay) * max(0, elapsed) / stability, -decay)


def raw_interval(stability: float, retention: float, decay: float = DEFAULT_DECAY) -> float:
    """Study days, not rounded or limited, until recall falls to `retention`.

    This is the forgetting curve of `retrievability`, solved for t. Raises UsageError when `retention` is not
    between 0.70 and 0.99.
    """
    return stability / _curve_factor(decay) * _excess(validate_retention(retention), decay)


def next_memory(
    memory: Memory | None, elapsed: int, rating: int, parameters: tuple[float, ...] | None = None
) -> Memory:
    """The memory after a grade given `elapsed` study days after the one before; `memory` is None at first.

    Zero elapsed days are a repetition on the same day; a negative number counts as zero. `parameters` are the
    21 of FSRS-6, None the defaults. Raises UsageError for an unknown rating or unusable parameters.
    """
    _validate_rating(rating)
    return _model(parameters)(memory, elapsed, rating)


def fuzz_bounds(interval: float, minimum: int = 1, maximum: int = MAXIMUM_INTERVAL) -> tuple[int, int]:
    """The first and last whole study day among which the due day for a raw `interval` is chosen.

    Below 2.5 days there is no choice. `minimum` yields to `maximum`.
    """
    minimum = min(minimum, maximum)
    interval = min(max(interval, minimum), maximum)
    spread = 0.0
    if interval >= _FUZZ_BEGINS:
        spread = 1.0 + sum(share * max(0.0, min(interval, end) - begin) for begin, end, share in _FUZZ_SHARES)
    low = _rounded(interval - spread)
    high = _rounded(interval + spread)
    return min(max(low, minimum), maximum), min(max(high, minimum), maximum)


def choose_day(low: int, high: int, factor: float) -> int:
    """The day from `low` to `high`, each as likely as the others, for a `factor` from 0 up to below 1."""
    return math.floor(low + factor * (1 + high - low))


def fuzzed(interval: float, seed: str, minimum: int = 1, maximum: int = MAXIMUM_INTERVAL) -> int:
    """Spread a raw `interval` within its `fuzz_bounds`, so that items learnt together do not stay together.

    The choice is always the same for a `seed`, made of the item and the number of its repetitions.
    """
    low, high = fuzz_bounds(interval, minimum, maximum)
    return choose_day(low, high, _seed_factor(seed))


def smallest_interval(interval: float, previous: int, maximum: int = MAXIMUM_INTERVAL) -> int:
    """The least that fuzz may make of a raw `interval` after a `previous` one, in days; 0 for no limit.

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
) -> int:
    """Study days until `item` is due with this `memory`: rounded, fuzzed, from `minimum` to `maximum`.

    `repetition` counts the grades of the item and only seeds the choice. `previous_interval` is the interval
    it was given before, 0 for a first grade and for a lapse. Raises UsageError for a bad retention.
    """
    raw = raw_interval(memory.stability, retention, decay)
    least = max(minimum, smallest_interval(raw, previous_interval, maximum))
    return fuzzed(raw, f"{item}:{repetition}", least, maximum)


def graded(
    item: str,
    repetition: int,
    memory: Memory | None,
    elapsed: int,
    rating: int,
    retention: float,
    previous_interval: int = 0,
    *,
    parameters: tuple[float, ...] | None = None,
    maximum: int = MAXIMUM_INTERVAL,
) -> Graded:
    """Grade `item`: its new memory and interval, exactly the one `next_intervals` shows for that answer.

    Arguments as in `next_memory` and `next_interval`; `memory` is the one before the answer.
    Raises UsageError for a bad rating, retention or parameters.
    """
    answers = _graded_up_to(
        rating, item, repetition, memory, elapsed, retention, previous_interval, parameters, maximum
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
    parameters: tuple[float, ...] | None = None,
    maximum: int = MAXIMUM_INTERVAL,
) -> tuple[int, int, int, int]:
    """The study days that again, hard, good and easy would give now; arguments and errors as in `graded`.

    again <= hard <= good <= easy; hard < good < easy where their memories differ and `maximum` leaves room.
    """
    again, hard, good, easy = _graded_up_to(
        EASY, item, repetition, memory, elapsed, retention, previous_interval, parameters, maximum
    )
    return again.interval, hard.interval, good.interval, easy.interval


def is_leech(lapses: int, threshold: int = LEECH_THRESHOLD) -> bool:
    """Whether to speak up at this lapse: the `threshold`-th, and every half threshold (rounded up) after it.

    With 8 that is at 8, 12, 16 lapses and so on. A threshold of zero never speaks up.
    """
    if threshold < 1 or lapses < threshold:
        return False
    return (lapses - threshold) % -(-threshold // 2) == 0


def _graded_up_to(
    rating: int,
    item: str,
    repetition: int,
    memory: Memory | None,
    elapsed: int,
    retention: float,
    previous_interval: int,
    parameters: tuple[float, ...] | None,
    maximum: int,
) -> list[Graded]:
    """What the answers from again up to `rating` give.

    A better answer keeps clear of the worse ones, so grading and preview both come from this one walk.
    """
    _validate_rating(rating)
    answers: list[Graded] = []
    for answer in range(AGAIN, rating + 1):
        after = next_memory(memory, elapsed, answer, parameters)
        minimum = answers[-1].interval if answers else 1
        # Strictly longer, unless the model cannot tell the two apart. Hard may share a day with again.
        if answer > HARD and after.stability > answers[-1].memory.stability:
            minimum += 1
        interval = next_interval(
            item,
            repetition,
            after,
            retention,
            0 if answer == AGAIN else previous_interval,  # a lapse starts afresh
            minimum=minimum,
            maximum=maximum,
            decay=decay_of(parameters),
        )
        answers.append(Graded(after, interval))
    return answers


def _validate_rating(rating: int) -> None:
    if not AGAIN <= rating <= EASY:
        raise UsageError(f"there is no rating `{rating}`", "use 1 again, 2 hard, 3 good, 4 easy")


def _rounded(days: float) -> int:
    """Halves go up; the built-in `round` would send 2.5 to 2 and 3.5 to 4."""
    return math.floor(days + 0.5)


def _excess(probability: float, decay: float) -> float:
    """p ^ (-1 / decay) - 1: how far out on the forgetting curve a probability is."""
    return math.pow(probability, -1 / decay) - 1


_DEFAULT_FACTOR = _excess(0.9, DEFAULT_DECAY)


def _curve_factor(decay: float) -> float:
    return _DEFAULT_FACTOR if decay == DEFAULT_DECAY else _excess(0.9, decay)


def _seed_factor(seed: str) -> float:
    """A number from 0 up to, not including, 1, spread evenly over seeds and the same on every machine.

    A checksum alone would move neighbouring seeds in step, as it is linear; the multiplications break that
    (the finaliser of MurmurHash3). `random` would do, but importing it costs more than all of this module.
    """
    mixed = zlib.crc32(seed.encode())
    mixed = ((mixed ^ (mixed >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return (mixed ^ (mixed >> 16)) / 2**32


@cache
def _model(parameters: tuple[float, ...] | None) -> Callable[[Memory | None, int, int], Memory]:
    """The model with these parameters, built once: a function of memory, elapsed days and rating."""
    from datetime import UTC, datetime, timedelta

    from fsrs import Card, Rating, Scheduler, State

    # No steps: repetitions on the same day are the session's affair. No fuzz: theirs leaves its own range.
    bare = partial(Scheduler, learning_steps=(), relearning_steps=(), maximum_interval=1, enable_fuzzing=False)
    try:
        if parameters is None:
            scheduler = bare()
        else:
            scheduler = bare(parameters=[round(parameter, _PARAMETER_DIGITS) for parameter in parameters])
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"FSRS-6 cannot use these parameters: {' '.join(str(error).split()).rstrip('.')}",
            "it takes 21 numbers within its bounds, such as `mlcoach memory optimize` finds",
        ) from None

    class OwnCard(Card):
        """A card for one call: the copy that the scheduler makes first would cost a fifth of a replay."""

        def __copy__(self) -> "OwnCard":
            return self

    # The package counts periods of 24 hours; with every study day at noon UTC these are study days.
    noon = datetime(1970, 1, 1, 12, tzinfo=UTC)
    ratings = {rating.value: rating for rating in Rating}
    review = State.Review

    def model(memory: Memory | None, elapsed: int, rating: int) -> Memory:
        # Always an id and a due time: without them a card asks the clock, and sleeps to make an id unique.
        if memory is None:
            card: Card = OwnCard(card_id=1, due=noon)
            day = noon
        else:
            card = OwnCard(1, review, None, memory.stability, memory.difficulty, noon, noon)
            # Nothing changes beyond a hundred years, and dates end.
            day = noon + timedelta(days=min(max(0, elapsed), MAXIMUM_INTERVAL))
        card, _ = scheduler.review_card(card, ratings[rating], day)
        assert card.stability is not None and card.difficulty is not None
        return Memory(min(card.stability, _MAXIMUM_STABILITY), card.difficulty)

    return model
