"""The learner's own pace: of their latest answers, and of the units they passed, beside what the authors thought."""

from math import fsum
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import is_deck
from mlcoach.domain.day import forecast
from mlcoach.domain.day.pace import Pace, Took, learned
from mlcoach.domain.day.plan import redo_minutes

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
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


def passed_hours(context: "Context", progress: "UnitProgress") -> list[tuple[float, float]]:
    """Return (estimated, real) hours of each unit that was passed with time on record; decks left out."""
    units = context.catalog.units
    return [
        (units[id].hours, state.seconds / 3600)
        for id, state in progress.states.items()
        if id in units and state.passed_day and state.seconds and not is_deck(id)
    ]


def learner_factor(context: "Context", progress: "UnitProgress") -> float:
    """Return the learner's hours for each stated one, from the units passed."""
    passed = passed_hours(context, progress)
    return forecast.learner_factor(fsum(hours for hours, _ in passed), fsum(real for _, real in passed))
