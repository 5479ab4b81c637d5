"""The days before an interview, for the plan. Loaded where jobs are kept."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.work.interviews import interview_days, next_interview

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def interview_day(context: "Context") -> date | None:
    """Return the day of the next interview that problems prepare for, None without one."""
    return next_interview(context.store.work.jobs().values(), context.today)


def coming_interviews(context: "Context") -> list[date]:
    """Return the days of all interviews that are to come, the next one first."""
    return interview_days(context.store.work.jobs().values(), context.today)
