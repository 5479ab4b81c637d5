"""One block of a day's plan, and how much of it is done."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal, NamedTuple, Self

BlockKind = Literal["review", "study", "build", "project", "practice", "free", "paper", "close"]


class Part(NamedTuple):
    """The minutes of a block that are planned for one step; the step is a full id, "" for time without one."""

    minutes: int
    step: str


class Block(NamedTuple):
    """One piece of a day. `items` are the ids a review or practice block asks for, `parts` the steps of a unit.

    `then` is what follows in words. `drills` marks a practice block of short drills instead of long exercises. `work`
    is what of one's own it is for (`project:ID`). `spent_before` are the seconds that its unit or paper had that day
    already, and `passes_before` the passes, when the plan was made: they tick nothing off.
    """

    kind: BlockKind
    minutes: int
    title: str
    unit: str = ""
    paper: str = ""
    items: tuple[str, ...] = ()
    resource: str = ""
    then: str = ""
    why: str = ""
    spent_before: int = 0
    passes_before: int = 0
    parts: tuple[Part, ...] = ()
    closing: bool = False
    drills: bool = False
    work: str = ""

    def to_data(self) -> dict[str, Any]:
        """Return the block as the journal keeps it."""
        data: dict[str, Any] = {
            name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items()
        }
        return {**data, "parts": [list(part) for part in self.parts]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the block of a journal entry; keys of a newer release are passed over."""
        known = {name: data[name] for name in cls._fields if name in data}
        known = {"kind": "close", "minutes": 0, "title": "", **known}
        known["items"] = tuple(known.get("items", ()))
        known["parts"] = tuple(Part(*part) for part in known.get("parts", ()))
        return cls(**known)


class DayFacts(NamedTuple):
    """What a day brought, as far as blocks are ticked by it.

    `units` (with work of one's own, as `project:ID`) and `papers` hold seconds by id, `passes` the papers of which a
    pass ended, `notes` how many entries had a note, `answered` the items that no longer wait that day, `steps` the
    steps finished or skipped, `closed` the units that were passed or skipped. Seconds under "" are those on nothing in
    particular, and on what is not in the plan.
    """

    units: Mapping[str, int] = {}
    papers: Mapping[str, int] = {}
    passes: tuple[str, ...] = ()
    notes: int = 0
    answered: Collection[str] = ()
    steps: Collection[str] = ()
    closed: Collection[str] = ()


class Progress(NamedTuple):
    """How much of a block is done, in minutes, and whether it needs no more."""

    minutes: int
    done: bool


def progress_of(block: Block, facts: DayFacts) -> Progress:
    """Return how far a block is: by its queue, its minutes, its steps, its pass, or the line of the close."""
    if block.items:
        share = sum(item in facts.answered or item in facts.steps for item in block.items) / len(block.items)
        return Progress(round(block.minutes * share), share == 1)
    if block.kind == "close":
        return Progress(block.minutes if facts.notes else 0, facts.notes > 0)
    if block.paper:
        minutes = _minutes(facts.papers.get(block.paper, 0), block)
        ended = facts.passes.count(block.paper) > block.passes_before
        return Progress(minutes, ended or minutes >= block.minutes)
    minutes = _minutes(facts.units.get(block.unit or block.work, 0), block)
    if block.kind == "free":
        return Progress(minutes, minutes >= block.minutes)
    if not _begun(block, facts):  # what was finished before a minute of it was studied is not of this day
        return Progress(0, False)
    steps = [part.step for part in block.parts if part.step]
    finished = block.unit in facts.closed or (bool(steps) and all(step in facts.steps for step in steps))
    return Progress(minutes, finished or minutes >= block.minutes)


def is_freed(block: Block, facts: DayFacts) -> bool:
    """Return whether a block is for a unit that was closed before a minute of the block: its time is for others."""
    return block.unit in facts.closed and not _begun(block, facts)


def _begun(block: Block, facts: DayFacts) -> bool:
    return facts.units.get(block.unit or block.work, 0) > block.spent_before


def is_ticked(blocks: Iterable[Block], facts: DayFacts) -> bool:
    """Return whether a plan of at least one block is done to its last one."""
    done = [progress_of(block, facts).done for block in blocks]
    return bool(done) and all(done)


def _minutes(seconds: int, block: Block) -> int:
    return min(block.minutes, max(0, seconds - block.spent_before) // 60)
