"""The time of an evening in plain words: what a block is at, what minutes are left for, what its close tells."""

from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.day.block import Block, DayFacts


class EveningBlock(NamedTuple):
    """A block of today as far as its time tells.

    `step_open`: its planned minutes are over and its step is not finished.
    """

    n: int
    kind: str
    title: str
    minutes: int
    done_minutes: int
    done: bool
    step_open: bool = False


class LeftFor(NamedTuple):
    """Minutes that are left for a block, by its number and kind; less than planned where there is no more time."""

    n: int
    kind: str
    minutes: int


def state_of(block: EveningBlock) -> str:
    """Return how far a block is, like `20m done, step open`."""
    if block.done:
        return f"{block.done_minutes}m done{', step open' if block.step_open else ''}"
    return f"{block.done_minutes}m of {block.minutes}m" if block.done_minutes else "open"


def over(what: str, blocks: Sequence[Block], facts: DayFacts) -> int:
    """Return by how many minutes what was studied went over its blocks of the day, 0 where it has none."""
    planned = [block for block in blocks if what and what in (block.unit, block.paper, block.work)]
    if not planned:
        return 0
    spent = facts.units.get(what, 0) or facts.papers.get(what, 0)
    spent -= min(block.spent_before for block in planned)
    return max(0, spent // 60 - sum(block.minutes for block in planned))


def left_for(blocks: Sequence[EveningBlock], minutes: int, *, cards: bool = True) -> tuple[LeftFor, ...]:
    """Return what so many minutes are for: the close first, then the open blocks in order as far as they go.

    Without `cards` the reviews get none.
    """
    waiting = [block for block in blocks if not block.done and (cards or block.kind != "review")]
    given: dict[int, int] = {}
    for block in sorted(waiting, key=lambda block: (block.kind != "close", block.n)):
        given[block.n] = min(minutes, block.minutes - block.done_minutes)
        minutes -= given[block.n]
    return tuple(LeftFor(block.n, block.kind, given[block.n]) for block in waiting if given[block.n] > 0)


def in_words(blocks: Sequence[EveningBlock], *, done: bool) -> tuple[str, ...]:
    """Return what was done today, or what is open, a line each; the close is in neither."""
    begun = [block for block in blocks if block.kind != "close"]
    if done:
        return tuple(f"{block.title}: {state_of(block)}" for block in begun if block.done or block.done_minutes)
    return tuple(
        f"{block.title}: {'its step is open' if block.done else f'{block.minutes - block.done_minutes}m left'}"
        for block in begun
        if not block.done or block.step_open
    )
