"""Numbers of `nlp.text`."""

import math
from collections.abc import Callable
from statistics import geometric_mean


def smoothed(counts: list[int], extra: int) -> list[float]:
    """Return the probabilities of a vocabulary after one context, with add-k smoothing."""
    raised = [count + extra for count in counts]
    return [count / sum(raised) for count in raised]


ANSWERS: dict[str, Callable[[], float]] = {
    "nlp.text/pretest-perplexity-of-two-words": lambda: 1 / geometric_mean((1 / 10, 1 / 40)),
    "nlp.text/pretest-add-one-to-a-pair": lambda: smoothed([30, 10] + [0] * 58, 1)[0],
    "nlp.text/pretest-chance-of-a-word": lambda: (["York"] * 30 + ["other"] * 10).count("York") / 40,
    "nlp.text/tfidf-of-one-word": lambda: 3 * (math.log10(1000) - math.log10(10)),
    "nlp.text/perplexity-of-four-words": lambda: next(
        p / 100 for p in range(1, 101) if abs(1 / geometric_mean([1 / 2, 1 / 8, p / 100]) - 4) < 1e-9
    ),
    "nlp.text/add-one-for-unseen": lambda: math.fsum(smoothed([9] * 10 + [0] * 900, 1)[10:]),
    "nlp.text/bigram-count-table": lambda: len(range(20_000)) ** 2 / 1e6,
}
