"""What the practice screens show."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.practice.code import CodeTest, Failure, RunResult, TestResult, is_slip, known_mistake

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Exercise

from mlcoach.domain.memory.ratings import RatingName
from mlcoach.domain.practice.code import RunVerdict
from mlcoach.domain.practice.counts import PracticeCount, PracticeState
from mlcoach.views.grade import GradedView


class TestView(NamedTuple):
    """A test and what it said. `message` says all of a failure in one line; the fields after it say it in parts."""

    id: str
    ok: bool
    message: str
    ran: bool = True
    visible: bool = False
    why: str = ""
    call: str = ""
    came: str = ""
    expected: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    line: int = 0
    text: str = ""
    said: str = ""


class PracticeView(NamedTuple):
    """A run of the tests of a code exercise, or what is there before the first one (`status` is then None).

    `misconception` is the id of the known wrong solution that fails the same tests, `feedback` what it says;
    `message`, `line` and `text` say what kept the tests from running. `fenced` says in words what is guarded, `note`
    what there is to say of the run as such.
    """

    item: str
    title: str
    variant: int
    status: RunVerdict | None
    tests: tuple[TestView, ...]
    hints: int
    seconds: float
    misconception: str | None
    proposed_rating: RatingName | None
    feedback: str = ""
    message: str = ""
    line: int = 0
    text: str = ""
    printed: str = ""
    printed_cut: bool = False
    file: str = ""
    runs_with: str = ""
    fenced: str = ""
    graded: GradedView | None = None
    note: str = ""
    pattern: str = ""  # the idea that solves it, once it is solved or its solution was seen
    tries: int = 0  # since its last grade


class PracticeItemView(NamedTuple):
    """An item that checks itself. `due` is the day it is asked again, None before its first grade.

    `pattern` names the idea that solves it, once it is solved; `solid` says that it would most likely be solved today.
    """

    item: str
    title: str
    unit: str
    kind: str
    state: PracticeState
    due: date | None
    minutes: int
    tries: int = 0
    pattern: str = ""
    solid: bool = False


class PracticeListView(NamedTuple):
    """All items that check themselves, unit by unit; `subject` is what was asked for, "" for all.

    `units` and `patterns` count them, also those whose pattern is not told yet, which no screen names. `begin` is what
    to begin with, None for nothing; `open` are the units that were begun, and those of the path that can be.
    """

    items: tuple[PracticeItemView, ...]
    subject: str = ""
    units: tuple[PracticeCount, ...] = ()
    patterns: tuple[PracticeCount, ...] = ()
    begin: PracticeItemView | None = None
    open: tuple[str, ...] = ()


class GivenCodeView(NamedTuple):
    """An exercise without tests whose program was put in `file`, now or before; `run` is the command that runs it."""

    item: str
    title: str
    minutes: int
    prompt: str
    file: str
    run: str
    written: bool


class ConsentView(NamedTuple):
    """What somebody else's exercise runs, to be read before the learner agrees to it."""

    item: str
    title: str
    language: str
    digest: str
    changed: bool  # an earlier text was agreed to
    tests: tuple[tuple[str, str], ...]
    starter: str
    fenced: str


class WatchView(NamedTuple):
    """The watch screen: the exercise, the last run, and what is open beside it.

    In a mock interview `of` says which problem this is, and `minutes_left` how long it goes on; 0 or less: it is over.
    """

    serial: int
    exercise: PracticeView
    prompt: str
    hints: tuple[str, ...]
    hints_left: int
    tests: tuple[tuple[str, str], ...]  # the visible ones, when asked for
    solution: str
    runs: int
    note: str
    running: bool = False
    unit: str = ""
    minutes: int = 0
    why: str = ""
    of: str = ""
    minutes_left: int | None = None


NOT_TRIED = "not tried"  # the status of a problem that was left as it was given


class InterviewProblemView(NamedTuple):
    """A problem of a mock interview, and what came of it: `right` of `tests` after `seconds`.

    Its `pattern` is told afterwards, where it was tried.
    """

    item: str
    title: str
    prompt: str
    minutes: int
    status: str = ""
    right: int = 0
    tests: int = 0
    hints: int = 0
    seconds: int = 0
    pattern: str = ""


class InterviewQuestionView(NamedTuple):
    """The question of theory; its answer, the learner's own grade and the seconds come afterwards."""

    item: str
    text: str
    answer: str = ""
    rating: str = ""
    seconds: int = 0


class InterviewView(NamedTuple):
    """A mock interview of so many minutes, before it begins or, once it is over, with what came of it."""

    minutes: int
    problems: tuple[InterviewProblemView, ...]
    question: InterviewQuestionView | None
    seconds: int = 0
    over: bool = False


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
