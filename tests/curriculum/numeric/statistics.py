"""Numbers of `math.stats`."""

import math
import statistics
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count, product


def best_heads_probability(heads: int, tails: int, prior_heads: int = 0, prior_tails: int = 0) -> float:
    """Search a fine grid for the probability under which the tosses, and the prior's, are likeliest."""
    grid = [Fraction(step, 1000) for step in range(1001)]
    return float(max(grid, key=lambda p: p ** (heads + prior_heads) * (1 - p) ** (tails + prior_tails)))


def smallest_sample_with_outlier(limit: float) -> int:
    """Build the most extreme sample of each size, all equal but one, and measure how far out the one is."""
    for size in count(2):
        sample = [0.0] * (size - 1) + [1.0]
        if (1 - statistics.fmean(sample)) / statistics.stdev(sample) > limit:
            return size
    raise AssertionError


def people_per_run_of_heads(tosses: int) -> float:
    runs = list(product("HT", repeat=tosses))
    return len(runs) / sum(set(run) == {"H"} for run in runs)


def false_among_significant(ideas: int, real: int, level: Fraction, power: Fraction) -> float:
    """Count 10,000 rounds of the tests instead of multiplying probabilities."""
    rounds = 10_000
    true_alarms = rounds * real * power
    false_alarms = rounds * (ideas - real) * level
    return float(100 * false_alarms / (true_alarms + false_alarms))


def step_up_rejections(p_values: Sequence[Fraction], rate: Fraction) -> int:
    """Try every threshold: the estimated share of false ones below it is m · threshold / (number below)."""
    kept = [limit for limit in p_values if len(p_values) * limit <= rate * sum(value <= limit for value in p_values)]
    return sum(value <= max(kept) for value in p_values) if kept else 0


def code_length(p: Sequence[Fraction], made_for: Sequence[Fraction]) -> Fraction:
    """Mean length of a code word, if all probabilities it was made for are powers of one half."""
    lengths = [value.denominator.bit_length() - 1 for value in made_for]
    return sum((weight * length for weight, length in zip(p, lengths, strict=True)), Fraction(0))


def extra_bits(p: Sequence[Fraction], q: Sequence[Fraction]) -> float:
    return float(code_length(p, q) - code_length(p, p))


def questions_needed(boxes: int) -> int:
    asked = 0
    while boxes > 1:
        boxes = (boxes + 1) // 2
        asked += 1
    return asked


HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)

HALVING = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 8))

ANSWERS: dict[str, Callable[[], float]] = {
    "math.stats.describe/pre-falling-line": lambda: round(
        statistics.correlation(range(9), [10 - 2 * x for x in range(9)]), 9
    ),
    "math.stats.describe/pre-spread-of-four-values": lambda: statistics.pstdev((1, 1, 5, 5)),
    "math.stats.describe/pre-one-slow-request": lambda: statistics.fmean([30] * 9 + [1030]),
    "math.stats.describe/smallest-sample-with-outlier": lambda: smallest_sample_with_outlier(2.5),
    "math.stats.describe/upper-fence": lambda: 18 + 1.5 * (18 - 10),
    "math.stats.inference/pre-bias-and-spread": lambda: sum((3 + spread) ** 2 for spread in (-4, 4)) / 2,
    "math.stats.inference/pre-a-third-of-the-error": lambda: next(n for n in count(200) if n >= 9 * 200),
    "math.stats.inference/pre-half-width-of-a-mean": lambda: 2 * math.sqrt(100 * 15**2) / 100,
    "math.stats.inference/pre-five-heads": lambda: people_per_run_of_heads(5),
    "math.stats.inference/pre-twenty-useless-changes": lambda: float(
        sum(k * math.comb(20, k) * Fraction(1, 20) ** k * Fraction(19, 20) ** (20 - k) for k in range(21))
    ),
    "math.stats.inference/false-among-significant": lambda: false_among_significant(
        100, 10, Fraction(5, 100), Fraction(80, 100)
    ),
    "math.stats.inference/step-up-by-hand": lambda: step_up_rejections(
        [Fraction(each, 100) for each in (1, 2, 3, 20)], Fraction(5, 100)
    ),
    # In minus the logarithm of the posterior: the factor of the squared weights over that of the squared errors.
    "math.stats.likelihood/pre-penalty-of-a-prior": lambda: (1 / (2 * 0.5)) / (1 / (2 * 4)),
    "math.stats.likelihood/pre-loss-of-an-eighth": lambda: questions_needed(8),
    "math.stats.likelihood/pre-bits-of-four-symbols": lambda: float(code_length(HALVING, HALVING)),
    "math.stats.likelihood/pre-best-guess-for-a-coin": lambda: best_heads_probability(7, 3),
    "math.stats.likelihood/pre-eight-boxes": lambda: questions_needed(8),
    "math.stats.likelihood/kl-in-bits": lambda: extra_bits((HALF, QUARTER, QUARTER), (QUARTER, QUARTER, HALF)),
    "math.stats.likelihood/classes-behind-a-loss": lambda: math.exp(1.609),
    "math.stats.likelihood/map-after-three-tails": lambda: best_heads_probability(0, 3, 1, 1),
}
