"""Numbers of `career.bank`, mostly by counting all cases."""

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product

import numpy as np

DAY = 24 * 60 * 60  # seconds


def packets_for_all(kinds: int) -> float:
    """Follow the chances of having each number of kinds, packet by packet."""
    chance, mean = [1.0] + [0.0] * kinds, 0.0
    for bought in range(1, 2000):
        after = [0.0] * (kinds + 1)
        for have, share in enumerate(chance[:-1]):
            after[have] += share * have / kinds
            after[have + 1] += share * (kinds - have) / kinds
        mean += bought * after[kinds]
        chance = after
    return mean


def tosses_for_two_heads() -> float:
    """Follow the chances of the last tosses: none, one head in a row."""
    none, one, mean = 1.0, 0.0, 0.0
    for toss in range(1, 1000):
        mean += toss * one / 2
        none, one = (none + one) / 2, none / 2
    return mean


def limit_with_none_seen(trials: int) -> float:
    """Return in percent the rate at which nothing in so many trials has a chance of 5 %, the exact limit."""
    return 100 * (1 - 0.05 ** (1 / trials))


def variance_of_mean(size: int, correlation: float) -> float:
    covariance = np.full((size, size), correlation) + (1 - correlation) * np.eye(size)
    weights = np.full(size, 1 / size)
    return float(weights @ covariance @ weights)


def variance_of_groups(within: float, between: float) -> float:
    """Two groups of two values each, with this variance within and between."""
    centres = np.array([[-1.0], [1.0]]) * math.sqrt(between)
    return float(np.var(centres + np.array([[-1.0, 1.0]]) * math.sqrt(within)))


def larger_of_two_dice() -> float:
    return float(np.mean([max(pair) for pair in product(range(1, 7), repeat=2)]))


def smallest_correlation(first: float, second: float) -> float:
    """Search for the smallest third correlation with which the matrix has no negative eigenvalue."""
    for step in range(-1000, 1001):
        third = step / 1000
        matrix = np.array([[1, first, third], [first, 1, second], [third, second, 1]])
        if np.linalg.eigvalsh(matrix)[0] >= -1e-9:
            return third
    raise AssertionError


def shapley(value: dict[str, float], player: str) -> float:
    """Average what the player adds over all orders of arriving."""
    orders = list(permutations("AB"))
    added = 0.0
    for order in orders:
        before = "".join(sorted(order[: order.index(player)]))
        added += value["".join(sorted(before + player))] - value[before]
    return added / len(orders)


def equal_minima(first: set[int], second: set[int]) -> float:
    everything = sorted(first | second)
    orders = list(permutations(everything))
    equal = sum(min(first, key=order.index) == min(second, key=order.index) for order in orders)
    return equal / len(orders)


def best_leaf(gradient: float, curvature: float, penalty: float) -> float:
    grid = np.linspace(-10, 10, 200_001)
    return float(grid[np.argmin(gradient * grid + (curvature + penalty) * grid**2 / 2)])


def higher_pairs(positives: list[float], negatives: list[float]) -> float:
    return float(np.mean([p > n for p, n in product(positives, negatives)]))


def rolls_until_both() -> float:
    """Add up the chances that a die has not yet shown both of two faces after so many rolls."""
    return float(sum(2 * Fraction(5, 6) ** n - Fraction(4, 6) ** n for n in range(200)))


ANSWERS: dict[str, Callable[[], float]] = {
    "career.bank/pre-rolls-until-both": lambda: rolls_until_both(),
    "career.bank/pre-alarm-for-one-in-ten": lambda: float(Fraction(10 * 90, 10 * 90 + 90 * 10)),
    "career.bank/pre-peak-requests": lambda: 8_640_000 / DAY * 3,
    "career.bank/pre-pairs-in-order": lambda: higher_pairs([0.9, 0.4], [0.6, 0.1]),
    "career.bank/collect-four-kinds": lambda: packets_for_all(4),
    "career.bank/wait-for-two-heads": tosses_for_two_heads,
    "career.bank/twentieth-of-a-stream": lambda: float(Fraction(1, 20)),
    "career.bank/nothing-seen-in-600": lambda: limit_with_none_seen(600),
    "career.bank/variance-between-and-within": lambda: variance_of_groups(5, 4),
    "career.bank/floor-under-averaging": lambda: variance_of_mean(100, 0.2),
    "career.bank/larger-of-two-dice": larger_of_two_dice,
    "career.bank/buyers-among-visitors": lambda: 12 * 0.25,
    "career.bank/smallest-third-correlation": lambda: smallest_correlation(0.9, 0.9),
    "career.bank/brier-of-two-forecasts": lambda: float(np.mean([(0.8 - 1) ** 2, (0.3 - 0) ** 2])),
    "career.bank/smoothed-target": lambda: float(0.9 * np.eye(4)[0, 0] + 0.1 * np.full(4, 1 / 4)[0]),
    "career.bank/empty-hash-buckets": lambda: 100 * (1 - 1 / 1000) ** 1000,
    "career.bank/shapley-of-two": lambda: shapley({"": 0, "A": 4, "B": 6, "AB": 14}, "A"),
    "career.bank/always-no": lambda: float(np.mean([0 / 10, 990 / 990])),
    "career.bank/lift-of-the-top-tenth": lambda: 0.40 / 0.10,
    "career.bank/leaf-of-a-booster": lambda: best_leaf(-6, 2, 1),
    "career.bank/viterbi-transitions": lambda: float(sum(1 for _ in product(range(100), range(5), range(5)))),
    "career.bank/equal-minhash": lambda: equal_minima({1, 2, 3, 4}, {3, 4, 5, 6}),
    "career.bank/dropout-keeps-the-scale": lambda: 1 / (1 - 0.2),
    "career.bank/loss-of-a-blind-matcher": lambda: -math.log(1 / 64),
    "career.bank/renamed-hidden-units": lambda: float(len(list(permutations(range(5))))),
    "career.bank/requests-in-flight": lambda: 50 * 0.2,
    "career.bank/mean-with-a-cache": lambda: 0.9 * 5 + 0.1 * 105,
}
