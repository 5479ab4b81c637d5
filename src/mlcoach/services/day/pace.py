"""The learner's own pace: of their latest answers, and of the units they passed, beside what the authors thought."""

from itertools import chain
from math import fsum
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import is_deck
from mlcoach.domain.day import forecast
from mlcoach.domain.day.pace import Pace, Took, learned
from mlcoach.domain.day.plan import redo_minutes
from mlcoach.services.curriculum.steps_done import answered_steps, marks_of

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


def passed_hours(context: "Context", progress: "UnitProgress") -> dict[str, tuple[float, float]]:
    """Return (estimated, real) hours of the units that were passed with time on record; decks left out.

    Of a unit only the steps that were done count, and one of which most was passed over says nothing of the pace.
    """
    units = context.catalog.units
    states = {
        id: state
        for id, state in progress.states.items()
        if id in units and state.passed_day and state.seconds and not is_deck(id)
    }
    steps = {id: context.catalog.steps(id) for id in states}
    answered = answered_steps(context, chain.from_iterable(steps.values())) if steps else ()
    found = {}
    for id, state in states.items():
        marks = marks_of(context, state, answered)
        done = sum(step.minutes for step in steps[id] if marks.get(step.id) == "done")
        hours = forecast.studied_hours(units[id].hours, state.seconds / 3600, done, sum(s.minutes for s in steps[id]))
        if hours:
            found[id] = hours, state.seconds / 3600
    return found


def learner_factor(context: "Context", progress: "UnitProgress") -> float:
    """Return the learner's hours for each stated one, from the units passed."""
    passed = passed_hours(context, progress).values()
    return forecast.learner_factor(fsum(hours for hours, _ in passed), fsum(real for _, real in passed))
