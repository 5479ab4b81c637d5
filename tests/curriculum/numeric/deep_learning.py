"""The numbers of the deep learning cards, computed again: by counting, by simulation, by finite differences."""

import functools
import math
import statistics
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def slope_of(f: Callable[[float], float], x: float, h: float = 1e-3) -> float:
    """Central difference; exact for a parabola, up to rounding."""
    return round((f(x + h) - f(x - h)) / (2 * h), 9)


def cross_entropy(scores: Any, target: int) -> float:
    """Negative logarithm of the softmax probability of the target."""
    return float(np.log(np.exp(scores).sum()) - scores[target])


def sum_of_logit_slopes() -> float:
    """Moving all scores together changes no probability."""

    def loss(moved: float) -> float:
        return cross_entropy(np.log([0.7, 0.2, 0.1]) + moved, 1)

    return abs(round(slope_of(loss, 0.0, 1e-4), 6))


def terminal_velocity(kept: float) -> float:
    velocity = 0.0
    for _ in range(2000):
        velocity = kept * velocity + 1
    return velocity


def adam_first_step() -> float:
    gradient, b1, b2 = 500.0, 0.9, 0.999
    mean = (1 - b1) * gradient / (1 - b1**1)
    square = (1 - b2) * gradient**2 / (1 - b2**1)
    return 0.001 * mean / math.sqrt(square)


def batch_norm_at_inference() -> float:
    """γ and β act on the number of deviations from the mean; sample a feature with these moments exactly."""
    feature = np.array([4.0 - 3.0, 4.0 + 3.0])
    return float(2 * (10 - feature.mean()) / feature.std() + 1)


def pixels_seen(layers: Sequence[tuple[int, int]]) -> float:
    """Walk back from one output and collect the inputs that it depends on."""
    seen = {50}
    for kernel, stride in reversed(layers):
        seen = {position * stride + offset for position in seen for offset in range(kernel)}
    return float(len(seen))


def clipped_component() -> float:
    gradient = np.array([3.0, -4.0])
    return float((gradient * min(1.0, 1.0 / float(np.linalg.norm(gradient))))[0])


def top_p(probabilities: Sequence[float], p: float) -> list[float]:
    kept: list[float] = []
    for probability in sorted(probabilities, reverse=True):
        if sum(kept) >= p:
            break
        kept.append(probability)
    return [probability / sum(kept) for probability in kept]


def spread_of_score(entries: int) -> float:
    """Variances of independent products add up: of entries ±1 each product is ±1, with variance 1."""
    return math.sqrt(sum(statistics.pvariance((-1, 1)) for _ in range(entries)))


def kl_of_shifted_gaussian(mean: float) -> float:
    """Integrate q log(q / p) on a fine grid."""
    z = np.linspace(-12, 18, 300_001)
    log_q, log_p = -0.5 * (z - mean) ** 2, -0.5 * z**2
    density = np.exp(log_q) / math.sqrt(2 * math.pi)
    return round(float((density * (log_q - log_p)).sum() * (z[1] - z[0])), 9)


def noised_mean() -> float:
    """Send a signal of 1 through three steps and look at what is left of it, without the noise."""
    return functools.reduce(lambda signal, kept: signal * math.sqrt(kept), (0.9, 0.8, 0.5), 1.0)


def second_moment_of_noise() -> float:
    nodes, weights = np.polynomial.hermite_e.hermegauss(10)
    return float((weights * nodes**2).sum() / weights.sum())


ANSWERS: dict[str, Callable[[], float]] = {
    "dl.nn/pretest-weights-and-biases": lambda: sum(
        np.size(part) for part in (np.ones((6, 5)), np.ones(5), np.ones((5, 2)), np.ones(2))
    ),
    "dl.nn/pretest-slope-past-a-relu": lambda: round(slope_of(lambda x: 3 * max(2 * x - 6, 0) + x, 1), 9),
    "dl.nn/pretest-chain-rule": lambda: slope_of(lambda x: (3 * x + 1) ** 2, 1.0),
    "dl.nn/mlp-parameter-count": lambda: float(sum(np.zeros(shape).size for shape in ((4, 8), 8, (8, 3), 3))),
    "dl.nn/softmax-logit-gradient": sum_of_logit_slopes,
    "dl.nn/he-scale": lambda: math.sqrt(2 / 50),
    "dl.nn/forward-multiplications": lambda: float(sum(np.zeros((50, 200)).size for _ in range(10))),
    "dl.torch/pretest-two-backward-passes": lambda: round(2 * slope_of(lambda w: w * w, 2), 9),
    "dl.torch/pretest-flattened-pictures": lambda: np.ones((8, 3, 16, 16)).reshape(8, -1).shape[1],
    "dl.torch/pretest-batches-per-epoch": lambda: float(len(range(0, 1000, 64))),
    "dl.torch/mean-over-uneven-batches": lambda: float(np.mean([0.5] * 80 + [1.0] * 20)),
    "dl.torch/steps-in-a-run": lambda: float(10 * sum(len(range(1000)[i : i + 64]) == 64 for i in range(0, 1000, 64))),
    "dl.train/pretest-normalised-in-training": lambda: (
        3 * (5 - statistics.fmean((1, 1, 5, 5))) / statistics.pstdev((1, 1, 5, 5)) - 1
    ),
    "dl.train/pretest-kept-by-dropout": lambda: next(kept for kept in range(99) if kept * 8 / 10 == 4),
    "dl.train/pretest-loss-of-a-guess": lambda: cross_entropy(np.zeros(4), 2),
    "dl.train/start-loss-hundred-classes": lambda: cross_entropy(np.full(100, 3.0), 41),
    "dl.train/momentum-terminal-step": lambda: terminal_velocity(0.95) / terminal_velocity(0.9),
    "dl.train/accumulated-batches": lambda: float(len(range(0, 128, 16))),
    "dl.train/adam-first-step": adam_first_step,
    "dl.train/batch-norm-at-inference": batch_norm_at_inference,
    "dl.cnn/pretest-halved-by-the-stride": lambda: len(range(-3, 64 + 3 - 7 + 1, 2)),
    "dl.cnn/pretest-weights-of-a-layer": lambda: np.ones((4, 2, 5, 5)).size + np.ones(4).size,
    "dl.cnn/pretest-window-positions": lambda: float(
        sum(1 for i in range(5) for j in range(5) if i + 3 <= 5 and j + 3 <= 5)
    ),
    "dl.cnn/conv-output-size": lambda: float(sum(1 for left in range(-2, 32, 2) if left + 5 <= 32 + 2)),
    "dl.cnn/conv-parameter-count": lambda: float(np.zeros((16, 3, 3, 3)).size + np.zeros(16).size),
    "dl.cnn/receptive-field-with-stride": lambda: pixels_seen([(3, 2), (3, 1)]),
    "dl.cnn/flatten-is-expensive": lambda: sum(np.zeros((7, 7, 512)).size for _ in range(1000)) / 1e6,
    "dl.cnn/max-pool-halves": lambda: float(np.zeros((16, 28, 28)).reshape(16, 14, 2, 14, 2).max(axis=(2, 4)).size),
    "dl.seq/pretest-clipped-to-five": lambda: 5 * 8 / math.hypot(8, math.sqrt(20**2 - 8**2)),
    "dl.seq/pretest-perplexity-of-two": lambda: 1 / statistics.geometric_mean((1 / 2, 1 / 32)),
    "dl.seq/pretest-fading-product": lambda: float(functools.reduce(lambda left, _: left / 2, range(10), 1.0)),
    "dl.seq/perplexity-of-three-tokens": lambda: 2.0 ** float(np.mean([-math.log2(p) for p in (1 / 2, 1 / 4, 1 / 8)])),
    "dl.seq/lstm-parameter-count": lambda: float(sum(row.size for _ in "ifgo" for row in np.zeros((5, 3 + 5 + 1)))),
    "dl.seq/gru-gate-count": lambda: float(sum(row.size for _ in "rzn" for row in np.zeros((5, 3 + 5 + 1)))),
    "dl.seq/clip-by-norm": clipped_component,
    "dl.seq/seasonal-naive-error": lambda: float(np.abs(np.diff([[10, 20, 30], [12, 19, 33]], axis=0)).mean()),
    "dl.attn/pretest-divisor-of-the-scores": lambda: spread_of_score(768 // 12),
    "dl.attn/pretest-weighted-values": lambda: statistics.fmean((4, 8, 12, 12)),
    "dl.attn/pretest-causal-pairs": lambda: float(np.tril(np.ones((5, 5))).sum()),
    "dl.attn/softmax-of-two-scores": lambda: math.exp(math.log(3)) / sum(math.exp(s) for s in (0.0, math.log(3))),
    "dl.attn/block-parameter-count": lambda: float(sum(a * b for a, b in [(64, 64)] * 4 + [(64, 256), (256, 64)])),
    "dl.attn/top-p-renormalised": lambda: top_p([0.5, 0.3, 0.15, 0.05], 0.75)[0],
    "dl.attn/training-flops": lambda: 3e15 / (6 * 10e6) / 1e6,
    "dl.attn/attention-map-entries": lambda: 12 * sum(1000 for _ in range(1000)) / 1e6,
    "dl.attn/perplexity-from-loss": lambda: math.exp(3 * math.log(2)),
    "dl.gen/pretest-divergence-of-a-code": lambda: kl_of_shifted_gaussian(2),
    "dl.gen/pretest-mix-with-noise": lambda: math.sqrt(0.75) ** 2 * 1.0 + 0.5**2 * 1.0,
    "dl.gen/kl-of-shifted-gaussian": lambda: kl_of_shifted_gaussian(3),
    "dl.gen/gan-balance-loss": lambda: cross_entropy(np.zeros(2), 0) + cross_entropy(np.zeros(2), 1),
    "dl.gen/signal-coefficient": noised_mean,
    "dl.gen/denoiser-that-says-zero": second_moment_of_noise,
    "dl.project/pretest-numbers-of-a-block": lambda: float(np.zeros((32, 16, 3, 3)).size + 2 * np.zeros(32).size),
    "dl.project/pretest-steps-of-the-paper": lambda: sum(len(range(0, 50_000, 100)) for _ in range(90)),
    "dl.project/pretest-error-of-four-seeds": lambda: math.sqrt(4 * 0.6**2) / 4,
    "dl.project/pretest-compute-ratio": lambda: 8 * 5 * 24 / (1 * 24),
    "dl.project/gap-in-standard-errors": lambda: (94 - 91) / (2 / math.sqrt(4)),
    "dl.project/hours-before-choosing": lambda: sum(18 for _ in range(4) for _ in range(3) for _ in range(100)) / 60,
    "dl.project/spread-of-three-seeds": lambda: statistics.stdev([90, 92, 94]),
    "dl.project/steps-when-batch-halves": lambda: 90 * len(range(0, 50_000, 100)) / len(range(0, 50_000, 50)),
}
