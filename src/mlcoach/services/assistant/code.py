"""Code by way of an assistant: run behind a fence alone, and other people's tests only after the learner's own yes.

What runs is the text that was sent, in a folder of its own; the learner's file in the work folder is left alone.
"""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.practice.open_items import OpenItem, answer_texts
from mlcoach.domain.assistant import tutoring
from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.events import Attempted
from mlcoach.domain.memory.ratings import RATING_NAMES
from mlcoach.domain.practice.attempts import proposed_rating
from mlcoach.domain.practice.code import digest_of, known_mistake
from mlcoach.domain.quoting import quoted
from mlcoach.errors import UsageError
from mlcoach.services.practice import consent
from mlcoach.services.practice.machine import is_fenced, runner_for
from mlcoach.services.practice.typed import attempts_since
from mlcoach.services.record import record
from mlcoach.services.review import grade as grading
from mlcoach.views.assistant.asking import AnsweredItemView, ran_tests
from mlcoach.views.practice import run_view

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_CODE = 100_000  # characters


def run_answer(context: "Context", found: OpenItem, text: str, seconds: int, reason: str) -> AnsweredItemView:
    """Run the tests of a code exercise on a text, and write down the attempt and the grade that follows.

    Raises UsageError for a text that is too long or the starter itself, for tests that the learner did not agree to,
    and where nothing fences what runs; MissingExtraError where a module or a compiler is missing.
    """
    exercise = found.asked.subject
    assert isinstance(exercise, Exercise) and exercise.code is not None
    task = exercise.code
    in_terminal = f"`mlcoach practice {exercise.id}` in a terminal"
    if not task.file:
        raise UsageError(
            f"`{exercise.id}` is a folder of files, not one text", f"the learner does it with {in_terminal}"
        )
    if len(text) > LONGEST_CODE:
        raise UsageError(f"the code has {len(text):,} characters; at most {LONGEST_CODE:,} are run", "shorten it")
    if not text.strip() or text.strip() == task.starter.strip():
        raise UsageError("this is the file as it was given", "the learner writes an answer into it first")
    if not consent.is_allowed(context, exercise):
        raise UsageError(
            f"`{exercise.id}` runs code that did not come with mlcoach, and the learner has not agreed to it",
            f"they read it and say yes with {in_terminal}",
        )
    if not is_fenced():
        raise UsageError(
            "nothing on this machine fences what runs, so no code from here is run", f"the learner uses {in_terminal}"
        )
    runner, _ = runner_for(context, task)
    with runner:
        result = runner.run({task.file: text.encode(errors="replace")})
    mistake = known_mistake(task, result)
    made = Attempted(
        item=exercise.id,
        verdict=result.verdict,
        how="tests",
        hints=found.hints,
        seconds=seconds,
        misconception=mistake.id if mistake else "",
        failed=tuple(test.id for test in result.tests if not test.ok and test.ran),
        text=digest_of(task)[:16],
        reason=reason,
    )
    context.tick()
    rating = proposed_rating([*attempts_since(context, exercise.id), made], exercise.minutes * 60)
    due: date | None = None
    if rating is None or found.state.last_day == context.today.isoformat():
        rating = None
        record(context, made)
    else:
        kept = grading.record_answer(context, exercise.id, rating, seconds, context.today, attempt=made)
        due = date.fromisoformat(kept.state.due)
    shown = run_view(exercise, result, found.hints)
    right = result.verdict == "right"
    return AnsweredItemView(
        exercise.id,
        "code",
        result.verdict,
        tutoring.NEXT_QUESTION if right else tutoring.READ_CODE,
        rating=RATING_NAMES[rating] if rating else "",
        due=due,
        misconception=made.misconception,
        tests=ran_tests(shown),
        quoted={
            **quoted(feedback=shown.feedback, message=shown.message, line=shown.text, printed=shown.printed),
            **(answer_texts(found) if right else {}),
        },
    )
