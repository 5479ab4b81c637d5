"""Numbers of `automl`."""

import math
from collections.abc import Callable
from itertools import product


def rounds_of_halving(settings: int, factor: int) -> int:
    rounds = 0
    while settings > 1:
        settings //= factor
        rounds += 1
    return rounds


def conditioned(covariance: float, observed: float) -> tuple[float, float]:
    """Return mean and variance of f(x) given f(x₁), from the joint precision matrix instead of the usual formula."""
    import numpy as np

    precision = np.linalg.inv(np.array([[1.0, covariance], [covariance, 1.0]]))
    variance = 1 / precision[0, 0]
    return float(-variance * precision[0, 1] * observed), float(variance)


def mean_gain(mean: float, deviation: float, best: float) -> float:
    """Return the expected improvement below `best`, added up over a fine grid."""
    step = 0.001
    grid = (i * step for i in range(-10_000, 10_001))
    return sum(max(best - mean - deviation * u, 0) * math.exp(-u * u / 2) / math.sqrt(2 * math.pi) * step for u in grid)


ANSWERS: dict[str, Callable[[], float]] = {
    "automl.search/pretest-work-of-a-bracket": lambda: sum(
        settings * epochs for settings, epochs in ((8, 1), (4, 2), (2, 4))
    ),
    "automl.search/pretest-bound-of-the-chosen": lambda: max(
        mean + 2 * deviation for mean, deviation in ((0.80, 0.02), (0.70, 0.10))
    ),
    "automl.search/pretest-halving-rounds": lambda: rounds_of_halving(27, 3),
    "automl.search/gp-two-point-mean": lambda: conditioned(0.5, 4)[0],
    "automl.search/gp-posterior-variance": lambda: conditioned(0.5, 4)[1],
    "automl.search/ei-at-best-mean": lambda: mean_gain(3, 5, 3),
    # κ in steps of 0.01, where the wider one first draws level.
    "automl.search/ucb-kappa": lambda: next(k / 100 for k in range(1000) if 74 + k * 0.05 >= 80 + k * 0.01),
    "automl.search/halving-budget-number": lambda: sum(a * b for a, b in ((27, 1), (9, 3), (3, 9), (1, 27))),
    "automl.systems/pretest-architectures-to-choose-from": lambda: len(list(product(range(3), repeat=4))),
    "automl.systems/pretest-weight-in-the-ensemble": lambda: "AABAC".count("A") / len("AABAC"),
    "automl.systems/pretest-folds-fits": lambda: len(list(product(range(4), range(5)))),
    "automl.systems/bagged-stack-model-count": lambda: len(list(product(range(2), range(6), range(8)))),
    "automl.systems/ensemble-latency-number": lambda: sum(5 for _ in range(24)),
    "automl.systems/search-space-size": lambda: len(list(product(range(4), repeat=5))),
}
