"""Drills of `ml`: by NumPy and SciPy, by differences and by trying what is best."""

import math

import numpy as np
import sympy
from scipy import stats

X = sympy.symbols("x")


def lasso(s: float, z: float, k: float) -> float:
    """Narrow down by thirds where ½sw² − zw + k|w| is least."""

    def objective(w: float) -> float:
        return s * w * w / 2 - z * w + k * abs(w)

    low, high = -100.0, 100.0
    for _ in range(200):
        one, two = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, two) if objective(one) < objective(two) else (one, high)
    return low


def logistic_gradient(a: float, b: float, p: float, y: int) -> tuple[float, ...]:
    """Return it by central differences, from weights that give this probability."""
    x = np.array([a, b], float)
    w = x * math.log(p / (1 - p)) / (x @ x)

    def loss(weights: np.ndarray) -> float:
        score = float(weights @ x)
        return math.log1p(math.exp(score)) - y * score

    h = 1e-5
    return tuple((loss(w + h * e) - loss(w - h * e)) / (2 * h) for e in np.eye(2))


def gini_of_split(a: int, b: int, c: int, f: int) -> float:
    """Return how often two draws from a row's own leaf, with replacement, disagree."""
    leaves = [[1] * a + [0] * b, [1] * c + [0] * f]
    rows = sum(map(len, leaves))
    return sum(len(leaf) / rows * sum(x != y for x in leaf for y in leaf) / len(leaf) ** 2 for leaf in leaves)


WAYS = {
    "ml.linear/drill-fit-from-predictions": lambda x, y, z, p, q, t: (
        1 - np.sum(np.square([x - p, y - q, z - t])) / (3 * np.var([x, y, z]))
    ),
    "ml.linear/drill-what-ridge-tells": lambda w, k, v: sympy.solve(w * X - v * (X + k), X)[0],
    "ml.linear/drill-soft-threshold": lambda s, z, k: lasso(s, z, k),
    "ml.linear/drill-percent-from-a-log-target": lambda b, k: 100 * (math.prod(math.exp(b) for _ in range(k)) - 1),
    "ml.logit/drill-log-loss": lambda a, b, c: -np.mean(stats.bernoulli.logpmf([1, 0, 1], [a, b, c])),
    "ml.logit/drill-probability-after-an-odds-ratio": lambda p, k: (
        1 / (1 + math.exp(-(math.log(p / (1 - p)) + math.log(k))))
    ),
    "ml.logit/drill-gradient-of-one-example": lambda a, b, p, y: logistic_gradient(a, b, p, y),
    "ml.logit/drill-where-the-model-is-undecided": lambda b, u, z, x: sympy.solve(b + u * x + z * X, X)[0],
    "ml.eval/drill-f1-from-counts": lambda tp, fp, fn: stats.hmean([tp / (tp + fp), tp / (tp + fn)]),
    "ml.eval/drill-balanced-accuracy": lambda p, tp, n, tn: np.mean([tp / p, tn / n]),
    "ml.eval/drill-auc-of-five": lambda a, b, x, y, z: stats.mannwhitneyu([a, b], [x, y, z]).statistic / 6,
    "ml.eval/drill-root-mean-square": lambda k, t1, t2, t3, p0, p1, p2, p3: np.sqrt(
        np.mean(np.square(np.subtract([k, t1, t2, t3], [p0, p1, p2, p3])))
    ),
    "ml.eval/drill-lower-threshold": lambda tp, p, m, f: np.mean(
        [1] * int(tp + m) + [0] * round(tp / (p / 100) - tp + f)
    ),
    "ml.trees/drill-gini-of-a-split": lambda a, b, c, f: gini_of_split(a, b, c, f),
    "ml.trees/drill-information-gain": lambda n, k: (
        stats.entropy([n, n], base=2) - (2 * n - k) / (2 * n) * stats.entropy([n, n - k], base=2)
    ),
    "ml.trees/drill-one-round-of-boosting": lambda x, y, z, t, r: (
        np.mean([x, y, z, t]) + r * np.mean(np.array([z, t]) - np.mean([x, y, z, t]))
    ),
    "ml.trees/drill-variance-of-a-forest": lambda v, r, n: (
        np.full(n, 1 / n) @ (v * (r * np.ones((n, n)) + (1 - r) * np.eye(n))) @ np.full(n, 1 / n)
    ),
}
