"""What finished the step before the one that `done` means, and whether anything shows that this one was opened."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from mlcoach.domain.events import Event, ItemGraded, PlacementJudged, StepMarked, TimeLogged, TimerStarted

KINDS = ("step_marked", "item_graded", "timer_started", "time_logged", "placement_judged")  # of the events to look at


class FinishedBefore(NamedTuple):
    """The step of a unit that was finished last: when (microseconds since 1970), and what did it.

    `by` is "answer" to an exercise, "questions" before the unit, or "done" where the learner said it. `began_after`: a
    timer was started or time was logged on the unit since, so that the next step was opened.
    """

    step: str
    happened: int
    by: Literal["answer", "questions", "done"]
    began_after: bool


def finished_before(events: Sequence[Event], unit: str, aliases: Mapping[str, str]) -> FinishedBefore | None:
    """Return what was finished last in a unit, from events of `KINDS`; None where nothing was, or it is open again.

    An answer writes its grade and the mark of its step together, in one command, and so does the last of the questions
    before a unit, with the time they took. A timer that ran before the answer shows nothing: it ran for the exercise.
    """

    def known(name: str) -> str:
        return aliases.get(name, name)

    marks = [event for event in events if isinstance(event.body, StepMarked) and known(event.body.unit) == unit]
    last = max(reversed(marks), key=lambda event: event.happened, default=None)  # of two, the later one
    if last is None or not isinstance(last.body, StepMarked) or last.body.mark != "done":
        return None
    step = known(last.body.step)
    together = [event.body for event in events if event.command == last.command]
    graded = any(isinstance(body, ItemGraded) and known(body.item) == step for body in together)
    judged = any(isinstance(body, PlacementJudged) and known(body.about) == unit for body in together)
    return FinishedBefore(
        step,
        last.happened,
        "answer" if graded else "questions" if judged else "done",
        any(
            event.happened > last.happened
            and event.command != last.command
            and isinstance(event.body, TimerStarted | TimeLogged)
            and known(event.body.unit) == unit
            for event in events
        ),
    )
