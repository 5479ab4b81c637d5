"""Answers by way of an assistant: judged where something judges, else in the learner's own words and by their grade.

Each is one step of undo. An item that was graded today is not graded a second time here: an attempt is kept alone.
"""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.answers import LONGEST_NUMBER, is_right, parse_number
from mlcoach.domain.curriculum import Card
from mlcoach.domain.event_checks import LONGEST_ANSWER
from mlcoach.domain.events import ItemDiscussed
from mlcoach.domain.memory import ratings
from mlcoach.domain.memory.ratings import AGAIN, GOOD, RATING_NAMES
from mlcoach.domain.quoting import quoted
from mlcoach.domain.text import checked, one_line
from mlcoach.errors import UsageError
from mlcoach.services.assistant import code
from mlcoach.services.assistant.questions import OpenItem, answer_texts, open_item
from mlcoach.services.practice import answer as typed_answer
from mlcoach.services.record import record
from mlcoach.services.review import grade as grading
from mlcoach.views.assistant.asking import AnsweredItemView, GradeGivenView
from mlcoach.views.grade import GradedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_WORDS = 5_000  # characters
THEN_GRADE = "the learner compares and says again, hard, good or easy in their own judgement; `grade` records it"
THEN_RETRY = "the learner tries once more; do not tell the answer"
THEN_ON = "`question` asks what is next"


def answer(context: "Context", name: str, text: str, seconds: int = 0) -> AnsweredItemView:
    """Judge an answer and write down what came of it; words are kept, for the learner to judge.

    Raises NotFoundError for an item that is gone, UsageError for what cannot be an answer, which costs nothing.
    """
    found = open_item(context, name)
    seconds = ratings.check_seconds(seconds)
    if found.way == "code":
        return code.run_answer(context, found, text, seconds)
    if found.way == "words":
        return _said(context, found, text, seconds)
    if found.asked.typing:
        return _judged(context, found, checked(text, "answer", LONGEST_ANSWER), seconds)
    return _number(context, found, checked(text, "answer", LONGEST_NUMBER), seconds)


def _judged(context: "Context", found: OpenItem, text: str, seconds: int) -> AnsweredItemView:
    """Judge a number, a vector, a formula or a short text; a first wrong one leaves another try."""
    view = typed_answer.answer(context, found.item, text, "", seconds, context.today, found.hints)
    graded = view if isinstance(view, GradedView) else None
    shown = answer_texts(found) if graded else {}
    return AnsweredItemView(
        item=found.item,
        way=found.way,
        verdict="right" if view.verdict == "right" else "wrong",
        rating=graded.rating if graded else "",
        due=graded.due if graded else None,
        tries_left=None if isinstance(view, GradedView) else view.tries_left,
        misconception=view.misconception,
        explained_by=view.brings,
        tests=(),
        then=THEN_ON if graded else THEN_RETRY,
        quoted={**quoted(feedback=view.feedback), **shown},
    )


def _number(context: "Context", found: OpenItem, text: str, seconds: int) -> AnsweredItemView:
    """Judge a number that is always the same, as a review does: right is good, wrong is again."""
    card = found.asked.subject
    assert isinstance(card, Card) and card.number is not None
    numbers = parse_number(text)
    if not numbers:
        raise UsageError(f"`{one_line(text)[:60]}` is not a number", "write it like 3, -2.5, 2/3 or 1e-3")
    right = is_right(numbers, card.number, card.tolerance)
    rating = GOOD if right else AGAIN
    kept = grading.record_answer(context, found.item, rating, seconds, context.today)
    return AnsweredItemView(
        item=found.item,
        way="number",
        verdict="right" if right else "wrong",
        rating=RATING_NAMES[rating],
        due=date.fromisoformat(kept.state.due),
        tries_left=None,
        misconception="",
        explained_by="",
        tests=(),
        then=THEN_ON,
        quoted=answer_texts(found),
    )


def _said(context: "Context", found: OpenItem, text: str, seconds: int) -> AnsweredItemView:
    """Keep the learner's own words, and show the answer to compare them with."""
    words = checked(text, "answer", LONGEST_WORDS)
    if not words:
        raise UsageError("the answer is empty", "the learner says it in their own words first; `solution` gives up")
    record(context, ItemDiscussed(found.item, "said", words, seconds))
    return AnsweredItemView(
        item=found.item,
        way="words",
        verdict="said",
        rating="",
        due=None,
        tries_left=None,
        misconception="",
        explained_by="",
        tests=(),
        then=THEN_GRADE,
        quoted=answer_texts(found),
    )


def grade(context: "Context", name: str, rating: str, seconds: int = 0) -> GradeGivenView:
    """Record the grade that the learner gives themselves, after they said it in their own words.

    `seconds` are those of all of it; 0 for what the words took. Raises UsageError where the coach judges the item,
    before anything was said, and for an invalid rating.
    """
    found = open_item(context, name)
    if found.way != "words":
        raise UsageError(
            f"the answer to `{found.item}` is judged by the coach, not by a grade", f"`answer` takes it: {found.way}"
        )
    wanted = ratings.parse_rating(rating)
    if not found.said:
        raise UsageError(
            f"nothing was said to `{found.item}` yet, so there is nothing to grade",
            "`answer` takes the learner's own words first",
        )
    took = ratings.check_seconds(seconds) or sum(one.seconds for one in found.discussed)
    kept = grading.record_answer(context, found.item, wanted, took, context.today)
    return GradeGivenView(found.item, RATING_NAMES[wanted], date.fromisoformat(kept.state.due), kept.state.interval)
