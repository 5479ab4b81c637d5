"""The next question, without its answer; and the mistakes of late."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.practice import typed_items
from mlcoach.adapters.practice.open_items import OpenItem, asked_texts, is_answered_by, language_of, said_of, way_of
from mlcoach.domain.assistant import tutoring
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.day.review_queue import WantedItems
from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import ItemGraded
from mlcoach.domain.memory.items import ItemState
from mlcoach.domain.quoting import quoted
from mlcoach.errors import NotFoundError
from mlcoach.services import names
from mlcoach.services.cards.text import load_item, one_line_question
from mlcoach.services.day.today import answered_of, planned_blocks
from mlcoach.services.practice import typed
from mlcoach.services.practice.former_ids import ids_of, present_states
from mlcoach.services.review import items as review_items
from mlcoach.services.review.queue import FURTHEST_AHEAD, checked, make_queue
from mlcoach.views.assistant.asking import (
    AskedItemView,
    MistakesView,
    MistakeView,
    NextQuestionView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_MISTAKES = 10
MOST_LOOKED_AT = 60  # items, for one of a way


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
        way_of(asked),
        state,
        tuple(
            at.body
            for at in found
            if (last is None or at.order > last)
            and (at.body.step == "hint" or at.order[0] == context.today.isoformat())
        ),
        isinstance(subject, Card) and subject.reverse and state.repetitions % 2 == 1,
    )


def runs_code(context: "Context", name: object) -> bool:
    """Return whether an answer to the item named runs code. Raises as `names.item` does."""
    found = context.catalog.item(names.item(context, name)) if isinstance(name, str) else None
    return isinstance(found, Exercise) and found.code is not None


def next_question(context: "Context", item: str = "", unit: str = "", way: str = "") -> NextQuestionView:
    """Return the item named, or what a review would ask next, of a unit or a way if one is named; without its answer.

    Asked for by its way, one that is not due yet will do. Raises NotFoundError or UsageError for a name that fits
    nothing or several.
    """
    waiting = cards_waiting(context)
    if not item:
        wanted = WantedItems(MOST_LOOKED_AT if way else 1, subject=unit, ahead=FURTHEST_AHEAD if way else 0)
        today, entries = context.today.isoformat(), make_queue(context, checked(context, wanted)).entries
        ids = (entry.head.id for entry in sorted(entries, key=lambda entry: entry.due > today))
        item = next((id for id in ids if not way or is_answered_by(load_item(context, id), way)), "")
    if not item:
        later = context.store.next_due(context.today)
        day = later[0] if later else None
        return NextQuestionView(None, len(waiting), day, tutoring.nothing_due(day.isoformat() if day else "", way))
    found = open_item(context, item)
    left = len(waiting)
    then = tutoring.ask(found.way, left if found.item in waiting else 0)
    return NextQuestionView(question(found), left, None, then)


def cards_waiting(context: "Context") -> set[str]:
    """Return the items of today's reviews that were not answered yet."""
    reviews = [block for block in planned_blocks(context) if block.kind == "review"]
    items = {item for block in reviews for item in block.items}
    return items - answered_of(context, reviews)


def question(found: OpenItem) -> AskedItemView:
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
        language=language_of(subject),
        minutes=exercise.minutes if exercise else 1,
        quoted=asked_texts(found),
    )


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
    for n, at in enumerate(reversed(typed.past_attempts(context, subject))):
        if at.verdict == "right":
            continue
        waits = n < len(opened.asked.before)  # a try is left
        feedback, card = ("", "") if waits else said_of(subject, at.misconception, at.variant if at.question else 0)
        views.append(
            MistakeView(
                item=opened.item,
                unit=subject.unit,
                day=at.day,
                verdict=at.verdict,
                misconception="" if waits else at.misconception,
                failed=at.failed,
                explained_by=context.catalog.aliases().get(card, card),
                settled=opened.state.last_recalled >= at.day.isoformat(),
                open=waits,
                quoted=quoted(
                    question=at.question or one_line_question(subject),
                    learners_answer=at.answer,
                    learners_reason=at.reason,
                    feedback=feedback,
                ),
            )
        )
    return views
