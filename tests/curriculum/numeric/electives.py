"""Numbers of the electives on causes, beliefs, forecasts, recommenders, graphs and interpretability."""

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from scipy import stats

Edges = Sequence[tuple[str, str]]


def back_doors(edges: Edges, treatment: str, outcome: str) -> float:
    """Walk every path between the two that repeats no node, and count those that enter the treatment by an arrow."""
    near: dict[str, set[str]] = {}
    for start, end in edges:
        near.setdefault(start, set()).add(end)
        near.setdefault(end, set()).add(start)

    def walk(path: list[str]) -> int:
        if path[-1] == outcome:
            return (path[1], treatment) in edges
        return sum(walk([*path, node]) for node in near[path[-1]] if node not in path)

    return float(walk([treatment]))


def counted_share(parts: Mapping[Fraction, Fraction]) -> float:
    """Count 1,000 people: share of a group -> its rate."""
    return float(sum(1000 * share * rate for share, rate in parts.items()) / 1000)


def weight_that_restores(probability: Fraction) -> float:
    """Return the weight by which the share `probability` of a group stands for the whole of it."""
    return float(1000 / (1000 * probability))


def ratio_mismatch(a: int, b: int) -> float:
    return float(stats.chisquare([a, b]).statistic)


def variance_left(correlation: float) -> float:
    """Take a least-squares line out of a sample with exactly this correlation; what is left of the variance, in %."""
    x = np.array([1.0, 1.0, -1.0, -1.0])
    noise = np.array([1.0, -1.0, 1.0, -1.0])
    y = correlation * x + math.sqrt(1 - correlation**2) * noise
    return float(100 * np.var(y - np.polyval(np.polyfit(x, y, 1), x)) / np.var(y))


def grid_mean(density: Callable[[np.ndarray], np.ndarray], low: float, high: float) -> float:
    points = np.linspace(low, high, 400_001)
    weight = density(points)
    return float(np.sum(points * weight) / np.sum(weight))


def stationary_share(to_second: float, to_first: float) -> float:
    """Let the two-state chain run until it settles; the share of the first state."""
    matrix = np.array([[1 - to_second, to_second], [to_first, 1 - to_first]])
    return float(np.linalg.matrix_power(matrix, 200)[0, 0])


def effective_draws(draws: int, correlation: float) -> float:
    """Sum up the autocorrelations instead of using the closed form."""
    return draws / (1 + 2 * sum(correlation**lag for lag in range(1, 2000)))


def smoothed(alpha: float, level: float, *values: float) -> float:
    for value in values:
        level += alpha * (value - level)
    return level


def metropolis_acceptance(here: float, there: float) -> float:
    """Return with what chance the step must be taken so that both directions are walked equally often."""
    return min(1.0, there / here)


def normalised_weight(first: int, second: int) -> float:
    """Build two stars, joined at their centres, whose degrees with loops are these, and read the joining edge."""
    leaves = first + second - 4
    adjacency = np.eye(2 + leaves)
    edges = [(0, 1), *((int(leaf >= first - 2), 2 + leaf) for leaf in range(leaves))]
    for i, j in edges:
        adjacency[i, j] = adjacency[j, i] = 1
    scale = np.diag(adjacency.sum(axis=0) ** -0.5)
    return float((scale @ adjacency @ scale)[0, 1])


def pinball(actual: float, forecast: float, level: float) -> float:
    return max(level * (actual - forecast), (level - 1) * (actual - forecast))


def smallest_rank(scores: int, coverage: Fraction) -> float:
    """Return the smallest rank whose chance of holding a new exchangeable score reaches the coverage."""
    return float(next(rank for rank in range(1, scores + 1) if Fraction(rank, scores + 1) >= coverage))


def within_two_steps(friends: int) -> float:
    """Build the tree of friends and count what is at most two edges away, without the root."""
    nodes, edges = 1 + friends, [(0, friend) for friend in range(1, friends + 1)]
    for friend in range(1, friends + 1):
        edges += [(friend, nodes + other) for other in range(friends - 1)]
        nodes += friends - 1
    return float(len({end for _, end in edges}))


def sampled(first: int, second: int) -> float:
    return float(sum(1 for _ in range(first) for _ in range(second)) + first + 1)


def newton_schulz_step(singular: float) -> float:
    """Do it to a matrix with this singular value, and look at what became of it."""
    angle = 0.7
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    x = turn @ np.diag([singular, 1.0]) @ turn
    return float(np.linalg.svd(1.5 * x - 0.5 * x @ x.T @ x, compute_uv=False)[-1])


GRAPH: Edges = (
    ("Z", "X"), ("Z", "W"), ("W", "Y"), ("X", "Y"), ("X", "M"), ("M", "Y"), ("X", "C"), ("Y", "C"),
)  # fmt: skip
NORMALISED = np.array([1 / math.sqrt(4 * 9)])

ANSWERS: dict[str, Callable[[], float]] = {
    "math.causal/pre-variance-after-cuped": lambda: variance_left(0.6),
    "math.causal/pre-weight-of-an-untreated-one": lambda: weight_that_restores(1 - Fraction(6, 10)),
    "math.causal/pre-two-ages": lambda: (90 + 50) / 2,
    "math.causal/pre-two-shops": lambda: (65 - 50) - (48 - 40),
    "math.causal/count-back-doors": lambda: back_doors(GRAPH, "X", "Y"),
    "math.causal/standardised-risk": lambda: counted_share(
        {Fraction(6, 10): Fraction(8, 10), Fraction(4, 10): Fraction(4, 10)}
    ),
    "math.causal/weight-of-the-treated": lambda: weight_that_restores(Fraction(2, 10)),
    "math.causal/weight-of-the-untreated": lambda: weight_that_restores(1 - Fraction(3, 4)),
    "math.causal/wald-ratio": lambda: float(Fraction(60) / (Fraction(50, 100) - Fraction(20, 100))),
    "math.causal/difference-of-differences": lambda: float(np.diff(np.diff([[8, 13], [10, 18]], axis=1), axis=0)[0, 0]),
    "math.causal/variance-after-cuped": lambda: variance_left(0.8),
    "math.causal/ratio-mismatch-chi-square": lambda: ratio_mismatch(5100, 4900),
    "math.bayes/pre-step-downhill": lambda: metropolis_acceptance(0.8, 0.6),
    "math.bayes/pre-posterior-of-a-rate": lambda: grid_mean(lambda p: (1 - p) ** 2 * p**5 * (1 - p), 0, 1),
    "math.bayes/pre-weather-chain": lambda: 1 - stationary_share(0.1, 0.3),
    "math.bayes/pre-equal-bets": lambda: float(Fraction(4, 2) / (Fraction(4, 2) + Fraction(1, 2))),
    "math.bayes/beta-posterior-mean": lambda: grid_mean(lambda p: p**8 * (1 - p) ** 4, 0, 1),
    "math.bayes/gamma-poisson-mean": lambda: grid_mean(lambda r: r**17 * np.exp(-5 * r), 0, 30),
    "math.bayes/normal-normal-mean": lambda: grid_mean(lambda m: np.exp(-(m**2) / 2 - (6 - m) ** 2 / 4), -20, 30),
    "math.bayes/two-state-stationary": lambda: stationary_share(0.2, 0.3),
    "math.bayes/metropolis-accept": lambda: min(1, 0.1 / 0.4),
    "math.bayes/effective-draws": lambda: effective_draws(10_000, 0.9),
    "math.num.methods/one-newton-schulz-step": lambda: newton_schulz_step(0.5),
    "ml.forecast/pre-which-of-nineteen": lambda: smallest_rank(19, Fraction(9, 10)),
    "ml.forecast/pre-loss-below-a-quantile": lambda: pinball(40, 50, 0.9),
    "ml.forecast/pre-smooth-once": lambda: smoothed(0.3, 40, 60),
    "ml.forecast/pre-ninth-of-ten": lambda: float(sum(error <= 5 for error in (1, 1, 2, 2, 3, 4, 4, 5, 7, 12))),
    "ml.forecast/mase-of-a-forecast": lambda: 6 / 8,
    "ml.forecast/smoothing-step": lambda: smoothed(0.2, 50, 65),
    "ml.forecast/smoothing-weight-of-old": lambda: smoothed(0.5, 0, 1, 0, 0, 0),
    "ml.forecast/pinball-of-a-miss": lambda: pinball(100, 80, 0.9),
    "ml.forecast/conformal-rank": lambda: smallest_rank(49, Fraction(8, 10)),
    "ml.recsys/pre-one-item-at-rank-seven": lambda: (1 / math.log2(7 + 1)) / (1 / math.log2(1 + 1)),
    "ml.recsys/pre-rating-of-a-factor-model": lambda: 3.5 - 0.5 + 0.2 + np.dot((1, 2), (0.5, 0.1)),
    "ml.recsys/pre-empty-table": lambda: 100 * 50 * 1_000_000 / (1_000_000 * 10_000),
    "ml.recsys/pre-small-vectors": lambda: float(np.zeros((1000, 20)).size + np.zeros((500, 20)).size),
    "ml.recsys/factor-prediction": lambda: 3.5 + 0.3 - 0.2 + float(np.dot([1, 0.5], [0.4, 0.6])),
    "ml.recsys/ndcg-one-relevant": lambda: (1 / math.log2(3 + 1)) / (1 / math.log2(1 + 1)),
    "ml.recsys/ips-weight-of-a-click": lambda: weight_that_restores(Fraction(2, 10)),
    "dl.graphs/pre-parameters-of-a-layer": lambda: np.ones((8, 16)).size + np.ones(16).size,
    "dl.graphs/pre-weight-of-an-edge": lambda: normalised_weight(2, 8),
    "dl.graphs/pre-mean-of-neighbours": lambda: float(np.mean([2, 4, 9])),
    "dl.graphs/pre-reached-in-two-steps": lambda: within_two_steps(10),
    "dl.graphs/normalised-edge-weight": lambda: float(NORMALISED[0]),
    "dl.graphs/graph-layer-parameters": lambda: float(np.zeros((16, 32)).size + np.zeros(32).size),
    "dl.graphs/sampled-neighbourhood": lambda: sampled(10, 5),
    "dl.graphs/sparse-edges-saved": lambda: 100_000**2 / (100_000 * 10),
    "dl.interpret/pre-price-of-sparsity": lambda: min(
        (step / 100 for step in range(1000)), key=lambda a: (4 - a) ** 2 + 2 * a
    ),
    "dl.interpret/pre-share-recovered": lambda: 100 * np.interp(2, [-1, 3], [0, 1]),
    "dl.interpret/pre-parts-of-a-sum": lambda: 2.5 - 1,
    "dl.interpret/pre-overlap-of-two": lambda: 4 * math.cos(math.radians(60)),
    "dl.interpret/direct-logit-attribution": lambda: float(np.dot([2, -1, 0], [0.5, 1, 3])),
    "dl.interpret/interference-of-two": lambda: float(np.dot(5 * np.array([1, 0]), [0.3, math.sqrt(1 - 0.09)])),
    "dl.interpret/share-recovered-by-patching": lambda: (2 - -1) / (4 - -1),
    "prog.cpp.accel/gathered-waits": lambda: float(max(2, 3, 4)),
    "eng.resp/pretest-missed-opportunity": lambda: 100 * float(Fraction(36, 40) - Fraction(12, 20)),
    "eng.resp/pretest-right-among-the-flagged": lambda: 100 * float(Fraction(9, 9 + 6)),
    "eng.resp/pretest-gap-of-true-positives": lambda: 100 * float(Fraction(30, 40) - Fraction(10, 20)),
    "eng.resp/hours-to-report-a-breach": lambda: 3 * 24.0,  # three days, Article 33
}
