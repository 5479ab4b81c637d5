"""The questions of placement: those before units, which one is asked next, and what a typed answer to it is worth."""

from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.practice import typed_items
from mlcoach.adapters.practice.typed_items import AskedItem
from mlcoach.domain.answers import is_right, parse_number
from mlcoach.domain.cloze import filled_in, with_blanks
from mlcoach.domain.curriculum import Card
from mlcoach.domain.placement.answers import PlacementState
from mlcoach.views.placement.placement import PlacementQuestionView, QuestionForm

if TYPE_CHECKING:
    from mlcoach.domain.practice.accept import Judged
    from mlcoach.services.context import Context


class UnitQuestions(NamedTuple):
    """The questions of a unit that were not asked lately, those that are checked first."""

    unit: str
    waiting: tuple[Card, ...]


def questions_of(context: "Context", unit: str, state: PlacementState) -> UnitQuestions:
    """Return the questions of a unit that are left. An answer of long ago does not count.

    What everyday arithmetic answers is not among them: a right answer would pass a unit never met.
    """
    used = {answer.question for answer in state.fresh(context.today)}
    left = [card for card in context.catalog.text(unit).pretest if card.placement and card.id not in used]
    return UnitQuestions(unit, tuple(sorted(left, key=lambda card: not _is_checked(card))))


def _is_checked(card: Card) -> bool:
    return card.number is not None or bool(card.accept_text) or card.vary is not None


def asked_as(card: Card, state: PlacementState) -> AskedItem:
    """Return a question with the numbers of its next answer; where none can be drawn, as it was frozen."""
    if card.accept_text:
        return AskedItem(card, "text")
    if card.vary is None:
        return AskedItem(card)
    from mlcoach.domain.practice.variants import seed_of  # few questions vary

    before = sum(answer.question == card.id for answer in state.answers)
    return typed_items.drawn(card, seed_of(card.id, before + 1)) or AskedItem(card)


def form_of(asked: AskedItem) -> QuestionForm:
    """Return what is typed for a question, or self where the learner grades it."""
    if asked.typing:
        return asked.typing
    return "number" if card_of(asked).number is not None else "self"


def card_of(asked: AskedItem) -> Card:
    """Return the question itself."""
    assert isinstance(asked.subject, Card)
    return asked.subject


def answer_of(asked: AskedItem) -> str:
    """Return the right answer as it is shown."""
    card = card_of(asked)
    if card.form == "cloze":
        return filled_in(card.question, "", "")
    return card.answer


def judge(asked: AskedItem, answer: str) -> "Judged":
    """Return what comes of a typed answer; an invalid one is a fault and decides nothing."""
    if asked.typing:
        return typed_items.judge(asked, answer)
    from mlcoach.domain.practice.accept import NUMBER_FORMS, Judged  # to choose a question needs none of it

    card = card_of(asked)
    assert card.number is not None
    numbers = parse_number(answer)
    if not numbers:
        return Judged(fault=f"`{answer.strip()}` is not a number; {NUMBER_FORMS}")
    return Judged(is_right(numbers, card.number, card.tolerance))


def question_view(context: "Context", asked: AskedItem) -> PlacementQuestionView:
    """Return a question for where there is no screen."""
    card, form = card_of(asked), form_of(asked)
    return PlacementQuestionView(
        item=card.id,
        unit=card.unit,
        title=context.catalog.units[card.unit].title,
        text=with_blanks(card.question, "[…]") if card.form == "cloze" else card.question,
        form=form,
        code=card.code,
        answer=answer_of(asked) if form == "self" else "",
    )
