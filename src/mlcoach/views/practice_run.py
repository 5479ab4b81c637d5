"""A run of the tests as screens and scripts are told of it."""

from typing import TYPE_CHECKING

from mlcoach.domain.practice.code import CodeTest, Failure, RunResult, TestResult, is_slip, known_mistake
from mlcoach.views.practice import PracticeView, TestView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Exercise


def run_view(exercise: "Exercise", result: RunResult | None, hints: int) -> PracticeView:
    """Return a run, None for what is there before the first one."""
    task = exercise.code
    assert task is not None
    if result is None:
        waiting = tuple(TestView(test.id, False, "", False, test.visible, test.why) for test in task.tests)
        return PracticeView(exercise.id, exercise.title, 0, None, waiting, hints, 0.0, None, None)
    mistake = known_mistake(task, result)
    failure = result.failure or Failure()
    pairs = zip(task.tests, result.tests, strict=True)
    return PracticeView(
        item=exercise.id,
        title=exercise.title,
        variant=0,
        status=result.verdict,
        tests=tuple(_test(test, said) for test, said in pairs),
        hints=hints,
        seconds=round(result.seconds, 3),
        misconception=mistake.id if mistake else None,
        proposed_rating=None,
        feedback=mistake.feedback if mistake else "",
        message=failure.message,
        line=failure.line,
        text=failure.text,
        printed=result.printed,
        printed_cut=result.cut,
    )


def _test(test: CodeTest, result: TestResult) -> TestView:
    failure = result.failure
    if failure is None:
        return TestView(test.id, result.ok, "", result.ran, test.visible, test.why)
    why = "" if is_slip(failure) else test.why
    return TestView(
        test.id, False, one_line(failure), result.ran, test.visible, why, failure.call, failure.came,
        failure.expected, failure.inputs, failure.line, failure.text, failure.message,
    )  # fmt: skip


def one_line(failure: Failure) -> str:
    """Return a failure in one line: what was called, what came, what was expected, or what happened."""
    if not failure.came:
        where = f", line {failure.line}" if failure.line else ""
        call = f"{failure.call}: " if failure.call else ""
        return f"{call}{failure.message}{where}"
    said = f": {failure.message}" if failure.message else ""
    return f"{failure.call} gave {failure.came}, expected {failure.expected}{said}"
