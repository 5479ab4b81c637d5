"""Varied cards of `math.prob` and `math.stats`: by counting cases, by SciPy's distributions, by looking for the largest."""

import itertools
import math
from functools import cache

import numpy as np
from scipy import stats


def in_spam(spam: int, a: int, b: int) -> float:
    mails = [("spam", n < a) for n in range(spam)] + [("ham", n < b) for n in range(1000 - spam)]
    with_word = [kind for kind, word in mails if word]
    return with_word.count("spam") / len(with_word)


def posterior(k: int, r: int) -> float:
    prior = 1 / (1 + k)
    return prior * r / (prior * r + (1 - prior))


def chosen(n: int, k: int) -> int:
    return sum(1 for _ in itertools.combinations(range(n), k))


def sum_spread(i: int, k: int) -> float:
    x, y = [(3, 4), (5, 12), (8, 15), (6, 8), (7, 24), (20, 21)][i]
    return math.sqrt(float(np.array([1, 1]) @ np.diag([(k * x) ** 2, (k * y) ** 2]) @ np.array([1, 1])))


def correlation(r: float) -> float:
    return r


def conditional_mean(m: int, n: int, vx: int, vy: int, c: int, d: int) -> float:
    """Look for the likeliest x₁ beside that x₂: the quadratic form is least there."""
    inverse = np.linalg.inv(np.array([(vx, c), (c, vy)], float))
    return m - inverse[0, 1] / inverse[0, 0] * d


def measurements(n: int, f: int, s: float) -> float:
    spread = s * math.sqrt(n)
    return (spread / (s / f)) ** 2


def smallest_sample(t: float) -> int:
    n = 2
    while (n - 1) / math.sqrt(n) <= t + 1e-12:
        n += 1
    return n


def fence(q: int, w: int) -> float:
    return float(np.interp(0.75, [0.25, 0.75], [q, q + w]) + 1.5 * w)


def false_share(n: int, level: int, power: int) -> float:
    table = np.array([[n * power, n * (100 - power)], [(100 - n) * level, (100 - n) * (100 - level)]])
    return 100 * float(table[1, 0] / table[:, 0].sum())


def step_up(a: int, b: int, c: int, m: int) -> int:
    values = list(itertools.accumulate((a, b, c, m)))
    # In thousandths: p(k) ≤ k/4 · 0.05.
    return max((k for k in range(1, 5) if values[k - 1] * 4 <= k * 50), default=0)


def classes(k: int) -> int:
    return round(1 / math.exp(-round(math.log(k), 3)))


@cache
def largest_posterior(h: int, t: int) -> float:
    grid = np.linspace(0, 1, 1_000_001)[1:-1]
    log_density = (h + 1) * np.log(grid) + (t + 1) * np.log(1 - grid)
    return float(grid[log_density.argmax()])


WAYS = {
    "math.prob.basics/word-in-spam": in_spam,
    "math.prob.basics/odds-updated": posterior,
    "math.prob.basics/at-least-one": lambda q, n: float(stats.binom.sf(0, n, q)),
    "math.prob.basics/choose-three-of-eight": cache(chosen),
    "math.prob.distributions/binomial-spread": lambda n, q: float(stats.binom.std(n, q)),
    "math.prob.distributions/poisson-nothing-comes": lambda m: float(stats.poisson.pmf(0, m)),
    "math.prob.distributions/mean-wait": lambda r: float(stats.expon.mean(scale=1 / r)) * 60,
    "math.prob.distributions/spread-of-a-sum": sum_spread,
    "math.prob.distributions/correlation-from-covariance": correlation,
    "math.prob.distributions/gaussian-conditional-mean": conditional_mean,
    "math.prob.distributions/samples-for-smaller-error": measurements,
    "math.stats.describe/smallest-sample-with-outlier": smallest_sample,
    "math.stats.describe/upper-fence": fence,
    "math.stats.inference/false-among-significant": false_share,
    "math.stats.inference/step-up-by-hand": step_up,
    "math.stats.likelihood/classes-behind-a-loss": classes,
    "math.stats.likelihood/map-after-three-tails": largest_posterior,
}
