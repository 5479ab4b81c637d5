"""What the screens of jobs show. They are for the learner alone: nothing of them is in a report or an export."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.work_events import JobKind, JobStage


class StageView(NamedTuple):
    """How many jobs are at a stage, came by it, went on and did not; `rate` is a share, None for too few."""

    stage: JobStage
    here: int
    came: int
    went_on: int
    stayed: int
    rate: float | None
    weak: bool


class JobView(NamedTuple):
    """A job on the board. `by` is the day of what comes next; minutes are those of a client."""

    id: str
    employer: str
    role: str
    kind: JobKind
    stage: JobStage
    since: date
    by: date | None
    via: str
    size: str
    practice: bool
    advert: bool
    estimate_minutes: int
    logged_minutes: int
    signed: bool = False


class BoardView(NamedTuple):
    """The board: stages of jobs and of clients, what is open, and one next step with its command."""

    date: date
    stages: tuple[StageView, ...]
    clients: tuple[StageView, ...]
    open: tuple[JobView, ...]
    closed: int
    advice: str
    next: str
    command: str


class JobListView(NamedTuple):
    """All jobs, the last moved first."""

    date: date
    jobs: tuple[JobView, ...]


class JobMovedView(NamedTuple):
    """What became of a job; `notes` are sentences about it, `command` what comes next."""

    job: JobView
    action: str
    notes: tuple[str, ...]
    command: str


class PrepItemView(NamedTuple):
    """A step of a checklist, ticked or not."""

    id: str
    text: str
    why: str
    group: str
    done: bool


class PrepView(NamedTuple):
    """How to prepare: days left, the checklist of the stage, stories by their titles, the skills that lack most."""

    job: JobView
    days_left: int | None
    checklist: str
    title: str
    items: tuple[PrepItemView, ...]
    stories: tuple[str, ...]
    stories_file: str
    gaps: tuple[str, ...]


class ShownJobView(NamedTuple):
    """All that is kept of a job."""

    job: JobView
    history: tuple[tuple[JobStage, date], ...]
    notes: str
    advert_file: str
    advert_lines: int
    today: date


class GapCardView(NamedTuple):
    """A gap that an interview showed, and the command that makes a card of it."""

    text: str
    unit: str
    command: str


class LookBackView(NamedTuple):
    """What was written of a job, and its gaps."""

    job: JobView
    file: str
    gaps: tuple[GapCardView, ...]


class WorkLoggedView(NamedTuple):
    """Time for a client, with all of it against what was agreed; 0 for nothing agreed."""

    job: JobView
    minutes: int
    date: date
