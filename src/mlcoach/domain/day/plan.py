"""The plan of one day: what is open, due and ready + the minutes there are -> blocks, each with its why.

The template is two hours: reviews first and capped, one concept unit, one build unit, twice a week old exercises and
on the other days a few short drills, a paper now and then, a close. Smaller budgets shrink from the edges: an hour is
reviews and one lane, the floor is reviews and one small step. The same input gives the same plan.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil, fsum
from typing import NamedTuple

from mlcoach.domain.curriculum import ItemHead
from mlcoach.domain.day.block import Block
from mlcoach.domain.day.lanes import lane_blocks
from mlcoach.domain.day.queue import queue
from mlcoach.domain.day.units import OpenStep, UnitChoice

SMALL, FULL = 30, 90  # minutes: below SMALL one small step, from FULL on both lanes
LONGEST_PRACTICE = 30
DRILL_MINUTES, FEW_DRILL_MINUTES = 10, 5  # of a full evening, and of a shorter one
LONGEST_DRILL = 5  # minutes; what takes longer is an exercise like others
PAPER_MINUTES = {1: 10, 2: 15, 3: 15}  # of an evening; a longer pass is read in parts
# Shares of the minutes that reviews may take, by how long the day is.
REVIEW_SHARES = ((SMALL, 0.4), (FULL, 0.3), (1 << 30, 1 / 6))
BACKLOG_SHARE = 1 / 3  # while more is due than a day asks for
REPAIR_MINUTES, WARM_UP_MINUTES = 15, 10
LONG_DAY = 360  # minutes; beyond that little is learned in the last hours


class Plan(NamedTuple):
    """The blocks of a day and the minutes they were made for."""

    minutes: int
    blocks: tuple[Block, ...]


class PaperChoice(NamedTuple):
    """The paper whose turn it is. `minutes` is what its pass takes this learner, 0 for the usual."""

    id: str
    title: str
    reading_pass: int
    why: str = ""
    minutes: int = 0


class Preparation(NamedTuple):
    """Items to go over before or beside a unit, and why: faded prerequisites, or repair after failures."""

    title: str
    items: tuple[ItemHead, ...]
    why: str
    minutes: int


class PlanInput(NamedTuple):
    """All that a plan depends on. Items come in the order in which they should be asked.

    `due_count` counts the cards due, `cap` how many of them a day asks for. `problems` are the exercises to choose
    from, none on a day without practice, `drills` the short ones, both with the minutes that a go takes now.
    `first` are the units that the path begins with, `lane_minutes` the minutes by lane of the last fortnight,
    `factor` the learner's hours for each stated one, `recent_career` says that a unit of that track was begun
    within four weeks.
    """

    day: date
    minutes: int
    path: str
    cards: tuple[ItemHead, ...] = ()
    new: tuple[ItemHead, ...] = ()
    due_count: int = 0
    cap: int = 25
    away: int = 0  # days missed before today, where that is a break
    problems: tuple[ItemHead, ...] = ()
    drills: tuple[ItemHead, ...] = ()
    preparation: Preparation | None = None
    units: tuple[UnitChoice, ...] = ()
    steps: Mapping[str, tuple[OpenStep, ...]] = {}
    first: tuple[str, ...] = ()
    lane_minutes: Mapping[str, int] = {}
    factor: float = 1.0
    recent_career: bool = False
    paper: PaperChoice | None = None
    close: bool = True


def make_plan(now: PlanInput) -> Plan:
    """Return the plan for the minutes of the input; its blocks never take more than these."""
    if now.minutes <= 0:
        return Plan(now.minutes, ())
    close = _close(now) if now.close else None
    left = now.minutes - (close.minutes if close else 0)
    review = _review(now, left)
    left -= review.minutes if review else 0
    preparation = _preparation(now, left)
    left -= preparation.minutes if preparation else 0
    paper = _paper(now, left)
    left -= paper.minutes if paper else 0
    # One piece of old work an evening: what prepares today's unit, or what keeps the earlier ones.
    practice = None if preparation else _practice(now, left) or _drills(now, left)
    left -= practice.minutes if practice else 0
    lanes = lane_blocks(
        now.units, now.steps, left, day=now.day, path=now.path, first=now.first, lane_minutes=now.lane_minutes,
        factor=now.factor, both=now.minutes >= FULL, small=now.minutes < SMALL, recent_career=now.recent_career,
    )  # fmt: skip
    spare = left - sum(block.minutes for block in lanes)
    if close and lanes and 0 < spare < 5:
        close = close._replace(minutes=close.minutes + spare)
    blocks = [review, preparation, *lanes, practice, paper, close]
    return Plan(now.minutes, tuple(block for block in blocks if block))


def _close(now: PlanInput) -> Block | None:
    minutes = 3 if now.minutes >= 45 else 2 if now.minutes >= 15 else 0
    if not minutes:
        return None
    return Block(
        "close",
        minutes,
        "one line you would tell a friend",
        why="A sentence in your own words is recall, and tomorrow's first step is easier to find.",
    )


def _review(now: PlanInput, left: int) -> Block | None:
    share = next(share for below, share in REVIEW_SHARES if now.minutes < below)
    if now.due_count > now.cap:
        share = max(share, BACKLOG_SHARE)
    most = min(left, max(3, now.minutes * share))
    chosen = queue(now.cards, now.new, most)
    if not chosen:
        return None
    minutes = min(left, max(1, ceil(fsum(head.minutes for head in chosen))))
    fresh = {head.id for head in now.new}
    new = sum(head.id in fresh for head in chosen)
    old = len(chosen) - new
    parts = [count(old, "card")] if old else []
    parts += [f"{new} new" if old else count(new, "new card")] if new else []
    if old and now.away and now.due_count > old:
        why = f"Back after {now.away} days: {old} of {now.due_count} due to begin with, a few more each day"
    elif old and now.due_count > old:
        why = f"{old} of {now.due_count} due, the most overdue for their interval first; the rest can wait"
    elif old:
        why = "Due today: recalled just before they would fade, they last longest"
    else:
        why = "New cards from what you are learning; the first recall counts most"
    return Block("review", minutes, ", ".join(parts), items=tuple(head.id for head in chosen), why=why + ".")


def _preparation(now: PlanInput, left: int) -> Block | None:
    wanted = now.preparation
    if wanted is None or now.minutes < 45 or left < 2 * wanted.minutes:
        return None
    return Block(
        "practice", wanted.minutes, wanted.title, items=tuple(head.id for head in wanted.items), why=wanted.why,
        resource="; ".join(head.title or head.id for head in wanted.items if head.kind == "exercise"),
    )  # fmt: skip


def _paper(now: PlanInput, left: int) -> Block | None:
    if now.paper is None or now.minutes < 45:
        return None
    usual = PAPER_MINUTES[now.paper.reading_pass]
    minutes = min(now.paper.minutes if now.paper.minutes > 0 else usual, usual, left // 2)
    why = f"Paper day. You wanted it: {now.paper.why}" if now.paper.why else "Paper day; pass 1 is enough to decide"
    return Block(
        "paper",
        minutes,
        f"{now.paper.title}, pass {now.paper.reading_pass}",
        paper=now.paper.id,
        why=why.rstrip(".") + ".",
    )


def redo_minutes(head: ItemHead) -> int:
    """Return the minutes that doing an exercise again takes: half of the first time, a short drill as long as ever."""
    if head.minutes <= LONGEST_DRILL:
        return max(1, round(head.minutes))
    return 5 * ceil(ceil(head.minutes / 2) / 5)


def _practice(now: PlanInput, left: int) -> Block | None:
    """Return the exercises to do again: those that fit, and where none does the shortest of the foremost ones."""
    if now.minutes < 45 or not now.problems:
        return None
    most = min(LONGEST_PRACTICE, left // 2)
    fitting = [head for head in now.problems if head.minutes <= most]
    if not fitting:
        fitting = [min(now.problems[:5], key=lambda head: head.minutes)]
    chosen, spent = _one_of_a_unit(fitting, most)
    return Block(
        "practice",
        min(spent, left // 2),
        "; ".join(head.title or head.id for head in chosen),
        items=tuple(head.id for head in chosen),
        why="Exercises of units you passed, where a gap would cost most: choosing the method is half of the skill.",
    )


def _drills(now: PlanInput, left: int) -> Block | None:
    most = DRILL_MINUTES if now.minutes >= FULL else FEW_DRILL_MINUTES
    if now.minutes < 45 or left < 2 * most:
        return None
    chosen, spent = _one_of_a_unit(now.drills, most)
    if not chosen:
        return None
    return Block(
        "practice",
        spent,
        count(len(chosen), "short drill"),
        items=tuple(head.id for head in chosen),
        resource="; ".join(head.title or head.id for head in chosen),
        why="Fresh numbers on what you passed, subjects mixed: minutes keep what an hour would have to rebuild.",
        drills=True,
    )


def _one_of_a_unit(heads: Iterable[ItemHead], most: float) -> tuple[list[ItemHead], int]:
    """Return the first that fit into so many minutes together, at most one of a unit, and their minutes."""
    chosen: list[ItemHead] = []
    spent = 0.0
    for head in heads:
        if chosen and (spent + head.minutes > most or head.unit in {other.unit for other in chosen}):
            continue
        chosen.append(head)
        spent += head.minutes
    return chosen, ceil(spent)


def count(number: int, word: str) -> str:
    """Return a number with its word: `1 card`, `3 cards`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
