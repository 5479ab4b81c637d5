"""What an assistant is told of the day, the map, memory and papers.

Whatever others wrote, and what the learner wrote, is below a key `quoted`: material, never instructions. Minutes are
whole, days are study days, shares and probabilities 0 to 1.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from mlcoach.domain.assistant.evening import EveningBlock, LeftFor, state_of
from mlcoach.domain.quoting import Quoted, quoted
from mlcoach.views.curriculum import UnitView
from mlcoach.views.day import BlockView, MinutesView, StreakView, TimerView
from mlcoach.views.goal import GoalView
from mlcoach.views.habit import FinishView
from mlcoach.views.papers.paper import PaperView


class PlannedBlockView(NamedTuple):
    """One block of the plan. `quoted`: title, why, and what to open; `step` is the one that its unit is at.

    `exercises` are those of a practice block by their ids. `state` says in words how far it is, also that its minutes
    are done and its step is open.
    """

    n: int
    kind: str
    minutes: int
    done_minutes: int
    done: bool
    state: str
    unit: str
    paper: str
    step: str
    items: int
    exercises: tuple[str, ...]
    quoted: Quoted


class RunningTimerView(NamedTuple):
    """A running timer; `what` is a unit or a paper, "" for nothing in particular."""

    what: str
    minutes: int
    overnight: bool


class DayPlanView(NamedTuple):
    """The plan of today with its reasons. `coach` says something of the day as a whole, `goal` of a date.

    `streak` is None where the learner hides it. `minutes_left` and `left_for` are of the time that they
    said they have, None and () where they did not. `then` says how it goes on.
    """

    date: date
    minutes: MinutesView
    streak: StreakView | None
    blocks: tuple[PlannedBlockView, ...]
    timer: RunningTimerView | None
    coach: str
    goal: str
    minutes_left: int | None
    left_for: tuple[LeftFor, ...]
    then: str


class CurrentStepView(NamedTuple):
    """The step under way: the `n`th `of` those of its unit.

    `item` is the exercise it is, "" for anything else: `question` asks it. `quoted`: title, unit, where to read, what
    to open, the questions to try before a unit (without answers), the closing question.
    """

    step: str
    unit: str
    kind: str
    n: int
    of: int
    minutes_left: int
    timer: RunningTimerView | None
    item: str
    then: str
    quoted: Quoted


class NeededUnitView(NamedTuple):
    """A prerequisite and its status. `quoted`: title, and why it is needed."""

    unit: str
    status: str
    quoted: Quoted


class MapUnitView(NamedTuple):
    """A unit: its status, what it builds on and opens. `quoted`: title, why, objectives, readings, closing question.

    `covered` is 1 once it is passed, `retained` the share of it that would be recalled today, `met` of its `cards` were
    answered. `steps` are those that are open.
    """

    unit: str
    status: str
    hours: float
    minutes: int
    covered: float
    retained: float
    cards: int
    met: int
    requires: tuple[NeededUnitView, ...]
    locked_by: tuple[str, ...]
    unlocks: tuple[str, ...]
    steps: tuple[str, ...]
    exercises: tuple[str, ...]
    quoted: Quoted


class WeakUnitView(NamedTuple):
    """A unit of which little would be recalled today, and why that is said."""

    unit: str
    status: str
    retained: float
    why: str
    quoted: Quoted


class FailingItemView(NamedTuple):
    """An item that keeps slipping, or was answered wrong last, and why that is said. `quoted`: its question."""

    item: str
    unit: str
    why: str
    quoted: Quoted


class KnowledgeView(NamedTuple):
    """What is covered and retained of the path, which units are rusty or weak, which items fail, and why."""

    path: str
    covered: float
    retained: float
    units_covered: int
    rusty: tuple[WeakUnitView, ...]
    weakest: tuple[WeakUnitView, ...]
    strongest: tuple[str, ...]
    failing: tuple[FailingItemView, ...]
    failing_in_all: int
    due_items: int


class PaperStepView(NamedTuple):
    """One step of a pass's checklist. `quoted`: its text, and with `--notes` what it brought to light."""

    id: str
    done: bool
    quoted: Quoted


class PassDoneView(NamedTuple):
    """A pass that ended, and its verdict. `quoted`: the sentence that stayed, with `--notes` alone."""

    reading_pass: int
    date: date
    verdict: str
    quoted: Quoted


class PaperStateView(NamedTuple):
    """A paper, its pass and the checklist of that. `quoted`: title, authors, abstract; with `--notes` the notes."""

    paper: str
    status: str
    reading_pass: int
    budget_minutes: int
    year: int | None
    address: str
    checklist: tuple[PaperStepView, ...]
    passes: tuple[PassDoneView, ...]
    units: tuple[str, ...]
    quoted: Quoted


class CurrentReadingView(NamedTuple):
    """The paper asked for, or whose turn it is; None where the queue is empty."""

    paper: PaperStateView | None


class DatedGoalView(NamedTuple):
    """A path by a day: whether it fits, and how many of its open units fall."""

    by: date
    path: str
    days_left: int
    verdict: str
    needed_minutes: int
    pace_minutes: int
    hours_left: float
    falls: tuple[str, ...]


class CourseView(NamedTuple):
    """When the path ends at the pace of the last weeks (minutes a week), as a range, and the goal with a date."""

    path: str
    hours_left: float
    pace_minutes: int
    from_plan: bool
    finish: FinishView | None
    goal: DatedGoalView | None


class FoundThingView(NamedTuple):
    """One thing that holds the words. `quoted`: its title and the text around the words."""

    kind: str
    id: str
    quoted: Quoted


class FoundThingsView(NamedTuple):
    """What holds all the words, the best first, and how much more there is."""

    hits: tuple[FoundThingView, ...]
    more: int


def running(timer: TimerView | None) -> RunningTimerView | None:
    """Return a timer as an assistant is told of it."""
    return RunningTimerView(timer.what, timer.minutes, timer.overnight) if timer else None


def map_unit(view: UnitView, most: int) -> MapUnitView:
    """Return a unit as an assistant is told of it, with at most so many of the units that it opens."""
    readings = [" · ".join(filter(None, (one.title, one.at, one.url))) for one in view.read if one.core]
    return MapUnitView(
        unit=view.id,
        status=view.status,
        hours=view.hours,
        minutes=view.minutes,
        covered=view.covered,
        retained=round(view.retained, 3),
        cards=view.cards,
        met=view.met,
        requires=tuple(
            NeededUnitView(one.unit, one.status, quoted(title=one.title, why=one.why)) for one in view.requires
        ),
        locked_by=view.locked_by,
        unlocks=view.unlocks[:most],
        steps=tuple(one.id for one in view.steps if not one.done),
        exercises=tuple(one.item for one in view.exercises),
        quoted=quoted(
            title=view.title, why=view.why, objectives=view.objectives, read=readings, closing_question=view.recall
        ),
    )


def paper_state(view: PaperView, *, notes: bool) -> PaperStateView:
    """Return a paper as an assistant is told of it; what the learner wrote only with `notes`."""
    return PaperStateView(
        paper=view.id,
        status=view.status,
        reading_pass=view.reading_pass,
        budget_minutes=view.budget_minutes,
        year=view.year,
        address=view.address,
        checklist=tuple(
            PaperStepView(one.id, one.done, quoted(text=one.text, answer=one.answer if notes else ""))
            for one in view.checklist
            if notes or not one.own
        ),
        passes=tuple(
            PassDoneView(
                one.reading_pass,
                one.date,
                one.verdict,
                quoted(note=one.note, changed=one.changed) if notes else {},
            )
            for one in view.passes
        ),
        units=tuple(one.id for one in view.units),
        quoted=quoted(
            title=view.title,
            authors=view.authors,
            venue=view.venue,
            abstract=view.abstract,
            # Why it is in the queue may be the learner's own sentence.
            why=view.why if notes or not view.status else "",
            notes=[one.text for one in view.notes] if notes else [],
            note_file=view.note_text if notes else "",
        ),
    )


def planned_block(block: BlockView, at: EveningBlock) -> PlannedBlockView:
    """Return a block of the plan as an assistant is told of it."""
    return PlannedBlockView(
        n=block.n,
        kind=block.kind,
        minutes=block.minutes,
        done_minutes=block.done_minutes,
        done=block.done,
        state=state_of(at),
        unit=block.unit,
        paper=block.paper,
        step=block.step.id if block.step else "",
        items=len(block.items),
        exercises=block.items if block.kind == "practice" else (),
        quoted=quoted(title=at.title, why=block.why, open=block.resource, then=block.then),
    )


def evening_block(
    block: BlockView, seconds: Mapping[str, int], waiting: Collection[str], *, is_open: bool
) -> EveningBlock:
    """Return a block as far as its time tells.

    `seconds` went to units and papers since the plan was made, `waiting` are the items that were not answered yet;
    `is_open`: its minutes are over and its step is not. Of practice the titles are not told: they often name the
    method.
    """
    what = block.unit or block.paper or block.kind
    return EveningBlock(
        block.n,
        block.kind,
        f"{len(block.items)} exercises" if block.kind == "practice" and block.items else block.title,
        what,
        block.minutes,
        block.done_minutes,
        block.done,
        seconds.get(what, 0) // 60,
        len(block.items),
        sum(item in waiting for item in block.items),
        is_open,
    )


def opened_by(block: BlockView) -> str:
    """Return what `start` takes to begin a block, "" for one that its number alone names."""
    return block.unit or (f"paper:{block.paper}" if block.paper else "")


def dated_goal(goal: GoalView, most: int) -> DatedGoalView | None:
    """Return a goal as an assistant is told of it, with at most so many of the units that fall; None without one."""
    if goal.by is None:
        return None
    return DatedGoalView(
        by=goal.by,
        path=goal.path,
        days_left=goal.days_left,
        verdict=goal.verdict,
        needed_minutes=goal.needed_minutes,
        pace_minutes=goal.pace_minutes,
        hours_left=goal.hours_left,
        falls=tuple(unit.unit for unit in goal.falls[:most]),
    )
