"""The numbers on the cards about tools, algorithms and C++, counted by running the thing in small."""

import struct
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from http import HTTPStatus
from itertools import combinations, groupby, permutations, product


def reachable(parents: dict[str, tuple[str, ...]], tip: str) -> set[str]:
    """Return the commits that `git log` shows from a tip."""
    found, waiting = set[str](), [tip]
    while waiting:
        commit = waiting.pop()
        if commit not in found:
            found.add(commit)
            waiting += parents[commit]
    return found


MERGED = {
    "a": (),
    "b": ("a",),
    "c": ("b",),
    "d": ("c",),
    "e": ("d",),
    "x": ("c",),
    "y": ("x",),
    "merge": ("e", "y"),
}


def pages(records: int, size: int) -> int:
    return len(range(0, records, size))


def crossover(fast: Callable[[int], float], slow: Callable[[int], float]) -> int:
    """Return the last n at which `fast` is not yet the cheaper one."""
    return max(n for n in range(1, 10_000) if fast(n) >= slow(n))


def copies_while_doubling(appends: int) -> int:
    room, copied = 1, 0
    for used in range(appends):
        if used == room:
            copied += used
            room *= 2
    return copied


class Counted(Sequence[int]):
    """A sorted sequence of whole numbers that counts how often it is looked at."""

    def __init__(self, length: int) -> None:
        self.length, self.looks = length, 0

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> int:  # type: ignore[override]
        self.looks += 1
        return index


def most_looks(length: int) -> int:
    """Return the most looks over many targets, among them all near both ends, where the longest ways lead."""
    worst = 0
    for target in [*range(0, length, 997), *range(2000), *range(length - 2000, length + 1)]:
        counted = Counted(length)
        bisect_left(counted, target)
        worst = max(worst, counted.looks)
    return worst


def tree_nodes(levels: int) -> int:
    return 0 if levels == 0 else 1 + 2 * tree_nodes(levels - 1)


def most_merge_comparisons(size: int) -> int:
    """Merge all ways in which 2·size numbers can be split into two sorted lists."""
    worst = 0
    for chosen in combinations(range(2 * size), size):
        left, right = list(chosen), [number for number in range(2 * size) if number not in chosen]
        compared = 0
        while left and right:
            compared += 1
            (left if left[0] < right[0] else right).pop(0)
        worst = max(worst, compared)
    return worst


def heap_parent(child: int) -> int:
    return next(i for i in range(child) if child in (2 * i + 1, 2 * i + 2))


def orders(nodes: str, before: Sequence[tuple[str, str]]) -> int:
    return sum(all(order.index(a) < order.index(b) for a, b in before) for order in permutations(nodes))


def fibonacci_calls(n: int) -> int:
    return 1 if n < 2 else 1 + fibonacci_calls(n - 1) + fibonacci_calls(n - 2)


def edits(word: str, letters: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        for letter in letters:
            yield word[:i] + letter + word[i:]
        if i < len(word):
            yield word[:i] + word[i + 1 :]
            for letter in letters:
                yield word[:i] + letter + word[i + 1 :]


def edit_distance(start: str, goal: str) -> int:
    """Walk through all words, one edit at a time, until the goal appears."""
    distance, layer = 0, {start}
    while goal not in layer:
        layer = {new for word in layer for new in edits(word, goal)}
        distance += 1
    return distance


def first_greedy_failure(coins: Sequence[int]) -> int:
    @cache
    def fewest(amount: int) -> int:
        return 0 if amount == 0 else 1 + min(fewest(amount - coin) for coin in coins if coin <= amount)

    def greedy(amount: int) -> int:
        return 0 if amount == 0 else 1 + greedy(amount - max(coin for coin in coins if coin <= amount))

    return next(amount for amount in range(1, 100) if greedy(amount) > fewest(amount))


def partial_orders(items: int) -> int:
    return sum(sum(1 for _ in permutations(range(items), length)) for length in range(items + 1))


def groups(elements: int, pairs: Sequence[tuple[int, int]]) -> int:
    label = list(range(elements))
    for a, b in pairs:
        label = [label[b] if mine == label[a] else mine for mine in label]
    return len(set(label))


def edges_that_join(nodes: int) -> int:
    """Try every edge and keep those that join two parts, until one part is left: no kept edge closes a cycle."""
    kept: list[tuple[int, int]] = []
    for pair in combinations(range(nodes), 2):
        if groups(nodes, [*kept, pair]) < groups(nodes, kept):
            kept.append(pair)
    return len(kept)


def convolution_multiplications(image: int, kernel: int) -> int:
    places = range(image - kernel + 1)
    return sum(1 for _ in product(places, places, range(kernel), range(kernel)))


def search_tree_levels(keys: Sequence[int]) -> int:
    """Return the levels of a search tree without rebalancing: one more than the longest chain of ancestors."""
    ancestors = {
        key: [
            other
            for place, other in enumerate(keys[:index])
            if all(not (min(other, key) < between < max(other, key)) for between in keys[:place])
        ]
        for index, key in enumerate(keys)
    }
    return 1 + max(map(len, ancestors.values()))


ANSWERS: dict[str, Callable[[], float]] = {
    "prog.tools.shell/pre-too-many-requests": lambda: HTTPStatus.TOO_MANY_REQUESTS.value,
    "prog.tools.shell/pre-pages-of-records": lambda: pages(1042, 100),
    "prog.tools.shell/uniq-without-sort": lambda: len([letter for letter, _ in groupby("babba")]),
    "prog.tools.shell/commits-after-merge": lambda: len(reachable(MERGED, "merge")),
    "prog.dsa.linear/pre-three-times-the-input": lambda: (
        2 * sum(1 for _ in product(range(30), repeat=2)) / sum(1 for _ in product(range(10), repeat=2))
    ),
    "prog.dsa.linear/pre-pairs-compared": lambda: len(list(combinations(range(10), 2))),
    "prog.dsa.linear/steps-crossover": lambda: crossover(lambda n: 100 * n, lambda n: n * n / 2),
    "prog.dsa.linear/doubling-copies": lambda: copies_while_doubling(17),
    "prog.dsa.linear/halvings-of-a-million": lambda: most_looks(1_000_000),
    "prog.dsa.linear/sliding-sum-updates": lambda: sum(2 for _ in range(50, 1_000)),
    "prog.dsa.trees/pre-levels-of-a-search-tree": lambda: search_tree_levels((5, 2, 8, 9, 1, 7, 10)),
    "prog.dsa.trees/pre-left-child": lambda: next(child for child in range(1, 99) if heap_parent(child) == 4),
    "prog.dsa.trees/edges-without-a-cycle": lambda: edges_that_join(50),
    "prog.dsa.trees/pre-nodes-in-tree": lambda: tree_nodes(4),
    "prog.dsa.trees/merge-comparisons": lambda: most_merge_comparisons(4),
    "prog.dsa.trees/heap-parent-index": lambda: heap_parent(11),
    "prog.dsa.trees/levels-of-balanced-tree": lambda: next(k for k in range(20) if tree_nodes(k) == 1023),
    "prog.dsa.trees/topological-orders": lambda: orders("abcd", [("a", "c"), ("b", "c"), ("c", "d")]),
    "prog.dsa.dp/pre-fewest-coins": lambda: next(
        n for n in range(1, 11) if any(sum(coins) == 10 for coins in product((1, 3, 4), repeat=n))
    ),
    "prog.dsa.dp/pre-stairs-of-six": lambda: sum(
        sum(way) == 6 for length in range(3, 7) for way in product((1, 2), repeat=length)
    ),
    "prog.dsa.dp/ways-through-a-grid": lambda: sum(1 for moves in product("rd", repeat=6) if moves.count("r") == 3),
    "prog.dsa.dp/pre-fibonacci-calls": lambda: fibonacci_calls(5),
    "prog.dsa.dp/edit-distance-small": lambda: edit_distance("flaw", "lawn"),
    "prog.dsa.dp/greedy-coins-fail": lambda: first_greedy_failure((1, 4, 5)),
    "prog.dsa.dp/backtracking-tree-size": lambda: partial_orders(4),
    "prog.dsa.dp/components-after-unions": lambda: groups(10, [(1, 2), (2, 3), (1, 3), (4, 5)]),
    "prog.cpp.basics/pre-division-drops": lambda: 7 // 2 * 2,
    "prog.cpp.basics/unsigned-char-wraps": lambda: int.from_bytes((300).to_bytes(2, "little")[:1], "little"),
    "prog.cpp.basics/truncated-assignment": lambda: int(2.9 + 2.9),
    "prog.cpp.memory/pre-numbers-per-fetch": lambda: len(memoryview(bytes(64)).cast("d")),
    "prog.cpp.memory/convolution-multiplications": lambda: convolution_multiplications(12, 3),
    "prog.cpp.memory/separable-cost": lambda: len([*range(15), *range(15)]),
    "prog.cpp.accel/pre-eighty-percent": lambda: (60 - 48) + 48 / 8,
    "prog.cpp.accel/amdahl-limit": lambda: 100 / (100 - 75),
    "prog.cpp.accel/amdahl-with-cores": lambda: 1 / (0.1 + 0.9 / 9),
    "prog.cpp.accel/roofline-add-vectors": lambda: 48e9 / (3 * struct.calcsize("d")) / 1e9,
    "prog.cpp.accel/broadcast-temporary": lambda: 100_000 * 50 * 2 * struct.calcsize("d") / 1e6,
}
