"""The day as an assistant sees it: the plan and its reasons, the step under way, the course of the path."""

from typing import TYPE_CHECKING

from mlcoach.domain.assistant import tutoring
from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.quoting import quoted
from mlcoach.errors import UsageError
from mlcoach.services.cards.text import one_line_question
from mlcoach.services.day import done, steps
from mlcoach.services.day.forecast import forecast
from mlcoach.services.day.status import timer_view
from mlcoach.services.day.today import today
from mlcoach.services.goal import goal as dated
from mlcoach.views.assistant.reading import (
    CourseView,
    CurrentStepView,
    DatedGoalView,
    DayPlanView,
    PlannedBlockView,
    running,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.views.day import BlockView

MOST_FALLING = 20


def plan(context: "Context") -> DayPlanView:
    """Return the plan of today, each block with its reason."""
    view = today(context)
    return DayPlanView(
        date=view.date,
        minutes=view.minutes,
        streak=view.streak if view.streak_shown else None,
        blocks=tuple(_block(block) for block in view.blocks),
        timer=running(view.timer),
        coach=" ".join(filter(None, (view.comeback, view.note))),
        goal=view.goal,
        then=tutoring.next_of(
            [tutoring.OpenBlock(block.n, block.kind, block.done, block.items) for block in view.blocks],
            view.timer.what if view.timer else "",
        ),
    )


def _block(block: "BlockView") -> PlannedBlockView:
    return PlannedBlockView(
        n=block.n,
        kind=block.kind,
        minutes=block.minutes,
        done_minutes=block.done_minutes,
        done=block.done,
        unit=block.unit,
        paper=block.paper,
        step=block.step.id if block.step else "",
        items=len(block.items),
        exercises=block.items if block.kind == "practice" else (),
        quoted=quoted(title=block.title, why=block.why, open=block.resource, then=block.then),
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
