"""Three-way merge of texts by lines: what one side changed is taken, what both changed is a conflict.

Lines that both sides add at the same place are kept both: notes and lists grow at their end on every machine.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_LINES = 12_000  # of all three together; comparing grows with their square


class MergedText(NamedTuple):
    """A merged text, and whether lines of the second side were left out of it."""

    text: str
    in_conflict: bool


class _Region(NamedTuple):
    """Lines of the base that both sides left as they are: where they begin in each, and how many."""

    base: int
    one: int
    two: int
    lines: int


def merge_text(base: str, one: str, two: str) -> MergedText:
    """Return what both sides made of the base; where both changed the same lines, those of `one` stand."""
    lines, in_conflict = merge_lines(base.split("\n"), one.split("\n"), two.split("\n"))
    return MergedText("\n".join(lines), in_conflict)


def merge_lines(base: Sequence[str], one: Sequence[str], two: Sequence[str]) -> tuple[list[str], bool]:
    """Return the merged lines and whether there was a conflict, as `merge_text` does."""
    if one == two or two == base:
        return list(one), False
    if one == base:
        return list(two), False
    if len(base) + len(one) + len(two) > MOST_LINES:
        return list(one), True
    merged: list[str] = []
    in_conflict = False
    at_base = at_one = at_two = 0
    for region in _kept_by_both(base, one, two):
        was, first, second = base[at_base : region.base], one[at_one : region.one], two[at_two : region.two]
        if first == second or second == was:
            merged += first
        elif first == was:
            merged += second
        elif not was:
            merged += [*first, *second]
        else:
            merged += first
            in_conflict = True
        merged += base[region.base : region.base + region.lines]
        at_base, at_one, at_two = (start + region.lines for start in region[:3])
    return merged, in_conflict


def _kept_by_both(base: Sequence[str], one: Sequence[str], two: Sequence[str]) -> Iterator[_Region]:
    """Yield the lines that both sides kept, in order, and at the end an empty region behind everything."""
    first = SequenceMatcher(None, base, one, autojunk=False).get_matching_blocks()
    second = SequenceMatcher(None, base, two, autojunk=False).get_matching_blocks()
    i = j = 0
    while i < len(first) and j < len(second):
        a, b = first[i], second[j]
        begin, end = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if begin < end:
            yield _Region(begin, a.b + begin - a.a, b.b + begin - b.a, end - begin)
        if a.a + a.size < b.a + b.size:
            i += 1
        else:
            j += 1
    yield _Region(len(base), len(one), len(two), 0)
