"""Numbers of `math.prob`."""

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product


def own_hats(people: int) -> float:
    orders = list(permutations(range(people)))
    return sum(hat == person for order in orders for person, hat in enumerate(order)) / len(orders)


def binomial_spread(trials: int, chance: Fraction) -> float:
    shares = [math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
    mean = sum(k * share for k, share in enumerate(shares))
    return math.sqrt(sum((k - mean) ** 2 * share for k, share in enumerate(shares)))


def conditional_mean(means: tuple[float, float], a: float, b: float, covariance: float, seen: float) -> float:
    """Return the mean of the first given the second, from the inverse of the covariance matrix."""
    determinant = a * b - covariance**2
    first, mixed = b / determinant, -covariance / determinant
    return means[0] - mixed / first * (seen - means[1])


ANSWERS: dict[str, Callable[[], float]] = {
    "math.prob.basics/pre-sum-at-least-ten": lambda: sum(a + b >= 10 for a, b in product(range(1, 7), repeat=2)),
    "math.prob.basics/word-in-spam": lambda: float(
        Fraction(60, 200) * Fraction(1, 5) / (Fraction(60, 200) * Fraction(1, 5) + Fraction(40, 800) * Fraction(4, 5))
    ),
    "math.prob.basics/odds-updated": lambda: 8 * 0.2 / (8 * 0.2 + 1 * 0.8),
    "math.prob.basics/hats-handed-back": lambda: own_hats(7),
    "math.prob.distributions/pre-two-heads-of-four": lambda: (
        sum(sum(toss) == 2 for toss in product((0, 1), repeat=4)) / 16
    ),
    "math.prob.distributions/binomial-spread": lambda: binomial_spread(100, Fraction(1, 5)),
    "math.prob.distributions/gaussian-conditional-mean": lambda: conditional_mean((10, 5), 4, 1, 1, 7),
    "math.prob.distributions/samples-for-smaller-error": lambda: float(400 * (Fraction(1, 10) / Fraction(2, 100)) ** 2),
}
