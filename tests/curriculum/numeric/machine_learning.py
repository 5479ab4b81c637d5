"""The numbers on the cards of the machine-learning subject, computed again by another way than the card suggests."""

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, product
from statistics import fmean, pstdev

import numpy as np


def least_squares_slope(points: Sequence[tuple[float, float]]) -> float:
    design = np.array([[1.0, x] for x, _ in points])
    targets = np.array([y for _, y in points])
    return float(np.linalg.lstsq(design, targets, rcond=None)[0][1])


def least_squares_intercept(points: Sequence[tuple[float, float]]) -> float:
    """The line through these points: its slope is 3, the means are those of the card."""
    assert (fmean(x for x, _ in points), fmean(y for _, y in points)) == (2, 11)
    assert math.isclose(least_squares_slope(points), 3)
    design = np.array([[1.0, x] for x, _ in points])
    return float(np.linalg.lstsq(design, np.array([y for _, y in points]), rcond=None)[0][0])


def lowest(function: Callable[[float], float], candidates: Iterable[float]) -> float:
    return min(candidates, key=function)


def cheapest_alarm(in_vain: float, missed: float) -> float:
    """The lowest probability, in steps of a thousandth, from which an alarm costs no more than silence."""
    steps = (number / 1000 for number in range(1001))
    return next(p for p in steps if in_vain * (1 - p) <= missed * p + 1e-12)


def largest_converging_step(eigenvalue: float) -> float:
    """Halve the bracket around the step at which descent on ½ · eigenvalue · w² stops shrinking w."""
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        shrinks = abs(1 - middle * eigenvalue) < 1
        low, high = (middle, high) if shrinks else (low, middle)
    return low


def error_of_biased_guess() -> float:
    """Guesses scatter by ±sqrt(0.05) around a bias of 0.3, targets by ±sqrt(0.1) around the truth 0: enumerate."""
    guesses = (0.3 - math.sqrt(0.05), 0.3 + math.sqrt(0.05))
    targets = (-math.sqrt(0.1), math.sqrt(0.1))
    return fmean((target - guess) ** 2 for guess, target in product(guesses, targets))


def f1(precision: float, recall: float) -> float:
    return 1 / fmean((1 / precision, 1 / recall))


def gini(labels: Sequence[int]) -> float:
    """The chance that two labels drawn with replacement differ."""
    return fmean(float(a != b) for a, b in product(labels, labels))


def squared_error(values: Sequence[float]) -> float:
    return len(values) * pstdev(values) ** 2


def out_of_bag_share(rows: int) -> float:
    rng = np.random.default_rng(0)
    return float(np.mean([1 - len(np.unique(rng.integers(0, rows, rows))) / rows for _ in range(20)]))


def street_width(w: tuple[float, float]) -> float:
    """Walk from the boundary w·x = 0 along w until the score is 1, and count the way twice."""
    length = math.hypot(*w)
    unit = (w[0] / length, w[1] / length)
    return 2 / (w[0] * unit[0] + w[1] * unit[1])


def k_means_round(points: Sequence[float], centres: Sequence[float]) -> list[float]:
    groups: dict[int, list[float]] = {}
    for point in points:
        groups.setdefault(min(range(len(centres)), key=lambda j: abs(point - centres[j])), []).append(point)
    return [fmean(groups[j]) for j in range(len(centres))]


def k_means_end(points: Sequence[float], centres: Sequence[float]) -> list[float]:
    now = list(centres)
    while (later := k_means_round(points, now)) != now:
        now = later
    return now


def best_cut(targets: Sequence[float]) -> int:
    """Return how many rows stand left of the cut with the least squared error on both sides."""
    return min(range(1, len(targets)), key=lambda cut: squared_error(targets[:cut]) + squared_error(targets[cut:]))


def slope_of_log_loss(probability: float, x: float, h: float = 1e-4) -> float:
    """Move the weight of a feature a little up and down, from where a positive example has this probability."""
    score = math.log(probability / (1 - probability))
    loss = [math.log1p(math.exp(-(score + step * x))) for step in (h, -h)]
    return round((loss[0] - loss[1]) / (2 * h), 6)


def largest_eigenvalue() -> float:
    """The trace of a covariance matrix of 8 columns of variance 1 is the sum of its eigenvalues; they share it."""
    trace = float(np.trace(np.corrcoef(np.random.default_rng(1).normal(size=(8, 50)))))
    return trace * 60 / 100


def variance_of_average(variance: float, models: int) -> float:
    """The same by the covariance matrix of the errors."""
    weights = np.full(models, 1 / models)
    return float(weights @ (variance * np.eye(models)) @ weights)


def at_least_one(share: Fraction, runs: int) -> float:
    """Sum the binomial chances of 1, 2, … hits."""
    return float(sum(math.comb(runs, k) * share**k * (1 - share) ** (runs - k) for k in range(1, runs + 1)))


def log_uniform_share(low: float, high: float, start: float, stop: float) -> float:
    """Count log-spaced draws between start and stop."""
    draws = np.exp(np.linspace(math.log(low), math.log(high), 400_001)[:-1])
    return round(float(np.mean((draws >= start * (1 - 1e-9)) & (draws < stop * (1 - 1e-9)))), 6)


def nested_fits(outer: int, inner: int, settings: int) -> int:
    fits = 0
    for _ in range(outer):
        fits += sum(1 for _ in product(range(settings), range(inner)))
        fits += 1  # the winner of this outer fold, refitted
    return fits


ANSWERS: dict[str, Callable[[], float]] = {
    # eda
    "ml.eda/pretest-columns-beside-an-intercept": lambda: (
        np.linalg.matrix_rank(np.hstack([np.ones((5, 1)), np.eye(5)])) - 1
    ),
    "ml.eda/pretest-filled-test-value": lambda: sorted((4, 100, 8))[1],
    "ml.eda/pretest-one-hot-count": lambda: float(len(set("rgb"))),
    "ml.eda/one-sd-rule": lambda: next(v / 10 for v in range(500, 1000) if (v / 10 - 50) / 8 >= 2.5),
    "ml.eda/standardise-one-value": lambda: (32 - 20) / 5,
    # linear
    "ml.linear/pretest-share-explained": lambda: 1 - (4 - 3) ** 2 / squared_error((1, 2, 3)),
    "ml.linear/pretest-ridge-by-hand": lambda: lowest(
        lambda w: 6 * w * w - 2 * 36 * w + 3 * w * w, (step / 100 for step in range(1000))
    ),
    "ml.linear/pretest-line-value": lambda: (20 + 3 * 60.0) - (20 + 3 * 50.0),
    "ml.linear/slope-centred-sums": lambda: least_squares_intercept([(0, 6), (2, 8), (4, 18), (2, 12)]),
    "ml.linear/largest-safe-step": lambda: largest_converging_step(4),
    "ml.linear/ridge-one-feature": lambda: lowest(
        lambda w: 8 * w * w - 2 * 24 * w + 4 * w * w, (number / 100 for number in range(-500, 501))
    ),
    "ml.linear/r-squared-small": lambda: (120 - 30) / 120,
    # logit
    "ml.logit/pretest-slope-of-one-weight": lambda: slope_of_log_loss(0.8, 5),
    "ml.logit/pretest-where-the-boundary-lies": lambda: lowest(
        lambda x: abs(1 / (1 + math.exp(2 - 0.5 * x)) - 0.5), (step / 10 for step in range(100))
    ),
    "ml.logit/pretest-odds": lambda: 3 / (3 + 1),
    "ml.logit/sigmoid-of-log-three": lambda: 0.5 * (1 + math.tanh(math.log(3) / 2)),
    "ml.logit/softmax-small": lambda: 1 / sum(math.exp(math.log(k) - math.log(5)) for k in (1, 2, 5)),
    "ml.logit/threshold-from-costs": lambda: cheapest_alarm(20, 80),
    # eval
    "ml.eval/pretest-auc-of-five-scores": lambda: fmean(
        positive > negative for positive in (0.8, 0.3) for negative in (0.5, 0.2, 0.1)
    ),
    "ml.eval/pretest-f1-of-a-filter": lambda: f1(10 / 15, 10 / 25),
    "ml.eval/pretest-precision": lambda: 100 * fmean([1] * 15 + [0] * 5),
    "ml.eval/error-from-parts": error_of_biased_guess,
    "ml.eval/fold-sizes": lambda: float(len([row for row in range(200) if row % 5 != 0])),
    "ml.eval/f1-of-two": lambda: f1(0.5, 1),
    # trees
    "ml.trees/pretest-best-first-cut": lambda: fmean((2, 4, 9, 13)[best_cut((2, 4, 9, 13)) :]),
    "ml.trees/pretest-one-boosting-step": lambda: 50 - 0.1 * (50 - 70),
    "ml.trees/pretest-leaf-mean": lambda: lowest(
        lambda c: sum((y - c) ** 2 for y in (4, 6, 11)), (number / 10 for number in range(40, 111))
    ),
    "ml.trees/gini-of-leaf": lambda: gini([1, 1, 1, 0]),
    "ml.trees/sse-drop-of-split": lambda: squared_error([1, 3, 9, 11]) - squared_error([1, 3]) - squared_error([9, 11]),
    "ml.trees/out-of-bag-share": lambda: out_of_bag_share(20_000),
    # svm
    "ml.svm/pretest-two-words-of-evidence": lambda: float(1 / (1 + Fraction(10, 30) * Fraction(20, 60))),
    "ml.svm/pretest-mean-of-three-neighbours": lambda: fmean(
        target for _, target in sorted((abs(x - 3), target) for x, target in ((1, 10), (2, 20), (4, 60), (7, 90)))[:3]
    ),
    "ml.svm/pretest-cube-side": lambda: float(Fraction(1, 2) ** 3),
    "ml.svm/margin-width": lambda: street_width((3, 4)),
    "ml.svm/hinge-loss-inside": lambda: max(0.0, 1 - 0.4),
    "ml.svm/naive-bayes-smoothing": lambda: float(Fraction(0 + 1, sum([0 + 1] + [1] * 29) + 20)),
    # unsup
    "ml.unsup/pretest-share-of-the-first-axis": lambda: 100 * np.linalg.eigvalsh([[1, 0.6], [0.6, 1]])[-1] / 2,
    "ml.unsup/pretest-k-means-to-the-end": lambda: k_means_end((0, 1, 5, 8, 9), (0, 1))[0],
    "ml.unsup/pretest-two-centres": lambda: k_means_round([1, 2, 3, 10, 12], [2, 10])[1],
    "ml.unsup/k-means-new-centre": lambda: k_means_round([0, 2, 4, 10], [1, 9])[1],
    "ml.unsup/silhouette-of-point": lambda: 1 - 2 / 5,
    "ml.unsup/pca-share-of-two": largest_eigenvalue,
    # feat
    "ml.feat/pretest-shop-with-few-orders": lambda: fmean((1, 1, 1, 0, *(1, 0, 0, 0))),
    "ml.feat/pretest-average-of-related-errors": lambda: (
        np.array([0.5, 0.5]) @ np.array([[8, 4], [4, 8]]) @ np.array([0.5, 0.5])
    ),
    "ml.feat/pretest-group-mean": lambda: (3 * fmean((200, 260, 290)) - 200) / 2,
    "ml.feat/interaction-count": lambda: float(len(list(combinations_with_replacement(range(10), 2)))),
    "ml.feat/smoothed-target-mean": lambda: fmean([1, 1] + [0.2] * 8),
    "ml.feat/average-of-three-variance": lambda: variance_of_average(9, 3),
    # tune
    "ml.tune/pretest-fits-inside": lambda: len(list(product(range(4), range(5), range(10)))),
    "ml.tune/pretest-share-of-a-decade": lambda: log_uniform_share(0.001, 1, 0.001, 0.01),
    "ml.tune/pretest-grid-size": lambda: float(len(list(product(range(4), range(3), range(5), range(5))))),
    "ml.tune/random-runs-top-ten": lambda: at_least_one(Fraction(1, 10), 10),
    "ml.tune/log-uniform-chance": lambda: log_uniform_share(1e-4, 1, 1e-3, 1e-2),
    "ml.tune/nested-fit-count": lambda: float(nested_fits(5, 3, 20)),
    # project
    "ml.project/pretest-r-squared-from-two-errors": lambda: float(1 - Fraction(8, 10) ** 2),
    "ml.project/pretest-largest-group-of-errors": lambda: 100 - 100 * len(range(24, 60)) / 60,
    "ml.project/pretest-share-removed": lambda: 100 * (1 - 30 / 40),
    "ml.project/hours-saved": lambda: sum(12 for _ in range(250)) / 60,
    "ml.project/ceiling-of-a-fix": lambda: 10 - 10 * 0.40,
}
