"""Varied cards of `dl`: arrays of the shapes in question, loops instead of formulas."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np


def size(*shapes: tuple[int, ...]) -> int:
    return sum(math.prod(shape) for shape in shapes)


def uneven(m: int, f: float, g: float) -> float:
    return float(np.mean([f] * m + [g] * (100 - m)))


def steps(n: int, b: int, t: int) -> int:
    return t * len([start for start in range(0, n, b) if start + b <= n])


def terminal(b: float, c: float) -> float:
    def steady(momentum: float) -> float:
        v = 0.0
        for _ in range(5_000):
            v = momentum * v + 1
        return v

    return steady(c) / steady(b)


def adam(lr: float, g: float) -> float:
    m, v = 0.9 * 0 + 0.1 * g, 0.999 * 0 + 0.001 * g * g
    return lr * (m / (1 - 0.9)) / math.sqrt(v / (1 - 0.999))


def batch_norm(m: int, s: int, z: int, c: int, b: int) -> float:
    x = m + s * z
    return float(np.polyval([c, b], (x - m) / math.sqrt(s * s)))


def positions(n: int, f: int, p: int, s: int) -> int:
    return len([start for start in range(-p, n + p, s) if start + f <= n + p])


def receptive(f: int, s: int, g: int) -> int:
    touched = {s * step + pixel for step in range(g) for pixel in range(f)}
    return max(touched) - min(touched) + 1


def perplexity(a: int, b: int, c: int) -> float:
    return float(np.exp(-np.mean(np.log([2.0**-a, 2.0**-b, 2.0**-c]))))


def gates(count: int, i: int, h: int) -> int:
    return sum(size((h, i), (h, h), (h,)) for _ in range(count))


def clipped(i: int, s: int, k: int, c: int) -> float:
    x, y = [(3, 4), (4, 3), (6, 8), (8, 6)][i]
    gradient = np.array([k * x, s * k * y], float)
    return float((gradient * min(1, c / np.linalg.norm(gradient)))[0])


def naive_error(f: Sequence[int], d: Sequence[int]) -> float:
    after = np.add(f, d)
    return float(np.abs(after - np.array(f)).mean())


def top_p(a: int, b: int, c: int, t: int) -> float:
    left = np.array([a, b, c, 100 - a - b - c])
    kept = 1 + int(np.searchsorted(np.cumsum(left), t))
    return float(left[0] / left[:kept].sum())


@cache
def divergence(m: int, n: int) -> float:
    x = np.linspace(m - 12, m + 12, 200_001)
    density = np.exp(-((x - m) ** 2) / 2) / math.sqrt(2 * math.pi)
    return float((density * ((x - n) ** 2 - (x - m) ** 2) / 2).sum() * (x[1] - x[0]))


def signal(x: int, y: int, z: int) -> float:
    a = 1.0
    for kept in (x, y, z):
        a *= math.sqrt(kept / 100)
    return a


def spread(m: int, d: float) -> float:
    return float(np.std([m - d, m, m + d], ddof=1))


def epochs(t: int, b: int, r: float) -> float:
    total = t * 50_000 / b
    return total / (50_000 / (b * r))


WAYS = {
    "dl.nn/mlp-parameter-count": lambda i, h, o: size((h, i), (h,), (o, h), (o,)),
    "dl.nn/he-scale": lambda n: float(np.exp(0.5 * (np.log(2) - np.log(n)))),
    "dl.nn/forward-multiplications": lambda i, o, b: sum(size((i, o)) for _ in range(b)),
    "dl.torch/mean-over-uneven-batches": uneven,
    "dl.torch/steps-in-a-run": steps,
    "dl.train/start-loss-hundred-classes": lambda n: float(-np.log(np.full(n, 1 / n)[0])),
    "dl.train/momentum-terminal-step": cache(terminal),
    "dl.train/adam-first-step": adam,
    "dl.train/batch-norm-at-inference": batch_norm,
    "dl.train/accumulated-batches": lambda b, k: len(range(0, b * k, b)),
    "dl.cnn/conv-output-size": positions,
    "dl.cnn/conv-parameter-count": lambda f, i, o: size((o, i, f, f), (o,)),
    "dl.cnn/receptive-field-with-stride": receptive,
    "dl.cnn/max-pool-halves": lambda h, c: np.zeros((h, h, c)).reshape(h // 2, 2, h // 2, 2, c).max(axis=(1, 3)).size,
    "dl.cnn/flatten-is-expensive": lambda h, c, o: size((h * h * c, o)) / 1e6,
    "dl.seq/perplexity-of-three-tokens": perplexity,
    "dl.seq/lstm-parameter-count": lambda i, h: gates(4, i, h),
    "dl.seq/clip-by-norm": clipped,
    "dl.seq/seasonal-naive-error": naive_error,
    "dl.seq/gru-gate-count": lambda i, h: gates(3, i, h),
    "dl.attn/softmax-of-two-scores": lambda n: float(np.exp(np.log(n)) / np.exp([0.0, np.log(n)]).sum()),
    "dl.attn/block-parameter-count": lambda d, r: size(*[(d, d)] * 4, (d, r * d), (r * d, d)),
    "dl.attn/top-p-renormalised": top_p,
    "dl.attn/training-flops": lambda n, t: (6 * n * t / 1000 * 1e15) / (6 * n * 1e6) / 1e6,
    "dl.attn/attention-map-entries": lambda h, n: size((h, n, n)) / 1e6,
    "dl.attn/perplexity-from-loss": lambda b: math.exp(b * math.log(2)),
    "dl.gen/kl-of-shifted-gaussian": divergence,
    "dl.gen/signal-coefficient": signal,
    "dl.project/gap-in-standard-errors": lambda r, s, g: g / (s / math.sqrt(r * r)),
    "dl.project/hours-before-choosing": lambda t, m, s, k: sum(m for _ in range(t * s * k)) / 60,
    "dl.project/spread-of-three-seeds": spread,
    "dl.project/steps-when-batch-halves": epochs,
}
