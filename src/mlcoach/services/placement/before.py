"""The questions before a unit: all of its own, asked when it is begun, which also are that step of it."""

from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import MOST_ASKED_BEFORE
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.events import StepMarked
from mlcoach.services.placement.questions import questions_of

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Card, Step
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.domain.placement.answers import PlacementState
    from mlcoach.services.context import Context
    from mlcoach.views.placement.placement import BeforeView


def waiting_before(context: "Context", unit: str, state: "PlacementState") -> tuple["Card", ...]:
    """Return the questions that are still asked before a unit, in its own order, which begins with what is easy.

    A few of those it has: more would tire. What is checked comes among them first, for it alone can pass the unit.
    """
    answered = sum(answer.unit == unit for answer in state.fresh(context.today))
    chosen = questions_of(context, unit, state).waiting[: max(0, MOST_ASKED_BEFORE - answered)]
    return tuple(card for card in context.catalog.text(unit).pretest if card in chosen)


def finished_step(context: "Context", unit: str, progress: "UnitProgress") -> tuple[StepMarked, ...]:
    """Return the mark that the step of these questions is finished, none where the unit is not the learner's turn.

    Questions alone begin no unit: it is under way, has the timer, or stands in today's plan.
    """
    step = _step_before(context, unit)
    if step is None or not _has_its_turn(context, unit, progress):
        return ()
    state = progress.states.get(unit)
    is_open = state is None or state.steps.get(step.id, "open") == "open"
    return (StepMarked(unit, step.id, "done"),) if is_open else ()


def _step_before(context: "Context", unit: str) -> "Step | None":
    return next((one for one in context.catalog.steps(unit) if one.kind == "before"), None)


def _has_its_turn(context: "Context", unit: str, progress: "UnitProgress") -> bool:
    if progress.status[unit] == "learning":
        return True
    aliases = context.catalog.aliases()
    timer = context.store.timer()
    if timer is not None and aliases.get(timer.unit, timer.unit) == unit:
        return True
    planned = [str(block.get("unit", "")) for block in context.store.day(context.today).plan or ()]
    return unit in (aliases.get(id, id) for id in planned)


def before_view(context: "Context", unit: str, progress: "UnitProgress", state: "PlacementState") -> "BeforeView":
    """Return how the questions of the unit went, and which step comes now where it is under way."""
    from mlcoach.services.day.steps import step_finished
    from mlcoach.views.placement.placement import BeforeView

    given = [answer for answer in state.fresh(context.today) if answer.unit == unit]
    status = progress.status[unit]
    step = _step_before(context, unit)
    known = progress.states.get(unit)
    is_finished = step is not None and known is not None and known.steps.get(step.id) == "done"
    return BeforeView(
        unit,
        context.catalog.units[unit].title,
        sum(answer.right for answer in given),
        len(given),
        len(waiting_before(context, unit, state)),
        passed=status in SATISFIED,
        step=step_finished(context, step.id) if step and is_finished and status not in SATISFIED else None,
    )
