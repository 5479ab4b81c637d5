"""What can be done on the way, without a keyboard: the cards of the day, and a paper's first pass."""

from typing import TYPE_CHECKING

from mlcoach.domain.cloze import filled_in
from mlcoach.domain.curriculum import Card
from mlcoach.domain.papers.ids import address
from mlcoach.domain.papers.state import place_of, state_of
from mlcoach.services.cards.text import hide_blanks
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.papers import next_paper
from mlcoach.services.day.plan import asked_cards
from mlcoach.services.review import items
from mlcoach.views.papers.paper import ChecklistStepView
from mlcoach.views.plan import MobileCardView, MobilePaperView, MobileView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def mobile(context: "Context") -> MobileView:
    """Return the cards due today, as many as the plan asks for, and the paper whose turn it is."""
    due = items.due_heads(context, asked_cards(context, items.due_count(context)), only="card")
    cards = [_card(found) for _, head in due if isinstance(found := context.catalog.item(head.id), Card)]
    return MobileView(context.today, tuple(cards), _paper(context))


def _card(card: Card) -> MobileCardView:
    question = hide_blanks(card.question) + (f"\n{card.code}" if card.code else "")
    answer = filled_in(card.question) if card.form == "cloze" else card.answer
    return MobileCardView(card.id, question, answer)


def _paper(context: "Context") -> MobilePaperView | None:
    """Return the paper that comes next, for its first pass; None where another pass of it is under way."""
    paper = next_paper(context, unit_progress(context))
    if paper is None or paper.reading_pass != 1:
        return None
    stored = context.store.paper(paper.id)
    place = place_of(paper.id, state_of(stored).details) if stored else address(paper.id)
    found = context.catalog.checklist("paper-pass-1")
    steps = tuple(ChecklistStepView(item.id, item.text, False, item.group) for item in (found.items if found else ()))
    return MobilePaperView(paper.id, paper.title, place, steps)
