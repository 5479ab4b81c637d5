"""Numbers of `math.prob`."""

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations, product


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


def behind_the_third_door() -> float:
    """Count the cases of a host who opens one of the other doors by chance and finds a goat; door 0 is chosen."""
    goats = [(car, opened) for car in range(3) for opened in (1, 2) if car != opened]
    return sum(car == 3 - opened for car, opened in goats) / len(goats)


def poisson(mean: float, number: int, parts: int = 10**7) -> float:
    """Return the Poisson probability as the limit of the binomial one."""
    return math.comb(parts, number) * (mean / parts) ** number * (1 - mean / parts) ** (parts - number)


def mean_wait(per_hour: int, steps: int = 100_000) -> float:
    """Return the mean wait in minutes as the area under the probability of still waiting."""
    width = 10 / steps  # hours
    return 60 * width * math.fsum(math.exp(-per_hour * (k + 0.5) * width) for k in range(steps))


ANSWERS: dict[str, Callable[[], float]] = {
    "math.prob.basics/pre-variance-of-a-doubled-coin": lambda: sum((value - 5) ** 2 for value in (1, 9)) / 2,
    "math.prob.basics/pre-which-bag": lambda: (
        9 / sum(first and second for bag in ((1, 1, 1, 0), (1, 0, 0, 0)) for first, second in product(bag, repeat=2))
    ),
    "math.prob.basics/pre-sum-at-least-ten": lambda: sum(a + b >= 10 for a, b in product(range(1, 7), repeat=2)),
    "math.prob.basics/word-in-spam": lambda: float(
        Fraction(60, 200) * Fraction(1, 5) / (Fraction(60, 200) * Fraction(1, 5) + Fraction(40, 800) * Fraction(4, 5))
    ),
    "math.prob.basics/odds-updated": lambda: 8 * 0.2 / (8 * 0.2 + 1 * 0.8),
    "math.prob.basics/hats-handed-back": lambda: own_hats(7),
    "math.prob.distributions/pre-twenty-minutes-without": lambda: poisson(1, 0),
    "math.prob.distributions/pre-variance-of-a-difference": lambda: sum(
        (x * y * c) for x, y, c in ((1, 1, 4), (1, -1, 1), (-1, 1, 1), (-1, -1, 5))
    ),
    "math.prob.distributions/pre-two-heads-of-four": lambda: (
        sum(sum(toss) == 2 for toss in product((0, 1), repeat=4)) / 16
    ),
    "math.prob.basics/host-who-forgot": behind_the_third_door,
    "math.prob.basics/at-least-one": lambda: sum(math.comb(10, k) * 0.1**k * 0.9 ** (10 - k) for k in range(1, 11)),
    "math.prob.basics/choose-three-of-eight": lambda: len(list(combinations(range(8), 3))),
    "math.prob.distributions/poisson-nothing-comes": lambda: poisson(2, 0),
    "math.prob.distributions/mean-wait": lambda: round(mean_wait(4), 6),
    "math.prob.distributions/spread-of-a-sum": lambda: math.hypot(3, 4),
    "math.prob.distributions/correlation-from-covariance": lambda: 3 / math.sqrt(4 * 9),
    "math.prob.distributions/binomial-spread": lambda: binomial_spread(100, Fraction(1, 5)),
    "math.prob.distributions/gaussian-conditional-mean": lambda: conditional_mean((10, 5), 4, 1, 1, 7),
    "math.prob.distributions/samples-for-smaller-error": lambda: float(400 * (Fraction(1, 10) / Fraction(2, 100)) ** 2),
}
