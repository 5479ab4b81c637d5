"""The time of an evening in plain words: what a block is at, what minutes are left for, what its close tells."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

COUNTED = {"review": "cards", "practice": "exercises"}  # blocks of which pieces are counted, not minutes


class AtHand(NamedTuple):
    """What the learner said of their evening.

    `left` are the minutes that they still have, None where they did not say. `minutes` are those of each block in the
    plan that was made for it, by what the block is for. Without `cards` the review waits for another day; `closed`:
    they ended their evening.
    """

    left: int | None = None
    cards: bool = True
    minutes: Mapping[str, int] = {}
    closed: bool = False


NOTHING_SAID = AtHand()


class EveningBlock(NamedTuple):
    """A block of today as far as its time tells.

    `what` is the unit or paper it is for, or its kind. `studied` are the minutes that went to it, more than planned or
    not; `waiting` of its `items` were not answered yet. `step_open`: its minutes are over and its step is not finished.
    """

    n: int
    kind: str
    title: str
    what: str
    minutes: int
    done_minutes: int
    done: bool
    studied: int = 0
    items: int = 0
    waiting: int = 0
    step_open: bool = False


class LeftFor(NamedTuple):
    """Minutes that are left for a block, by its number and kind; less than planned where the time is over."""

    n: int
    kind: str
    minutes: int


def state_of(block: EveningBlock) -> str:
    """Return how far a block is, like `2 of 37 cards` or `42m done, step open`."""
    if block.kind in COUNTED and block.items:
        return f"{block.items - block.waiting} of {block.items} {COUNTED[block.kind]}"
    if block.done:
        return f"{block.studied or block.done_minutes}m done{', step open' if block.step_open else ''}"
    return f"{block.done_minutes}m of {block.minutes}m" if block.done_minutes else "open"


def in_time(blocks: Sequence[EveningBlock], at_hand: AtHand) -> list[EveningBlock]:
    """Return blocks with the minutes that they have in the time that the learner said they have."""
    return [block._replace(minutes=at_hand.minutes.get(block.what, block.minutes)) for block in blocks]


def over(blocks: Sequence[EveningBlock], what: str) -> int:
    """Return by how many minutes what was studied went over its blocks, 0 where it has none."""
    planned = [block for block in blocks if block.what == what]
    return max(0, planned[0].studied - sum(block.minutes for block in planned)) if planned else 0


def left_for(blocks: Sequence[EveningBlock], minutes: int, *, cards: bool = True) -> tuple[LeftFor, ...]:
    """Return what so many minutes are for: the close first, then the open blocks in order as far as they go.

    Without `cards` the reviews get none.
    """
    waiting = [block for block in blocks if not block.done and (cards or block.kind != "review")]
    given: dict[int, int] = {}
    for block in sorted(waiting, key=lambda block: (block.kind != "close", block.n)):
        given[block.n] = max(0, min(minutes, block.minutes - block.done_minutes))
        minutes -= given[block.n]
    return tuple(LeftFor(block.n, block.kind, given[block.n]) for block in waiting if given[block.n])


def was_done(blocks: Sequence[EveningBlock]) -> tuple[str, ...]:
    """Return what was done today, a line each; the close is not among it."""
    return tuple(_line(block) for block in blocks if _counts(block) and (block.done or _begun(block)))


def is_open(blocks: Sequence[EveningBlock]) -> tuple[str, ...]:
    """Return what is open tonight and may wait, a line each; the close is not among it."""
    return tuple(
        f"{block.title}: its step is open" if block.done else _open_line(block)
        for block in blocks
        if _counts(block) and (not block.done or block.step_open)
    )


def first_tomorrow(blocks: Sequence[EveningBlock]) -> str:
    """Return what tomorrow begins with: what is left open in its middle, else the first open block; "" for neither."""
    found = [block for block in blocks if block.step_open] or [b for b in blocks if not b.done and b.what != b.kind]
    return found[0].what if found else ""


def _counts(block: EveningBlock) -> bool:
    return block.kind != "close"


def _begun(block: EveningBlock) -> bool:
    return block.waiting < block.items if block.kind in COUNTED else block.done_minutes > 0


def _line(block: EveningBlock) -> str:
    counted = block.kind in COUNTED and block.items
    return state_of(block) if counted else f"{block.title}: {state_of(block)}"


def _open_line(block: EveningBlock) -> str:
    if block.kind in COUNTED and block.items:
        return f"{block.waiting} {COUNTED[block.kind]}, which can wait"
    return f"{block.title}: {max(0, block.minutes - block.done_minutes)}m"
