"""Projects: the fold of their events, the stages they walk, and the gates before these.

The steps are content (`curricula/checklists`): the groups of `project-workflow` are the stages. Here are the rules.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event, TimeLogged, TimerStopped
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.domain.work_events import (
    Measured,
    ProjectBegun,
    ProjectDropped,
    ProjectIdeaKept,
    ProjectMeasured,
    ProjectNoted,
    ProjectStageFinished,
    ProjectStepChecked,
    StageVerdict,
)

WORKFLOW = "project-workflow"
PREFIX = "project:"  # of what time is logged on
ProjectStatus = Literal["idea", "doing", "finished", "stopped", "dropped"]
STATUSES: tuple[ProjectStatus, ...] = ("doing", "idea", "finished", "stopped", "dropped")
MOST_SCORE = 2  # of each of the three questions to an idea
# "Scoping Successful AI Projects" in "How to Build Your Career in AI" (Andrew Ng, 2022): five steps, each by name.
SCOPING = ("problem", "ideas", "feasibility", "milestones", "resources")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


class Gate(NamedTuple):
    """Steps of another checklist that a stage asks for first: one of its groups (from 0), or all of it (None)."""

    checklist: str
    group: int | None = None


# By stage: is it right to do at all, the six questions of design before a model, and what a model owes to people.
GATES: dict[int, tuple[Gate, ...]] = {
    1: (Gate("responsible-ml", 0),),
    4: (Gate("system-design"), Gate("responsible-ml", 1)),
    5: (Gate("responsible-ml", 2),),
}


class StageRecord(NamedTuple):
    """A stage that ended on an ISO study day; `seconds` were spent since the one before."""

    stage: int
    verdict: StageVerdict
    day: str
    note: str = ""
    seconds: int = 0


class ProjectNote(NamedTuple):
    """A note and its ISO study day."""

    day: str
    text: str


class Metric(NamedTuple):
    """A number that a project is judged by: before it, to be reached, and reached so far, as texts with a number."""

    what: Measured
    name: str = ""
    baseline: str = ""
    target: str = ""
    value: str = ""
    lower: bool = False


class ProjectState(NamedTuple):
    """One project. `stage` is the one under way, from 1; `steps` are ticked (checklist, step).

    `scores` are growth, team and stepping stone; `began` and `last_day` are ISO study days, `touched` is when something
    was last recorded (microseconds since 1970 UTC), `open_seconds` the time since the last verdict.
    """

    title: str = ""
    status: ProjectStatus = "idea"
    template: str = ""
    stage: int = 1
    steps: tuple[tuple[str, str], ...] = ()
    verdicts: tuple[StageRecord, ...] = ()
    notes: tuple[ProjectNote, ...] = ()
    metrics: tuple[Metric, ...] = ()
    scores: tuple[int, ...] = ()
    decide_by: str = ""
    began: str = ""
    last_day: str = ""
    touched: int = 0
    seconds: int = 0
    open_seconds: int = 0


def fold_projects(events: Iterable[Event]) -> dict[str, ProjectState]:
    """Return the state of each project by id; what was said last holds, whatever day it was said of.

    Time on a project that nothing else is known of (it was undone) makes none.
    """
    found: dict[str, ProjectState] = {}
    for event in in_recorded_order(events):
        id = _project_of(event)
        if not id:
            continue
        day = event.study_day.isoformat()
        known = found.get(id, ProjectState())
        found[id] = _after(known, event, day)._replace(
            last_day=max(known.last_day, day), touched=max(known.touched, event.recorded)
        )
    return {id: state for id, state in found.items() if state.title}


def _project_of(event: Event) -> str:
    work = getattr(event.body, "work", "")
    return work.removeprefix(PREFIX) if work.startswith(PREFIX) else getattr(event.body, "project", "")


def _after(known: ProjectState, event: Event, day: str) -> ProjectState:
    match event.body:
        case ProjectIdeaKept(title=title, growth=growth, team=team, stepping_stone=stone, decide_by=by):
            known = known._replace(title=title, scores=(growth, team, stone), decide_by=by or known.decide_by)
            return known._replace(status="idea") if known.status == "dropped" else known
        case ProjectBegun(title=title, template=template):
            return known._replace(title=title, status="doing", template=template, began=known.began or day)
        case ProjectStepChecked(checklist=checklist, step=step, done=done):
            others = tuple(one for one in known.steps if one != (checklist, step))
            return known._replace(steps=(*others, (checklist, step)) if done else others)
        case ProjectMeasured() as body:
            return _measured(known, body)
        case ProjectStageFinished() as body:
            return _finished(known, body, day)
        case ProjectNoted(text=text):
            return known._replace(notes=(*known.notes, ProjectNote(day, text)))
        case ProjectDropped(reason=reason):
            notes = (*known.notes, ProjectNote(day, f"Dropped: {reason}")) if reason else known.notes
            return known._replace(status="dropped", notes=notes)
        case TimeLogged(seconds=seconds):
            return _with_seconds(known, seconds)
        case TimerStopped(began=began, ended=ended):
            return _with_seconds(known, max(0, ended - began) // MICROSECONDS)
        case _:
            return known


def _with_seconds(state: ProjectState, seconds: int) -> ProjectState:
    return state._replace(seconds=state.seconds + seconds, open_seconds=state.open_seconds + seconds)


def _measured(state: ProjectState, body: ProjectMeasured) -> ProjectState:
    before = next((one for one in state.metrics if one.what == body.what), Metric(body.what))
    after = Metric(
        body.what, body.name or before.name, body.baseline or before.baseline, body.target or before.target,
        body.value or before.value, body.lower or (before.lower and not body.name),
    )  # fmt: skip
    return state._replace(metrics=(*(one for one in state.metrics if one.what != body.what), after))


def _finished(state: ProjectState, body: ProjectStageFinished, day: str) -> ProjectState:
    record = StageRecord(body.stage, body.verdict, day, body.note, state.open_seconds)
    state = state._replace(verdicts=(*state.verdicts, record), open_seconds=0)
    if body.verdict == "stop":
        return state._replace(status="stopped", stage=body.stage)
    if body.verdict == "back":
        return state._replace(status="doing", stage=max(1, body.stage - 1))
    if body.ends:
        return state._replace(status="finished", stage=body.stage)
    # Two machines: the one that was behind must not pull the other back.
    return state._replace(stage=max(state.stage, body.stage + 1))


def number_in(text: str) -> float | None:
    """Return the first number of a text, as 0.71 in `0.71 recall`; None where there is none."""
    found = _NUMBER.search(text)
    return float(found[0].replace(",", ".")) if found else None


def gain(metric: Metric) -> float | None:
    """Return how much better the value is than the baseline, in the metric's unit; None while one of them is open."""
    value, baseline = number_in(metric.value), number_in(metric.baseline)
    if value is None or baseline is None:
        return None
    return baseline - value if metric.lower else value - baseline


def undecided_idea(projects: Iterable[tuple[str, ProjectState]], today: date) -> str:
    """Return the id of the idea whose day to decide came longest ago, today included; "" without one."""
    late = [
        (state.decide_by, id)
        for id, state in projects
        if state.status == "idea" and state.decide_by and state.decide_by <= today.isoformat()
    ]
    return min(late)[1] if late else ""


def current_project(projects: Iterable[tuple[str, ProjectState]]) -> str:
    """Return the project whose turn it is: of those under way the one last touched; "" without one."""
    doing = [(state.touched, id) for id, state in projects if state.status == "doing"]
    return max(doing)[1] if doing else ""
