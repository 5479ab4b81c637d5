"""The numbers on the cards about reading papers and about the classics, simulated or counted where possible."""

import math
import statistics
from collections.abc import Callable
from itertools import product


def spread_of_accuracy(right: int, wrong: int) -> float:
    """Return the standard error of an accuracy in percentage points, from the ones and zeros themselves."""
    return 100 * statistics.pstdev([1.0] * right + [0.0] * wrong) / math.sqrt(right + wrong)


def expected_false_alarms(tests: int, share: float) -> float:
    """Return the mean of the binomial distribution, added up outcome by outcome."""
    return sum(k * math.comb(tests, k) * share**k * (1 - share) ** (tests - k) for k in range(tests + 1))


def spread_of_dot_product(entries: int) -> float:
    """Add the variances of products of a fair ±1, the smallest example with mean 0 and variance 1."""
    variance = statistics.pvariance([q * k for q, k in product((-1, 1), repeat=2)])
    return math.sqrt(entries * variance)


def patches(side: int, patch: int) -> int:
    return len(list(product(range(0, side, patch), repeat=2)))


def low_rank_parameters(rows: int, columns: int, rank: int) -> int:
    down = [[0.0] * columns for _ in range(rank)]
    up = [[0.0] * rank for _ in range(rows)]
    return sum(map(len, down)) + sum(map(len, up))


def best_leaf_weight(gradient: float, hessian: float, penalty: float) -> float:
    """Search the weight with the lowest second-order loss G·w + ½(H + λ)w²."""
    weights = [step / 1000 for step in range(-5000, 5001)]
    return min(weights, key=lambda w: gradient * w + (hessian + penalty) * w * w / 2)


def equal_growth(compute: float) -> float:
    """Return the factor f with f · f = compute, by bisection."""
    low, high = 1.0, compute
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if middle * middle < compute else (low, middle)
    return low


ANSWERS: dict[str, Callable[[], float]] = {
    "papers.method/pre-error-of-an-accuracy": lambda: 100 * statistics.pstdev([0, 1]) / math.sqrt(400),
    "papers.method/pre-relative-reduction": lambda: 100 * (4.0 - 3.0) / 4.0,
    "papers.method/standard-error-of-accuracy": lambda: spread_of_accuracy(360, 40),
    "papers.method/lucky-of-twenty": lambda: expected_false_alarms(20, 0.05),
    "papers.classics/pre-spread-of-a-score": lambda: spread_of_dot_product(16),
    "papers.classics/pre-patches-in-image": lambda: patches(224, 16),
    # The mean age of a gradient in the average, counted from 1.
    "papers.classics/adam-first-moment": lambda: (1 - 0.999) * sum((age + 1) * 0.999**age for age in range(40_000)),
    "papers.classics/dot-product-spread": lambda: spread_of_dot_product(64),
    "papers.classics/lora-parameters": lambda: next(
        rank for rank in range(1, 1000) if low_rank_parameters(1000, 1000, rank) == 8000
    ),
    "papers.classics/boosted-leaf-weight": lambda: best_leaf_weight(-6, 4, 2),
    "papers.classics/chinchilla-scaling": lambda: equal_growth(100),
    # Half of the pictures are true, half generated and alike: the answer with the lowest cross-entropy.
    "papers.classics/gan-best-discriminator": lambda: min(
        (step / 100 for step in range(1, 100)), key=lambda d: -0.5 * math.log(d) - 0.5 * math.log(1 - d)
    ),
}
