"""Numbers of `nlp.transformers` and `nlp.apps`."""

import math
from collections.abc import Callable, Sequence
from itertools import combinations


def trained(rows: int, columns: int, rank: int) -> float:
    """Count the entries of the two low-rank factors one by one."""
    left = sum(1 for _ in range(rows) for _ in range(rank))
    right = sum(1 for _ in range(rank) for _ in range(columns))
    return float(left + right)


def ignored(pieces: Sequence[int], special: int) -> float:
    """Positions without a label when only the first piece of each word keeps one."""
    labels = [None] * special + [index == 0 or None for count in pieces for index in range(count)]
    return float(labels.count(None))


def chunks(tokens: int, size: int, overlap: int) -> float:
    """Walk through the document until its last token is covered."""
    start, count = 0, 1
    while start + size < tokens:
        start += size - overlap
        count += 1
    return float(count)


def cached_bytes(layers: int, heads: int, size: int, number_bytes: int) -> float:
    """Add up keys and values, layer by layer and head by head."""
    return float(sum(size * number_bytes for _ in ("key", "value") for _ in range(layers) for _ in range(heads)))


def kappa(table: Sequence[Sequence[float]]) -> float:
    """Cohen's kappa of a table of shares (rows: one rater, columns: the other)."""
    indices = range(len(table))
    observed = sum(table[i][i] for i in indices)
    chance = sum(sum(table[i]) * sum(row[i] for row in table) for i in indices)
    return (observed - chance) / (1 - chance)


def agreement(observed: float, chance: float) -> Sequence[Sequence[float]]:
    """Return the table of two raters who use "yes" equally often, with this agreement, also by chance."""
    yes, apart = (1 + math.sqrt(2 * chance - 1)) / 2, (1 - observed) / 2
    return (yes - apart, apart), (apart, 1 - yes - apart)


def mean_reciprocal_rank(ranks: Sequence[int | None]) -> float:
    return sum(1 / rank if rank else 0.0 for rank in ranks) / len(ranks)


def one_right_of(samples: Sequence[bool], drawn: int) -> float:
    """Go through all ways to draw without replacement."""
    ways = list(combinations(samples, drawn))
    return sum(any(way) for way in ways) / len(ways)


def conformal_place(known: int, coverage: float) -> float:
    """The first of the known scores that a new one, of any rank among all, exceeds seldom enough."""
    return float(next(place for place in range(1, known + 1) if place / (known + 1) >= coverage))


ANSWERS: dict[str, Callable[[], float]] = {
    "nlp.transformers/pretest-adapter-of-a-rectangle": lambda: trained(300, 200, 4),
    "nlp.transformers/pretest-symbols-after-a-merge": lambda: len("ababcab".replace("ab", "X")),
    "nlp.transformers/pretest-low-rank-count": lambda: trained(100, 100, 2),
    "nlp.transformers/byte-bpe-vocabulary": lambda: len(range(2**8)) + 1000 + 4,
    "nlp.transformers/ignored-positions": lambda: ignored((2, 1, 1, 3), special=2),
    "nlp.transformers/warm-up-steps-share": lambda: 3 * len(range(0, 8000, 32)) / 10,
    "nlp.transformers/lora-parameter-count": lambda: trained(1024, 1024, 8),
    "nlp.apps/cost-with-a-cached-prefix": lambda: 100 * (9_000 * 0.1 + 1_000) / 10_000,
    "nlp.apps/small-model-first": lambda: sum([1] * 7 + [1 + 10] * 3) / 10,
    "nlp.apps/pretest-beyond-chance": lambda: kappa(agreement(0.9, 0.6)),
    "nlp.apps/pretest-two-of-five-samples": lambda: one_right_of((True, True, False, False, False), 2),
    "nlp.apps/pretest-reciprocal-ranks": lambda: mean_reciprocal_rank((1, 2, None)),
    "nlp.apps/pretest-one-of-two-tries": lambda: 1 - (1 - 0.5) ** 2,
    "nlp.apps/pass-at-two-of-four": lambda: one_right_of((True, False, False, False), 2),
    "nlp.apps/conformal-rank": lambda: conformal_place(99, 0.9),
    "nlp.apps/chunks-with-overlap": lambda: chunks(1000, 200, 50),
    "nlp.apps/recall-at-k-number": lambda: [True, True, True, False].count(True) / 4,
    "nlp.apps/judge-kappa": lambda: kappa(((0.4, 0.1), (0.1, 0.4))),
}
