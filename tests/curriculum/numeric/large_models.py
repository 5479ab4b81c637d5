"""Numbers of `nlp.pretrain`, `nlp.posttrain`, `nlp.inference` and `nlp.agents`."""

import math
from collections.abc import Callable, Sequence
from itertools import product

from tests.curriculum.numeric.language_models import cached_bytes


def logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def advantage(rewards: Sequence[float], place: int) -> float:
    mean = sum(rewards) / len(rewards)
    return (rewards[place] - mean) / math.sqrt(sum((r - mean) ** 2 for r in rewards) / len(rewards))


def same_minimum(shared: int, either: int) -> float:
    """Let each shingle be the smallest in turn."""
    return sum(number < shared for number in range(either)) / either


def divergence_of_the_best(n: int) -> float:
    """KL of the best of n against one draw: the rank u has density n·uⁿ⁻¹, summed up on a grid."""
    steps = 200_000
    ranks = ((i + 0.5) / steps for i in range(steps))
    return sum(n * u ** (n - 1) * math.log(n * u ** (n - 1)) for u in ranks) / steps


def tokens_per_pass(accepted: float, proposed: int) -> float:
    """Add up over all ways in which the proposals are accepted or not."""
    total = 0.0
    for way in product((True, False), repeat=proposed):
        chance = math.prod(accepted if ok else 1 - accepted for ok in way)
        total += chance * (1 + (way.index(False) if False in way else proposed))
    return total


def share_written(lengths: Sequence[int]) -> float:
    return sum(lengths) / (max(lengths) * len(lengths))


def read_again(start: int, growth: int, steps: int) -> float:
    context, total = start, 0
    for _ in range(steps):
        total += context
        context += growth
    return float(total)


ANSWERS: dict[str, Callable[[], float]] = {
    "nlp.pretrain/pretest-equal-minima": lambda: same_minimum(10, 30 + 30 - 10),
    "nlp.pretrain/pretest-operations-of-a-run": lambda: sum((2, 4)) * 2e9 * 4e10 / 1e20,
    "nlp.pretrain/pretest-weights-in-memory": lambda: 3e9 * 16 / 8 / 1e9,
    "nlp.pretrain/pretest-one-epoch-days": lambda: 6e21 / 1e17 / 1000,
    # 2 operations forward and 4 backward per weight and token
    "nlp.pretrain/training-flops": lambda: (2 + 4) * 1e9 * 20e9 / 4e17,
    "nlp.pretrain/chinchilla-tokens": lambda: 20 * 3.0,
    "nlp.pretrain/minhash-agrees": lambda: same_minimum(30, 120),
    "nlp.pretrain/bands-and-rows": lambda: 1 - math.prod(1 - 0.5**4 for _ in range(20)),
    "nlp.pretrain/bits-per-byte": lambda: 1000 * 2 / (1000 * 4),
    "nlp.pretrain/mup-adam-rate": lambda: 0.04 * 256 / 1024,
    "nlp.pretrain/model-flops-utilisation": lambda: 100 * 10_000 * 6 * 2e9 / 300e12,
    "nlp.posttrain/pretest-advantage-in-spreads": lambda: advantage((1, 0, 1, 0), 0),
    "nlp.posttrain/pretest-rewards-apart-by-ln-three": lambda: logistic(math.log(3)),
    "nlp.posttrain/pretest-two-candidates": lambda: 30 / (40 - 30),
    "nlp.posttrain/pretest-better-than-the-group": lambda: 1 - sum((1, 0, 0, 1)) / 4,
    "nlp.posttrain/by-token-or-by-answer": lambda: sum([2] * 10 + [1] * 90) / 100,
    "nlp.posttrain/bradley-terry-chance": lambda: math.exp(2) / (math.exp(2) + math.exp(1)),
    "nlp.posttrain/optimal-policy-odds": lambda: math.exp(math.log(4)) / (math.exp(0) + math.exp(math.log(4))),
    "nlp.posttrain/dpo-first-loss": lambda: -math.log(logistic(0.1 * (0 - 0))),
    "nlp.posttrain/grpo-advantage": lambda: advantage((1, 0, 0, 0), 0),
    "nlp.posttrain/clipped-rare-token": lambda: 0.01 * (1 + 0.2),
    "nlp.posttrain/adapters-on-four-bits": lambda: (14e9 * 4 / 8 + 0.1e9 * 16) / 1e9,
    "nlp.posttrain/best-of-n-kl": lambda: divergence_of_the_best(4),
    "nlp.inference/pretest-accepted-with-what-chance": lambda: min(1, 0.3 / 0.4),
    "nlp.inference/pretest-bytes-per-token": lambda: cached_bytes(10, 4, 50, 2),
    "nlp.inference/pretest-read-the-weights": lambda: 200 / 8,
    "nlp.inference/pretest-waiting-for-the-longest": lambda: share_written((10, 10, 10, 90)),
    "nlp.inference/majority-of-three": lambda: sum(
        math.prod(0.6 if right else 0.4 for right in tries)
        for tries in product((True, False), repeat=3)
        if sum(tries) >= 2
    ),
    "nlp.inference/thought-before-the-answer": lambda: (3_800 + 200) / 200,
    "nlp.inference/scale-of-eight-bit-floats": lambda: 112 / ((2 - 2 * 2.0**-3) * 2.0**8),
    "nlp.inference/quantised-weights-memory": lambda: sum([4] * 32 + [16]) / 32,
    "nlp.inference/cache-of-a-long-context": lambda: 32_768 * cached_bytes(32, 8, 128, 2) / 2**30,
    "nlp.inference/decode-speed-limit": lambda: 1 / (14 / 700),
    "nlp.inference/paged-cache-waste": lambda: float(-100 % 16),
    "nlp.inference/absmax-int8": lambda: float(round(0.3 * 127 / 2.54)),
    "nlp.inference/speculative-expected-tokens": lambda: tokens_per_pass(0.8, 3),
    "nlp.inference/speculative-acceptance": lambda: min(1, 0.3 / 0.5),
    "nlp.agents/pretest-price-of-a-success": lambda: sum(3 * 0.4**failed for failed in range(200)),
    "nlp.agents/pretest-three-steps-in-a-row": lambda: math.prod([0.9] * 3),
    "nlp.agents/pretest-reads-it-all-again": lambda: read_again(100, 100, 4),
    "nlp.agents/agent-step-success": lambda: math.exp(10 * math.log(0.95)),
    "nlp.agents/cost-per-answered": lambda: 1000 * 1.0 / (1000 * 80 / 100),
    "nlp.agents/context-read-quadratic": lambda: read_again(1, 1, 20),
    "nlp.agents/all-three-tries": lambda: math.prod([0.8] * 3),
}
