"""Which units are known, believed jointly from a few answers: belief propagation over the graph of prerequisites.

A unit whose prerequisites are all known is known with the probability READY, any other one with FORGOTTEN, which leaves
room for whoever has forgotten what something they know builds on. An answer is right with 1 - SLIP where its unit is
known, with GUESS where it is not. Marginals are those of J. Pearl, Probabilistic Reasoning in Intelligent Systems
(1988), chapter 4: exact on a tree, and near enough on a map, which has few loops once the edges are left out that
others imply.
"""

from collections.abc import Iterable, Mapping
from math import exp
from typing import NamedTuple

from mlcoach.domain.curriculum import reachable

SLIP, GUESS = 0.1, 0.1
READY, FORGOTTEN = 0.8, 0.03
WEIGHT = 6.0  # units for which READY counts, before answers say how far this learner goes
SAID = 2.0  # log-odds that a learner's own word on a unit adds
CERTAIN = 0.999  # of what was passed
ROUNDS = 5  # of messages up and down the graph; with loops as few as those of the map more change nothing
_LEAST, _MOST = 1e-9, 1e9  # odds


class UnitGraph(NamedTuple):
    """Units in an order in which each stands behind what it builds on, and the edges that no others imply.

    `doing` units stand alone: what was made, run or lived through says nothing of other units, and follows from none.
    A right answer to a `quiet` one passes nothing that it builds on, one to `craft` nothing of `theory`: who packages
    code well need not know vectors.
    """

    order: tuple[str, ...]
    requires: Mapping[str, tuple[str, ...]]
    followers: Mapping[str, tuple[str, ...]]
    doing: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    craft: frozenset[str] = frozenset()
    theory: frozenset[str] = frozenset()

    def below(self, unit: str) -> set[str]:
        """Return all that a unit builds on, through others too."""
        return reachable(unit, self.requires)

    def above(self, unit: str) -> set[str]:
        """Return all that builds on a unit, through others too."""
        return reachable(unit, self.followers)


class UnitAnswer(NamedTuple):
    """An answer to a question on a unit; `checked` says that the machine judged it, not the learner."""

    unit: str
    right: bool
    checked: bool = True


class Evidence(NamedTuple):
    """What is known of a learner: answers, units that they say they know, and units that were passed."""

    answers: tuple[UnitAnswer, ...] = ()
    said: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()


def unit_graph(
    requires: Mapping[str, Iterable[str]],
    doing: frozenset[str] = frozenset(),
    quiet: frozenset[str] = frozenset(),
) -> UnitGraph:
    """Return the graph of these units, each with what it builds on; what is not among them is left out."""
    order: list[str] = []
    below: dict[str, frozenset[str]] = {}
    among = requires.keys() - doing
    direct = {
        unit: [id for id in dict.fromkeys(before) if id in among] if unit in among else []
        for unit, before in requires.items()
    }
    for first in direct:
        waiting = [first]
        while waiting:  # a stack instead of a call for each unit: chains may be long
            unit = waiting[-1]
            missing = [id for id in direct[unit] if id not in below]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            if unit not in below:
                below[unit] = frozenset(direct[unit]).union(*(below[id] for id in direct[unit]))
                order.append(unit)
    kept = {
        unit: tuple(id for id in direct[unit] if not any(id in below[other] for other in direct[unit]))
        for unit in order
    }
    followers: dict[str, list[str]] = {unit: [] for unit in order}
    for unit, before in kept.items():
        for id in before:
            followers[id].append(unit)
    return UnitGraph(tuple(order), kept, {unit: tuple(after) for unit, after in followers.items()}, doing, quiet)


def known_probabilities(graph: UnitGraph, evidence: Evidence) -> dict[str, float]:
    """Return for each unit the probability that it is known, given all that there is to go by.

    How far a learner goes on to what they are ready for is learned from the answers too, beginning with READY.
    """
    own = _ratios(graph, evidence)
    # Of each edge the probability that goes up, and the ratio of likelihoods (known to not known) that comes down.
    up = {(before, unit): 0.5 for unit in graph.order for before in graph.requires[unit]}
    down = dict.fromkeys(up, 1.0)
    expected: dict[str, float] = {}
    ready = READY
    for _ in range(ROUNDS):
        for unit in graph.order:
            all_known = _product(up[before, unit] for before in graph.requires[unit])
            expected[unit] = ready * all_known + FORGOTTEN * (1 - all_known)
            odds = _odds(expected[unit]) * _from_above(graph, own, down, unit)
            for after in graph.followers[unit]:
                up[unit, after] = _share(odds / down[unit, after])
        went_on, could = WEIGHT * READY, WEIGHT
        for unit in reversed(graph.order):
            ratio = _from_above(graph, own, down, unit)
            otherwise = ratio * FORGOTTEN + 1 - FORGOTTEN
            all_known = 1.0
            for before in graph.requires[unit]:
                others = _product(up[other, unit] for other in graph.requires[unit] if other != before)
                likely = ready * others + FORGOTTEN * (1 - others)
                down[before, unit] = (ratio * likely + 1 - likely) / otherwise
                all_known *= up[before, unit]
            if unit in graph.doing:
                continue
            both, stopped = ratio * ready * all_known, (1 - ready) * all_known
            whole = both + stopped + otherwise * (1 - all_known)
            went_on += both / whole
            could += (both + stopped) / whole
        ready = went_on / could
    return {unit: _share(_odds(expected[unit]) * _from_above(graph, own, down, unit)) for unit in graph.order}


def _ratios(graph: UnitGraph, evidence: Evidence) -> dict[str, float]:
    """Return for each unit how much likelier what is known of it alone is if it is known."""
    own = dict.fromkeys(graph.order, 1.0)
    for answer in evidence.answers:
        if answer.unit in own:
            own[answer.unit] *= (1 - SLIP) / GUESS if answer.right else SLIP / (1 - GUESS)
    for unit in evidence.said & own.keys():
        own[unit] *= exp(SAID)
    for unit in evidence.passed & own.keys():
        own[unit] = CERTAIN / (1 - CERTAIN)
    return {unit: _clipped(ratio) for unit, ratio in own.items()}


def _from_above(graph: UnitGraph, own: Mapping[str, float], down: Mapping[tuple[str, str], float], unit: str) -> float:
    ratio = own[unit]
    for after in graph.followers[unit]:
        ratio *= down[unit, after]
    return _clipped(ratio)


def _product(factors: Iterable[float]) -> float:
    product = 1.0
    for factor in factors:
        product *= factor
    return product


def _odds(probability: float) -> float:
    return probability / (1 - probability)


def _share(odds: float) -> float:
    odds = _clipped(odds)
    return odds / (1 + odds)


def _clipped(odds: float) -> float:
    return min(max(odds, _LEAST), _MOST)
