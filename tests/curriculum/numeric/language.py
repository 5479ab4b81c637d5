"""Numbers of `nlp.text`."""

import math
from collections.abc import Callable
from statistics import geometric_mean


def smoothed(counts: list[int], extra: int) -> list[float]:
    """Return the probabilities of a vocabulary after one context, with add-k smoothing."""
    raised = [count + extra for count in counts]
    return [count / sum(raised) for count in raised]


ANSWERS: dict[str, Callable[[], float]] = {
    "nlp.text/pretest-chance-of-a-word": lambda: (["York"] * 30 + ["other"] * 10).count("York") / 40,
    "nlp.text/tfidf-of-one-word": lambda: 3 * (math.log10(1000) - math.log10(10)),
    # The inverse of the geometric mean, where the definition has an exponential of mean logarithms.
    "nlp.text/perplexity-of-four-words": lambda: 1 / geometric_mean([1 / 2, 1 / 4, 1 / 4, 1 / 8]),
    "nlp.text/add-one-for-unseen": lambda: smoothed([4, 2, 0, 0], 1)[-1],
}
