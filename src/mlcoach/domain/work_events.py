"""What happens to people and jobs: ids of chance, days and kinds. No name and no text of anybody's is in an event."""

from typing import Literal, NamedTuple

PersonTouch = Literal["added", "asked", "answered", "advice", "did", "gave", "thanked", "dropped"]
JobKind = Literal["job", "client", "inbound"]
JobStage = Literal[
    "found", "talk", "applied", "interview", "offer", "lead", "proposal", "agreed", "delivered", "paid", "closed"
]


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
