"""The recall from which dates are made, of thousands of items at once: the whole map is judged by it.

It is `learner_model.scheduled_recall`, arranged so that what many items share is computed once. The line of an item
(see there) is the sum of a part that its counts of answers give, which a few hundred combinations of counts cover, and
of what its stability, its difficulty and its last gap add.
"""

import math
from collections.abc import Callable

from mlcoach.domain.memory.fsrs6 import Memory, Parameters, curve_factor
from mlcoach.domain.memory.learner_model import (
    BY_SIZE,
    DIFFICULTY,
    FLATTEST,
    GAP,
    GROWTH,
    MIXED,
    SIZE_ALONE,
    SIZE_SQUARED,
    USUAL_LOGIT,
    LearnerModel,
    line_of,
    probability_of,
    shown_logit,
    weights_in_force,
)
from mlcoach.domain.memory.recall import decay_of
from mlcoach.domain.memory.trace import unpacked

PackedRecall = Callable[[float, float, str, int], float]
"""Recall of an item from its stability, its difficulty, its packed trace ("" for none) and the days since."""

_NEUTRAL = Memory(math.exp(2), 5.0)  # the memory whose size and difficulty add nothing


def packed_recalls(model: LearnerModel | None, parameters: Parameters = None) -> PackedRecall:
    """Return the recall of items by what their rows keep; without a model, or a trace, it is that of FSRS-6 alone."""
    decay = decay_of(parameters)
    factor = curve_factor(decay)
    if model is None:
        return lambda stability, _difficulty, _trace, elapsed: math.pow(
            1 + factor * max(0, elapsed) / stability, -decay
        )
    weights = weights_in_force(model)
    by_size, squared, by_curve = weights[SIZE_ALONE], MIXED * weights[SIZE_SQUARED], MIXED * weights[BY_SIZE]
    by_difficulty, by_growth, with_gap = weights[DIFFICULTY] / 3, weights[GROWTH], weights[GAP]
    lines: dict[str, tuple[float, float]] = {}

    def recalled(stability: float, difficulty: float, trace: str, elapsed: int) -> float:
        known = math.pow(1 + factor * max(0, elapsed) / stability, -decay)
        if elapsed < 1 or not trace:
            return known
        counts, _, last = trace.rpartition(" ")
        line = lines.get(counts)
        if line is None:
            line = lines[counts] = line_of(weights, model, unpacked(f"{counts} 0", _NEUTRAL, 0))
        size = min(max(math.log(stability) - 2, -4.0), 5.0)
        slope = line[1] + by_curve * size
        if slope < FLATTEST:
            return known
        # `line` is said at a logit of zero, where each part of the slope was taken off as often as the usual logit.
        base = line[0] + (by_size - by_curve * USUAL_LOGIT + squared * size) * size + by_difficulty * (difficulty - 5)
        if last != "0":
            gap = int(last)
            base += with_gap + by_growth * min(max(math.log((stability + 1) / (gap + 1)), -4.0), 4.0)
        return probability_of(base + slope * shown_logit(known))

    return recalled
