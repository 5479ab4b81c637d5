"""Numbers of `dl.modern` and `eng.scale`."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count

import numpy as np

from tests.curriculum.numeric.language_models import cached_bytes


def rms_norm(vector: Sequence[float]) -> list[float]:
    return [x / math.sqrt(sum(y * y for y in vector) / len(vector)) for x in vector]


def reached(layers: int, window: int) -> float:
    """Follow the oldest token seen, layer by layer."""
    oldest = 0
    for _ in range(layers):
        oldest = min(oldest - back for back in range(window))
    return float(-oldest)


def recurrence(keep: float, inputs: Sequence[float]) -> float:
    state = 0.0
    for value in inputs:
        state = keep * state + value
    return state


def gated_width() -> float:
    """Bisect for the width, in multiples of d, at which three matrices have the weights of two of 4d."""
    low, high = 1.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 3 * middle < 2 * 4 else (low, middle)
    return low


def tokens_of_a_turn() -> float:
    """Turn the point (1, 0) token by token until it comes back."""
    step = np.exp(0.001j)
    angles = np.unwrap(np.angle(step ** np.arange(8000)))
    return float(np.argmax(angles >= 2 * math.pi))


def ring_sent(devices: int, gigabytes: float) -> float:
    """Reduce-scatter and all-gather: each device passes on one part in each of the rounds."""
    return sum(gigabytes / devices for _ in ("reduce", "gather") for _ in range(devices - 1))


def idle_share(stages: int, batches: int) -> float:
    """Lay out the forward passes of a pipeline and count the empty places."""
    steps = max(stage + batch for stage in range(stages) for batch in range(batches)) + 1
    return float(1 - Fraction(stages * batches, stages * steps))


def held_at_most(layers: int, block: int) -> float:
    """Walk back through the blocks: the kept ones, and the layers of one block."""
    kept = len(range(0, layers, block))
    return float(max(kept + block for _ in range(kept)))


def best_interval(cost: float, between: float) -> float:
    """The whole number of minutes with the least loss: saving, and half an interval done again per failure."""
    lost = {minutes: cost / minutes + minutes / 2 / between for minutes in range(1, 400)}
    return float(min(lost, key=lambda minutes: lost[minutes]))


ANSWERS: dict[str, Callable[[], float]] = {
    "dl.modern/pretest-entry-after-rms-norm": lambda: rms_norm((1, 5, 7))[2],
    "dl.modern/tokens-of-an-image": lambda: len([(x, y) for x in range(0, 448, 2 * 14) for y in range(0, 448, 2 * 14)]),
    "dl.modern/pretest-smaller-cache": lambda: cached_bytes(24, 4, 2048 // 16, 2) / 1024,
    "dl.modern/pretest-numbers-in-a-cache": lambda: cached_bytes(1, 4, 16, 1) * 10,
    "dl.modern/pretest-two-of-eight": lambda: len(range(0, 8, 4)) / 8,
    "dl.modern/rmsnorm-of-two": lambda: rms_norm((1, 7))[0],
    "dl.modern/swiglu-equal-weights": gated_width,
    "dl.modern/kv-cache-per-token": lambda: cached_bytes(32, 8, 128, 2) / 1024,
    "dl.modern/mqa-cache-factor": lambda: cached_bytes(1, 48, 64, 2) / cached_bytes(1, 1, 64, 2),
    "dl.modern/mla-against-mha": lambda: cached_bytes(1, 16, 128, 1) / (512 + 64),
    "dl.modern/rope-full-turn": tokens_of_a_turn,
    "dl.modern/position-interpolation-factor": lambda: 4096 / 16384,
    "dl.modern/moe-active-parameters": lambda: 2 + sum([1] * 16) * 2 / 16,
    "dl.modern/moe-capacity": lambda: 1.25 * np.full(8, 1024 * 2 / 8).max(),
    "dl.modern/ssm-three-steps": lambda: recurrence(0.5, (4, 2, 1)),
    "dl.modern/window-reach": lambda: reached(8, 100),
    "eng.scale/cluster-of-a-thousand": lambda: 1 / (1000 * (1 / 50_000)),
    "eng.scale/pretest-idle-in-a-pipeline": lambda: idle_share(3, 6),
    "eng.scale/pretest-where-arithmetic-begins": lambda: next(n for n in count(1) if n * 2e12 >= 100e12),
    "eng.scale/pretest-sixteen-bytes": lambda: (2 + 2 + 12) * 1e9 / 1e9,
    "eng.scale/pretest-two-limits": lambda: float(next(t for t in count(1) if 100 * t >= 600 and 2 * t >= 20)),
    "eng.scale/ring-all-reduce-bytes": lambda: ring_sent(8, 4),
    "eng.scale/optimiser-split-over-eight": lambda: (8 * 4 + 12) / 8,
    "eng.scale/recomputation-work": lambda: (1 + 1 + 2) / (1 + 2),
    "eng.scale/checkpoints-at-roots": lambda: held_at_most(64, 8),
    "eng.scale/pipeline-bubble-share": lambda: idle_share(4, 12),
    "eng.scale/ridge-point": lambda: 400e12 / 2e12,
    "eng.scale/square-product-intensity": lambda: 2 * 3000**3 / (3 * 2 * 3000**2),
    "eng.scale/fusion-saves-traffic": lambda: sum(1 + 1 for _ in range(4)) / (1 + 1),
    "eng.scale/checkpoint-interval": lambda: best_interval(2, 400),
}
