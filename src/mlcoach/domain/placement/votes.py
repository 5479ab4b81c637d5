"""The answers that speak for each unit, and which units are known by them.

A probability alone passes too much: one lucky answer makes all likely that stands below it. So a unit is passed on two
right answers, and a wrong one to it, or to what it builds on, stands against it.
"""

from collections import Counter
from collections.abc import Mapping
from math import log

from mlcoach.domain.placement.belief import Evidence, UnitGraph

KNOWN = 0.85  # probability above which a unit counts as known
KNOWS_LITTLE = 0.3  # share of the units: of who knows less a good part of the right answers are luck
OF_LITTLE = 0.95  # the same as KNOWN for them
RIGHT_ANSWERS = 2  # that pass a unit, and that outvote a wrong one to it: a single one may be luck
# Power of the chance of a right answer, as a wrong one is of use too, and of how many a unit lacks; by simulated
# learners.
HOPE = 0.7
MOST_STEPS = 3  # from a unit that was answered right down to one that is passed for it


class Votes:
    """The answers, by the units that they speak for. `right` are units with a right answer, the nearest first."""

    def __init__(self, graph: UnitGraph, evidence: Evidence, probabilities: Mapping[str, float]) -> None:
        self._graph, self._evidence, self._probabilities = graph, evidence, probabilities
        self._right = Counter(answer.unit for answer in evidence.answers if answer.right)
        self._wrong = Counter(answer.unit for answer in evidence.answers if not answer.right)
        self._checked = {answer.unit for answer in evidence.answers if answer.right and answer.checked}
        among = [probabilities[unit] for unit in graph.order if unit not in graph.doing]
        little = sum(among) < KNOWS_LITTLE * len(among)
        self._bar = OF_LITTLE if little else KNOWN
        self.right = {unit: self._right_above(unit) for unit in graph.order}

    def _right_above(self, unit: str) -> tuple[str, ...]:
        """Return a unit and those that need it, where they were answered right.

        One that needs it counts where it is likely known itself, has more right answers than wrong ones, and is at most
        MOST_STEPS away: on a score known by heart no unit of mathematics is passed.
        """
        found = [unit] if self._right[unit] else []
        seen, level = {unit}, [unit]
        for _ in range(MOST_STEPS):
            above = dict.fromkeys(after for before in level for after in self._graph.followers[before])
            level = [after for after in above if after not in seen and after not in self._graph.quiet]
            seen.update(level)
            found += [after for after in level if self._speaks(after)]
        if unit in self._graph.theory:
            found = [after for after in found if after not in self._graph.craft]
        return tuple(found)

    def _speaks(self, unit: str) -> bool:
        """Return whether a unit says something of those it needs: half right and half wrong proves not even itself."""
        return self._right[unit] > self._wrong[unit] and self._probabilities[unit] > self._bar

    def known(self, each: frozenset[str] = frozenset()) -> dict[str, str]:
        """Return the known units, each with the unit whose right answers say so, "" for what was passed without.

        Known is what is likely, has two right answers to it or to what needs it, at least one of them checked by the
        machine, which outvote the wrong ones to itself, and has right below it no unit that was answered wrong and is
        not known. Units of `each` need a right answer of their own. What is done, not known, takes an answer to itself
        and the learner's word.
        """
        known: dict[str, str] = {}
        for unit in self._graph.order:
            if unit in self._evidence.passed:
                known[unit] = next(iter(self.right[unit]), "")
            elif self._has_votes(unit) and not (unit in each and not self._right[unit]):
                lacking = (self._wrong[before] and before not in known for before in self._graph.requires[unit])
                if not any(lacking):
                    known[unit] = self.right[unit][0]
        return known

    def _has_votes(self, unit: str) -> bool:
        if unit in self._graph.doing:
            return bool(self._right[unit]) and unit in self._evidence.said and not self._wrong[unit]
        return (
            self._probabilities[unit] > self._bar
            and self._missing(unit) <= 0
            and any(above in self._checked for above in self.right[unit])
        )

    def _missing(self, unit: str) -> int:
        """Return how many right answers a unit lacks.

        Those to a single other unit count as one, unless that needs it itself: two questions on entropy say nothing of
        all that is taught before it.
        """
        right = self.right[unit]
        one_source = len(right) == 1 and right[0] != unit and unit not in self._graph.requires[right[0]]
        given = 1 if one_source else sum(self._right[above] for above in right)
        return RIGHT_ANSWERS * max(1, self._wrong[unit]) - given

    def _lacks(self, unit: str) -> float:
        return float(max(1, self._missing(unit)) ** HOPE)

    def worth(self, unit: str, known: Mapping[str, str]) -> float:
        """Return what a question on a unit is worth: how open it is, and what a right answer helps to pass."""
        chance = self._probabilities[unit]
        helped = 0.0 if unit in known else chance / self._lacks(unit)
        seen, level = {unit}, [unit]
        for _ in range(MOST_STEPS):
            if unit in self._graph.quiet:
                break
            below = dict.fromkeys(before for one in level for before in self._graph.requires[one])
            level = [before for before in below if before not in seen]
            seen.update(level)
            # Who knows the unit knows these too, as a rule.
            helped += sum(1 / self._lacks(one) for one in level if one not in known)
        return _entropy(chance) + float(chance**HOPE) * helped


def _entropy(chance: float) -> float:
    """Return how open a probability is, in nats."""
    return -sum(part * log(part) for part in (chance, 1 - chance) if part > 0)
