"""The day as an assistant sees it: the plan and its reasons, the step under way, the course of the path."""

from typing import TYPE_CHECKING

from mlcoach.domain.assistant import evening, tutoring
from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.quoting import quoted
from mlcoach.errors import UsageError
from mlcoach.services.assistant.helping import open_today
from mlcoach.services.cards import drafts
from mlcoach.services.cards.text import one_line_question
from mlcoach.services.day import done, steps
from mlcoach.services.day.forecast import forecast
from mlcoach.services.day.status import timer_view
from mlcoach.services.day.today import today
from mlcoach.services.goal import goal as dated
from mlcoach.views.assistant.asking import ClosingView
from mlcoach.views.assistant.reading import (
    CourseView,
    CurrentStepView,
    DatedGoalView,
    DayPlanView,
    planned_block,
    running,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlcoach.services.context import Context
    from mlcoach.views.day import BlockView

MOST_FALLING = 20


def plan(context: "Context", minutes: int = 0, *, left: int | None = None, enough_cards: bool = False) -> DayPlanView:
    """Return the plan of today, each block with its reason; with `minutes`, one for that much time, of which nothing is
    recorded.

    `left` are the minutes that the learner still has, None for those of the plan; `enough_cards`: no more of a review.
    """
    view = today(context, minutes or None)
    blocks = evening_of(context, view.blocks)
    left = left if left is not None else minutes or view.minutes.left
    return DayPlanView(
        date=view.date,
        minutes=view.minutes,
        streak=view.streak if view.streak_shown else None,
        blocks=tuple(
            planned_block(block, at, context.catalog.exercises) for block, at in zip(view.blocks, blocks, strict=True)
        ),
        timer=running(view.timer),
        coach=" ".join(filter(None, (view.comeback, view.note))),
        goal=view.goal,
        left_for=evening.left_for(blocks, left, cards=not enough_cards),
        then=tutoring.next_of(
            [
                tutoring.OpenBlock(
                    block.n,
                    block.kind,
                    block.done,
                    block.items,
                    block.unit or (f"paper:{block.paper}" * bool(block.paper)),
                )
                for block in view.blocks
            ],
            view.timer.what if view.timer else "",
            open_today(context),
            enough_cards=enough_cards,
        ),
    )


def evening_of(context: "Context", blocks: "Sequence[BlockView]") -> list[evening.EveningBlock]:
    """Return blocks of today as far as their time tells."""
    return [
        evening.EveningBlock(
            block.n,
            block.kind,
            _title(block),
            block.minutes,
            block.done_minutes,
            block.done,
            _is_step_open(context, block),
        )
        for block in blocks
    ]


def _title(block: "BlockView") -> str:
    """Return what a block is called: of exercises how many, for their titles often name the method."""
    return f"{len(block.items)} exercises" if block.kind == "practice" and block.items else block.title


def _is_step_open(context: "Context", block: "BlockView") -> bool:
    """Return whether the minutes of a block are over while a step planned for it is not finished."""
    planned = {part.step for part in block.parts if part.step}
    if not (block.done and planned and block.unit in context.catalog.units):
        return False
    step = steps.step_view(context, block.unit)
    return step is not None and step.id in planned


def step_title(context: "Context", id: str, title: str) -> str:
    """Return the title of a step; not that of an exercise, which often names the method."""
    return "an exercise" if id in context.catalog.exercises else title


def close(context: "Context") -> ClosingView:
    """Return how the evening ends: what was done, what is open, and the step that tomorrow begins with."""
    shown, day = today(context), context.store.day(context.today)
    blocks = evening_of(context, shown.blocks)
    try:
        at = step(context).quoted
    except UsageError:
        at = {}
    open_cards = open_today(context)
    line_kept = day.notes > 0
    return ClosingView(
        day_minutes=day.seconds // 60,
        goal_minutes=shown.minutes.goal,
        line_kept=line_kept,
        cards_answered=day.reviews,
        drafts=len(drafts.drafts(context).drafts),
        then=tutoring.closing(line=line_kept, back=next((one.item for one in open_cards if one.back), "")),
        quoted=quoted(
            done=evening.in_words(blocks, done=True),
            open=evening.in_words(blocks, done=False),
            tomorrow=": ".join(str(at[name]) for name in ("unit", "title", "at") if name in at),
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
            title=step_title(context, id, found.title),
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
    by = goal.by and DatedGoalView(
        by=goal.by,
        path=goal.path,
        days_left=goal.days_left,
        verdict=goal.verdict,
        needed_minutes=goal.needed_minutes,
        pace_minutes=goal.pace_minutes,
        hours_left=goal.hours_left,
        falls=tuple(unit.unit for unit in goal.falls[:MOST_FALLING]),
    )
    return CourseView(
        path=ahead.path,
        hours_left=ahead.hours_left,
        pace_minutes=ahead.pace_minutes,
        from_plan=ahead.from_plan,
        finish=ahead.finish,
        goal=by or None,
    )
