"""The plan of one day: what is open, due and ready + the minutes there are -> blocks, each with its why.

The template is two hours: reviews first and capped, one concept unit, one build unit, twice a week old exercises and
on the other days a few short drills, a paper now and then, a close. Smaller budgets shrink from the edges: an hour is
reviews and one lane, the floor is reviews and one small step. The same input gives the same plan.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from math import ceil, fsum
from typing import NamedTuple

from mlcoach.domain.curriculum import LONGEST_DRILL, ItemHead
from mlcoach.domain.day.block import Block
from mlcoach.domain.day.lanes import SHORTEST, lane_blocks
from mlcoach.domain.day.queue import queue
from mlcoach.domain.day.units import OpenStep, UnitChoice

SMALL, FULL = 30, 90  # minutes: below SMALL one small step, from FULL on both lanes
LONGEST_PRACTICE = 20  # minutes of old exercises; what more would bring, drills bring in a third of the time
DRILL_MINUTES, FEW_DRILL_MINUTES = 12, 5  # of a full evening, and of a shorter one
PAPER_MINUTES = {1: 10, 2: 15, 3: 15}  # of an evening; a longer pass is read in parts
# Shares of the minutes that reviews may take, by how long the day is.
REVIEW_SHARES = ((SMALL, 0.4), (FULL, 0.3), (1 << 30, 1 / 6))
BACKLOG_SHARE = 1 / 3  # while more is due than a day asks for
REPAIR_MINUTES, WARM_UP_MINUTES = 15, 10
PROJECT_WHY = "Something of your own, an hour at a stretch: making it is where what you learned comes together."
OWN_WHY = "Your project: an hour at a stretch, on the longest day, moves it further than minutes every evening."
LONG_DAY = 360  # minutes; beyond that little is learned in the last hours


class Plan(NamedTuple):
    """The blocks of a day and the minutes they were made for."""

    minutes: int
    blocks: tuple[Block, ...]


class PaperChoice(NamedTuple):
    """The paper whose turn it is. `minutes` is what its pass takes this learner, 0 for the usual.

    `why` are the learner's own words, or the bundle's of a paper that is `offered` because the queue is empty.
    """

    id: str
    title: str
    reading_pass: int
    why: str = ""
    minutes: int = 0
    offered: bool = False


class Preparation(NamedTuple):
    """Items to go over before or beside a unit, and why: faded prerequisites, or repair after failures."""

    title: str
    items: tuple[ItemHead, ...]
    why: str
    minutes: int


class OwnProject(NamedTuple):
    """The learner's project under way: `work` names it (`project:ID`), `stage` is what it is at, `step` comes next."""

    work: str
    title: str
    stage: str
    step: str = ""


class DayShape(NamedTuple):
    """What a day has beside reviews, lanes and papers.

    `own` is the learner's project under way, which has a project's minutes before any unit.
    `projects` are units in which something is made now, `otherwise` those that have a project's minutes where there are
    none. `problems` are those of interviews; where they are fewer than their minutes, the first of `careers` has the
    rest. `free_minutes` are for whatever one is curious about. `at_least`: problems have their
    minutes before all but reviews, several of a unit.
    """

    project_minutes: int = 0
    projects: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    problem_minutes: int = 0
    problems: tuple[ItemHead, ...] = ()
    careers: tuple[str, ...] = ()
    free_minutes: int = 0
    at_least: bool = False
    own: "OwnProject | None" = None


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
    shape: DayShape = DayShape()


class CardsLeft(NamedTuple):
    """How many cards a day still asks: those due, and those that are met for the first time."""

    due: int
    new: int

    @property
    def words(self) -> str:
        """The numbers as every screen says them, the sum first where there are both; "" where nothing is left."""
        if self.due and self.new:
            return f"{self.due + self.new} cards: {self.due} due, {self.new} new"
        return count(self.due, "card") if self.due else count(self.new, "new card") if self.new else ""


def make_plan(now: PlanInput) -> Plan:
    """Return the plan for the minutes of the input; its blocks never take more than these."""
    if now.minutes <= 0:
        return Plan(now.minutes, ())
    close = _close(now) if now.close else None
    left = now.minutes - (close.minutes if close else 0)
    review = _review(now, left)
    left -= review.minutes if review else 0
    asked = _interview_problems(now, left) if now.shape.at_least else None
    left -= asked.minutes if asked else 0
    preparation = _preparation(now, left)
    if asked and preparation and set(asked.items) & set(preparation.items):
        preparation = None
    left -= preparation.minutes if preparation else 0
    paper = _paper(now, left)
    left -= paper.minutes if paper else 0
    free = _free(now, left)
    left -= free.minutes if free else 0
    # One piece of old work an evening: what prepares today's unit, or what keeps the earlier ones.
    practice = asked or _interview_problems(now, left)
    practice = practice or (None if preparation else _practice(now, left) or _drills(now, left))
    left -= practice.minutes if practice and not asked else 0
    made = _shaped(now, left, practice)
    left -= sum(block.minutes for block in made)
    lanes = _lanes(now, left, without={block.unit for block in made if block.unit})
    if made and not lanes:  # nothing else is ready: the rest of the day is theirs too
        made = _shaped(now, left + sum(block.minutes for block in made), practice, all_of_it=True)
    spare = left - sum(block.minutes for block in lanes)
    if close and lanes and 0 < spare < 5:
        close = close._replace(minutes=close.minutes + spare)
    blocks = [review, preparation, *lanes, *made, practice, free, paper, close]
    return Plan(now.minutes, tuple(block for block in blocks if block))


def _lanes(now: PlanInput, minutes: int, *, only: Collection[str] = (), without: Collection[str] = ()) -> list[Block]:
    """Return the blocks of units for these minutes: of some units alone, or of all but some that have theirs."""
    units = [unit for unit in now.units if (not only or unit.id in only) and unit.id not in without]
    return lane_blocks(
        units, now.steps, minutes, day=now.day, path=now.path, first=() if only else now.first,
        lane_minutes=now.lane_minutes, factor=now.factor, both=now.minutes >= FULL and len(only) != 1,
        small=now.minutes < SMALL, recent_career=now.recent_career, besides=len(without),
    )  # fmt: skip


def _shaped(now: PlanInput, left: int, practice: Block | None, *, all_of_it: bool = False) -> list[Block]:
    """Return the blocks of the project, and of the career unit that takes what problems leave of their minutes."""
    shape = now.shape
    ready = {unit.id for unit in now.units if not unit.locked}
    blocks: list[Block] = []
    if shape.own and shape.project_minutes:
        own = _own_project(shape.own, left if all_of_it else min(shape.project_minutes, left))
        blocks += own
        left -= sum(block.minutes for block in own)
    project = "" if blocks else next((id for id in (*shape.projects, *shape.otherwise) if id in ready), "")
    if shape.project_minutes and project:
        made = _lanes(now, left if all_of_it else min(shape.project_minutes, left), only=(project,))
        if project in shape.projects:
            made = [block._replace(kind="project", why=f"{PROJECT_WHY} {block.why}") for block in made]
        blocks += made
        left -= sum(block.minutes for block in made)
    rest = min(left, shape.problem_minutes - (practice.minutes if practice else 0))
    career = next((id for id in shape.careers if id in ready - {block.unit for block in blocks}), "")
    if rest >= SHORTEST and career:
        blocks += _lanes(now, rest, only=(career,))
    return blocks


def _own_project(own: OwnProject, minutes: int) -> list[Block]:
    """Return the block of the learner's project, none where too few minutes are left for it."""
    if minutes < SHORTEST:
        return []
    title = f"{own.title}, {own.stage}"
    return [Block("project", minutes, title, resource=own.step, why=OWN_WHY, work=own.work)]


def _free(now: PlanInput, left: int) -> Block | None:
    minutes = min(now.shape.free_minutes, left // 3)
    if minutes < SHORTEST:
        return None
    return Block(
        "free",
        minutes,
        "yours: whatever you are curious about",
        why="Time without a use in mind, once a week: what you find by yourself is what you go on with.",
    )


def _interview_problems(now: PlanInput, left: int) -> Block | None:
    """Return the problems of a day before interviews."""
    if not now.shape.problem_minutes or not now.shape.problems:
        return None
    if now.shape.at_least:
        found = _until_full(now.shape.problems, now.shape.problem_minutes, left)
    else:
        found = _practice(now._replace(problems=now.shape.problems), left, most=now.shape.problem_minutes)
    return found and found._replace(why="Problems as interviews ask them, those you are least sure of first.")


def _until_full(problems: Sequence[ItemHead], wanted: int, left: int) -> Block | None:
    """Return problems for the minutes wanted, or a little more: one of a unit first, then the others in their order."""
    chosen: list[ItemHead] = []
    spent = 0.0
    for once in (True, False):
        for head in problems:
            taken = head in chosen or (once and head.unit in {other.unit for other in chosen})
            if spent < wanted and not taken and spent + head.minutes <= left:
                chosen.append(head)
                spent += head.minutes
    if not chosen:
        return None
    titles = "; ".join(head.title or head.id for head in chosen)
    return Block("practice", ceil(spent), titles, items=tuple(head.id for head in chosen))


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
    if old and now.away and now.due_count > old:
        why = f"Back after {now.away} days: {old} of {now.due_count} due to begin with, a few more each day"
    elif old and now.due_count > old:
        why = f"{old} of {now.due_count} due, the most overdue for their interval first; the rest can wait"
    elif old:
        why = "Due today: recalled just before they would fade, they last longest"
    else:
        why = "New cards from what you are learning; the first recall counts most"
    return Block("review", minutes, CardsLeft(old, new).words, items=tuple(head.id for head in chosen), why=why + ".")


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
    whose = "Your queue is empty, and this is a classic" if now.paper.offered else "You wanted it"
    why = f"Paper day. {whose}: {now.paper.why}" if now.paper.why else "Paper day; pass 1 is enough to decide"
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


def _practice(now: PlanInput, left: int, *, most: int = 0) -> Block | None:
    """Return the exercises to do again: those that fit, and where none does the shortest of the foremost ones.

    They take at most half of what is left, and twenty minutes; with `most` up to so many minutes.
    """
    if now.minutes < 45 or not now.problems:
        return None
    longest = min(most, left) if most else left // 2
    most = min(most or LONGEST_PRACTICE, longest)
    fitting = [head for head in now.problems if head.minutes <= most]
    if not fitting:
        fitting = [min(now.problems[:5], key=lambda head: head.minutes)]
    chosen, spent = _one_of_a_unit(fitting, most)
    return Block(
        "practice",
        min(spent, longest),
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


def longest_first(goals: Sequence[int]) -> list[int]:
    """Return the weekdays with minutes, the longest first, of equal ones the last of the week."""
    return sorted((day for day, minutes in enumerate(goals) if minutes), key=lambda day: (-goals[day], -day))


def count(number: int, word: str) -> str:
    """Return a number with its word: `1 card`, `3 cards`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
