"""What happens in the learner's own work: checklists ticked, projects begun, walked stage by stage, finished.

Ids of projects are random; where their folders are is a matter of each machine and not in the journal.
"""

from typing import Literal, NamedTuple

StageVerdict = Literal["go-on", "back", "stop"]
Measured = Literal["model", "business"]


class ChecklistTicked(NamedTuple):
    """An item of a checklist was ticked, or unticked with `done=False`."""

    checklist: str
    item: str
    done: bool = True


class ProjectIdeaKept(NamedTuple):
    """An idea for a project, its three scores 0 to 2, and the ISO day by which to decide, "" for none."""

    project: str
    title: str
    growth: int = 0
    team: int = 0
    stepping_stone: int = 0
    decide_by: str = ""


class ProjectBegun(NamedTuple):
    """A project began, out of nothing or out of an idea; `template` names the files it began with."""

    project: str
    title: str
    template: str = ""


class ProjectStepChecked(NamedTuple):
    """A step of a project was ticked, or unticked with `done=False`."""

    project: str
    checklist: str
    step: str
    done: bool = True


class ProjectMeasured(NamedTuple):
    """A number that a project is judged by. Empty texts say nothing new; `lower` means that less is better."""

    project: str
    what: Measured
    name: str = ""
    baseline: str = ""
    target: str = ""
    value: str = ""
    lower: bool = False


class ProjectStageFinished(NamedTuple):
    """A stage (from 1) ended with a verdict; `ends` says that going on finishes the project."""

    project: str
    stage: int
    verdict: StageVerdict
    note: str = ""
    ends: bool = False


class ProjectNoted(NamedTuple):
    """A note on a project."""

    project: str
    text: str


class ProjectDropped(NamedTuple):
    """A project or an idea was given up; its history stays."""

    project: str
    reason: str = ""
