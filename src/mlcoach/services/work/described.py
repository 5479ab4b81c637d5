"""What an entry about people or jobs says, in the words of `undo`: no name, for the journal has none."""

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.work_events import JobDropped, JobMoved, JobNoted, JobStepChecked, JobTimeLogged, PersonTouched

WorkBody = PersonTouched | JobMoved | JobStepChecked | JobNoted | JobTimeLogged | JobDropped


def describe_work(body: WorkBody) -> str:
    """Return what one event says, without a full stop."""
    match body:
        case PersonTouched(person=person, touch=touch):
            return f"the person {person}: {touch}"
        case JobMoved(job=job, stage=stage):
            return f"the job {job} moved to {stage}"
        case JobStepChecked(job=job, step=step, done=done):
            return f"the step {step} of the job {job} {'ticked' if done else 'unticked'}"
        case JobNoted(job=job):
            return f"a look back on the job {job}"
        case JobTimeLogged(job=job, seconds=seconds):
            return f"{format_duration(seconds // 60)} on the job {job}"
        case JobDropped(job=job):
            return f"the job {job} dropped"
