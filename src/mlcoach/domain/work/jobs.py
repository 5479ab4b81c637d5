"""Jobs and clients by stages: where each is, how many go on from each stage, and which stage is the weak one.

A stage that was skipped was not visited; who moves a job back says that what came after had not happened.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import Event
from mlcoach.domain.work_events import (
    JobDropped,
    JobKind,
    JobMoved,
    JobNoted,
    JobStage,
    JobStepChecked,
    JobTimeLogged,
)

JOB_STAGES: tuple[JobStage, ...] = ("found", "talk", "applied", "interview", "offer")
CLIENT_STAGES: tuple[JobStage, ...] = ("lead", "proposal", "agreed", "delivered", "paid")
STAGES: Mapping[JobKind, tuple[JobStage, ...]] = {
    "job": JOB_STAGES, "inbound": JOB_STAGES, "client": CLIENT_STAGES,
}  # fmt: skip
SILENT_DAYS = 28  # without a move, after which a job counts as not gone on
LEAST_DECIDED = 3  # jobs that went on or did not, before a rate says anything
EARLY_TALKS = 3  # informational interviews before the first applications
PRACTICE_FIRST = 3  # places wanted less before those wanted most


class JobState(NamedTuple):
    """A job. `visited` are (stage, ISO day) in the order of the stages, `by` is "" or the ISO day of what comes next.

    `minutes` is the estimate agreed with a client, `seconds` what was worked; `checked` are (checklist, step).
    """

    kind: JobKind
    stage: JobStage
    added: str
    moved: str
    visited: tuple[tuple[JobStage, str], ...] = ()
    by: str = ""
    minutes: int = 0
    seconds: int = 0
    team_met: bool = False
    negotiated: bool = False
    notes: int = 0
    checked: tuple[tuple[str, str], ...] = ()
    dropped: bool = False
    signed: bool = False


LATELY = 7  # days for which a day that is over is asked about


class StageCount(NamedTuple):
    """How many jobs are at a stage, came by it, went on from it, and how many did not; the others are waiting."""

    stage: JobStage
    here: int
    came: int
    went_on: int
    stayed: int

    @property
    def rate(self) -> float | None:
        """The share that went on, None where too few are decided."""
        decided = self.went_on + self.stayed
        return self.went_on / decided if decided >= LEAST_DECIDED else None


def fold_jobs(events: Iterable[Event]) -> dict[str, JobState]:
    """Return the state of every job by id; dropped ones say so. Moves of an unknown job begin it.

    Time may be of a day before the job came on the board, so all that happened to it counts after its moves.
    """
    jobs: dict[str, JobState] = {}
    others: list[JobNoted | JobTimeLogged | JobStepChecked] = []
    for event in sorted(events, key=order_of):
        body = event.body
        if isinstance(body, JobMoved):
            jobs[body.job] = _moved(jobs.get(body.job), body, event.study_day.isoformat())
        elif isinstance(body, JobDropped) and body.job in jobs:
            jobs[body.job] = jobs[body.job]._replace(dropped=True)
        elif isinstance(body, JobNoted | JobTimeLogged | JobStepChecked):
            others.append(body)
    for body in others:
        if body.job in jobs:
            jobs[body.job] = _after(jobs[body.job], body)
    return jobs


def _after(state: JobState, body: JobNoted | JobTimeLogged | JobStepChecked) -> JobState:
    match body:
        case JobNoted():
            return state._replace(notes=state.notes + 1)
        case JobTimeLogged(seconds=seconds):
            return state._replace(seconds=state.seconds + seconds)
        case JobStepChecked(checklist=checklist, step=step, done=done):
            others = tuple(one for one in state.checked if one != (checklist, step))
            return state._replace(checked=(*others, (checklist, step)) if done else others)


def _moved(state: JobState | None, body: JobMoved, day: str) -> JobState:
    if state is None:
        state = JobState(body.kind, body.stage, day, day)
    visited = list(state.visited)
    if body.stage != "closed":
        order = STAGES[body.kind]
        number = order.index(body.stage) if body.stage in order else 0
        visited = [(stage, on) for stage, on in visited if stage in order and order.index(stage) < number]
        first = next((on for stage, on in state.visited if stage == body.stage), day)
        visited.append((body.stage, first))
    return state._replace(
        kind=body.kind,
        stage=body.stage,
        moved=day,
        visited=tuple(visited),
        by=body.by,
        minutes=body.minutes or state.minutes,
        team_met=body.team_met or state.team_met,
        negotiated=body.negotiated or state.negotiated,
        dropped=False,
        signed=body.signed,
    )


def skipped(before: Sequence[JobStage], stage: JobStage, kind: JobKind) -> tuple[JobStage, ...]:
    """Return the stages between those visited and a new one. A talk may always be left out."""
    order = STAGES[kind]
    if stage not in order:
        return ()
    last = max((order.index(one) for one in before if one in order), default=-1)
    return tuple(one for one in order[last + 1 : order.index(stage)] if one != "talk")


def count_stages(jobs: Iterable[JobState], kinds: Sequence[JobKind], today: date) -> tuple[StageCount, ...]:
    """Return the counts of each stage, in their order. A month of silence is a no."""
    order = STAGES[kinds[0]]
    silent = (today - timedelta(days=SILENT_DAYS)).isoformat()
    here, came, went_on, stayed = (dict.fromkeys(order, 0) for _ in range(4))
    for job in jobs:
        if job.kind not in kinds or not job.visited:
            continue
        stages = [stage for stage, _ in job.visited if stage in order]
        here[job.stage] = here.get(job.stage, 0) + 1
        for stage in stages:
            came[stage] += 1
            if stage != stages[-1] or job.signed:
                went_on[stage] += 1
            elif job.stage == "closed" or (job.moved < silent and job.by < today.isoformat()):
                stayed[stage] += 1
    return tuple(StageCount(stage, here[stage], came[stage], went_on[stage], stayed[stage]) for stage in order)


def job_with_a_day(jobs: Iterable[tuple[str, JobState]], today: date) -> str:
    """Return the id of the open job whose day is today, tomorrow, or lately over; "" without one.

    What is to come is before what is over; a week later the board alone asks for it.
    """
    first, last = today - timedelta(days=LATELY), today + timedelta(days=1)
    near = [
        (date.fromisoformat(job.by) < today, job.by, id)
        for id, job in jobs
        if job.by and not job.dropped and job.stage not in ("closed", "paid")
        if first <= date.fromisoformat(job.by) <= last
    ]
    return min(near)[2] if near else ""


def weak_stage(counts: Iterable[StageCount]) -> StageCount | None:
    """Return the stage from which the smallest share goes on, None while too few are decided."""
    rated = [count for count in counts if count.rate is not None and count.rate < 1]
    return min(rated, key=lambda count: count.rate or 0.0, default=None)
