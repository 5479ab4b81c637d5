"""Which steps of a unit are behind the learner."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.units import READ, has_taught, minutes_to_first_reading, reached_share
from mlcoach.services.review.items import item_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mlcoach.domain.curriculum import Step
    from mlcoach.services.context import Context


def closed_steps(context: "Context", unit: str, state: UnitState | None) -> set[str]:
    """Return the steps of a unit that are finished or skipped, by the learner's word or by an answer to an exercise.

    Of a unit begun before steps were known, those count as finished that the hours on record reach.
    """
    steps = context.catalog.steps(unit)
    marks = marks_of(context, state, answered_steps(context, steps))
    closed = {step.id for step in steps if marks.get(step.id, "open") != "open"}
    if state and state.first_day and state.first_day < context.store.steps_known_since():
        closed |= _reached(steps, closed, marks, state.seconds // 60)
    return closed


def answered_steps(context: "Context", steps: "Iterable[Step]") -> set[str]:
    """Return which of these steps are exercises with an answer."""
    graded = item_states(context, [step.id for step in steps if step.kind == "exercise"])
    return {id for id, item in graded.items() if item.repetitions}


def marks_of(context: "Context", state: UnitState | None, answered: "Iterable[str]") -> dict[str, str]:
    """Return the mark of each step that has one: the learner's word, else done where its exercise was answered."""
    marks = dict.fromkeys(answered, "done")
    if state is not None and state.steps:
        aliases = context.catalog.aliases()
        marks |= {aliases.get(step, step): mark for step, mark in state.steps.items()}
    return marks


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


def share_reached(context: "Context", unit: str, state: UnitState) -> float:
    """Return the share of what a unit teaches that was reached: by finished steps, and time on the one under way."""
    steps = [step for step in context.catalog.steps(unit) if step.kind not in ("before", "recall")]
    closed = closed_steps(context, unit, state)
    return reached_share([(step.minutes, step.id in closed) for step in steps], state.since_step / 60)


def is_first_read(context: "Context", unit: str, states: "Mapping[str, UnitState]") -> bool:
    """Return whether the first reading of a unit is behind the learner, so that its cards can be met.

    Where nobody ever said of a reading that it is finished, so many minutes as lead to the end of the first one say it.
    """
    state, steps = states[unit], context.catalog.steps(unit)
    closed = closed_steps(context, unit, state)
    if has_taught([(step.kind, step.id in closed) for step in steps]):
        return True
    aliases, catalog = context.catalog.aliases(), context.catalog
    for other, known in states.items():
        marked = {aliases.get(step, step) for step, mark in known.steps.items() if mark == "done"}
        of_other = catalog.steps(other) if marked and other in catalog.units else ()
        if any(step.kind in READ and step.id in marked for step in of_other):
            return False
    return state.seconds >= 60 * minutes_to_first_reading(steps)


def share_done(context: "Context", unit: str, state: UnitState) -> float:
    """Return the share of a unit that is behind the learner: by its steps or by its hours, whichever says more."""
    steps = context.catalog.steps(unit)
    whole = sum(step.minutes for step in steps)
    closed = closed_steps(context, unit, state)
    by_steps = sum(step.minutes for step in steps if step.id in closed) / whole if whole else 0.0
    return max(by_steps, min(1.0, state.seconds / 3600 / context.catalog.units[unit].hours))
