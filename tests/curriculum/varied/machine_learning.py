"""Varied cards of `ml`: by NumPy, by counting rows, by looking for the best."""

import itertools
import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from scipy import stats


def majority(n: int, c: int) -> float:
    truth = np.array([1] * (n * c // 100) + [0] * (n - n * c // 100))
    return 100 * float((truth == 1).mean())


def baseline(m: int, x: int, y: int, p: int, q: int) -> float:
    guess = np.mean([m - x, m - y, m + x + y])
    return float(((np.array([m + p, m - q]) - guess) ** 2).mean())


def best_absolute(x: int, d: Sequence[int], y: int) -> float:
    targets = np.array([x, x + d[0], x + d[0] + d[1], x + sum(d), y])
    return min(range(130), key=lambda guess: float(np.abs(targets - guess).mean()))


def fitted(f: int, g: int, h: int) -> float:
    design = np.array([(1, -1), (1, 0), (1, 1)], float)
    return float(np.linalg.lstsq(design, np.array([f, g, h], float), rcond=None)[0][1])


def safe_step(l: int) -> float:  # noqa: E741
    low, high = 0.0, 10.0
    for _ in range(200):
        step = (low + high) / 2
        low, high = (step, high) if abs(1 - step * l) < 1 else (low, step)
    return low


def ridge(x: int, l: int, w: int) -> float:  # noqa: E741
    """Solve it as least squares with one more row, the root of the penalty."""
    column = np.array([[math.sqrt(x)], [math.sqrt(l)]])
    target = np.array([w * (x + l) / math.sqrt(x), 0.0])
    return float(np.linalg.lstsq(column, target, rcond=None)[0][0])


def determination(b: int, r: float) -> float:
    return 1 - round(b * (1 - r), 6) / b


def softmax(*scores: float) -> np.ndarray:
    weights = np.exp(np.array(scores) - max(scores))
    return weights / weights.sum()


def threshold(x: int, y: int) -> float:
    low, high = 0.0, 1.0
    for _ in range(100):
        p = (low + high) / 2
        low, high = (low, p) if (1 - p) * x < p * y else (p, high)
    return low


def harmonic(p: float, r: float) -> float:
    return float(stats.hmean([p, r]))


def gini(x: int, y: int) -> float:
    """Return how often two rows drawn with replacement are of different classes."""
    rows = [1] * x + [0] * y
    pairs = list(itertools.product(rows, rows))
    return sum(one != other for one, other in pairs) / len(pairs)


def drop(x: int, i: int, j: int, gap: int) -> float:
    values = np.array([x, x + 2 * i, x + 2 * i + gap, x + 2 * i + gap + 2 * j], float)
    return float(sum(part.size * part.var() * sign for part, sign in ((values, 1), (values[:2], -1), (values[2:], -1))))


def street(i: int) -> float:
    w = np.array([(3, 4), (4, 3), (6, 8), (8, 6), (0.6, 0.8), (1.2, 1.6), (0.3, 0.4), (2.4, 3.2), (12, 16)][i])
    upper, lower = w / (w @ w), -w / (w @ w)  # the points of both edges nearest to the middle
    return float(np.linalg.norm(upper - lower))


def smoothed(c: int, n: int, all: int) -> float:
    counts = np.zeros(all - n)
    counts[0] = c
    counts[1] = n - c
    return float(((counts + 1) / (counts + 1).sum())[0])


def right_centre(s: int, gap: Sequence[int], f: int, g: int) -> float:
    points = np.cumsum([s, *gap]).astype(float)
    return float(points[np.abs(points - g) < np.abs(points - f)].mean())


def new_columns(n: int) -> int:
    return sum(1 for _ in itertools.combinations_with_replacement(range(n), 2))


def encoded(n: int, r: int, k: int, g: float) -> float:
    return float(np.mean([1] * r + [0] * (n - r) + [g] * k))


def averaged(k: int, m: int) -> float:
    return float(np.full(k, 1 / k) @ (np.eye(k) * k * m) @ np.full(k, 1 / k))


def log_uniform(a: int, b: int, c: int, d: int) -> float:
    drawn = stats.loguniform(10.0**-a, 10.0**-b)
    return float(drawn.cdf(10.0**-d) - drawn.cdf(10.0**-c))


def nested(o: int, i: int, n: int) -> int:
    fits = 0
    for _ in range(o):
        for _ in itertools.product(range(i), range(n)):
            fits += 1
        fits += 1
    return fits


WAYS = {
    "ml.found/majority-class-accuracy": majority,
    "ml.found/mean-baseline-error": baseline,
    "ml.found/best-constant-absolute": best_absolute,
    "ml.eda/one-sd-rule": lambda m, s, k: float(np.polyval([s, m], k)),
    "ml.eda/standardise-one-value": lambda z: z,
    "ml.linear/slope-centred-sums": fitted,
    "ml.linear/largest-safe-step": safe_step,
    "ml.linear/ridge-one-feature": ridge,
    "ml.linear/r-squared-small": determination,
    "ml.logit/sigmoid-of-log-three": lambda k: 1 / (1 + math.exp(-math.log(k))),
    "ml.logit/softmax-small": lambda x, y, z: float(softmax(math.log(x), math.log(y), math.log(z))[2]),
    "ml.logit/threshold-from-costs": cache(threshold),
    "ml.eval/error-from-parts": lambda b, v, s: float(np.sum([b**2, v, s])),
    "ml.eval/fold-sizes": lambda k, m: len([row for row in range(k * m) if row % k]),
    "ml.eval/f1-of-two": harmonic,
    "ml.trees/gini-of-leaf": gini,
    "ml.trees/sse-drop-of-split": drop,
    "ml.svm/margin-width": street,
    "ml.svm/hinge-loss-inside": lambda y, f: max(0.0, 1 - y * f),
    "ml.svm/naive-bayes-smoothing": smoothed,
    "ml.unsup/k-means-new-centre": right_centre,
    "ml.unsup/silhouette-of-point": lambda a, b: (b - a) / max(a, b),
    "ml.unsup/pca-share-of-two": lambda n, f: float(np.trace(np.eye(n)) * f / 100),
    "ml.feat/interaction-count": new_columns,
    "ml.feat/smoothed-target-mean": encoded,
    "ml.feat/average-of-three-variance": averaged,
    "ml.tune/random-runs-top-ten": lambda c, n: float(stats.geom.cdf(n, c / 100)),
    "ml.tune/log-uniform-chance": log_uniform,
    "ml.tune/nested-fit-count": nested,
    "ml.project/hours-saved": lambda m, d: sum(m for _ in range(d)) / 60,
    "ml.project/ceiling-of-a-fix": lambda c, s: c - c * s / 100,
}
