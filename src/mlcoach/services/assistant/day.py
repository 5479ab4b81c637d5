"""The day as an assistant sees it: the plan and its reasons, the step under way, the course of the path."""

from typing import TYPE_CHECKING

from mlcoach.domain.assistant import evening, tutoring
from mlcoach.domain.assistant.evening import NOTHING_SAID, AtHand, EveningBlock, in_time, left_for
from mlcoach.domain.assistant.tutoring import OpenBlock
from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.day.block import Block
from mlcoach.domain.day.units import place
from mlcoach.domain.quoting import quoted
from mlcoach.errors import UsageError
from mlcoach.services.assistant.helping import open_today
from mlcoach.services.cards import drafts
from mlcoach.services.cards.text import one_line_question
from mlcoach.services.day import done, steps
from mlcoach.services.day.forecast import forecast
from mlcoach.services.day.status import timer_view
from mlcoach.services.day.today import answered_of, planned_blocks, today
from mlcoach.services.goal import goal as dated
from mlcoach.views.assistant.asking import ClosingView
from mlcoach.views.assistant.reading import (
    CourseView,
    CurrentStepView,
    DayPlanView,
    dated_goal,
    evening_block,
    opened_by,
    planned_block,
    running,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlcoach.services.context import Context
    from mlcoach.views.day import BlockView

MOST_FALLING = 20


def plan(context: "Context", minutes: int = 0, at_hand: AtHand = NOTHING_SAID) -> DayPlanView:
    """Return the plan of today with its reasons; with `minutes`, one for that much time, of which nothing is recorded.

    `at_hand` is what the learner said of their evening.
    """
    view = today(context, minutes or None)
    blocks = evening_of(context, view.blocks)
    left, cards = at_hand.left, open_today(context)
    asks = [OpenBlock(one.n, one.kind, one.done, one.items, opened_by(one)) for one in view.blocks]
    timer = view.timer.what if view.timer else ""
    return DayPlanView(
        date=view.date,
        minutes=view.minutes,
        streak=view.streak if view.streak_shown else None,
        blocks=tuple(map(planned_block, view.blocks, blocks)),
        timer=running(view.timer),
        coach=" ".join(filter(None, (view.comeback, view.note))),
        goal=view.goal,
        minutes_left=left,
        left_for=() if left is None else left_for(in_time(blocks, at_hand), left, cards=at_hand.cards),
        then=tutoring.with_open(cards, tutoring.next_of(asks, timer, cards, at_hand)),
    )


def evening_of(context: "Context", blocks: "Sequence[BlockView]") -> list[EveningBlock]:
    """Return blocks of today as far as their time tells."""
    facts, items = context.store.day(context.today).facts, {item for block in blocks for item in block.items}
    waiting = items - answered_of(context, [Block("review", 0, "", items=tuple(items))])
    spent = {block.unit or block.paper: -block.spent_before for block in planned_blocks(context)}
    for name, seconds in (*facts.units.items(), *facts.papers.items()):
        spent[name] = spent.get(name, 0) + seconds
    return [evening_block(block, spent, waiting, is_open=_is_step_open(context, block)) for block in blocks]


def _is_step_open(context: "Context", block: "BlockView") -> bool:
    """Return whether the minutes of a block are over while a step planned for it is not finished."""
    planned = {part.step for part in block.parts if part.step}
    if not (block.done and planned and block.unit in context.catalog.units):
        return False
    step = steps.step_view(context, block.unit)
    return step is not None and step.id in planned


def close(context: "Context") -> ClosingView:
    """Return how the evening ends: what was done, what is open, and the step that tomorrow begins with."""
    day, blocks = context.store.day(context.today), evening_of(context, today(context).blocks)
    unit, cards = evening.first_tomorrow(blocks), open_today(context)
    at = steps.step_view(context, unit) if unit in context.catalog.units else None
    return ClosingView(
        day_minutes=day.seconds // 60,
        goal_minutes=day.goal or context.settings.goal_on(context.today.weekday()),
        line_kept=day.notes > 0,
        answers=day.reviews,
        drafts=len(drafts.drafts(context).drafts),
        then=tutoring.with_open(cards, tutoring.closing(cards, line=day.notes > 0)),
        quoted=quoted(
            done=evening.was_done(blocks),
            open=evening.is_open(blocks),
            tomorrow=f"{context.catalog.units[unit].title}: {place(at.title, at.at)}" if at else "",
        ),
    )


def step(context: "Context") -> CurrentStepView:
    """Return the step under way and what to open for it. Raises UsageError where nothing is under way."""
    catalog = context.catalog
    id = done.current_step(context)
    unit = steps.unit_of_step(context, id)
    found = next(one for one in catalog.steps(unit) if one.id == id)
    view = steps.step_view(context, unit)
    if view is None:
        raise UsageError("no step is under way", "`today` shows what comes next")
    text = catalog.text(unit)
    exercise = catalog.item(id)
    return CurrentStepView(
        step=id,
        unit=unit,
        kind=found.kind,
        n=view.n,
        of=view.of,
        minutes_left=view.minutes_left,
        timer=running(timer_view(context)),
        item=id if isinstance(exercise, Exercise) else "",
        then=tutoring.STEPS[found.kind],
        quoted=quoted(
            title=found.title,
            unit=catalog.units[unit].title,
            at=found.at,
            open=found.url,
            questions=[one_line_question(card) for card in text.asked_before] if id.endswith("/before") else [],
            closing_question=text.recall if found.kind == "recall" else "",
        ),
    )


def course(context: "Context") -> CourseView:
    """Return when the path ends, as a range, and how the goal with a date looks."""
    ahead, goal = forecast(context), dated.show(context)
    return CourseView(
        path=ahead.path,
        hours_left=ahead.hours_left,
        pace_minutes=ahead.pace_minutes,
        from_plan=ahead.from_plan,
        finish=ahead.finish,
        goal=dated_goal(goal, MOST_FALLING),
    )
