"""How many minutes each pass takes this learner."""

from typing import TYPE_CHECKING

from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.papers.pace import OWN_FROM, allowed, budgets
from mlcoach.domain.papers.passes import PASSES, PassRecord
from mlcoach.domain.time.durations import format_duration

if TYPE_CHECKING:
    from mlcoach.services.context import Context

PACE_PAPERS = 30  # papers whose passes say how fast the learner is


def pass_minutes(context: "Context") -> dict[int, int]:
    """Return the minutes that each pass takes this learner."""
    return budgets(_spent(context))


def is_own_pace(context: "Context", number: int) -> bool:
    """Return whether the minutes of a pass come from passes of the learner's own."""
    return sum(seconds > 0 for seconds in _spent(context)[number]) >= OWN_FROM


def _spent(context: "Context") -> dict[int, list[int]]:
    records = [PassRecord(*fields) for fields in context.store.newest_passes(PACE_PAPERS)]
    ended = sorted((one for one in records if one.verdict != "later"), key=lambda one: one.ended, reverse=True)
    return {number: [one.spent for one in ended if one.reading_pass == number] for number in PASSES}


def advise_on_pass(context: "Context", paper: str) -> None:
    """Leave a notice when the pass under way over a paper has had its minutes: that is the time to decide."""
    state = context.store.paper(paper)
    if state is None or state["status"] != "reading":
        return
    number, had = state["reading_pass"], state["open_seconds"] // 60
    usual = pass_minutes(context)[number]
    if had >= allowed(usual, own=is_own_pace(context, number)):
        context.notices.append(
            f"pass {number} has had {format_duration(had)} of about {format_duration(usual)}, time to decide: "
            f"`mlcoach paper finish {short_id(paper)}` ends it"
        )
