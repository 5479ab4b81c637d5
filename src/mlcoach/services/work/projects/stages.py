"""The stages of a project as the checklists make them: their steps, the gates before them, and what is next.

The groups of `project-workflow` are the stages; a learner's overlay of it changes them.
"""

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import ChecklistItem
from mlcoach.domain.day.plan import OwnProject
from mlcoach.domain.work.checklists import is_ticked_in
from mlcoach.domain.work.projects import (
    GATES,
    PREFIX,
    SCOPING,
    WORKFLOW,
    Gate,
    ProjectState,
    current_project,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class StageStep(NamedTuple):
    """A step of a stage. `needed` ones are asked for before it ends; `gate` is the title of the list it comes from."""

    checklist: str
    item: ChecklistItem
    done: bool
    needed: bool = False
    gate: str = ""


class StageContent(NamedTuple):
    """A stage: its number from 1, its name, and its steps, those of its gates first."""

    number: int
    title: str
    steps: tuple[StageStep, ...]


def stages(context: "Context", state: ProjectState) -> tuple[StageContent, ...]:
    """Return the stages of a project with what is ticked; there is at least one."""
    workflow = context.catalog.checklist(WORKFLOW)
    items_of = workflow.items if workflow else ()
    groups = [(title, list(items)) for title, items in groupby(items_of, lambda item: item.group)]
    made = []
    for number, (title, items) in enumerate(groups or [("The project", [])], start=1):
        own = [_step(state, WORKFLOW, item, needed=number == 1 and item.id in SCOPING) for item in items]
        made.append(StageContent(number, title or f"Stage {number}", (*_gate_steps(context, state, number), *own)))
    return tuple(made)


def _gate_steps(context: "Context", state: ProjectState, number: int) -> list[StageStep]:
    return [
        _step(state, gate.checklist, item, needed=True, gate=title)
        for gate in GATES.get(number, ())
        for title, item in _gate_items(context, gate)
    ]


def _gate_items(context: "Context", gate: Gate) -> list[tuple[str, ChecklistItem]]:
    """Return the items of a gate with the title of its checklist; none where the curriculum has no such list."""
    checklist = context.catalog.checklist(gate.checklist)
    if checklist is None:
        return []
    groups = list(dict.fromkeys(item.group for item in checklist.items))
    if gate.group is None:
        return [(checklist.title, item) for item in checklist.items]
    wanted = groups[gate.group] if gate.group < len(groups) else ""
    title = f"{checklist.title}: {wanted.lower()}" if wanted else checklist.title
    return [(title, item) for item in checklist.items if item.group == wanted and wanted in groups]


def _step(state: ProjectState, checklist: str, item: ChecklistItem, *, needed: bool, gate: str = "") -> StageStep:
    ticked = {step for name, step in state.steps if name == checklist}
    return StageStep(checklist, item, is_ticked_in(item, ticked), needed, gate)


def stage_of(found: tuple[StageContent, ...], state: ProjectState) -> StageContent:
    """Return the stage under way; the last one where the checklist has become shorter."""
    return found[min(max(state.stage, 1), len(found)) - 1]


def next_step(stage: StageContent) -> StageStep | None:
    """Return the first step that is open."""
    return next((step for step in stage.steps if not step.done), None)


def project_of_the_day(context: "Context") -> OwnProject | None:
    """Return the project under way for a plan: what it is at, and what comes next."""
    known = context.store.projects.all()
    id = current_project(known.items())
    if not id:
        return None
    state = known[id]
    stage = stage_of(stages(context, state), state)
    step = next_step(stage)
    told = step.item.text if step else f"every step is done: mlcoach project finish {id} --verdict go-on"
    return OwnProject(f"{PREFIX}{id}", state.title, f"stage {stage.number}: {stage.title}", told)


def step_names(context: "Context", incomplete: str) -> list[tuple[str, str]]:
    """Return (id, text) of the open steps of the project under way that begin so; for completion, never an error."""
    try:
        known = context.store.projects.all()
        id = current_project(known.items())
        steps = stage_of(stages(context, known[id]), known[id]).steps if id else ()
        return [
            (step.item.id, step.item.text) for step in steps if not step.done and step.item.id.startswith(incomplete)
        ]
    except Exception:  # a key press must not print a traceback
        return []
    finally:
        context.close()
