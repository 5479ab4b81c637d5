"""How well placement finds what simulated learners know.

    python -m tests.benchmarks.placement --learners 200

Each learner knows a set of the core's units that is closed downward, of any size, grown along tastes for tracks of
their own; one in five has since forgotten a unit that others build on. One answer in ten to what they know is wrong,
one in ten to what they do not know is right. Every unit has four questions, as most of the bundle have, and the first
two are checked by the machine. Found is counted among the units that placement may pass: what is made or done, such as
a project or a search for work, follows from no answer.
"""

import argparse
import math
import os
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

from mlcoach.domain.placement.belief import Evidence, UnitAnswer, UnitGraph, unit_graph
from mlcoach.domain.placement.placement import next_unit, verdicts
from mlcoach.services.context import Context
from mlcoach.services.placement.scope import scope_of

SLIP, GUESS = 0.1, 0.1
QUESTIONS, CHECKED = 4, 2  # of a unit; those that are checked are asked first
FORGETFUL = 0.2  # share of learners
TASTE = 1.5  # spread of the log-weights of tracks


class Placed(NamedTuple):
    """One simulated placement: what the learner knows, what was passed, and how many questions it took."""

    known: frozenset[str]
    passed: frozenset[str]
    asked: int


class Outcome(NamedTuple):
    """Shares over all learners: passed units that are not known, known units that were passed; questions."""

    wrong: float
    found: float
    median_asked: float
    most_asked: int


def draw_known(graph: UnitGraph, chance: random.Random) -> frozenset[str]:
    """Return what a learner knows."""
    size = chance.randrange(len(graph.order) + 1)
    tracks = sorted({unit.partition(".")[0] for unit in graph.order})
    taste = {track: math.exp(chance.gauss(0, TASTE)) for track in tracks}
    known: set[str] = set()
    while len(known) < size:
        ready = [unit for unit in graph.order if unit not in known and known.issuperset(graph.requires[unit])]
        known.add(chance.choices(ready, [taste[unit.partition(".")[0]] for unit in ready])[0])
    within = [unit for unit in graph.order if unit in known and known.intersection(graph.followers[unit])]
    if within and chance.random() < FORGETFUL:
        known.remove(chance.choice(within))
    return frozenset(known)


def place(graph: UnitGraph, known: frozenset[str], chance: random.Random) -> Placed:
    """Return what placement makes of a learner."""
    answers: list[UnitAnswer] = []
    asked: Counter[str] = Counter()
    while unit := next_unit(graph, Evidence(tuple(answers)), len(answers), lambda unit: asked[unit] < QUESTIONS):
        right = chance.random() >= SLIP if unit in known else chance.random() < GUESS
        answers.append(UnitAnswer(unit, right, asked[unit] < CHECKED))
        asked[unit] += 1
    said = verdicts(graph, Evidence(tuple(answers)))
    passed = frozenset(unit for unit, one in said.items() if one.verdict == "known")
    return Placed(known, passed, len(answers))


def place_all(map_: UnitGraph, graph: UnitGraph, learners: int, seed: int = 0, most: int | None = None) -> list[Placed]:
    """Return the placements of so many learners, the same at every call; `most` leaves out those who know more.

    They know units of the map as it is, and are placed on it as placement sees it.
    """
    found = []
    for number in range(learners):
        chance = random.Random(f"placement {seed} {number}")
        known = draw_known(map_, chance)
        if most is None or len(known) <= most:
            found.append(place(graph, known, chance))
    return found


def outcome(placed: Sequence[Placed], among: frozenset[str]) -> Outcome:
    """Return how well placement did over these learners; found is counted `among` these units."""
    passed = sum(len(one.passed) for one in placed)
    return Outcome(
        sum(len(one.passed - one.known) for one in placed) / max(1, passed),
        sum(len(one.passed & one.known) for one in placed) / max(1, sum(len(one.known & among) for one in placed)),
        median(one.asked for one in placed),
        max(one.asked for one in placed),
    )


def core_graphs() -> tuple[UnitGraph, UnitGraph]:
    """Return the graph of the core as it is, from which learners are drawn, and as placement sees it."""
    with tempfile.TemporaryDirectory() as home:
        context = Context({**os.environ, "MLCOACH_HOME": home})
        seen = scope_of(context, ["core"]).graph
        units = context.catalog.units
        requires = {
            id: [edge.unit for edge in units[id].requires if edge.share >= 1] for id in units if id in seen.requires
        }
        context.close()
    return unit_graph(requires), seen


def main() -> None:
    """Place the learners and print how well it went, by how much they know."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.placement")
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    map_, graph = core_graphs()
    among = frozenset(graph.order) - graph.doing
    placed = place_all(map_, graph, wanted.learners, wanted.seed)
    print("units known   learners  wrongly passed  known found  questions, median")
    parts = [(low, low + 14) for low in range(0, 60, 15)]
    for low, high in parts:
        some = [one for one in placed if low <= len(one.known) <= high]
        if some:
            told = outcome(some, among)
            print(
                f"{low:>4} to {high:<4} {len(some):>9} {told.wrong:>15.1%} {told.found:>12.1%} {told.median_asked:>18}"
            )
    told = outcome(placed, among)
    print(f"{'all':<12} {len(placed):>9} {told.wrong:>15.1%} {told.found:>12.1%} {told.median_asked:>18}")
    began = perf_counter()
    for _ in range(100):
        next_unit(graph, Evidence(), 0, lambda unit: True)
    print(f"the next question is chosen in {(perf_counter() - began) * 10:.2f} ms")


if __name__ == "__main__":
    main()
