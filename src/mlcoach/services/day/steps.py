"""The steps of a unit: which are open, how long they still take this learner, and which one is under way."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain import text
from mlcoach.domain.curriculum import unit_of
from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.day.units import OpenStep, place
from mlcoach.domain.events import StepMarked
from mlcoach.errors import NotFoundError
from mlcoach.services import names
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.curriculum.steps_done import closed_steps
from mlcoach.services.day.pace import learner_factor
from mlcoach.views.day import StepView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mlcoach.domain.curriculum import Step
    from mlcoach.services.context import Context
    from mlcoach.views.grade import StepFinishedView

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


def step_view(context: "Context", unit: str) -> StepView | None:
    """Return the step that a unit is at, None where all are done."""
    progress = unit_progress(context)
    waiting = open_steps(context, unit, progress.states.get(unit), learner_factor(context, progress))
    return view_of(context, waiting[0]) if waiting else None


def is_passed(context: "Context", unit: str) -> bool:
    """Return whether a unit is passed or skipped: nobody is sent to its next step."""
    return unit_progress(context).status.get(unit) in SATISFIED


def practise(context: "Context", item: str) -> str:
    """Return the command that opens an exercise which checks itself, "" for anything else."""
    return f"mlcoach practice {item}" if item in context.catalog.self_checking else ""


def view_of(context: "Context", step: OpenStep) -> StepView:
    """Return an open step as screens show it."""
    command = practise(context, step.id) or step.opened_by
    return StepView(step.id, step.n, step.of, step.title, step.minutes, step.url, step.at, command)


def step_finished(context: "Context", item: str) -> "StepFinishedView":
    """Return the step that an answer to this exercise finished, and the one that comes after it."""
    from mlcoach.views.grade import StepFinishedView  # no plan needs it

    unit = unit_of(item)
    ids = [step.id for step in context.catalog.steps(unit)]
    passed = is_passed(context, unit)
    after = None if passed else step_view(context, unit)
    title = context.catalog.units[unit].title
    done = StepFinishedView(unit, title, ids.index(item) + 1 if item in ids else 0, len(ids), passed=passed)
    return (
        done
        if after is None
        else done._replace(next_n=after.n, next=place(after.title, after.at), opens=after.url or after.command)
    )


def marks_since(context: "Context", unit: str, day: date) -> list[tuple[int, StepMarked]]:
    """Return what was said of the steps of a unit since a study day, in journal order, each with its instant."""
    aliases = context.catalog.aliases()
    events = context.store.written.between(("step_marked",), day, context.today)
    marks = [(event.happened, event.body) for event in events if isinstance(event.body, StepMarked)]
    return [(happened, mark) for happened, mark in marks if aliases.get(mark.unit, mark.unit) == unit]


def what(context: "Context", words: str) -> names.What:
    """Return what time was spent on: the unit of a step (`UNIT/STEP`), else what `names.what` does.

    Raises as `names.unit` does. A slash is in ids of papers and in titles too.
    """
    if "step" in words.lower():
        from mlcoach.domain.words import step_said  # few say so

        if (said := step_said(words.split())) and said[0]:
            return names.What(unit=names.unit(context, said[0]))
    head, slash, _ = context.catalog.aliases().get(words, words).partition("/")
    if slash and any(f".{unit}".endswith(f".{head}") for unit in context.catalog.units):
        return names.What(unit=unit_of_step(context, words))
    return names.what(context, words)


def unit_of_step(context: "Context", name: str) -> str:
    """Return the unit of a step. Raises as `resolve_step` does."""
    return resolve_step(context, name).unit


def numbered(context: "Context", words: "Sequence[str]", current: "Callable[[Context], str]") -> str:
    """Return the step that `UNIT step N` or `step N` means, "" for other words; `current` says where one is.

    Raises NotFoundError for a number that the unit does not have, and as `names.unit` does.
    """
    from mlcoach.domain.words import step_said

    said = step_said(words)
    if said is None:
        return ""
    name, number = said
    unit = names.unit(context, name) if name else unit_of(current(context))
    found = context.catalog.steps(unit)
    if not 1 <= number <= len(found):
        raise NotFoundError(f"`{unit}` has no step {number}", f"it has {len(found)}: `mlcoach curriculum show {unit}`")
    return found[number - 1].id


def resolve_step(context: "Context", name: str) -> "Step":
    """Return the step that `UNIT/NAME` means, also by words of its title. Raises NotFoundError or UsageError."""
    known = context.catalog.aliases().get(name, name)
    unit, _, last = known.partition("/")
    unit = names.unit(context, unit)
    found = {step.id: step for step in context.catalog.steps(unit)}
    try:
        return found[text.resolve(f"{unit}/{last}", found, "step")]
    except NotFoundError as error:
        from mlcoach.services.spoken_items import step_called

        error.hint = error.hint or f"`mlcoach curriculum show {unit}` shows its steps"
        if called := step_called(context, last, found.values()):
            return found[called]
        raise
