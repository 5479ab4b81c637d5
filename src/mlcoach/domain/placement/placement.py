"""What placement asks next, when it has asked enough, and what it then says of each unit."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from mlcoach.domain.placement.belief import Evidence, UnitGraph, known_probabilities
from mlcoach.domain.placement.votes import Votes

UNSURE = 0.15  # probability below which a unit counts as not known
FEWEST, MOST = 15, 30  # questions
FEW_UNSURE = 4  # units left unsure with which it ends after the fewest questions
FAILED = 0.5  # below it a unit answered wrong is one that its learner lacks
REJECTED = 0.5  # below it the learner's own word that they know a unit is taken back
Finding = Literal["known", "kept"]


class UnitVerdict(NamedTuple):
    """What the answers say of a unit. `because` is the unit whose right answer it follows from: itself or a later one.

    `right` are all units whose right answers speak for it, the nearest first.

    An `unsure` unit is kept: nothing is passed on a guess.
    """

    unit: str
    probability: float
    verdict: Finding
    unsure: bool = False
    because: str = ""
    right: tuple[str, ...] = ()


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
    each: frozenset[str] = frozenset(),
    claims: Mapping[str, str] = {},
) -> str | None:
    """Return the unit to ask about, None to end: of those with a question left, the one whose answer is worth most.

    Before these comes what the learner says they know: `claims` are such units, each with the group it belongs to.

    `asked` counts the questions of this placement so far. It ends after MOST of them, from the fewest on where no more
    than a few units are unsure, and at once where none is; but not before each unit of `each`, a part that was asked
    for by its name, had a question of its own.
    """
    if asked >= MOST:
        return None
    if claimed := _to_confirm(graph, evidence, claims, has_question):
        return claimed
    probabilities = known_probabilities(graph, evidence)
    votes = Votes(graph, evidence, probabilities)
    known = votes.known()
    unsure = [unit for unit in graph.order if unit not in known and _is_open(graph, evidence, unit, probabilities)]
    failed = _failed(evidence, probabilities)
    if failed:
        unsure = [unit for unit in unsure if failed.isdisjoint(graph.below(unit))]
    place = {unit: number for number, unit in enumerate(graph.order)}
    worth = {unit: votes.worth(unit, known) for unit in unsure}
    unsure.sort(key=lambda unit: (-worth[unit], place[unit]))
    # Whether a unit has a question left is looked up for those alone where it matters.
    left = (unit for unit in unsure if has_question(unit))
    if asked < fewest:
        found = _lowest(graph, list(left)) if _is_blank(evidence) else next(left, None)
    else:
        waiting = list(left)
        found = waiting[0] if len(waiting) > few_unsure else None
    return found or _never_asked(graph, evidence, each, failed, has_question)


def _never_asked(
    graph: UnitGraph,
    evidence: Evidence,
    each: frozenset[str],
    failed: frozenset[str],
    has_question: Callable[[str], bool],
) -> str | None:
    """Return the first of these units that is taken as known without a question of its own."""
    had = evidence.passed.union(graph.doing - evidence.said, (answer.unit for answer in evidence.answers))
    left = (unit for unit in graph.order if unit in each and unit not in had and failed.isdisjoint(graph.below(unit)))
    return next((unit for unit in left if has_question(unit)), None)


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


def _failed(evidence: Evidence, probabilities: Mapping[str, float]) -> frozenset[str]:
    """Return the units answered wrong that are rather not known: nothing that builds on them is asked."""
    wrong = {answer.unit for answer in evidence.answers if not answer.right}
    return frozenset(unit for unit in wrong if unit in probabilities and probabilities[unit] < FAILED)


def _is_open(graph: UnitGraph, evidence: Evidence, unit: str, probabilities: Mapping[str, float]) -> bool:
    """Return whether more answers could pass a unit that is not known yet."""
    return probabilities[unit] > UNSURE and (unit not in graph.doing or unit in evidence.said)


def verdicts(graph: UnitGraph, evidence: Evidence, *, each: frozenset[str] = frozenset()) -> dict[str, UnitVerdict]:
    """Return what the answers say of each unit, in the order of the graph; `Votes.known` has the rules.

    Units of `each` are known only with a right answer of their own.
    """
    probabilities = known_probabilities(graph, evidence)
    votes = Votes(graph, evidence, probabilities)
    known = votes.known(each)
    said: dict[str, UnitVerdict] = {}
    for unit in graph.order:
        probability = probabilities[unit]
        if unit in known:
            said[unit] = UnitVerdict(unit, probability, "known", because=known[unit], right=votes.right[unit])
        else:
            unsure, right = _is_open(graph, evidence, unit, probabilities), votes.right[unit]
            said[unit] = UnitVerdict(unit, probability, "kept", unsure, right[0] if right else "", right)
    return said


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
