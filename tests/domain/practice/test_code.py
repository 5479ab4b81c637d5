"""Code exercises: what is agreed to, known mistakes, and asserts that say both sides."""

import ast
import json

import pytest

from mlcoach.domain.practice.asserts import explained
from mlcoach.domain.practice.code import (
    CodeTask,
    CodeTest,
    Failure,
    RunResult,
    WrongSolution,
    digest_of,
    is_slip,
    known_mistake,
    stored_code,
)
from mlcoach.domain.practice.code import TestResult as Outcome

TASK = CodeTask(
    "python",
    "answer.py",
    "x = 0\n",
    "x = 1\n",
    (CodeTest("a", "assert x"), CodeTest("b", "assert x == 1", "why", True)),
    (
        WrongSolution("both", ("a", "b"), "x = 0", "Neither."),
        WrongSolution("one", ("b",), "x = 2", "One."),
        WrongSolution("silent", ("a",), "x = 3"),
    ),
    2.0,
    512,
    ("numpy",),
    True,
)


def result(verdict: str, *tests: tuple[str, bool, bool]) -> RunResult:
    failed = [Outcome(id, ok, None if ok else Failure("no"), ran) for id, ok, ran in tests]
    return RunResult(verdict, tuple(failed))  # type: ignore[arg-type]


def test_a_task_comes_back_from_json_as_it_was() -> None:
    assert stored_code(json.loads(json.dumps(TASK))) == TASK
    assert stored_code(None) is None


def test_the_digest_is_of_all_that_runs_and_of_nothing_else() -> None:
    digest = digest_of(TASK)
    assert digest_of(TASK._replace(bundled=False)) == digest
    changed = {
        digest_of(TASK._replace(**{field: value}))
        for field, value in {
            "starter": "y", "solution": "y", "tests": TASK.tests[:1], "seconds": 3.0, "needs": (), "file": "b.py",
            "memory_mb": 1, "language": "cpp", "wrong": (),
        }.items()
    }  # fmt: skip
    assert digest not in changed
    assert len(changed) == 9


@pytest.mark.parametrize(
    ("ran", "mistake"),
    [
        (result("wrong", ("a", False, True), ("b", False, True)), None),  # anything fails all tests
        (result("wrong", ("a", True, True), ("b", False, True)), "one"),
        (result("timeout", ("a", True, True), ("b", False, True)), "one"),
        (result("timeout", ("a", False, True), ("b", False, False)), None),  # no word for it
        (result("wrong", ("a", False, True), ("b", True, True)), None),
        (result("right", ("a", True, True), ("b", True, True)), None),
        (result("error", ("a", False, False), ("b", False, False)), None),
    ],
)
def test_a_mistake_is_known_by_exactly_its_tests(ran: RunResult, mistake: str | None) -> None:
    found = known_mistake(TASK, ran)
    assert (found.id if found else None) == mistake


@pytest.mark.parametrize(
    ("failure", "slip"),
    [
        (Failure("NameError: name 'x' is not defined", line=3), True),
        (Failure("your file does not define `f`"), True),
        (Failure("TypeError: f() takes 1 positional argument but 2 were given"), True),
        (Failure("TypeError: unsupported operand type(s)", line=2), False),
        (Failure("IndexError: list index out of range", line=2), False),
        (Failure("NameError", came="1", expected="2"), False),
    ],
)
def test_a_slip_is_no_known_mistake(failure: Failure, slip: bool) -> None:
    ran = RunResult("wrong", (Outcome("a", True), Outcome("b", False, failure)))
    assert is_slip(failure) is slip
    assert (known_mistake(TASK, ran) is None) is slip


def test_two_mistakes_with_the_same_tests_are_not_told_apart() -> None:
    alike = TASK._replace(wrong=(*TASK.wrong, WrongSolution("other", ("b",), "x = 9", "Other.")))
    assert known_mistake(alike, result("wrong", ("a", True, True), ("b", False, True))) is None


class Said(Exception):
    """What a failed assert says."""


def fail(*said: object) -> None:
    raise Said(*said)


def close(one: float, other: float, margin: float = 0.0) -> bool:
    return abs(one - other) <= margin


def run(body: str, **names: object) -> tuple[object, ...]:
    try:
        exec(compile(explained(body), "<test>", "exec"), {"_fail_": fail, "close": close, **names})
    except Said as said:
        return said.args
    return ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("assert f(2) == 4", ("f(2)", 3, "", "", 4, "", {})),
        ("n = 2\nassert f(n) == f(1) + 9, f'for {n}'", ("f(n)", 3, "", "f(1) + 9", 11, "for 2", {"n": 2})),
        ("assert close(f(1), 5, margin=2)", ("f(1)", 2, "about ", "", 5, "", {})),
        ("assert f(1) > 7", ("f(1)", 2, "more than ", "", 7, "", {})),
        ("for k in range(3):\n    assert f(k) < 3", ("f(k)", 3, "less than ", "", 3, "", {"k": 2})),
        ("assert 0 < f(0) < 1", ("0 < f(0) < 1", False, "", "", True, "", {})),
        ("assert [f(x) for x in (1, 2)] == []", ("[f(x) for x in (1, 2)]", [2, 3], "", "", [], "", {})),
        ("assert list(map(lambda v: f(v), [1])) == []", ("list(map(lambda v: f(v), [1]))", [2], "", "", [], "", {})),
    ],
)
def test_a_failed_assert_says_both_sides(body: str, said: tuple[object, ...]) -> None:
    assert run(body, f=lambda x: x + 1) == said


def test_sides_are_asked_for_once_in_their_order() -> None:
    asked: list[int] = []

    def f(x: int) -> int:
        asked.append(x)
        return x

    assert run("assert f(1) == f(2)", f=f)[1] == 1
    assert asked == [1, 2]
    assert run("assert f(3) == 3", f=f) == ()


def test_what_is_right_stays_silent_and_what_is_not_python_is_an_error() -> None:
    assert run("import math\nassert math.pi > 3\nassert not None") == ()
    with pytest.raises(SyntaxError):
        explained("assert (")
    assert ast.parse(explained("def f():\n    assert 1 == 1\n"))
