"""Drills of `math.stats`: by NumPy's and SciPy's own functions and by bisection."""

import math

import numpy as np
from scipy import stats

from tests.curriculum.varied.drills_chance import bisected

WAYS = {
    "math.stats.describe/drill-mean-above-median": lambda a, s2, s3, s4, s5: (
        np.mean([a, s2, s3, s4, s5]) - np.median([s4, a, s5, s2, s3])
    ),
    "math.stats.describe/drill-sample-variance": lambda x, y, z: np.var([x, y, z], ddof=1),
    "math.stats.describe/drill-mean-without-one": lambda n, m, x: np.linalg.solve([[n - 1]], [n * m - x])[0],
    "math.stats.describe/drill-back-to-the-mean": lambda mx, sx, my, sy, r, x: (
        my + np.linalg.solve([[sx * sx]], [r * sx * sy])[0] * (x - mx)
    ),
    "math.stats.describe/drill-left-out-of-a-resample": lambda n, k: stats.binom.pmf(0, k, 1 / n),
    "math.stats.inference/drill-error-of-a-share": lambda x, n: 100 * np.std([1] * x + [0] * (n - x)) / math.sqrt(n),
    "math.stats.inference/drill-end-of-an-interval": lambda n, m, s: m + 2 * math.sqrt(np.full(n, s**2 / n**2).sum()),
    "math.stats.inference/drill-difference-of-two-means": lambda a, b, gap: gap / np.linalg.norm([a, b]),
    "math.stats.inference/drill-how-many-answers": lambda p, g: round(
        bisected(lambda n: g / 100 - 2 * math.sqrt(p / 100 * (1 - p / 100) / n), 1, 1e6)
    ),
    "math.stats.inference/drill-shuffles-as-extreme": lambda n, k: np.mean([True] + [True] * k + [False] * (n - k)),
    "math.stats.inference/drill-sign-test": lambda n, wins: stats.binomtest(wins, n).pvalue,
    "math.stats.inference/drill-two-conversion-rates": lambda n, x, y: math.copysign(
        math.sqrt(stats.chi2_contingency([[x, n - x], [y, n - y]], correction=False).statistic), y - x
    ),
    "math.stats.inference/drill-error-with-bias": lambda b, s, n: np.mean(
        np.square([b - s / math.sqrt(n), b + s / math.sqrt(n)])
    ),
    "math.stats.inference/drill-z-from-an-interval": lambda low, high: (low + high) / 2 / ((high - low) / 4),
    "math.stats.inference/drill-tighter-interval": lambda n, low, high, w: n * ((high - low) / 2 / w) ** 2,
    "math.stats.likelihood/drill-rate-from-waits": lambda a, b, c, g: 1 / stats.expon.fit([a, b, c, g], floc=0)[1],
    "math.stats.likelihood/drill-mean-of-counts": lambda n0, n1, n2, n3: np.average(
        [0, 1, 2, 3], weights=[n0, n1, n2, n3]
    ),
    "math.stats.likelihood/drill-log-likelihood-ratio": lambda h, t, p: (
        stats.binom.logpmf(h, h + t, p) - stats.binom.logpmf(h, h + t, 0.5)
    ),
    "math.stats.likelihood/drill-cross-entropy-in-bits": lambda p, q: (
        stats.entropy(p, base=2) + stats.entropy(p, q, base=2)
    ),
    "math.stats.likelihood/drill-posterior-mean": lambda a, b, h, t: stats.beta.mean(a + h, b + t),
    "math.stats.likelihood/drill-two-instruments": lambda y, z, s, t: np.linalg.lstsq(
        np.array([[1 / s], [1 / t]]), np.array([y / s, z / t]), rcond=None
    )[0][0],
    "math.stats.likelihood/drill-penalty-from-a-prior": lambda s, t: (1 / (2 * t**2)) / (1 / (2 * s**2)),
}
