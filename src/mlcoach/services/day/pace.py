"""The learner's own pace, from their latest answers: estimates of sessions are made with it."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.pace import Pace, Took, learned
from mlcoach.domain.day.plan import redo_minutes

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LATEST = 80  # answers: enough to know, and read in a moment


def pace(context: "Context") -> Pace:
    """Return the learner's pace; its cost does not grow with the journal."""
    answers = context.store.latest_answers(LATEST)
    if not answers:
        return Pace()
    aliases = context.catalog.aliases()
    heads = context.catalog.heads({aliases.get(answer.item, answer.item) for answer in answers})
    took = []
    for answer in answers:
        head = heads.get(aliases.get(answer.item, answer.item))
        if head:
            again = head.kind == "exercise" and not answer.first
            took.append(Took(head.kind, redo_minutes(head) if again else head.minutes, answer.seconds))
    return learned(took)
