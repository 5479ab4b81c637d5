"""The weeks before an interview that has a day: problems come daily, and have at least half of the minutes."""

from collections.abc import Iterable
from datetime import date

from mlcoach.domain.day.goal import INTERVIEW_DAYS
from mlcoach.domain.work.jobs import JobState


def interview_days(jobs: Iterable[JobState], today: date) -> list[date]:
    """Return the days of the interviews that are to come, the next one first."""
    return sorted(
        date.fromisoformat(job.by)
        for job in jobs
        if job.stage == "interview" and job.kind != "client" and not job.dropped and job.by >= today.isoformat()
    )


def next_interview(jobs: Iterable[JobState], today: date) -> date | None:
    """Return the day of the next interview that is near enough to prepare for, None where there is none."""
    soonest = next(iter(interview_days(jobs, today)), None)
    return soonest if soonest and (soonest - today).days <= INTERVIEW_DAYS else None
