"""The fold of placement: what was answered, and how far the placement under way is."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from mlcoach.domain.events import Event, PlacementAnswered, PlacementJudged
from mlcoach.domain.placement.belief import UnitAnswer

FRESH = 60  # days for which an answer counts: after that somebody may have learned it elsewhere, or lost it


class PlacementAnswer(NamedTuple):
    """An answer to a question (a full id) on an ISO study day; `checked` by the machine, not by the learner."""

    unit: str
    question: str
    right: bool
    day: str
    checked: bool = True


class PlacementState(NamedTuple):
    """What there is of placement. `judged` is the ISO study day of the last complete result, "" for none.

    Of what is under way: `asked` questions since the last complete result, `unjudged` answers since any result, and
    their `seconds`.
    """

    answers: tuple[PlacementAnswer, ...] = ()
    asked: int = 0
    unjudged: int = 0
    seconds: int = 0
    judged: str = ""

    def fresh(self, today: date) -> tuple[PlacementAnswer, ...]:
        """Return the answers that still count."""
        return tuple(answer for answer in self.answers if (today - date.fromisoformat(answer.day)).days <= FRESH)

    def is_recent(self, today: date) -> bool:
        """Return whether there is a complete result whose answers still count."""
        return bool(self.judged) and (today - date.fromisoformat(self.judged)).days <= FRESH


def fold_placement(events: Iterable[Event]) -> PlacementState:
    """Return the state of placement from its events, in journal order."""
    state = PlacementState()
    answers: list[PlacementAnswer] = []
    for event in events:
        body, day = event.body, event.study_day.isoformat()
        if isinstance(body, PlacementAnswered):
            answers.append(PlacementAnswer(body.unit, body.question, body.right, day, body.how != "self"))
            state = state._replace(
                asked=state.asked + 1, unjudged=state.unjudged + 1, seconds=state.seconds + body.seconds
            )
        elif isinstance(body, PlacementJudged):
            if body.about:  # a placement that is under way goes on afterwards
                state = _without(state, answers, body.about)
                continue
            state = state._replace(unjudged=0, seconds=0)
            if body.complete:
                state = state._replace(asked=0, judged=day)
    return state._replace(answers=tuple(answers))


def unjudged_of(state: PlacementState, answers: Sequence[PlacementAnswer], unit: str) -> tuple[int, int]:
    """Return how many of the answers without a result are to one unit, and their part of the seconds."""
    waiting = answers[len(answers) - state.unjudged :] if state.unjudged else ()
    own = sum(answer.unit == unit for answer in waiting)
    return own, round(state.seconds * own / state.unjudged) if own else 0


def _without(state: PlacementState, answers: list[PlacementAnswer], unit: str) -> PlacementState:
    """Return the state after the questions before a unit have their result: what else is under way goes on.

    The answers to them go before those that still wait for theirs, which stay the last ones.
    """
    own, seconds = unjudged_of(state, answers, unit)
    first = len(answers) - state.unjudged
    answers[first:] = sorted(answers[first:], key=lambda answer: answer.unit != unit)
    return state._replace(
        asked=max(0, state.asked - own), unjudged=state.unjudged - own, seconds=max(0, state.seconds - seconds)
    )


def as_evidence(answers: Iterable[PlacementAnswer]) -> tuple[UnitAnswer, ...]:
    """Return the answers as belief takes them."""
    return tuple(UnitAnswer(answer.unit, answer.right, answer.checked) for answer in answers)
