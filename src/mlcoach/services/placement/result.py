"""A placement as a view: its question, or what it found, in words."""

from typing import TYPE_CHECKING

from mlcoach.adapters.practice.typed_items import AskedItem
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.placement.placement import KNOWN, UnitVerdict, contradictions
from mlcoach.services.placement.place import Placement, finish, has_questions, look
from mlcoach.services.placement.questions import answer_of, question_view
from mlcoach.services.placement.scope import PASSED, PlacementScope
from mlcoach.views.placement.placement import (
    ClaimView,
    DisagreementView,
    MissedQuestionsView,
    MissedQuestionView,
    PlacedUnitView,
    PlacementAnswerView,
    PlacementView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

BEGIN_WITH = 3  # units named at the end


def view(
    context: "Context", scope: PlacementScope, *, stop: bool = False, last: PlacementAnswerView | None = None
) -> PlacementView:
    """Return the next question; at the end, or with `stop`, what was found, after it was written down."""
    placed = look(context, scope)
    asked, seconds = placed.state.asked, placed.state.seconds
    if placed.question is not None and not stop:
        question = question_view(context, placed.question)
        return PlacementView(question, asked, False, round(seconds / 60), last, scope=scope.title)
    complete = placed.question is None
    passed, withdrawn = finish(context, placed, complete=complete)
    found = result(context, scope, passed, withdrawn)
    units = {unit.unit: unit for unit in found.units}
    claims = tuple(_claim(units[id], withdrawn) for id in units if id in placed.known.claimed)
    return found._replace(asked=asked, minutes=round(seconds / 60), last=last, complete=complete, claims=claims)


def _claim(unit: PlacedUnitView, withdrawn: tuple[str, ...]) -> ClaimView:
    """Return what became of a unit that the learner said they know."""
    if unit.unit in withdrawn:
        return ClaimView(unit.unit, unit.title, "withdrawn", unit.why)
    is_confirmed = unit.verdict == "known"
    return ClaimView(unit.unit, unit.title, "confirmed" if is_confirmed else "open", unit.why if is_confirmed else "")


def missed_questions(context: "Context") -> MissedQuestionsView:
    """Return what was not known in placement lately, with its answers; nothing is asked."""
    fresh = context.store.placement.state().fresh(context.today)
    found = []
    for given in reversed(fresh):
        unit = context.catalog.aliases().get(given.unit, given.unit)
        cards = context.catalog.text(unit).pretest if unit in context.catalog.units else ()
        card = next((one for one in cards if one.id == given.question), None)
        if card and not given.right:
            shown = question_view(context, AskedItem(card))
            found.append(MissedQuestionView(card.id, shown.title, shown.text, answer_of(AskedItem(card)), card.code))
    return MissedQuestionsView(len(fresh), tuple(found))


def result(
    context: "Context", scope: PlacementScope, passed: tuple[str, ...] = (), withdrawn: tuple[str, ...] = ()
) -> PlacementView:
    """Return what the answers say of each unit; `passed` and `withdrawn` are what came of it now."""
    placed = look(context, scope)
    said, evidence = placed.said, placed.known.evidence
    titles = {id: unit.title for id, unit in context.catalog.units.items()}
    return PlacementView(
        question=None,
        asked=0,
        done=True,
        minutes=0,
        units=tuple(_unit_view(context, placed, said[id], withdrawn) for id in context.catalog.units if id in said),
        passed=passed,
        withdrawn=withdrawn,
        disagreements=tuple(
            DisagreementView(below, above, titles[below], titles[above])
            for below, above in contradictions(scope.graph, evidence)
            if below in scope.asked
        ),
        scope=scope.title,
        note=_note(context, placed),
        begin=_begin(context, placed),
        missed=sum(not answer.right for answer in evidence.answers),
    )


def _begin(context: "Context", placed: Placement) -> tuple[str, ...]:
    """Return the titles of what to begin with: what is ready and to be learned, in the order of the path."""
    units, progress = context.catalog.units, placed.progress
    order = [id for id in dict.fromkeys((*context.path.units, *placed.scope.graph.order)) if id in placed.scope.asked]
    open_ = [id for id in order if progress.status[id] not in SATISFIED]
    ready = [id for id in open_ if not progress.locked_by(units[id].requires)]
    return tuple(units[id].title for id in (ready or open_)[:BEGIN_WITH])


def _unit_view(context: "Context", placed: Placement, said: UnitVerdict, withdrawn: tuple[str, ...]) -> PlacedUnitView:
    unit = context.catalog.units[said.unit]
    because = said.because or _answered_right(placed, said.unit)
    return PlacedUnitView(
        unit=unit.id,
        title=unit.title,
        hours=unit.hours,
        probability=round(said.probability, 3),
        verdict=said.verdict,
        unsure=said.unsure and bool(because or _answered(placed, unit.id)),
        passed=placed.progress.status[unit.id] in PASSED,
        because=because if said.verdict == "known" else "",
        why=_why(context, placed, said, because),
        skipped=placed.progress.status[unit.id] == "skipped" and unit.id not in withdrawn,
        inside=unit.id in placed.scope.asked,
    )


def _answered_right(placed: Placement, unit: str) -> str:
    """Return the unit whose right answer a unit that is passed by now was passed for, "" for none."""
    from mlcoach.domain.placement.placement import supported

    state = placed.progress.states.get(unit)
    by_placement = state is not None and state.how == "placement"
    if not by_placement:
        return ""
    sure = {id: said.probability for id, said in placed.said.items()}
    return supported(placed.scope.graph, placed.known.evidence, sure).get(unit, "")


def _answered(placed: Placement, unit: str) -> list[bool]:
    return [answer.right for answer in placed.known.evidence.answers if answer.unit == unit]


def _why(context: "Context", placed: Placement, said: UnitVerdict, because: str) -> str:
    """Return the reason of a verdict in words, "" where nothing was asked that bears on it."""
    answers = _answered(placed, said.unit)
    status = placed.progress.status[said.unit]
    if said.verdict == "known":
        if not because:
            return "passed before"
        if because == said.unit:
            return "you answered it"
        return f"you know {context.catalog.units[because].title}, so this too"
    if status == "skipped":
        return "you said that you know it" if said.unit in placed.known.claimed else "you skipped it"
    if answers and not any(answers):
        return "answered wrong"
    if answers and not all(answers):
        return "one answer right, one wrong"
    if answers and said.probability > KNOWN:
        return "answered right once, which may be luck; another right answer would confirm it"
    if answers:
        return "answered right, but the other answers speak against it"
    if said.unsure and because:
        return f"{context.catalog.units[because].title} builds on it, but that is not sure"
    return ""


def _note(context: "Context", placed: Placement) -> str:
    """Return a sentence where there was nothing to ask, or ""."""
    scope = placed.scope
    if scope.asked and scope.asked <= placed.known.evidence.passed:
        return f"Every unit of {scope.title} is passed already."
    if not has_questions(context, scope):
        return (
            f"There are no questions to place you in {scope.title}. A unit's own are written as"
            " `[[unit.pretest]]` in its file; `mlcoach skip` says that you know it."
        )
    return ""
