"""How many minutes each pass takes this learner."""

from typing import TYPE_CHECKING

from mlcoach.domain.papers.pace import budgets
from mlcoach.domain.papers.passes import PASSES, PassRecord

if TYPE_CHECKING:
    from mlcoach.services.context import Context

PACE_PAPERS = 30  # papers whose passes say how fast the learner is


def pass_minutes(context: "Context") -> dict[int, int]:
    """Return the minutes that each pass takes this learner."""
    records = [PassRecord(*fields) for fields in context.store.newest_passes(PACE_PAPERS)]
    ended = sorted((one for one in records if one.verdict != "later"), key=lambda one: one.ended, reverse=True)
    return budgets({number: [one.spent for one in ended if one.reading_pass == number] for number in PASSES})
