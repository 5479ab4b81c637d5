"""A mock interview: two problems that were not seen, one question of theory, and the look back on how it went."""

from collections.abc import Collection, Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

from mlcoach.adapters.practice.workspace import file_of
from mlcoach.domain.curriculum import Card, Exercise, unit_of
from mlcoach.domain.practice.attempts import AttemptState
from mlcoach.errors import NotFoundError
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.today import planned_blocks
from mlcoach.services.practice.exercises import checked_items
from mlcoach.services.practice.former_ids import present_states
from mlcoach.services.practice.machine import work_folder
from mlcoach.services.review import grade, items
from mlcoach.services.review.new_cards import PASSED
from mlcoach.views.practice import NOT_TRIED, InterviewProblemView, InterviewQuestionView, InterviewView

if TYPE_CHECKING:
    from datetime import date

    from mlcoach.domain.day.block import Block
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
    """Return what is asked today: the same until one of it was seen. Raises NotFoundError where problems are missing.

    The problems were never tried nor opened, are of different patterns, and come from units passed or under way before
    others. The question is one of theory never answered, of units passed or under way before the bank of questions;
    where all were answered, the one least likely to be recalled. What today's plan asks is left to the plan.
    """
    progress = unit_progress(context)
    planned = frozenset(id for block in planned_blocks(context) for id in _ids_of(block))
    problems = _problems(context, progress, planned)
    if len(problems) < PROBLEMS:
        raise NotFoundError(
            "there are not two problems left that you have not seen", "`mlcoach practice --list` shows all"
        )
    question = _question(context, progress, planned)
    return InterviewView(
        MINUTES,
        tuple(InterviewProblemView(found.id, found.title, found.prompt, found.minutes) for found in problems),
        InterviewQuestionView(question.id, question.question) if question else None,
    )


def _problems(context: "Context", progress: "UnitProgress", planned: Collection[str]) -> list[Exercise]:
    known, work = present_states(context), work_folder(context)
    unseen = [
        found
        for found in checked_items(context)
        if found.code is not None
        and found.code.language == LANGUAGE
        and found.pattern
        and found.minutes <= LONGEST_PROBLEM
        and found.id not in planned
        and not known.get(found.id, AttemptState()).tries
        and not file_of(work, found).exists()
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


def _question(context: "Context", progress: "UnitProgress", planned: Collection[str]) -> Card | None:
    status = progress.status
    near = [
        unit.id
        for unit in context.catalog.units.values()
        if unit.track not in NO_THEORY and status.get(unit.id) in (*PASSED, "learning")
    ]
    bank = [QUESTION_BANK] if QUESTION_BANK in context.catalog.units else []
    heads = (head for unit in (*near, *bank) for head in context.catalog.items(unit))
    cards = [head.id for head in heads if head.kind == "card" and head.id not in planned]
    states = items.item_states(context, cards)
    recall = items.scheduled_recall(context)

    def order(id: str) -> tuple[float, bool, str]:
        known = recall(states[id], context.today) if id in states else -1.0
        return known, unit_of(id) == QUESTION_BANK, _drawn(context.today, id)

    found = (context.catalog.item(id) for id in sorted(cards, key=order))
    return next((card for card in found if isinstance(card, Card) and card.form == "question"), None)


def _ids_of(block: "Block") -> tuple[str, ...]:
    return *block.items, *(part.step for part in block.parts)


def _drawn(day: "date", id: str) -> str:
    """Return a text by which ids are in another order every day."""
    return blake2b(f"{day} {id}".encode(), digest_size=8).hexdigest()


def answer_of(context: "Context", question: InterviewQuestionView) -> str:
    """Return the answer to the question of theory, for when the learner has said theirs."""
    card = context.catalog.item(question.item)
    return card.answer if isinstance(card, Card) else ""


def solved(
    problem: InterviewProblemView, run: "PracticeView", seconds: float, *, tried: bool = True
) -> InterviewProblemView:
    """Return a problem with what came of it after so many seconds; a file as it was given was not `tried`."""
    return problem._replace(
        status=(tried and run.status) or NOT_TRIED,
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
    """Return the interview with what came of it; the patterns of the problems that were tried are told now."""
    told = []
    for problem in problems:
        exercise = context.catalog.item(problem.item)
        pattern = exercise.pattern if isinstance(exercise, Exercise) else ""
        told.append(problem._replace(pattern=pattern if problem.status != NOT_TRIED else ""))
    return view._replace(problems=tuple(told), question=question, seconds=round(seconds), over=True)
