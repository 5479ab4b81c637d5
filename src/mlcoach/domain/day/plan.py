"""The plan of one day: what is open, due and ready + the minutes there are -> blocks, each with its why.

The template is two hours: reviews first and capped, one concept unit, one build unit, a paper on paper days or a mix
of old problems, a close. Smaller budgets shrink from the edges: an hour is reviews and one lane, the floor is reviews
and one small step. The same input gives the same plan.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any, Literal, NamedTuple, Self

from mlcoach.domain.curriculum import ItemHead, Lane
from mlcoach.domain.day.queue import interleaved, queue
from mlcoach.domain.day.unit_status import UnitStatus
from mlcoach.domain.time.study_days import format_day

BlockKind = Literal["review", "study", "build", "practice", "paper", "close"]

CONCEPT_SHARE = 0.62  # of the core's hours
MOST_OPEN = 3
SMALL, FULL = 30, 90  # minutes: below SMALL one small step, from FULL on both lanes
LONGEST_PRACTICE = 30
PAPER_MINUTES = {1: 10, 2: 25, 3: 25}
LONGEST_PAPER = 25
LANE_KINDS: dict[Lane, BlockKind] = {"concept": "study", "build": "build"}


class Block(NamedTuple):
    """One piece of a day. `items` are the ids a review or practice block asks for, `then` what follows the reading.

    `spent_before` are the seconds that its unit or paper had that day already, and `passes_before` the passes, when
    the plan was made: they tick nothing off.
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

    def to_data(self) -> dict[str, Any]:
        """Return the block as the journal keeps it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return the block of a journal entry; keys of a newer release are passed over."""
        known = {name: data[name] for name in cls._fields if name in data}
        known["items"] = tuple(known.get("items", ()))
        return cls(**known)


class Plan(NamedTuple):
    """The blocks of a day and the minutes they were made for."""

    minutes: int
    blocks: tuple[Block, ...]


class UnitChoice(NamedTuple):
    """A unit the plan may choose. `status` is "" (not begun) or learning; `since` an ISO study day."""

    id: str
    title: str
    lane: Lane
    status: UnitStatus
    hours: float
    seconds: int = 0
    since: str = ""
    resource: str = ""
    then: str = ""
    locked: bool = False
    on_path: bool = True
    opening: bool = False  # belongs to the track `start`, which comes first in an evening


class PaperChoice(NamedTuple):
    """The paper whose turn it is. `minutes` is what its pass takes this learner, 0 for the usual."""

    id: str
    title: str
    reading_pass: int
    why: str = ""
    minutes: int = 0


class PlanInput(NamedTuple):
    """All that a plan depends on. Items come in the order in which they should be asked."""

    day: date
    minutes: int
    path: str
    cards: tuple[ItemHead, ...] = ()
    problems: tuple[ItemHead, ...] = ()
    new: tuple[ItemHead, ...] = ()
    due_count: int = 0
    away: int = 0  # days missed before today, where that is a break
    units: tuple[UnitChoice, ...] = ()
    paper: PaperChoice | None = None
    close: bool = True


def make_plan(now: PlanInput) -> Plan:
    """Return the plan for the minutes of the situation; its blocks never take more than these."""
    if now.minutes <= 0:
        return Plan(now.minutes, ())
    close = _close(now) if now.close else None
    left = now.minutes - (close.minutes if close else 0)
    review = _review(now, left)
    left -= review.minutes if review else 0
    paper = _paper(now, left)
    left -= paper.minutes if paper else 0
    practice = None if paper and now.minutes < FULL else _practice(now, left)
    left -= practice.minutes if practice else 0
    odd = left % 5 if close and now.minutes >= FULL else 0
    lanes = _lanes(now, left - odd)
    if close and lanes:
        # The lanes go in fives; the odd minutes make the close a little longer, so that the day adds up.
        close = close._replace(minutes=close.minutes + odd)
    blocks = [review, *lanes, practice, paper, close]
    return Plan(now.minutes, tuple(block for block in blocks if block))


def choose_unit(units: Sequence[UnitChoice], lane: str) -> UnitChoice | None:
    """Return the unit of a lane to study: one under way (the path's first), else the next that is ready.

    With three units under way nothing new is begun.
    """
    under_way = [unit for unit in units if unit.status == "learning"]
    of_lane = [unit for unit in under_way if unit.lane == lane]
    for unit in sorted(of_lane, key=lambda unit: not unit.on_path):
        return unit
    if len(under_way) >= MOST_OPEN:
        return None
    return next(
        (unit for unit in units if unit.lane == lane and unit.on_path and not unit.status and not unit.locked), None
    )


def _close(now: PlanInput) -> Block | None:
    minutes = 5 if now.minutes >= 45 else 2 if now.minutes >= 15 else 0
    if not minutes:
        return None
    return Block(
        "close",
        minutes,
        "one line you would tell a friend",
        why="A sentence in your own words is recall, and tomorrow's first step is easier to find.",
    )


def _review(now: PlanInput, left: int) -> Block | None:
    share = 0.4 if now.minutes < SMALL else 0.3 if now.minutes < FULL else 1 / 6
    most = min(left, max(3, now.minutes * share))
    chosen = queue(now.cards, now.new, most)
    if not chosen:
        return None
    minutes = min(left, max(1, ceil(sum(head.minutes for head in chosen))))
    fresh = {head.id for head in now.new}
    new = sum(head.id in fresh for head in chosen)
    old = len(chosen) - new
    parts = [_count(old, "card")] if old else []
    parts += [f"{new} new" if old else _count(new, "new card")] if new else []
    if old and now.away and now.due_count > old:
        why = f"Back after {now.away} days: {old} of {now.due_count} due to begin with, a few more each day"
    elif old and now.due_count > old:
        why = f"{old} of {now.due_count} due, the most overdue for their interval first; the rest can wait"
    elif old:
        why = "Due today: recalled just before they would fade, they last longest"
    else:
        why = "New cards from what you are learning; the first recall counts most"
    return Block("review", minutes, ", ".join(parts), items=tuple(head.id for head in chosen), why=why + ".")


def _paper(now: PlanInput, left: int) -> Block | None:
    if now.paper is None or now.minutes < 45:
        return None
    usual = PAPER_MINUTES[now.paper.reading_pass]
    # A longer pass is read in parts of an evening each.
    minutes = min(now.paper.minutes if now.paper.minutes > 0 else usual, LONGEST_PAPER, left // 2)
    why = f"Paper day. You wanted it: {now.paper.why}" if now.paper.why else "Paper day; pass 1 is enough to decide"
    return Block(
        "paper",
        minutes,
        f"{now.paper.title}, pass {now.paper.reading_pass}",
        paper=now.paper.id,
        why=why.rstrip(".") + ".",
    )


def redo_minutes(head: ItemHead) -> int:
    """Return the estimate for doing an exercise again: half of the first time, in minutes."""
    return _in_fives(ceil(head.minutes / 2))


def _practice(now: PlanInput, left: int) -> Block | None:
    if now.minutes < 45 or not now.problems:
        return None
    most = min(LONGEST_PRACTICE, left // 2)
    chosen: list[ItemHead] = []
    spent = 0
    for head in interleaved(now.problems):
        if chosen and spent + redo_minutes(head) > max(15, most // 2):
            break
        chosen.append(head)
        spent += redo_minutes(head)
    titles = "; ".join(head.title or head.id for head in chosen)
    return Block(
        "practice",
        min(spent, most),
        titles,
        items=tuple(head.id for head in chosen),
        why="Problems met before, mixed over subjects: choosing the method is half of the skill.",
    )


def _lanes(now: PlanInput, left: int) -> list[Block]:
    """Return the study and build blocks for the minutes left. A lane with nothing ready lends its minutes."""
    if left <= 0:
        return []
    concept, build = choose_unit(now.units, "concept"), choose_unit(now.units, "build")
    if concept and build and now.minutes < FULL:
        # One lane a day, in turn: two halves of a short evening would both be too short to get into.
        # Before anything is begun, the unit made for a quick win goes first.
        first_evening = build.opening and not build.status and not concept.status
        concept, build = (concept, None) if now.day.toordinal() % 2 and not first_evening else (None, build)
    if concept and build:
        first = 5 * round(left * CONCEPT_SHARE / 5)
        blocks = [_unit_block(now, concept, first), _unit_block(now, build, left - first)]
        # The very first units are made for a quick win: they come before the mathematics.
        return blocks[::-1] if build.opening and not concept.opening else blocks
    only = concept or build
    return [_unit_block(now, only, left)] if only else []


def _unit_block(now: PlanInput, unit: UnitChoice, minutes: int) -> Block:
    if unit.status == "learning":
        since = f"since {format_day(date.fromisoformat(unit.since), now.day)}: " if unit.since else "by then: "
        why = f"Under way {since}{_hours(unit.seconds / 3600)} of about {_hours(unit.hours)}."
    else:
        why = f"Next on the path `{now.path}`; all it needs is passed."
    if now.minutes < SMALL:
        why += " A small step is enough today."
    first, then = unit.resource, unit.then
    if unit.opening and not unit.status and then:
        first, then = f"first: {then}", unit.resource  # something made within minutes, then the reading
    return Block(LANE_KINDS[unit.lane], minutes, unit.title, unit=unit.id, resource=first, then=then, why=why)


def _in_fives(minutes: int) -> int:
    return 5 * ceil(minutes / 5)


def _hours(hours: float) -> str:
    return f"{hours:.1f}".removesuffix(".0") + "h"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
