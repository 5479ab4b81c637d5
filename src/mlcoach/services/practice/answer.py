"""One typed answer without the review screen, for scripts and screen readers: what is asked, and what came of it."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.practice import typed_items
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.memory import ratings
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.cards.text import one_line_question
from mlcoach.services.practice import typed
from mlcoach.services.record import record
from mlcoach.services.review import grade
from mlcoach.views.grade import GradedView
from mlcoach.views.typed import AttemptMadeView, QuestionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def question(context: "Context", name: str) -> QuestionView:
    """Return what the next answer to an item is asked. Raises UsageError for one whose answer is not typed."""
    asked = _asked(context, name)
    subject = asked.subject
    return QuestionView(
        item=subject.id,
        kind="card" if isinstance(subject, Card) else "exercise",
        typing=asked.typing,
        variant=asked.seed,
        question=typed_items.question_of(subject),
        title="" if isinstance(subject, Card) else subject.title,
        tries=len(asked.before),
    )


def answer(
    context: "Context", name: str, text: str, rating: str, seconds: int, day: date, hints: int = 0, reason: str = ""
) -> GradedView | AttemptMadeView:
    """Write down a typed answer, and the grade that follows from it or the one given with it.

    A first wrong answer is an attempt alone: another try is left. `hints` were opened before, `reason` says how they
    came to it. Raises UsageError for what cannot be an answer, which costs nothing, for an item whose answer is not
    typed, and as `grade` does.
    """
    asked = _asked(context, name)
    item = asked.subject.id
    seconds = ratings.check_seconds(seconds)
    judged = typed_items.judge(asked, text)
    if judged.fault:
        raise UsageError(judged.fault, f"`mlcoach grade {item}` asks again")
    made = typed_items.attempt(asked, judged, text, seconds, hints)._replace(reason=reason)
    usual = context.catalog.heads([item])[item].minutes * 60
    given = ratings.parse_rating(rating) if rating else typed_items.proposal(asked, [made], usual)
    brings = typed.explaining_card(context, judged)
    if given is None:
        record(context, made, day=day)
        return AttemptMadeView(
            item=item,
            variant=asked.seed,
            answer=made.answer,
            verdict=made.verdict,
            misconception=made.misconception,
            feedback=typed_items.feedback(asked, judged),
            brings=brings,
            tries_left=typed_items.TRIES - len(asked.before) - 1,
        )
    subject = asked.subject
    view = grade.graded_view(context, item, grade.record_answer(context, item, given, seconds, day, attempt=made), day)
    return view._replace(
        question=one_line_question(subject),
        variant=asked.seed,
        answer=made.answer,
        verdict=made.verdict,
        misconception=made.misconception,
        feedback=typed_items.feedback(asked, judged),
        brings=brings,
        right_answer=subject.answer if isinstance(subject, Card) else subject.solution,
        solution=asked.solution if isinstance(subject, Card) else "",
    )


def _asked(context: "Context", name: str) -> typed_items.AskedItem:
    item = names.item(context, name)
    asked = typed.ask(context, item)
    if isinstance(asked.subject, Exercise) and asked.subject.code:
        raise UsageError(f"the answer to `{item}` is a file that tests check", f"`mlcoach practice {item}` opens it")
    if not asked.typing:
        raise UsageError(
            f"the answer to `{item}` is not typed: you judge it yourself",
            f"`mlcoach grade {item} good`, or again, hard or easy, says how well you knew it",
        )
    return asked
