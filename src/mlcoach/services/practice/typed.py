"""Items whose answer is typed, as they are asked: with the numbers of their next answer, and judged."""

from typing import TYPE_CHECKING

from mlcoach.adapters.practice.typed_items import AskedItem, drawn, question_of, with_numbers
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import Attempted, ItemGraded
from mlcoach.services.cards import text as cards_text
from mlcoach.services.practice.former_ids import ids_of
from mlcoach.services.review import items as review_items
from mlcoach.views.typed import PastAttemptView

if TYPE_CHECKING:
    from mlcoach.domain.practice.accept import Judged
    from mlcoach.services.context import Context
    from mlcoach.store.queries.attempts import AttemptAt


def ask(context: "Context", item: str, later: int = 0) -> AskedItem:
    """Return an item as its next answer is asked; `later` answers count that were not written down.

    Where the numbers cannot be drawn, which `curriculum check` reports, the item is asked as it was frozen. Raises
    NotFoundError when it is no longer in the curriculum.
    """
    subject = cards_text.load_item(context, item)
    texts = subject.accept_text if isinstance(subject, Card) else ()
    if subject.vary is None and not texts:
        return AskedItem(subject)
    graded = [event for event in review_items.item_history(context, item) if isinstance(event.body, ItemGraded)]
    tried = attempts(context, item)
    last = order_of(graded[-1]) if graded else None
    asked = AskedItem(subject, "text") if texts else with_numbers(subject, len(graded) + later + 1)
    return asked._replace(
        before=tuple(at.attempt for at in tried if last is None or at.order > last),
        digest=cards_text.text_digest(subject),
        anew=last is not None and bool(asked.seed) and not any(at.attempt.variant and at.order < last for at in tried),
    )


def attempts(context: "Context", item: str) -> "list[AttemptAt]":
    """Return the attempts at an item, also under the ids it had or adopted, in journal order."""
    return sorted((at for id in ids_of(context, item) for at in context.store.attempts.of(id)), key=lambda at: at.order)


def attempts_since(context: "Context", item: str) -> list[Attempted]:
    """Return the attempts at an item since its last grade, in journal order."""
    graded = [event for event in review_items.item_history(context, item) if isinstance(event.body, ItemGraded)]
    last = order_of(graded[-1]) if graded else None
    return [at.attempt for at in attempts(context, item) if last is None or at.order > last]


def explaining_card(context: "Context", judged: "Judged") -> str:
    """Return the card that explains a known mistake, under its present id, "" where there is none."""
    if judged.mistake is None or not judged.mistake.card:
        return ""
    card = context.catalog.aliases().get(judged.mistake.card, judged.mistake.card)
    return card if context.catalog.heads([card]) else ""


def past_attempts(context: "Context", subject: Card | Exercise) -> tuple[PastAttemptView, ...]:
    """Return the attempts at an item, each with what was asked as far as the item still says the same."""
    digest = cards_text.text_digest(subject)
    found: list[PastAttemptView] = []
    for at in attempts(context, subject.id):
        tried = at.attempt
        again = drawn(subject, tried.variant) if subject.vary and tried.variant and tried.text == digest else None
        asked = question_of(again.subject) if again else ""
        found.append(
            PastAttemptView(
                at.day,
                tried.verdict,
                tried.answer,
                tried.variant,
                tried.misconception,
                asked,
                tried.seconds,
                tried.failed,
                tried.hints,
                tried.reason,
            )
        )
    return tuple(found)
