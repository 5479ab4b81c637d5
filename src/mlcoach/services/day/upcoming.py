"""The coming days: today's plan, then each day planned as if the ones before were done as planned.

The days are lived on a copy of the store in memory, by the very functions that plan a real day: what is said of
tomorrow is what tomorrow will be, if today goes as planned.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.day import coming
from mlcoach.domain.day.block import Block
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.events import Body, DayOpened, DayPlanned, StepMarked, TimeLogged, UnitMarked
from mlcoach.domain.memory.ratings import AGAIN, GOOD
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.pace import learner_factor
from mlcoach.services.day.plan import compute_plan
from mlcoach.services.day.steps import open_steps
from mlcoach.services.day.today import planned_blocks, today
from mlcoach.services.review import grade, items
from mlcoach.store.append import NewEvent, append
from mlcoach.views.plan import PlannedDayView, PlanView

if TYPE_CHECKING:
    from mlcoach.domain.day.units import OpenStep
    from mlcoach.services.context import Context


def coming_days(context: "Context", count: int) -> PlanView:
    """Return the plans of `count` days from today on.

    Each block is done as planned: its steps are finished by their estimates, a unit is passed with its last step, cards
    are recalled where that is likelier than not. A day of rest plans nothing.
    """
    path = context.settings.get("path")
    lived_ones = tuple(lived_days(context, count))
    return PlanView(path, tuple(lived.planned for lived in lived_ones), remarks(context, lived_ones))


def by_unit(lived_ones: "Sequence[LivedDay]") -> tuple[dict[str, list[date]], dict[str, date]]:
    """Return the days on which each unit has a block, and those on which units are passed."""
    studied: dict[str, list[date]] = {}
    ended: dict[str, date] = {}
    for lived in lived_ones:
        for unit in dict.fromkeys(block.unit for block in lived.planned.blocks if block.unit):
            studied.setdefault(unit, []).append(lived.planned.date)
        for unit in lived.passed:
            ended.setdefault(unit, lived.planned.date)
    return studied, ended


def remarks(context: "Context", lived_ones: "Sequence[LivedDay]") -> tuple[str, ...]:
    """Return in sentences why a unit begins before another one is finished, and why one pauses."""
    studied, ended = by_unit(lived_ones)
    if not studied:
        return ()
    progress, units = unit_progress(context), context.catalog.units
    status = progress.status
    # What the path takes as known is waited for by nothing.
    done = ended | {id: date.min for id, one in status.items() if one in SATISFIED or id in progress.known}
    begins = {unit: days[0] for unit, days in studied.items() if not status.get(unit) and unit in units}
    titles = {unit: known.title for unit, known in units.items()}
    requires = {unit: units[unit].requires for unit in begins}
    early = coming.early_starts(begins, requires, done)
    planned = [lived.planned.date for lived in lived_ones if lived.planned.blocks]
    pausing = coming.pauses(
        {unit: days for unit, days in studied.items() if done.get(unit) != date.min}, ended, planned
    )
    return (
        *(coming.early_words(one, titles) for one in early),
        *([coming.pause_words(pausing, titles)] if pausing else []),
    )


class LivedDay(NamedTuple):
    """A coming day as it is planned, and the units that are passed when it was lived so."""

    planned: PlannedDayView
    passed: tuple[str, ...] = ()


def lived_days(context: "Context", count: int) -> Iterator[LivedDay]:
    """Yield the days from today on, each lived as planned; today alone is only looked at."""
    first = today(context)
    planned = PlannedDayView(context.today, first.minutes.goal, _rests(context, context.today), first.blocks)
    if count == 1:
        yield LivedDay(planned)
        return
    ahead = context.ahead()
    try:
        yield LivedDay(planned, _live(ahead, _waiting(ahead)))
        for number in range(1, count):
            ahead.move_to_morning(context.today + timedelta(days=number))
            yield _plan(ahead)
    finally:
        ahead.close()


def _plan(ahead: "Context") -> LivedDay:
    """Return the plan of a coming day, and live it."""
    if _rests(ahead, ahead.today):
        return LivedDay(PlannedDayView(ahead.today, 0, True, ()))
    view = today(ahead)
    passed = _live(ahead, planned_blocks(ahead))
    return LivedDay(PlannedDayView(ahead.today, view.minutes.goal, False, view.blocks), passed)


def _rests(context: "Context", day: date) -> bool:
    return any(first <= day <= last for first, last in context.store.rest())


def _waiting(ahead: "Context") -> list[Block]:
    """Return the blocks of today that are not done."""
    done = {view.n for view in today(ahead).blocks if view.done}
    return [block for n, block in enumerate(planned_blocks(ahead), start=1) if n not in done]


def _live(ahead: "Context", blocks: list[Block]) -> tuple[str, ...]:
    """Write down a day as planned, in one go, and return the units that are passed by it."""
    day, settings = ahead.store.day(ahead.today), ahead.settings
    bodies: list[Body] = []
    if not day.opened:
        weekday = ahead.today.weekday()
        bodies.append(DayOpened(settings.goal_on(weekday), settings.floor_on(weekday)))
    if day.plan is None:
        plan = compute_plan(ahead)
        bodies.append(DayPlanned(plan.minutes, tuple(block.to_data() for block in plan.blocks), adds_up=True))
    waiting = {block.unit: _open(ahead, block.unit) for block in blocks if block.unit}
    for block in blocks:
        bodies += _studied(ahead, block, waiting[block.unit]) if block.unit else _asked(ahead, block)
    written = [NewEvent(body, ahead.today) for body in bodies]
    append(ahead.store.connection, written, ahead.instant, f"ahead-{ahead.today}", "plan")
    return tuple(body.unit for body in bodies if isinstance(body, UnitMarked))


def _asked(ahead: "Context", block: Block) -> list[Body]:
    """Return the answers to the items of a block, or the time of a paper or a close."""
    if not block.items:
        note = "" if block.paper or block.work else "as planned"
        return [TimeLogged(block.minutes * 60, paper=block.paper, note=note, work=block.work)]
    recall = items.scheduled_recall(ahead)
    bodies: list[Body] = []
    for item in block.items:
        state = grade.state_on(ahead, item, ahead.today)
        recalled = not state.last_day or recall(state, ahead.today) >= 0.5
        seconds = block.minutes * 60 // len(block.items)
        bodies.append(grade.planned_answer(ahead, item, GOOD if recalled else AGAIN, seconds))
    return bodies


def _open(ahead: "Context", unit: str) -> "dict[str, OpenStep]":
    """Return the steps of a unit that are open in the morning, with the minutes that the plan gave them."""
    progress = unit_progress(ahead)
    steps = open_steps(ahead, unit, progress.states.get(unit), learner_factor(ahead, progress))
    return {step.id: step for step in steps}


def _studied(ahead: "Context", block: Block, waiting: "dict[str, OpenStep]") -> list[Body]:
    """Return the time of a unit's block, the steps that it finishes, and the pass where it was the last one.

    `waiting` are the unit's open steps; what the block does of them is taken off, for a second block of the day.
    """
    bodies: list[Body] = [TimeLogged(block.minutes * 60, block.unit)]
    for part in block.parts:
        step = waiting.get(part.step)
        if step and part.minutes < step.minutes:
            waiting[part.step] = step._replace(minutes=step.minutes - part.minutes)
        elif step:
            del waiting[part.step]
            if step.kind == "exercise":
                bodies.append(grade.planned_answer(ahead, step.id, GOOD, 0))
            bodies.append(StepMarked(block.unit, step.id, "done"))
    if not waiting or block.closing:
        bodies.append(UnitMarked(block.unit, "passed", how="study"))
    return bodies
