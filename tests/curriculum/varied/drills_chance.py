"""Drills of `math.prob`: by counting cases, by SciPy's distributions, by matrices and by bisection."""

import itertools
import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from scipy import stats


def bayes(prior: float, if_true: float, if_false: float) -> float:
    """Return the probability of a hypothesis after evidence, from the table of both."""
    table = np.array([prior * if_true, (1 - prior) * if_false])
    return float(table[0] / table.sum())


def bisected(f: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return low


def mixture_variance(a: float, b: float, p: float, v: float) -> float:
    """Return it from four values that have these means and this variance."""
    values = np.array([a - math.sqrt(v), a + math.sqrt(v), b - math.sqrt(v), b + math.sqrt(v)])
    weights = np.array([p, p, 1 - p, 1 - p]) / 2
    return float(np.average((values - np.average(values, weights=weights)) ** 2, weights=weights))


WAYS = {
    "math.prob.basics/drill-alarm-from-rates": lambda p, s, f: bayes(p / 100, s / 100, f / 100),
    "math.prob.basics/drill-no-alarm": lambda p, s, f: bayes(p / 100, 1 - s / 100, 1 - f / 100),
    "math.prob.basics/drill-two-pieces-of-evidence": lambda k, r, t: bayes(
        bayes(1 / (1 + k), r / 10, 1 / 10), t / 10, 1 / 10
    ),
    "math.prob.basics/drill-mixed-sources": lambda a, x, y: Fraction(a, 100) * x + Fraction(100 - a, 100) * y,
    "math.prob.basics/drill-either-of-two": lambda a, b: 1 - (1 - a) * (1 - b),
    "math.prob.basics/drill-given-not": lambda i, j, k: (
        np.array([[i, j], [k, 100 - i - j - k]])[0, 1] / np.array([[i, j], [k, 100 - i - j - k]])[:, 1].sum()
    ),
    "math.prob.basics/drill-value-of-a-bet": lambda k, g, c: np.mean([g] + [-c] * (k - 1)),
    "math.prob.basics/drill-variance-of-two-values": lambda a, b, p: np.average(
        (np.array([a, b]) - np.average([a, b], weights=[p, 1 - p])) ** 2, weights=[p, 1 - p]
    ),
    "math.prob.basics/drill-mean-of-the-square": lambda m, s: np.mean(np.square([m - s, m + s])),
    "math.prob.basics/drill-spread-after-rescaling": lambda a, b, v: np.std(b + a * np.array([-1, 1]) * math.sqrt(v)),
    "math.prob.basics/drill-one-of-each": lambda m, k: stats.hypergeom.pmf(1, m + k, k, 2),
    "math.prob.basics/drill-all-different": lambda n, k: math.prod(1 - i / n for i in range(k)),
    "math.prob.basics/drill-expected-coincidences": lambda n, g: sum(
        1 / g for _ in itertools.combinations(range(n), 2)
    ),
    "math.prob.basics/drill-how-many-both": lambda a, b, n: next(
        c for c in range(101) if len(set(range(a)) | set(range(a - c, a - c + b))) == 100 - n
    ),
    "math.prob.distributions/drill-exact-count": lambda n, k, p: stats.binom.pmf(k, n, p),
    "math.prob.distributions/drill-at-least-two": lambda n, p: stats.binom.sf(1, n, p),
    "math.prob.distributions/drill-poisson-in-minutes": lambda m, t: stats.poisson.pmf(1, m / 60 * t),
    "math.prob.distributions/drill-poisson-two-or-more": lambda m: stats.poisson.sf(1, m),
    "math.prob.distributions/drill-share-between": lambda mean, s, low, high: sum(
        share for step, share in zip((-2, -1, 0, 1), (13.5, 34, 34, 13.5), strict=True) if low <= mean + step * s < high
    ),
    "math.prob.distributions/drill-value-with-a-tail": lambda mean, s, tail: (
        round(stats.norm.isf(tail / 100, mean, s) / s - mean / s) * s + mean
    ),
    "math.prob.distributions/drill-total-of-many": lambda n, m, s: n * m + 2 * math.sqrt(sum(s**2 for _ in range(n))),
    "math.prob.distributions/drill-covariance-from-a-difference": lambda x, y, v: np.linalg.solve(
        [[-2]], [v - np.trace(np.diag([x, y]))]
    )[0],
    "math.prob.distributions/drill-weighted-sum": lambda a, b, x, y, c: (
        np.array([a, b]) @ np.array([(x, c), (c, y)]) @ np.array([a, b])
    ),
    "math.prob.distributions/drill-correlation-from-means": lambda m, n, product, x, y: (
        np.linalg.solve(np.diag([x, y]), np.array([[product - m * n]] * 2))[0, 0] / y
    ),
    "math.prob.distributions/drill-conditional-from-joint": lambda a, b, c, f: (
        np.array([[a, b], [c, f]])[1, 1] / np.array([[a, b], [c, f]])[:, 1].sum()
    ),
    "math.prob.distributions/drill-conditional-spread": lambda x, y, c: (
        1 / np.linalg.inv(np.array([(x, c), (c, y)], float))[0, 0]
    ),
    "math.prob.distributions/drill-longer-wait": lambda m, t, s: (
        stats.expon.sf(s + t, scale=m) / stats.expon.sf(s, scale=m)
    ),
    "math.prob.distributions/drill-draw-by-inversion": lambda a, u: bisected(lambda x: x**2 / a**2 - u, 0, a),
    "math.prob.distributions/drill-first-success": lambda k, p: stats.geom.pmf(k, p),
    "math.prob.distributions/drill-variance-of-a-mixture": lambda a, b, p, v: mixture_variance(a, b, p, v),
    "math.prob.distributions/drill-count-in-deviations": lambda n, p, x: (
        (x - stats.binom.mean(n, p)) / stats.binom.std(n, p)
    ),
}
