"""Placement: what is asked next, an answer written down, and in the end what counts as passed.

An answer is written as it is given. Units are passed when it ends, or is stopped; all of it is one step of undo.
"""

from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.practice.typed_items import HOW, AskedItem
from mlcoach.domain.day.unit_status import UnitProgress
from mlcoach.domain.event_keys import is_circumstance
from mlcoach.domain.events import Body, PlacementAnswered, PlacementJudged, Revoked, TimeLogged, UnitMarked
from mlcoach.domain.placement.answers import PlacementState, unjudged_of
from mlcoach.domain.placement.placement import FEW_UNSURE, FEWEST, REJECTED, UnitVerdict, next_unit, verdicts
from mlcoach.errors import UsageError
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.beside_timer import holds_now
from mlcoach.services.placement.before import finished_step, waiting_before
from mlcoach.services.placement.questions import UnitQuestions, answer_of, asked_as, form_of, judge, questions_of
from mlcoach.services.placement.scope import PASSED, Known, PlacementScope, claim_of, known_of
from mlcoach.views.placement.placement import PlacementAnswerView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FEWEST_TO_PASS = 5  # answers of a placement that was stopped
MOST_SECONDS = 60  # an answer counts for, as a card does
DO_NOT_KNOW = ("wrong", "unknown", "?")


class Placement(NamedTuple):
    """A placement as it is: what was answered, what is known by it, and the next question, None at its end."""

    scope: PlacementScope
    progress: UnitProgress
    state: PlacementState
    known: Known
    question: AskedItem | None

    @property
    def said(self) -> dict[str, UnitVerdict]:
        """What the answers say of each unit."""
        return verdicts(self.scope.graph, self.known.evidence, each=self.scope.each | self.known.in_part)


def look(context: "Context", scope: PlacementScope) -> Placement:
    """Return a placement as it is now; nothing is written."""
    progress, state = unit_progress(context), context.store.placement.state()
    known = known_of(context, scope, progress, state)
    questions: dict[str, UnitQuestions] = {}

    if scope.alone:
        waiting = waiting_before(context, scope.alone, state)
        return Placement(scope, progress, state, known, asked_as(waiting[0], state) if waiting else None)

    def has_question(unit: str) -> bool:
        if unit in known.silent or (unit not in scope.asked and unit not in known.told):
            return False
        if unit not in questions:
            questions[unit] = questions_of(context, unit, state)
        return bool(questions[unit].waiting)

    # Who was placed lately is asked again only where that left much open, or about a part by its name.
    fewest = 0 if state.is_recent(context.today) else FEWEST
    few = FEW_UNSURE if len(scope.asked) > FEWEST else 0
    unit = next_unit(
        scope.graph,
        known.evidence,
        state.asked,
        has_question,
        fewest=fewest,
        few_unsure=few,
        each=scope.each | known.in_part,
        claims=known.told,
    )
    question = asked_as(questions[unit].waiting[0], state) if unit else None
    return Placement(scope, progress, state, known, question)


def has_questions(context: "Context", scope: PlacementScope) -> bool:
    """Return whether there is any question on these units, asked already or not."""
    return any(card.placement for unit in scope.asked for card in context.catalog.text(unit).pretest)


def answer(context: "Context", placed: Placement, given: str) -> PlacementAnswerView:
    """Write an answer to the question that waits: right or wrong, or what is typed for one that is checked.

    Raises UsageError where nothing is asked, and for what cannot be an answer: it costs nothing.
    """
    asked = placed.question
    if asked is None:
        raise UsageError("nothing is asked: this placement is done", "`mlcoach place` shows what it found")
    right, typed = read_answer(asked, given)
    write_answer(context, placed, right, typed, 0)
    return PlacementAnswerView(asked.subject.id, right, answer_of(asked))


def read_answer(asked: AskedItem, given: str) -> tuple[bool, str]:
    """Return whether an answer is right, and what was typed. Raises UsageError for what cannot be one."""
    word = given.strip().lower()
    if form_of(asked) == "self":
        if word not in ("right", *DO_NOT_KNOW):
            raise UsageError(f"`{given:.40}` is not an answer to this question", "say right or wrong")
        return word == "right", ""
    judged = judge(asked, given)
    if judged.right or word not in DO_NOT_KNOW:
        if judged.fault and word == "right":
            raise UsageError("this question is checked: type its answer", "or `wrong` where you do not know it")
        if judged.fault:
            raise UsageError(judged.fault, "nothing was written; `wrong` says that you do not know it")
        return judged.right, given.strip()
    return False, ""


def write_answer(context: "Context", placed: Placement, right: bool, typed: str, seconds: int) -> tuple[str, ...]:
    """Write an answer to the question that waits, and return the ids of what was written."""
    from mlcoach.services.record import record  # a question alone writes nothing

    asked = placed.question
    assert asked is not None
    how = "self" if not typed else HOW[asked.typing] if asked.typing else "number"
    body = PlacementAnswered(
        asked.subject.unit, asked.subject.id, right, how, typed, asked.seed, min(seconds, MOST_SECONDS)
    )
    events = record(context, body, opens_day=False, command=_command_under_way(context, placed))
    return tuple(event.id for event in events if not is_circumstance(event.body))


def to_pass(context: "Context", placed: Placement, *, complete: bool) -> tuple[str, ...]:
    """Return the units that this placement passes, in the order of the map; nothing is written."""
    if not placed.state.unjudged or not _is_enough(placed, complete=complete):
        return ()
    return _passing(context, placed, placed.said)


def finish(
    context: "Context", placed: Placement, *, complete: bool, only: frozenset[str] | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Pass what is known, or `only` these of it, and return the units passed and those whose claim is taken back.

    A unit that the learner said they know, and rather does not, is to be learned again. A stopped placement may pass
    units too, from five answers on, and goes on where it stopped. Nothing is written where nothing was answered since
    the last result.
    """
    alone, state = placed.scope.alone, placed.state
    asked, unjudged, seconds = state.asked, state.unjudged, state.seconds
    if alone:
        unjudged, seconds = unjudged_of(state, state.answers, alone)
        asked = unjudged
    if not unjudged:
        return (), ()
    from mlcoach.services.record import record  # as above

    said = placed.said
    enough = _is_enough(placed, complete=complete)
    passed = tuple(id for id in _passing(context, placed, said) if enough and (only is None or id in only))
    withdrawn = tuple(id for id in placed.scope.graph.order if enough and _is_rejected(placed, said[id]))
    bodies: list[Body] = [UnitMarked(unit, "passed", how="placement") for unit in passed]
    if claims := [event for unit in withdrawn for event in claim_of(context, unit)]:
        bodies.append(Revoked(tuple(claims)))
    units = tuple(_as_data(said[unit]) for unit in placed.scope.graph.order if unit not in placed.known.evidence.passed)
    command = _command_under_way(context, placed)
    planned = context.store.day(context.today).plan is not None
    step = finished_step(context, alone, placed.progress) if alone and complete and alone not in passed else ()
    bodies += step
    judged = PlacementJudged(asked, units, complete, alone)
    events = record(context, *bodies, judged, opens_day=False, command=command)
    # The day opens after it, so that its plan is made for what is left to learn.
    if seconds and not holds_now(context):
        record(context, TimeLogged(seconds, alone if step else ""), command=events[0].command)
    if planned and passed:
        context.notices.append("today keeps its plan; a new one: mlcoach today --replan")
    return passed, withdrawn


def _is_enough(placed: Placement, *, complete: bool) -> bool:
    return complete or placed.state.asked >= FEWEST_TO_PASS


def _passing(context: "Context", placed: Placement, said: dict[str, UnitVerdict]) -> tuple[str, ...]:
    return tuple(id for id in context.catalog.units if id in said and _passes(placed, said[id]))


def _passes(placed: Placement, said: UnitVerdict) -> bool:
    """Return whether a unit is passed now. One under way is passed by an answer to itself alone."""
    status = placed.progress.status[said.unit]
    if said.verdict != "known" or said.unit in placed.known.silent or status in PASSED:
        return False
    return status != "learning" or said.because == said.unit


def _is_rejected(placed: Placement, said: UnitVerdict) -> bool:
    return said.unit in placed.known.claimed and said.verdict == "kept" and said.probability < REJECTED


def _as_data(said: UnitVerdict) -> dict[str, object]:
    return {
        "unit": said.unit, "probability": round(said.probability, 4), "verdict": said.verdict, "because": said.because,
    }  # fmt: skip


def _command_under_way(context: "Context", placed: Placement) -> str:
    """Return the command that an answer belongs to: that of the last one where nothing else came since; "" for a new.

    So a placement is one step of undo, also where each answer comes from a process of its own.
    """
    if not placed.state.unjudged and (placed.scope.alone or not placed.state.asked):
        return ""
    newest = next(iter(context.store.undoable(1)), None)
    if newest is None:
        return ""
    bodies = [event.body for event in newest.events if event.study_day == context.today]
    answered = {one.unit for one in bodies if isinstance(one, PlacementAnswered)}
    if placed.scope.alone:
        joins = answered == {placed.scope.alone}
    else:  # not to the questions before a unit, which have their own result
        joins = bool(answered) and not any(isinstance(one, PlacementJudged) and one.about for one in bodies)
    return newest.command if joins else ""
