"""A graph as trees: each node hangs below the first that leads to it, and is named again without what hangs below it.

An edge that longer ones imply is left out: where a leads to b and b to c, c hangs below b alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Branch(NamedTuple):
    """A node of a drawn tree, and whether it has been drawn before."""

    id: str
    depth: int
    parent: str
    repeated: bool


def grow(roots: Iterable[str], below: Mapping[str, Sequence[str]]) -> list[Branch]:
    """Return the tree below the roots, each node before what hangs below it, and whole only the first time."""
    grown: list[Branch] = []
    drawn: set[str] = set()
    waiting = [Branch(root, 0, "", False) for root in reversed(list(roots))]
    while waiting:
        branch = waiting.pop()
        repeated = branch.id in drawn
        grown.append(branch._replace(repeated=repeated))
        if repeated:
            continue
        drawn.add(branch.id)
        next_level = [Branch(id, branch.depth + 1, branch.id, False) for id in below.get(branch.id, ())]
        waiting += reversed(next_level)
    return grown


def without_shortcuts(edges: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the edges among the nodes without those that a longer way implies. The graph has no cycles."""
    from graphlib import TopologicalSorter

    inner = {node: [other for other in others if other in edges] for node, others in edges.items()}
    place = {node: number for number, node in enumerate(inner)}
    # Sets of nodes as the bits of whole numbers: quick also for a file of thousands of units.
    behind: dict[str, int] = {}
    kept: dict[str, list[str]] = {}
    for node in TopologicalSorter(inner).static_order():
        others = inner[node]
        further = 0
        for other in others:
            further |= behind[other]
        kept[node] = [other for other in others if not further >> place[other] & 1]
        behind[node] = further
        for other in others:
            behind[node] |= 1 << place[other]
    return {node: kept[node] for node in inner}


def turned_round(edges: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the edges the other way round, in the order of the nodes."""
    turned: dict[str, list[str]] = {node: [] for node in edges}
    for node, others in edges.items():
        for other in others:
            turned[other].append(node)
    return turned
