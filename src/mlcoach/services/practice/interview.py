"""A mock interview: two problems that were not seen, one question of theory, and the look back on how it went."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Card, Exercise, unit_of
from mlcoach.domain.practice.attempts import AttemptState
from mlcoach.errors import NotFoundError
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.practice.exercises import checked_items
from mlcoach.services.practice.former_ids import present_states
from mlcoach.services.review import grade, items
from mlcoach.services.review.new_cards import PASSED
from mlcoach.views.practice import InterviewProblemView, InterviewQuestionView, InterviewView

if TYPE_CHECKING:
    from datetime import date

    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context
    from mlcoach.views.practice import PracticeView

MINUTES = 45
PROBLEMS = 2
LANGUAGE = "python"
QUESTION_BANK = "career.bank"  # the unit of questions that interviews ask; it is open to everybody
NO_THEORY = ("career", "start", "papers")  # tracks whose cards are about working and studying
LONGEST_PROBLEM = 40  # minutes; what takes longer is not asked in an interview


def choose(context: "Context") -> InterviewView:
    """Return what is asked today: the same until one of it was tried. Raises NotFoundError where problems are missing.

    The problems were never tried, are of different patterns, and come from units passed or under way before others.
    The question is one of theory never answered, of units passed or under way before the bank of questions; where all
    were answered, the one least likely to be recalled.
    """
    progress = unit_progress(context)
    problems = _problems(context, progress)
    if len(problems) < PROBLEMS:
        raise NotFoundError(
            "there are not two problems left that you have not seen", "`mlcoach practice --list` shows all"
        )
    question = _question(context, progress)
    return InterviewView(
        MINUTES,
        tuple(InterviewProblemView(found.id, found.title, found.prompt, found.minutes) for found in problems),
        InterviewQuestionView(question.id, question.question) if question else None,
    )


def _problems(context: "Context", progress: "UnitProgress") -> list[Exercise]:
    known = present_states(context)
    unseen = [
        found
        for found in checked_items(context)
        if found.code is not None
        and found.code.language == LANGUAGE
        and found.pattern
        and found.minutes <= LONGEST_PROBLEM
        and not known.get(found.id, AttemptState()).tries
    ]
    answered = items.known_items(context, [found.id for found in unseen])
    unseen = [found for found in unseen if found.id not in answered]
    near = (*PASSED, "learning")
    unseen.sort(key=lambda found: (progress.status.get(found.unit) not in near, _drawn(context.today, found.id)))
    chosen: list[Exercise] = []
    for found in unseen:
        if len(chosen) < PROBLEMS and found.pattern not in {other.pattern for other in chosen}:
            chosen.append(found)
    return chosen


def _question(context: "Context", progress: "UnitProgress") -> Card | None:
    status = progress.status
    near = [
        unit.id
        for unit in context.catalog.units.values()
        if unit.track not in NO_THEORY and status.get(unit.id) in (*PASSED, "learning")
    ]
    bank = [QUESTION_BANK] if QUESTION_BANK in context.catalog.units else []
    cards = [head.id for unit in (*near, *bank) for head in context.catalog.items(unit) if head.kind == "card"]
    states = items.item_states(context, cards)
    recall = items.scheduled_recall(context)

    def order(id: str) -> tuple[float, bool, str]:
        known = recall(states[id], context.today) if id in states else -1.0
        return known, unit_of(id) == QUESTION_BANK, _drawn(context.today, id)

    found = (context.catalog.item(id) for id in sorted(cards, key=order))
    return next((card for card in found if isinstance(card, Card) and card.form == "question"), None)


def _drawn(day: "date", id: str) -> str:
    """Return a text by which ids are in another order every day."""
    return blake2b(f"{day} {id}".encode(), digest_size=8).hexdigest()


def answer_of(context: "Context", question: InterviewQuestionView) -> str:
    """Return the answer to the question of theory, for when the learner has said theirs."""
    card = context.catalog.item(question.item)
    return card.answer if isinstance(card, Card) else ""


def solved(problem: InterviewProblemView, run: "PracticeView", seconds: float) -> InterviewProblemView:
    """Return a problem with what came of it after so many seconds."""
    return problem._replace(
        status=run.status or "not tried",
        right=sum(test.ok for test in run.tests),
        tests=len(run.tests),
        hints=run.hints,
        seconds=round(seconds),
    )


def explained(
    context: "Context", question: InterviewQuestionView, rating: str, seconds: float
) -> InterviewQuestionView:
    """Write the learner's grade of their own answer, and return the question with it."""
    graded = grade.grade(context, question.item, rating, round(seconds), context.today)
    return question._replace(answer=answer_of(context, question), rating=graded.rating, seconds=round(seconds))


def looked_back(
    context: "Context",
    view: InterviewView,
    problems: Iterable[InterviewProblemView],
    question: InterviewQuestionView | None,
    seconds: float,
) -> InterviewView:
    """Return the interview with what came of it; the patterns of its problems are told now."""
    told = []
    for problem in problems:
        exercise = context.catalog.item(problem.item)
        told.append(problem._replace(pattern=exercise.pattern if isinstance(exercise, Exercise) else ""))
    return view._replace(problems=tuple(told), question=question, seconds=round(seconds), over=True)
