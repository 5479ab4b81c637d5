"""The next question, without its answer; and the mistakes of late."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.practice import typed_items
from mlcoach.domain.cloze import filled_in
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.day.review_queue import WantedItems
from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import ItemDiscussed, ItemGraded
from mlcoach.domain.memory.items import ItemState
from mlcoach.domain.practice.variants import feedback as say
from mlcoach.domain.quoting import Quoted, quoted
from mlcoach.errors import NotFoundError
from mlcoach.services import names
from mlcoach.services.cards.text import hide_blanks, one_line_question
from mlcoach.services.practice import typed
from mlcoach.services.practice.former_ids import ids_of, present_states
from mlcoach.services.review import items as review_items
from mlcoach.services.review.queue import checked, make_queue
from mlcoach.views.assistant.asking import (
    AnswerWay,
    AskedItemView,
    MistakesView,
    MistakeView,
    NextQuestionView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.views.typed import PastAttemptView

MOST_MISTAKES = 10


class OpenItem(NamedTuple):
    """An item as it is asked now: how it is answered, and what came up beside it since its last grade.

    `backwards`: a card that goes both ways, asked from its answer.
    """

    item: str
    asked: typed_items.AskedItem
    way: AnswerWay
    state: ItemState
    discussed: tuple[ItemDiscussed, ...]
    backwards: bool

    @property
    def hints(self) -> int:
        """How many hints were opened."""
        return sum(one.step == "hint" for one in self.discussed)

    @property
    def said(self) -> bool:
        """Whether the learner said their own words to it."""
        return any(one.step == "said" for one in self.discussed)


def open_item(context: "Context", name: str) -> OpenItem:
    """Return an item as it is asked now. Raises as `names.item` does, NotFoundError for one that is gone."""
    item = names.item(context, name)
    asked = typed.ask(context, item)
    history = review_items.item_history(context, item)
    graded = [event for event in history if isinstance(event.body, ItemGraded)]
    last = order_of(graded[-1]) if graded else None
    found = sorted(
        (at for id in ids_of(context, item) for at in context.store.attempts.discussed(id)), key=lambda at: at.order
    )
    state = review_items.item_state(context, item) or ItemState()
    subject = asked.subject
    return OpenItem(
        item,
        asked,
        _way(asked),
        state,
        tuple(at.body for at in found if last is None or at.order > last),
        isinstance(subject, Card) and subject.reverse and state.repetitions % 2 == 1,
    )


def _way(asked: typed_items.AskedItem) -> AnswerWay:
    subject = asked.subject
    if asked.typing:
        return asked.typing
    if isinstance(subject, Card):
        return "number" if subject.form == "numeric" and subject.number is not None else "words"
    return "code" if subject.code is not None else "words"


def next_question(context: "Context", item: str = "", unit: str = "") -> NextQuestionView:
    """Return the item named, or what a review would ask next, of a unit if one is named; without its answer.

    Raises NotFoundError or UsageError for a name that fits nothing or several.
    """
    due = review_items.due_count(context)
    if not item:
        queue = make_queue(context, checked(context, WantedItems(limit=1, subject=unit)))
        if not queue.entries:
            later = context.store.next_due(context.today)
            return NextQuestionView(None, due, later[0] if later else None)
        item = queue.entries[0].head.id
    return NextQuestionView(question(context, open_item(context, item)), due, None)


def question(context: "Context", found: OpenItem) -> AskedItemView:
    """Return an item as it is asked, without its answer."""
    asked, subject = found.asked, found.asked.subject
    is_typed = bool(asked.typing)
    exercise = subject if isinstance(subject, Exercise) else None
    return AskedItemView(
        item=found.item,
        unit=subject.unit,
        kind="exercise" if exercise else "card",
        way=found.way,
        due=date.fromisoformat(found.state.due) if found.state.due else None,
        is_new=not found.state.repetitions,
        tries=len(asked.before),
        tries_left=max(0, typed_items.TRIES - len(asked.before)) if is_typed else 1 if found.way == "number" else None,
        hints=len(exercise.hints) if exercise else 0,
        hints_opened=found.hints,
        language=_language(subject),
        minutes=exercise.minutes if exercise else 1,
        quoted=_asked_texts(found),
    )


def _language(subject: Card | Exercise) -> str:
    if isinstance(subject, Card):
        return subject.language
    return subject.code.language if subject.code else ""


def _asked_texts(found: OpenItem) -> Quoted:
    subject = found.asked.subject
    if isinstance(subject, Card):
        text = subject.answer if found.backwards else hide_blanks(subject.question)
        return quoted(question=text, code=subject.code)
    code = subject.code
    visible = [test.body for test in code.tests if test.visible] if code else []
    return quoted(
        title=subject.title,
        question=subject.prompt,
        file=code.file if code else "",
        starter=code.starter if code else "",
        tests=visible,
    )


def answer_texts(found: OpenItem) -> Quoted:
    """Return the answer of an item and the way to it."""
    subject, asked = found.asked.subject, found.asked
    if isinstance(subject, Card):
        whole = filled_in(subject.question) if subject.form == "cloze" else subject.answer
        return quoted(answer=subject.question if found.backwards else whole, solution=asked.solution)
    solution = subject.code.solution if subject.code else ""
    return quoted(answer=subject.solution, solution=solution, check=subject.check, pattern=subject.pattern)


def mistakes(context: "Context", item: str = "") -> MistakesView:
    """Return the wrong attempts of late, of one item or of all, each as it was asked, the newest first.

    Raises as `names.item` does.
    """
    if item:
        chosen = [names.item(context, item)]
    else:
        tried = [(state.last_day, id) for id, state in present_states(context).items() if state.tries]
        chosen = [id for _, id in sorted(tried, reverse=True)[: 2 * MOST_MISTAKES]]
    found = [mistake for id in chosen for mistake in _of_item(context, id)]
    found.sort(key=lambda one: one.day, reverse=True)
    return MistakesView(tuple(found[:MOST_MISTAKES]))


def _of_item(context: "Context", item: str) -> list[MistakeView]:
    """Return the wrong attempts at an item, the newest first; those at what is gone are left out."""
    try:
        opened = open_item(context, item)
    except NotFoundError:
        return []
    subject = context.catalog.item(opened.item)
    assert subject is not None
    views = []
    for at in reversed(typed.past_attempts(context, subject)):
        if at.verdict == "right":
            continue
        feedback, card = _said_of(subject, at)
        views.append(
            MistakeView(
                item=opened.item,
                unit=subject.unit,
                day=at.day,
                verdict=at.verdict,
                misconception=at.misconception,
                failed=at.failed,
                explained_by=context.catalog.aliases().get(card, card),
                settled=opened.state.last_recalled >= at.day.isoformat(),
                quoted=quoted(
                    question=at.question or one_line_question(subject), learners_answer=at.answer, feedback=feedback
                ),
            )
        )
    return views


def _said_of(subject: Card | Exercise, at: "PastAttemptView") -> tuple[str, str]:
    """Return what is said of the known mistake of an attempt, and the card that explains it; "" where there is none."""
    if subject.vary is not None:
        known = next((one for one in subject.vary.mistakes if one.id == at.misconception), None)
        if known is None:
            return "", ""
        # The numbers it is said with are those of the attempt, as long as the item still says the same.
        again = typed_items.drawn(subject, at.variant) if at.variant and at.question else None
        return say(again.variant, known) if again and again.variant else "", known.card
    code = subject.code if isinstance(subject, Exercise) else None
    return next((one.feedback for one in code.wrong if one.id == at.misconception), "") if code else "", ""
