"""How long things take this learner, beside what their authors thought.

A factor is the learner's minutes over the estimated ones, both summed: what counts is when a session ends, so long
answers weigh as much as they last. Before there is anything to learn from, the author is believed.
"""

from collections.abc import Iterable
from typing import NamedTuple

from mlcoach.domain.curriculum import ItemHead, ItemKind

# So many estimated answers are taken to have lasted just as long as estimated.
PRIOR = {"card": 20, "exercise": 3}
SLOWEST, FASTEST = 4.0, 0.25  # times the estimate


class Took(NamedTuple):
    """An answer that took `seconds` where its author thought of `minutes`."""

    kind: ItemKind
    minutes: float
    seconds: int


class Pace(NamedTuple):
    """The learner's minutes for each estimated minute."""

    card: float = 1.0
    exercise: float = 1.0

    def of(self, head: ItemHead) -> ItemHead:
        """Return the item with the minutes that it takes this learner."""
        factor = self.card if head.kind == "card" else self.exercise
        return head if factor == 1.0 else head._replace(minutes=head.minutes * factor)


def learned(answers: Iterable[Took]) -> Pace:
    """Return the pace that these answers show. Answers without a time say nothing."""
    estimated = dict.fromkeys(PRIOR, 0.0)
    spent = dict.fromkeys(PRIOR, 0.0)
    count = dict.fromkeys(PRIOR, 0)
    for kind, minutes, seconds in answers:
        if seconds > 0:
            estimated[kind] += minutes
            spent[kind] += seconds / 60
            count[kind] += 1
    return Pace(*(_factor(PRIOR[kind], estimated[kind], spent[kind], count[kind]) for kind in ("card", "exercise")))


def _factor(prior: int, estimated: float, spent: float, count: int) -> float:
    if not count:
        return 1.0
    believed = prior * estimated / count
    return min(max((spent + believed) / (estimated + believed), FASTEST), SLOWEST)
