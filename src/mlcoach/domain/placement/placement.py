"""What placement asks next, when it has asked enough, and what it then says of each unit."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from mlcoach.domain.placement.belief import Evidence, UnitGraph, known_probabilities

KNOWN = 0.85  # probability above which a unit counts as known
UNSURE = 1 - KNOWN  # below it a unit counts as not known
FEWEST, MOST = 15, 30  # questions
FEW_UNSURE = 5  # units left unsure with which it ends after the fewest questions
KNOWS_LITTLE = 0.3  # share of the units: below it one right answer of a unit may be luck
FAILED = 0.5  # below it a unit answered wrong is one that its learner lacks
REJECTED = 0.5  # below it the learner's own word that they know a unit is taken back
MOST_STEPS = 2  # from a unit that was answered right down to one that is passed for it
Finding = Literal["known", "kept"]


class UnitVerdict(NamedTuple):
    """What the answers say of a unit. `because` is the unit whose right answer it follows from: itself or a later one.

    An `unsure` unit is kept: nothing is passed on a guess.
    """

    unit: str
    probability: float
    verdict: Finding
    unsure: bool = False
    because: str = ""


class Contradiction(NamedTuple):
    """A unit answered wrong, and one that builds on it answered right, of which the answers leave one open."""

    below: str
    above: str


def next_unit(
    graph: UnitGraph,
    evidence: Evidence,
    asked: int,
    has_question: Callable[[str], bool],
    *,
    fewest: int = FEWEST,
    few_unsure: int = FEW_UNSURE,
    claims: Mapping[str, str] = {},
) -> str | None:
    """Return the unit to ask about, None to end: of those with a question left, the one nearest to even odds.

    Before these comes what the learner says they know: `claims` are such units, each with the group it belongs to.

    `asked` counts the questions of this placement so far. It ends after MOST of them, from the fewest on where no more
    than a few units are unsure, and at once where none is.
    """
    if asked >= MOST:
        return None
    if claimed := _to_confirm(graph, evidence, claims, has_question):
        return claimed
    probabilities = known_probabilities(graph, evidence)
    support = supported(graph, evidence, probabilities)
    place = {unit: number for number, unit in enumerate(graph.order)}
    unsure = [
        unit for unit in graph.order if unit not in evidence.passed and _is_unsure(probabilities[unit], unit in support)
    ]
    unsure.sort(key=lambda unit: (abs(probabilities[unit] - 0.5), place[unit]))
    failed = _failed(graph, evidence, probabilities)
    if failed:
        unsure = [unit for unit in unsure if failed.isdisjoint(graph.below(unit))]
    # Whether a unit has a question left is looked up for those alone where it matters.
    left = (unit for unit in unsure if has_question(unit))
    if asked < fewest:
        return _lowest(graph, list(left)) if _is_blank(evidence) else next(left, None)
    found = list(left)
    if len(found) > few_unsure:
        return found[0]
    lucky = lucky_units(graph, evidence, probabilities)
    return next((unit for unit in found if unit in lucky), None)


def _to_confirm(
    graph: UnitGraph, evidence: Evidence, claims: Mapping[str, str], has_question: Callable[[str], bool]
) -> str | None:
    """Return, of the first group of claims without an answer, the unit that builds on most of the other claims.

    A right answer to that one says most of the others, a wrong one lets the usual questions find where it ends.
    """
    answered = {claims[answer.unit] for answer in evidence.answers if answer.unit in claims}
    waiting = [unit for unit in graph.order if unit in claims and unit not in evidence.passed]
    for group in dict.fromkeys(claims[unit] for unit in waiting):
        inside = [unit for unit in waiting if claims[unit] == group and group not in answered and has_question(unit)]
        if inside:
            return max(inside, key=lambda unit: len(graph.below(unit) & claims.keys()))
    return None


def _is_blank(evidence: Evidence) -> bool:
    """Return whether nothing speaks for this learner yet: who may be a beginner is asked about beginnings."""
    return not (evidence.said or evidence.passed or any(answer.right for answer in evidence.answers))


def _lowest(graph: UnitGraph, units: Sequence[str]) -> str | None:
    """Return, of units in the order in which they would be asked about, one that builds on no other of them.

    Of several as near to even odds it is the one on which most is built, since its answer says most.
    """
    among = set(units)
    lowest = [unit for unit in units if among.isdisjoint(graph.below(unit))]
    return max(lowest, key=lambda unit: len(graph.above(unit)), default=None)


def _failed(graph: UnitGraph, evidence: Evidence, probabilities: Mapping[str, float]) -> frozenset[str]:
    """Return the units answered wrong that are rather not known: nothing that builds on them is asked."""
    wrong = {answer.unit for answer in evidence.answers if not answer.right}
    return frozenset(unit for unit in wrong if unit in probabilities and probabilities[unit] < FAILED)


def _is_unsure(probability: float, is_supported: bool) -> bool:
    """Return whether more answers could change what is said: what was never asked about is not known yet."""
    return probability > UNSURE and not (probability > KNOWN and is_supported)


def verdicts(graph: UnitGraph, evidence: Evidence) -> dict[str, UnitVerdict]:
    """Return what the answers say of each unit, in the order of the graph.

    No unit is known without a right answer to it or to one that builds on it, unless it was passed before.
    """
    probabilities = known_probabilities(graph, evidence)
    support = supported(graph, evidence, probabilities)
    found: dict[str, UnitVerdict] = {}
    for unit in graph.order:
        probability = probabilities[unit]
        if unit in evidence.passed:
            found[unit] = UnitVerdict(unit, probability, "known")
        elif probability > KNOWN and unit in support:
            found[unit] = UnitVerdict(unit, probability, "known", because=support[unit])
        else:
            found[unit] = UnitVerdict(unit, probability, "kept", probability > UNSURE, support.get(unit, ""))
    return found


def supported(graph: UnitGraph, evidence: Evidence, probabilities: Mapping[str, float]) -> dict[str, str]:
    """Return the units with a right answer to them or to one that builds on them, and the nearest such unit.

    One that builds on them counts where it is known itself, and at most MOST_STEPS away: on a score known by heart no
    unit of mathematics is passed.
    """
    right = {answer.unit for answer in evidence.answers if answer.right} - lucky_units(graph, evidence, probabilities)
    found = {unit: unit for unit in graph.order if unit in right}
    nearest = {unit: unit for unit in found if probabilities[unit] > KNOWN}
    for _ in range(MOST_STEPS):
        below: dict[str, str] = {}
        for unit in graph.order:
            if unit in nearest:
                for before in graph.requires[unit]:
                    below.setdefault(before, nearest[unit])
        for unit, because in below.items():
            found.setdefault(unit, because)
        nearest = below
    return found


def lucky_units(graph: UnitGraph, evidence: Evidence, probabilities: Mapping[str, float]) -> frozenset[str]:
    """Return the units whose one right answer may be luck: nothing is passed for it before it is confirmed.

    Of somebody who knows little a good part of the right answers are guesses, however likely a unit is for others who
    are ready for it. Another right answer confirms one, to the unit itself or to what builds on it.
    """
    if sum(probabilities.values()) >= KNOWS_LITTLE * len(graph.order):
        return frozenset()
    right = Counter(answer.unit for answer in evidence.answers if answer.right)
    return frozenset(
        unit
        for unit in right
        if right[unit] == 1 and not any(after in right for after in graph.followers.get(unit, ()))
    )


def contradictions(graph: UnitGraph, evidence: Evidence) -> tuple[Contradiction, ...]:
    """Return where answers disagree and do not settle it: basics wrong and what builds on them right.

    A slip that the other answers outvote is none. Each unit below is named once, with the lowest of those above.
    """
    score: Counter[str] = Counter()
    for answer in evidence.answers:
        score[answer.unit] += 1 if answer.right else -1
    said = verdicts(graph, evidence)
    found: dict[str, Contradiction] = {}
    for above in graph.order:
        if score[above] <= 0:
            continue
        for below in graph.below(above):
            if score[below] < 0 and not (said[below].verdict == said[above].verdict == "known"):
                found.setdefault(below, Contradiction(below, above))
    return tuple(found[unit] for unit in graph.order if unit in found)
