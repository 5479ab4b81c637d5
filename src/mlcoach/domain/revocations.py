"""Which entries of a journal do not count: what was taken back, and what was brought by an import that was."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

_SPAN = re.compile(r"([A-Za-z0-9]{1,64})-(\d{1,16})(?:\.\.(\d{1,16}))?")


def taken_back(takers: Mapping[str, Collection[str]], left_out: Collection[str] = ()) -> set[str]:
    """Return the ids that do not count: those `left_out`, and what the entries that count take back.

    `takers` maps an entry that takes others back to what it names; one that is taken back itself takes nothing. So
    each is settled after all that name it, whatever the clocks said. No program writes entries that take one another
    back in a circle; in a journal that has one, the entry that `takers` names first is settled first.
    """
    targets = {id: set(named) for id, named in takers.items()}
    waiting = dict.fromkeys(targets, 0)
    for named in targets.values():
        for id in named & waiting.keys():
            waiting[id] += 1
    ready = [id for id, count in waiting.items() if not count]
    unsettled = dict.fromkeys(targets)
    gone = set(left_out)
    while unsettled:
        id = ready.pop() if ready else next(iter(unsettled))
        if id not in unsettled:
            continue
        del unsettled[id]
        if id not in gone:
            gone |= targets[id]
        for other in targets[id] & waiting.keys():
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return gone


def spans(entries: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return entries, named by device and number, as few texts: `cafe-3..90` are the numbers 3 to 90 of one device."""
    numbers: dict[str, list[int]] = {}
    for device, seq in entries:
        numbers.setdefault(device, []).append(seq)
    found = []
    for device, unordered in sorted(numbers.items()):
        ordered = sorted(set(unordered))
        ends = [index for index, (one, next_one) in enumerate(pairwise(ordered)) if next_one != one + 1]
        first = 0
        for last in [*ends, len(ordered) - 1]:
            low, high = ordered[first], ordered[last]
            found.append(f"{device}-{low}" if low == high else f"{device}-{low}..{high}")
            first = last + 1
    return tuple(found)


def read_span(text: str) -> tuple[str, int, int]:
    """Return device, first and last number of a span. Raises ValueError for a text that is not one."""
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"not a span of entries: {text}")
    device, first, last = found.groups()
    return device, int(first), int(last or first)


def entries_in(texts: Iterable[str]) -> int:
    """Return how many entries spans name."""
    return sum(last - first + 1 for _, first, last in map(read_span, texts))
