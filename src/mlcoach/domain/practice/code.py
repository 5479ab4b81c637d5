"""Code exercises: what there is to write, the tests that check it, and what a run of them says."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

CodeLanguage = Literal["python", "cpp"]
TaskLanguage = Literal["python", "cpp", "command"]
RunVerdict = Literal["right", "wrong", "error", "timeout"]
SUFFIXES: dict[CodeLanguage, str] = {"python": ".py", "cpp": ".cpp"}

# How a failure begins that has nothing to do with what the exercise is about.
SLIPS = (
    "your file does not define", "a gap ____", "it ended the program", "NameError", "UnboundLocalError", "ImportError",
    "ModuleNotFoundError", "EOFError", "NotImplementedError",
)  # fmt: skip


class CodeTest(NamedTuple):
    """One test. A visible one is shown with the exercise, the others are named when they fail. `why` it matters."""

    id: str
    body: str
    why: str = ""
    visible: bool = False


class WrongSolution(NamedTuple):
    """A plausible wrong solution: it fails exactly the tests in `fails`, and `feedback` says what to think of."""

    id: str
    fails: tuple[str, ...]
    file: str
    feedback: str = ""


class CodeTask(NamedTuple):
    """What a code exercise runs. `seconds` are for all tests together, `needs` are modules of Python.

    `bundled` says that all of it came with this program; anything else runs after the learner's word on it.
    The language `command` has no file of its own: one command checks what is in the folder.
    """

    language: TaskLanguage
    file: str
    starter: str
    solution: str
    tests: tuple[CodeTest, ...]
    wrong: tuple[WrongSolution, ...] = ()
    seconds: float = 5.0
    memory_mb: int = 1024
    needs: tuple[str, ...] = ()
    bundled: bool = False


class Failure(NamedTuple):
    """Why a test failed, or why nothing could be run. Empty fields say nothing.

    `call` is what was asked, `came` what it gave, `expected` what it should give; `inputs` are the values in it by
    name. `message` says what happened otherwise, at `line` of the learner's file, which reads `text`.
    """

    message: str = ""
    call: str = ""
    came: str = ""
    expected: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    line: int = 0
    text: str = ""


class TestResult(NamedTuple):
    """What one test said. `ran` is false where the run ended before it; `failure` is None where it is right."""

    id: str
    ok: bool
    failure: Failure | None = None
    ran: bool = True
    seconds: float = 0.0


class RunResult(NamedTuple):
    """What a run of the tests said, what the program printed, and the seconds it took.

    `failure` is what kept the tests from running at all. `cut` says that more was printed than is kept.
    """

    verdict: RunVerdict
    tests: tuple[TestResult, ...]
    failure: Failure | None = None
    printed: str = ""
    cut: bool = False
    seconds: float = 0.0


COMMAND = "command"  # the id of its only test
COMMAND_SECONDS, COMMAND_MEMORY = 60.0, 4096


def command_task(command: str, solution: str, bundled: bool) -> CodeTask:
    """Return the task of an exercise whose work is right when a command says so, by exit code 0."""
    return CodeTask(
        "command", "", "", solution, (CodeTest(COMMAND, command, visible=True),), (), COMMAND_SECONDS, COMMAND_MEMORY,
        (), bundled,
    )  # fmt: skip


def stored_code(row: Sequence[Any] | None) -> CodeTask | None:
    """Return a code task from the lists that JSON makes of it, None for None."""
    if row is None:
        return None
    language, file, starter, solution, tests, wrong, seconds, memory_mb, needs, bundled = row
    return CodeTask(
        language,
        file,
        starter,
        solution,
        tuple(CodeTest(*test) for test in tests),
        tuple(WrongSolution(id, tuple(fails), text, feedback) for id, fails, text, feedback in wrong),
        seconds,
        memory_mb,
        tuple(needs),
        bundled,
    )


def digest_of(task: CodeTask) -> str:
    """Return the digest of all that an exercise may run: what the learner agrees to is this text and no other."""
    return hashlib.sha256(json.dumps(task._replace(bundled=False), ensure_ascii=False).encode()).hexdigest()


def verdict_of(tests: Iterable[TestResult]) -> RunVerdict:
    """Return what the results of all tests come to."""
    return "right" if all(test.ok for test in tests) else "wrong"


def is_slip(failure: Failure) -> bool:
    """Return whether the code did not do what it was to do at all: what a test teaches does not help then."""
    calls_itself = failure.message.startswith("TypeError") and not failure.line  # the test's call does not fit
    return not failure.came and (calls_itself or failure.message.startswith(SLIPS))


def known_mistake(task: CodeTask, result: RunResult) -> WrongSolution | None:
    """Return the wrong solution that fails exactly the tests that failed, None where there is not exactly one.

    A slip, such as a name that is not there, is nobody's mistake, whichever tests it fails. Where all tests fail, any
    mistake could have done it.
    """
    if result.verdict not in ("wrong", "timeout") or any(
        test.failure and is_slip(test.failure) for test in result.tests
    ):
        return None
    failed = {test.id for test in result.tests if not test.ok and test.ran}
    if all(test.ran and not test.ok for test in result.tests):
        return None
    found = [wrong for wrong in task.wrong if wrong.feedback and set(wrong.fails) == failed]
    return found[0] if len(found) == 1 else None
