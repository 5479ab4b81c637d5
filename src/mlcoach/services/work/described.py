"""What an event of the learner's own work says, in the words of `undo`; people and jobs have no name there."""

from typing import TYPE_CHECKING, Any

from mlcoach.domain import work_events as kinds
from mlcoach.domain.time.durations import format_duration

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def describe_work(context: "Context", body: Any) -> str:
    """Return what an event says, without a full stop; "" for an event of something else."""
    match body:
        case kinds.ChecklistTicked(checklist=checklist, item=item, done=done):
            return f"{item} of {checklist} {'ticked' if done else 'unticked'}"
        case kinds.ProjectIdeaKept(title=title):
            return f"the idea {title}"
        case kinds.ProjectBegun(title=title):
            return f"the project {title} begun"
        case kinds.ProjectStepChecked(step=step, done=done):
            return f"the step {step} of {_title(context, body)} {'ticked' if done else 'unticked'}"
        case kinds.ProjectMeasured():
            return f"a number of {_title(context, body)}"
        case kinds.ProjectStageFinished(stage=stage, verdict=verdict):
            return f"stage {stage} of {_title(context, body)} ended ({verdict})"
        case kinds.ProjectNoted():
            return f"a note on {_title(context, body)}"
        case kinds.ProjectDropped():
            return f"the project {_title(context, body)} dropped"
        case kinds.PersonTouched(person=person, touch=touch):
            return f"the person {person}: {touch}"
        case kinds.JobMoved(job=job, stage=stage):
            return f"the job {job} moved to {stage}"
        case kinds.JobStepChecked(job=job, step=step, done=done):
            return f"the step {step} of the job {job} {'ticked' if done else 'unticked'}"
        case kinds.JobNoted(job=job):
            return f"a look back on the job {job}"
        case kinds.JobTimeLogged(job=job, seconds=seconds):
            return f"{format_duration(seconds // 60)} on the job {job}"
        case kinds.JobDropped(job=job):
            return f"the job {job} dropped"
        case _:
            return ""


def _title(context: "Context", body: Any) -> str:
    known = context.store.projects.all().get(body.project)
    return known.title if known else str(body.project)
