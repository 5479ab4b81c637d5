"""What the screens of `mlcoach project` show. Minutes were spent, days are study days."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.work.projects import ProjectStatus
from mlcoach.domain.work_events import Measured, StageVerdict


class ProjectLineView(NamedTuple):
    """One project of the list. `scores` are growth, team and stepping stone of an idea, 0 to 2 each."""

    id: str
    title: str
    status: ProjectStatus
    stage: int
    of: int
    stage_title: str
    done: int
    steps: int
    minutes: int
    last_day: date | None
    scores: tuple[int, ...] = ()
    decide_by: date | None = None
    overdue: bool = False


class ProjectStepView(NamedTuple):
    """A step of a stage. `needed` ones are asked for before it ends; `gate` is the list a gate's step comes from."""

    id: str
    checklist: str
    text: str
    why: str
    done: bool
    needed: bool
    gate: str


class MetricView(NamedTuple):
    """A number that the project is judged by; `gain` is how much better than the baseline, None while open."""

    what: Measured
    name: str
    baseline: str
    target: str
    value: str
    gain: float | None
    reached: bool


class StageVerdictView(NamedTuple):
    """A stage that ended."""

    stage: int
    title: str
    verdict: StageVerdict
    date: date
    note: str
    minutes: int


class ProjectNoteView(NamedTuple):
    """A note on a project."""

    date: date
    text: str


class CommitWeekView(NamedTuple):
    """The learner's own commits in a week that begins on this Monday."""

    week: date
    commits: int


class FolderView(NamedTuple):
    """Where a project is on this machine; `problem` says why its commits are not there, or not all."""

    path: str
    weeks: tuple[CommitWeekView, ...] = ()
    problem: str = ""


class ProjectView(NamedTuple):
    """One project: its stage under way with steps, numbers, verdicts so far, notes, and the next command."""

    id: str
    title: str
    status: ProjectStatus
    template: str
    stage: int
    of: int
    stage_title: str
    stages: tuple[str, ...]
    steps: tuple[ProjectStepView, ...]
    metrics: tuple[MetricView, ...]
    verdicts: tuple[StageVerdictView, ...]
    notes: tuple[ProjectNoteView, ...]
    minutes: int
    began: date | None
    scores: tuple[int, ...]
    decide_by: date | None
    folder: FolderView | None
    next: str


class WhereView(NamedTuple):
    """Where the learner is: the project under way, the others, and ideas to decide on."""

    project: ProjectView | None
    others: tuple[ProjectLineView, ...]
    ideas: tuple[ProjectLineView, ...]


class ProjectListView(NamedTuple):
    """Projects and ideas, those under way first."""

    projects: tuple[ProjectLineView, ...]


class ShownProjectView(NamedTuple):
    """One project that was asked for."""

    project: ProjectView


class ProjectChangedView(NamedTuple):
    """A project after a command.

    `action` is begun, kept, ticked, unticked, measured, noted, moved, dropped or a verdict. `changed` and `unchanged`
    are steps, or files that were written; `said` is a sentence about what follows.
    """

    project: ProjectView
    action: str
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    said: str = ""


class WeekProjectView(NamedTuple):
    """A project in the look back on a week: its minutes, and what it is at now with all steps ticked so far."""

    id: str
    title: str
    minutes: int
    steps: int
    stage: int
    of: int
