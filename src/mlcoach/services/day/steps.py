"""The steps of a unit: which are open, how long they still take this learner, and which one is under way."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.units import OpenStep
from mlcoach.services import names
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.pace import learner_factor
from mlcoach.services.review.items import item_states
from mlcoach.views.day import StepView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Step
    from mlcoach.services.context import Context

LEAST_LEFT = 25  # minutes of a step that takes longer than it should: how long is unknown, but it is more than nothing
SHORT = 10  # minutes; a step no longer than this is not given more than it takes


def open_steps(context: "Context", unit: str, state: UnitState | None, factor: float = 1.0) -> tuple[OpenStep, ...]:
    """Return the steps of a unit that are to be done, with the minutes they still take this learner.

    `factor` are the learner's minutes for each stated one. The first open step has the time since the last one ended
    behind it.
    """
    steps = context.catalog.steps(unit)
    closed = closed_steps(context, unit, state)
    spent = state.since_step // 60 if state else 0
    found: list[OpenStep] = []
    for number, step in enumerate(steps, start=1):
        if step.id in closed:
            continue
        whole = max(1, round(step.minutes * factor))
        left = whole if found else max(whole - spent, min(whole, LEAST_LEFT))
        found.append(OpenStep(step.id, step.kind, step.title, left, number, len(steps), step.at, step.url))
    return tuple(found)


def closed_steps(context: "Context", unit: str, state: UnitState | None) -> set[str]:
    """Return the steps of a unit that are finished or skipped, by the learner's word or by an answer to an exercise.

    Of a unit begun before steps were known, those count as finished that the hours on record reach.
    """
    steps = context.catalog.steps(unit)
    marks = _marks(context, state)
    graded = item_states(context, [step.id for step in steps if step.kind == "exercise"])
    closed = {
        step.id
        for step in steps
        if marks.get(step.id, "done" if step.id in graded and graded[step.id].repetitions else "open") != "open"
    }
    if state and state.first_day and state.first_day < context.store.steps_known_since():
        closed |= _reached(steps, closed, marks, state.seconds // 60)
    return closed


def _marks(context: "Context", state: UnitState | None) -> dict[str, str]:
    if state is None or not state.steps:
        return {}
    aliases = context.catalog.aliases()
    return {aliases.get(step, step): mark for step, mark in state.steps.items()}


def _reached(steps: "tuple[Step, ...]", closed: set[str], marks: dict[str, str], minutes: int) -> set[str]:
    """Return the readings that so many minutes are enough for, the exercises done among them, in their order."""
    reached: set[str] = set()
    for step in steps:
        if step.kind == "recall" or (step.kind == "exercise" and step.id not in closed):
            break
        minutes -= step.minutes
        if minutes < 0 or marks.get(step.id) == "open":
            break
        reached.add(step.id)
    return reached


def share_done(context: "Context", unit: str, state: UnitState) -> float:
    """Return the share of a unit that is behind the learner: by its steps or by its hours, whichever says more."""
    steps = context.catalog.steps(unit)
    whole = sum(step.minutes for step in steps)
    closed = closed_steps(context, unit, state)
    by_steps = sum(step.minutes for step in steps if step.id in closed) / whole if whole else 0.0
    return max(by_steps, min(1.0, state.seconds / 3600 / context.catalog.units[unit].hours))


def step_view(context: "Context", unit: str) -> StepView | None:
    """Return the step that a unit is at, None where all are done."""
    progress = unit_progress(context)
    waiting = open_steps(context, unit, progress.states.get(unit), learner_factor(context, progress))
    return view_of(waiting[0]) if waiting else None


def view_of(step: OpenStep) -> StepView:
    """Return an open step as screens show it."""
    return StepView(step.id, step.n, step.of, step.title, step.minutes, step.url, step.at)


def unit_of_step(context: "Context", name: str) -> str:
    """Return the unit of a step. Raises as `resolve_step` does."""
    return resolve_step(context, name).unit


def resolve_step(context: "Context", name: str) -> "Step":
    """Return the step that `UNIT/NAME` means. Raises NotFoundError or UsageError."""
    known = context.catalog.aliases().get(name, name)
    unit, _, last = known.partition("/")
    unit = names.unit(context, unit)
    found = {step.id: step for step in context.catalog.steps(unit)}
    return found[names.resolve(f"{unit}/{last}", found, "step")]
