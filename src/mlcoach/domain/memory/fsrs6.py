"""The formulas of FSRS-6: what one answer makes of a memory.

Stability is in study days, difficulty 1 to 10, elapsed time in whole study days, ratings are 1 again, 2 hard, 3 good,
4 easy. The 21 parameters are w0 to w20.

Source: https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm; the tests hold these lines against
the packages `fsrs` (to 1e-9) and `fsrs-rs-python` (which counts in 32 bits).
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from mlcoach.domain.memory.ratings import AGAIN, EASY, GOOD, HARD

Parameters = tuple[float, ...] | None
"""The 21 parameters, or None for the defaults."""
DEFAULT_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
LOWEST_STABILITY, HIGHEST_STABILITY = 0.001, 36500.0
LOWEST = (
    LOWEST_STABILITY, LOWEST_STABILITY, LOWEST_STABILITY, LOWEST_STABILITY, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
HIGHEST = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip


class Memory(NamedTuple):
    """What one item has left behind in a head, after its last grade."""

    stability: float  # study days until recall falls to 90 %
    difficulty: float  # 1 to 10


Model = Callable[[Memory | None, int, int], Memory]
"""From the memory before (None at first), the study days elapsed (0 and more) and the rating to the memory after."""


def out_of_bounds(parameters: tuple[float, ...]) -> list[int]:
    """Return which of 21 parameters lie outside what FSRS-6 allows; not-a-number does."""
    return [
        number
        for number, (low, value, high) in enumerate(zip(LOWEST, parameters, HIGHEST, strict=True))
        if not low <= value <= high
    ]


def curve_factor(decay: float) -> float:
    """Return f of the forgetting curve R = (1 + f t / S) ^ -decay, for which R = 0.9 at t = S."""
    return math.pow(0.9, -1 / decay) - 1


def model(parameters: tuple[float, ...]) -> Model:
    """Return the model with 21 parameters, which must be within their bounds."""
    w = parameters
    decay, factor = w[20], curve_factor(w[20])
    growth = math.exp(w[8])
    forgotten_at_least = math.exp(w[17] * w[18])
    # Difficulty is drawn a little towards that of an item which is easy at first.
    easiest = w[4] - math.exp(w[5] * 3) + 1
    step = {rating: -w[6] * (rating - 3) / 9 for rating in range(AGAIN, EASY + 1)}
    bonus = {HARD: w[15], GOOD: 1.0, EASY: w[16]}
    same_day = {rating: math.exp(w[17] * (rating - 3 + w[18])) for rating in range(AGAIN, EASY + 1)}
    first = {
        rating: Memory(_stability(w[rating - 1]), _difficulty(w[4] - math.exp(w[5] * (rating - 1)) + 1))
        for rating in range(AGAIN, EASY + 1)
    }

    def after(memory: Memory | None, elapsed: int, rating: int) -> Memory:
        if memory is None:
            return first[rating]
        stability, difficulty = memory
        if elapsed < 1:
            change = same_day[rating] * stability ** -w[19]
            renewed = stability * (change if rating == AGAIN else max(change, 1.0))
        else:
            lost = 1 - math.pow(1 + factor * elapsed / stability, -decay)
            if rating == AGAIN:
                kept = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * math.exp(lost * w[14])
                renewed = min(kept, stability / forgotten_at_least)
            else:
                gain = growth * (11 - difficulty) * stability ** -w[9] * (math.exp(lost * w[10]) - 1)
                renewed = stability * (1 + gain * bonus[rating])
        moved = difficulty + (10 - difficulty) * step[rating]
        return Memory(_stability(renewed), _difficulty(w[7] * easiest + (1 - w[7]) * moved))

    return after


def _stability(days: float) -> float:
    return min(max(days, LOWEST_STABILITY), HIGHEST_STABILITY)


def _difficulty(value: float) -> float:
    return min(max(value, 1.0), 10.0)
