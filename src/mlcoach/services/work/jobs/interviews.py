"""The days before an interview, for the plan. Loaded where jobs are kept."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.work.interviews import next_interview

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def interview_day(context: "Context") -> date | None:
    """Return the day of the next interview that problems prepare for, None without one."""
    return next_interview(context.store.work.jobs().values(), context.today)
