"""A placement as a view: its question, or what it found, in words."""

from typing import TYPE_CHECKING

from mlcoach.adapters.practice.typed_items import AskedItem
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.placement.placement import UnitVerdict, contradictions
from mlcoach.domain.placement.reasons import why_kept, why_known
from mlcoach.services.placement.before import before_view
from mlcoach.services.placement.place import Placement, finish, has_questions, look, to_pass
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
    from collections.abc import Mapping, Sequence

    from mlcoach.services.context import Context

BEGIN_WITH = 3  # units named at the end
BEGIN_WITHIN = 7  # days of the plan from which they are taken


def pending(context: "Context", scope: PlacementScope) -> tuple[PlacedUnitView, ...]:
    """Return the units that would be passed if it ended here, with the reason of each; nothing is written."""
    placed = look(context, scope)
    passes = set(to_pass(context, placed, complete=placed.question is None))
    return tuple(unit for unit in result(context, placed).units if unit.unit in passes) if passes else ()


def lacking(context: "Context", found: PlacementView) -> tuple[PlacedUnitView, ...]:
    """Return the units that the learner's path takes for granted, and that are not passed, by their choice or not."""
    taken = set(context.path.units)
    return tuple(unit for unit in found.units if not (unit.inside or unit.skipped or unit.passed or unit.unit in taken))


def learn_too(context: "Context", units: "Sequence[str]") -> None:
    """Put units into the plan that the learner's path takes for granted, by the setting `also`."""
    from mlcoach.services.upkeep.config import change

    change(context, "also", list(dict.fromkeys((*context.settings.get("also"), *units))))


def view(
    context: "Context",
    scope: PlacementScope,
    *,
    stop: bool = False,
    last: PlacementAnswerView | None = None,
    only: frozenset[str] | None = None,
) -> PlacementView:
    """Return the next question; at the end, or with `stop`, what was found, after it was written down.

    Of what is known all is passed, or `only` these units.
    """
    placed = look(context, scope)
    asked, seconds = placed.state.asked, placed.state.seconds
    if placed.question is not None and not stop:
        question = question_view(context, placed.question)
        return PlacementView(question, asked, False, round(seconds / 60), last, scope=scope.title)
    complete = placed.question is None
    passed, withdrawn = finish(context, placed, complete=complete, only=only)
    now = look(context, scope)
    found = result(context, now, passed, withdrawn)
    units = {unit.unit: unit for unit in found.units}
    claims = tuple(_claim(units[id], withdrawn) for id in units if id in placed.known.claimed)
    found = found._replace(asked=asked, minutes=round(seconds / 60), last=last, complete=complete, claims=claims)
    if scope.alone:
        return found._replace(before=before_view(context, scope.alone, now.progress, now.state))
    on_path = sum(units[id].hours for id in passed if id in context.path.units)
    return found._replace(begin=_begin(context, now), saved_hours=on_path)


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
    context: "Context", placed: Placement, passed: tuple[str, ...] = (), withdrawn: tuple[str, ...] = ()
) -> PlacementView:
    """Return what the answers say of each unit; `passed` and `withdrawn` are what came of it now."""
    scope, said, evidence = placed.scope, placed.said, placed.known.evidence
    titles = {id: unit.title for id, unit in context.catalog.units.items()}
    return PlacementView(
        question=None,
        asked=0,
        done=True,
        minutes=0,
        units=tuple(_unit_view(context, placed, said, id, withdrawn) for id in context.catalog.units if id in said),
        passed=passed,
        withdrawn=withdrawn,
        disagreements=tuple(
            DisagreementView(below, above, titles[below], titles[above])
            for below, above in contradictions(scope.graph, evidence)
            if below in scope.asked and _is_plain(context, placed, below, above)
        ),
        scope=scope.title,
        note=_note(context, placed),
        missed=sum(not answer.right for answer in evidence.answers),
    )


def _is_plain(context: "Context", placed: Placement, below: str, above: str) -> bool:
    """Return whether anybody sees why one unit builds on the other: that a package builds on vectors nobody does."""
    units = context.catalog.units
    return units[below].track == units[above].track or below in placed.scope.graph.requires[above]


def _begin(context: "Context", placed: Placement) -> tuple[str, ...]:
    """Return the titles of what to begin with: what the plan of the coming days names, then what is ready in the order
    of the path.
    """
    from mlcoach.services.day.upcoming import by_unit, lived_days  # a question alone plans nothing

    units, progress = context.catalog.units, placed.progress
    planned, _ = by_unit(tuple(lived_days(context, BEGIN_WITHIN)))
    others = [id for id in (*context.path.units, *placed.scope.graph.order) if id not in planned]
    ready = [id for id in others if not progress.locked_by(units[id].requires)]
    order = [id for id in dict.fromkeys((*planned, *(ready or others))) if id in placed.scope.asked]
    return tuple(units[id].title for id in order if progress.status[id] not in SATISFIED)[:BEGIN_WITH]


def _unit_view(
    context: "Context", placed: Placement, verdicts: "Mapping[str, UnitVerdict]", id: str, withdrawn: tuple[str, ...]
) -> PlacedUnitView:
    unit, said = context.catalog.units[id], verdicts[id]
    answered = any(answer.unit == said.unit for answer in placed.known.evidence.answers)
    return PlacedUnitView(
        unit=unit.id,
        title=unit.title,
        hours=unit.hours,
        probability=round(said.probability, 3),
        verdict=said.verdict,
        unsure=said.unsure and (bool(said.because) or answered),
        passed=placed.progress.status[unit.id] in PASSED,
        because=said.because if said.verdict == "known" else "",
        why=_why(context, placed, verdicts, said),
        skipped=placed.progress.status[unit.id] == "skipped" and unit.id not in withdrawn,
        inside=unit.id in placed.scope.asked,
    )


def _why(context: "Context", placed: Placement, verdicts: "Mapping[str, UnitVerdict]", said: UnitVerdict) -> str:
    """Return the reason of a verdict in words, "" where nothing was asked that bears on it."""
    units, answers = context.catalog.units, placed.known.evidence.answers
    own = [answer.right for answer in answers if answer.unit == said.unit]
    right, wrong = own.count(True), own.count(False)
    above = [units[id].title for id in said.right if id != said.unit]
    status = placed.progress.status[said.unit]
    if said.verdict == "known":
        state = placed.progress.states.get(said.unit)
        if status in PASSED and (state is None or state.how != "placement"):
            return "passed before"
        nearest = next((id for id in said.right if id != said.unit), "")
        edges = units[nearest].requires if nearest else ()
        return why_known(right, above, next((edge.why for edge in edges if edge.unit == said.unit), ""))
    if status == "skipped":
        return "you said that you know it" if said.unit in placed.known.claimed else "you skipped it"
    missed = {answer.unit for answer in answers if not answer.right}
    below = (id for id in placed.scope.graph.requires[said.unit] if verdicts[id].verdict == "kept")
    lacking = next((units[id].title for id in below if id in missed), "")
    return why_kept(right, wrong, said.probability, lacking=lacking, above=above[0] if above and said.unsure else "")


def _note(context: "Context", placed: Placement) -> str:
    """Return a sentence where there was nothing to ask, or ""."""
    scope = placed.scope
    if scope.asked and scope.asked <= placed.known.evidence.passed:
        return f"Every unit of {scope.title} is passed already."
    if scope.asked and scope.asked <= scope.graph.doing - placed.known.evidence.said:
        return (
            f"{scope.title} is made or done, not known, so no answer passes it: `mlcoach skip` says that you have it"
            " behind you, and placement then asks about it."
        )
    if not has_questions(context, scope):
        return (
            f"There are no questions to place you in {scope.title}. A unit's own are written as"
            " `[[unit.pretest]]` in its file; `mlcoach skip` says that you know it."
        )
    return ""
