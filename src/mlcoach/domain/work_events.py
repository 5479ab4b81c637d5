"""What happens beside the units: checklists, projects, people, jobs, time that is not study, habits, erasure.

Ids of projects, people and jobs are random. Where a project's folder is is a matter of each machine; no name of a
person or an employer and no text of theirs is in an event.
"""

from typing import Literal, NamedTuple

StageVerdict = Literal["go-on", "back", "stop"]
Measured = Literal["model", "business"]
PersonTouch = Literal["added", "asked", "answered", "advice", "did", "gave", "thanked", "dropped"]
JobKind = Literal["job", "client", "inbound"]
JobStage = Literal[
    "found", "talk", "applied", "interview", "offer", "lead", "proposal", "agreed", "delivered", "paid", "closed"
]


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


class PersonTouched(NamedTuple):
    """Something passed between the learner and a person; `advice` is the id of what was advised, "" elsewhere."""

    person: str
    touch: PersonTouch
    advice: str = ""


class JobMoved(NamedTuple):
    """A job came to a stage; `by` is the ISO day of what comes next, `minutes` the estimate agreed with a client.

    `team_met` and `negotiated` are what was done before an offer is signed; one that was is closed and `signed`.
    """

    job: str
    stage: JobStage
    kind: JobKind = "job"
    by: str = ""
    minutes: int = 0
    team_met: bool = False
    negotiated: bool = False
    signed: bool = False


class JobStepChecked(NamedTuple):
    """A step of a checklist was ticked for one job, or unticked with `done=False`."""

    job: str
    checklist: str
    step: str
    done: bool = True


class JobNoted(NamedTuple):
    """The learner looked back on something about a job; what they wrote is in a file."""

    job: str


class JobTimeLogged(NamedTuple):
    """Time worked for a client; it is not study."""

    job: str
    seconds: int


class JobDropped(NamedTuple):
    """A job left the board; what is in the journal of it stays, without a name."""

    job: str


class OtherTimeLogged(NamedTuple):
    """Time that went elsewhere, to `what` in the learner's own words. It is never study: no day or streak counts it."""

    seconds: int
    what: str
    note: str = ""


class Interrupted(NamedTuple):
    """What broke into a timer, told when it was stopped: how often, why in a word, and the id of the timer's entry."""

    number: int
    why: str = ""
    entry: str = ""


class HabitKept(NamedTuple):
    """On how many days (0 to 7) of the week that begins on this Monday (ISO) a habit of the learner's was kept."""

    week: str
    habit: str
    days: int


class WeekAudited(NamedTuple):
    """The look at where a week's hours went: what of the feeds changed anything, and what is to give way."""

    week: str
    changed: str = ""
    less: str = ""


class Erased(NamedTuple):
    """The free text of these events was blanked for ever, here and wherever this journal is joined."""

    events: tuple[str, ...]
