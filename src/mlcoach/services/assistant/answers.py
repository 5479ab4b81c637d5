"""Answers by way of an assistant: judged where something judges, else in the learner's own words and by their grade.

Each is one step of undo. An item that was graded today is not graded a second time here: an attempt is kept alone.
"""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.practice.open_items import OpenItem, answer_texts, hints_left, said_of
from mlcoach.domain.answers import LONGEST_NUMBER, is_right, parse_number
from mlcoach.domain.assistant import saying, tutoring
from mlcoach.domain.curriculum import Card
from mlcoach.domain.event_checks import LONGEST_ANSWER, LONGEST_REASON
from mlcoach.domain.events import ItemDiscussed
from mlcoach.domain.memory import ratings
from mlcoach.domain.memory.ratings import AGAIN, GOOD, HARD, RATING_NAMES
from mlcoach.domain.quoting import quoted
from mlcoach.domain.text import checked, one_line
from mlcoach.errors import UsageError
from mlcoach.services.assistant import code
from mlcoach.services.assistant.questions import open_item
from mlcoach.services.practice import answer as typed_answer
from mlcoach.services.practice import typed
from mlcoach.services.record import record
from mlcoach.services.review import grade as grading
from mlcoach.views.assistant.asking import AnsweredItemView, GradeGivenView
from mlcoach.views.grade import GradedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_WORDS = 5_000  # characters


def answer(context: "Context", name: str, text: str, seconds: int = 0, reason: str = "") -> AnsweredItemView:
    """Judge an answer and write down what came of it; words are kept, for the learner to judge.

    `reason` is how they came to it, in their words. Raises NotFoundError for an item that is gone, UsageError for what
    cannot be an answer, which costs nothing.
    """
    found = open_item(context, name)
    seconds, reason = ratings.check_seconds(seconds), checked(reason, "reason", LONGEST_REASON)
    if found.way == "code":
        return code.run_answer(context, found, text, seconds, reason)
    if found.way == "words":
        return _said(context, found, text, seconds)
    if found.asked.typing:
        return _judged(context, found, checked(text, "answer", LONGEST_ANSWER), seconds, reason)
    return _number(context, found, checked(text, "answer", LONGEST_NUMBER), seconds, reason)


def _judged(context: "Context", found: OpenItem, text: str, seconds: int, reason: str) -> AnsweredItemView:
    """Judge a number, a vector, a formula or a short text.

    A first wrong one leaves another try; until then nothing is told of the mistake.
    """
    view = typed_answer.answer(context, found.item, text, "", seconds, context.today, found.hints, reason)
    if not isinstance(view, GradedView):
        then = tutoring.after_wrong(hints_left(found), reasoned=bool(reason))
        return AnsweredItemView(found.item, found.way, "wrong", then, tries_left=view.tries_left)
    right, tries = view.verdict == "right", len(found.asked.before) + 1
    mistake, feedback = view.misconception, view.feedback
    if right and tries > 1:  # what was wrong with the first try is told now
        _, first, *_ = reversed(typed.past_attempts(context, found.asked.subject))
        mistake, feedback = first.misconception, said_of(found.asked.subject, first.misconception, found.asked.seed)[0]
    return AnsweredItemView(
        found.item,
        found.way,
        "right" if right else "wrong",
        tutoring.after_judged(found.item, right=right, tries=tries, varies=bool(found.asked.seed)),
        rating=view.rating,
        due=view.due,
        misconception=mistake,
        quoted={**quoted(feedback=feedback), **answer_texts(found)},
    )


def _number(context: "Context", found: OpenItem, text: str, seconds: int, reason: str) -> AnsweredItemView:
    """Judge a number that is always the same, as a review does: right is good, wrong is again."""
    card = found.asked.subject
    assert isinstance(card, Card) and card.number is not None
    numbers = parse_number(text)
    if not numbers:
        raise UsageError(f"`{one_line(text)[:60]}` is not a number", "write it like 3, -2.5, 2/3 or 1e-3")
    right = is_right(numbers, card.number, card.tolerance)
    rating = GOOD if right else AGAIN
    why = (ItemDiscussed(found.item, "said", reason),) if reason else ()
    kept = grading.record_answer(context, found.item, rating, seconds, context.today, also=why)
    return AnsweredItemView(
        found.item,
        "number",
        "right" if right else "wrong",
        tutoring.after_judged(found.item, right=right, tries=1, varies=False),
        rating=RATING_NAMES[rating],
        due=date.fromisoformat(kept.state.due),
        quoted=answer_texts(found),
    )


def _said(context: "Context", found: OpenItem, text: str, seconds: int) -> AnsweredItemView:
    """Keep the learner's own words; the answer to compare them with comes when they were asked once for more."""
    words = checked(text, "answer", LONGEST_WORDS)
    if not words:
        raise UsageError("the answer is empty", "the learner says it in their own words first; `solution` gives up")
    texts = answer_texts(found)
    record(context, ItemDiscussed(found.item, "said", words, seconds))
    if not found.text_shown and not saying.is_text_due(str(texts.get("answer", "")), (*found.sayings, words)):
        return AnsweredItemView(found.item, "words", "more", tutoring.ASK_MORE)
    return AnsweredItemView(found.item, "words", "said", tutoring.COMPARE, quoted=texts)


def grade(
    context: "Context", name: str, rating: str, seconds: int = 0, *, part_missing: bool = False
) -> GradeGivenView:
    """Record the grade that the learner gives themselves, after they said it in their own words and saw the text.

    `seconds` are those of all of it; 0 for what the words took. `part_missing`: something of the text was not in their
    words. Raises UsageError where the coach judges the item, before anything was said or the text was shown, and for a
    rating that is invalid or too high for what was missing.
    """
    found = open_item(context, name)
    if found.way != "words":
        raise UsageError(
            f"the answer to `{found.item}` is judged by the coach, not by a grade", f"`answer` takes it: {found.way}"
        )
    wanted = ratings.parse_rating(rating)
    if not found.sayings:
        raise UsageError(
            f"nothing was said to `{found.item}` yet, so there is nothing to grade",
            "`answer` takes the learner's own words first",
        )
    if not found.text_shown:
        raise UsageError(f"the text of `{found.item}` was not shown yet", tutoring.ASK_MORE)
    if part_missing and wanted > HARD:
        raise UsageError("with a part missing it is hard at most", f"the learner chooses: {tutoring.RATINGS_MEAN}")
    took = ratings.check_seconds(seconds) or sum(one.seconds for one in found.discussed)
    kept = grading.record_answer(context, found.item, wanted, took, context.today)
    return GradeGivenView(
        found.item,
        RATING_NAMES[wanted],
        date.fromisoformat(kept.state.due),
        kept.state.interval,
        tutoring.NEXT_QUESTION,
    )
