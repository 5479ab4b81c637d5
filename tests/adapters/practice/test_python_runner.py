"""Tests in Python: what a run says of right and wrong code, and of files that cannot be run."""

import pytest

from mlcoach.domain.practice.code import Failure, RunResult
from tests.adapters.practice.programs import ran, runner


def only(result: RunResult) -> Failure:
    """The failure of the one test that failed."""
    failed = [test.failure for test in result.tests if not test.ok]
    assert len(failed) == 1
    assert failed[0] is not None
    return failed[0]


def test_right_code_is_right_and_each_test_is_timed() -> None:
    result = ran("def double(x):\n    return 2 * x\n", "assert double(2) == 4", "assert double(-1) == -2")
    assert result.verdict == "right"
    assert [(test.id, test.ok, test.ran) for test in result.tests] == [("t1", True, True), ("t2", True, True)]
    assert all(0 < test.seconds < 1 for test in result.tests)


def test_a_failed_assert_says_the_call_what_came_and_what_was_expected() -> None:
    failure = only(ran("def double(x):\n    return x * x\n", "n = 5\nassert double(n) == 10, 'twice as much'"))
    assert failure == Failure("twice as much", "double(n)", "25", "10", (("n", "5"),))


@pytest.mark.parametrize(
    ("body", "came", "expected"),
    [
        ("assert f(1) != 1", "1", "not 1"),
        ("assert f(5) <= 3", "5", "at most 3"),
        ("assert f('a') in ('b', 'c')", "'a'", "one of ('b', 'c')"),
        ("assert f(0)", "0", "True"),
        ("assert not f(7)", "False", "True"),
        ("assert close(f([0.1, 0.2]), [0.1, 0.3])", "[0.1, 0.2]", "about [0.1, 0.3]"),
        ("assert close(f(1), 2, rel=0.1)", "1", "about 2"),
        ("assert f(None) is not None", "None", "not None"),
    ],
)
def test_every_form_of_assert_says_both_sides(body: str, came: str, expected: str) -> None:
    failure = only(ran("def f(x):\n    return x\n", body))
    assert (failure.came, failure.expected) == (came, expected)


def test_close_takes_what_people_compare() -> None:
    source = "class A:\n    def __init__(self, v): self.v = v\n    def tolist(self): return self.v\n"
    right = [
        "assert close(0.1 + 0.2, 0.3)",
        "assert close(A([[1.0], [2.0]]), [[1], [2]])",
        "assert close(float('inf'), float('inf'))",
        "assert close({'a': 0.3}, {'a': 0.1 + 0.2})",
        "assert close(1 + 1j, 1 + 1j)",
        "assert not close([1, 2], [1])",
        "assert not close(float('nan'), 1)",
        "assert not close(float('inf'), 1)",
        "assert not close([1e300, float('-inf')], [1e300, float('inf')])",
        "assert not close(None, 1)",
        "assert close('a', 'a')",
    ]
    assert ran(source, *right).verdict == "right"


def test_an_error_names_its_line_and_says_what_is_there() -> None:
    failure = only(ran("def f(x):\n    return x / 0  # oh\n", "assert f(1) == 1"))
    assert (failure.message, failure.line, failure.text) == (
        "ZeroDivisionError: division by zero",
        2,
        "return x / 0  # oh",
    )


def test_a_block_that_must_raise_says_that_it_did_not() -> None:
    assert only(ran("def f(x):\n    return x\n", "with raises(ValueError, KeyError):\n    f(1)")).message == (
        "this must raise ValueError or KeyError, and nothing was raised"
    )
    assert ran("def f(x):\n    raise ValueError\n", "with raises(ValueError):\n    f(1)").verdict == "right"


def test_what_is_missing_is_named() -> None:
    assert only(ran("x = 1\n", "assert missing(1) == 2")).message == "your file does not define `missing`"


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("def f(:\n    pass\n", "SyntaxError: invalid syntax", 1),
        ("x = 1\n  y = 2\n", "IndentationError: unexpected indent", 2),
        (b"x = '\xff'\n", "answer.py is not UTF-8; save it as UTF-8 in your editor", 1),
        (b"x = 1\0\n", "answer.py holds a null byte: it is not text; save it as UTF-8", 0),
        ("x = 1\nraise SystemExit(3)\n", "it ended the program (SystemExit(3))", 2),
        ("import numpy_is_not_here\n", "ModuleNotFoundError: No module named 'numpy_is_not_here'", 1),
        ("import os\nos._exit(4)\n", "it ended the program itself (exit code 4)", 0),
        ("import os\nos.kill(os.getpid(), 11)\nimport ctypes\nctypes.string_at(0)\n", "it touched memory", 0),
    ],
)
def test_what_cannot_be_loaded_says_why_and_where(source: str | bytes, message: str, line: int) -> None:
    result = ran(source, "assert True", "assert True")
    assert result.verdict == "error"
    assert result.failure is not None
    assert result.failure.message.startswith(message)
    assert result.failure.line == line
    assert not any(test.ran for test in result.tests)


def test_input_and_a_recursion_without_end_say_what_helps() -> None:
    source = "def ask():\n    return input()\ndef deep(n):\n    return deep(n + 1)\n"
    asked, deep = ran(source, "assert ask() == 1", "assert deep(0) == 1").tests
    assert asked.failure is not None
    assert "nobody types while the tests run" in asked.failure.message
    assert deep.failure is not None
    assert "does each call come nearer to the end?" in deep.failure.message


def test_large_values_are_cut_before_they_are_made() -> None:
    failure = only(ran("def f():\n    return list(range(10**6))\n", "assert f() == []"))
    assert failure.came.endswith("… (1000000 in all)]")
    assert len(failure.came) < 200
    assert only(ran("def f():\n    return 2**10**6\n", "assert f() == 1")).came == "a number of 1000001 bits"


def test_what_is_printed_stands_apart_and_is_not_taken_for_results() -> None:
    source = 'def f():\n    print(\'{"test": "t1", "ok": true}\')\n    return 1\n'
    result = ran(source, "assert f() == 2")
    assert result.verdict == "wrong"
    assert result.printed == '{"test": "t1", "ok": true}\n'


def test_a_run_leaves_nothing_for_the_next_one() -> None:
    source = "import os\nfound = sorted(os.listdir('.'))\nopen('left.txt', 'w').write('x')\nos.mkdir('deep')\n"
    with runner("assert found == ['answer.py', 'printed', 'results', 'tests']") as made:
        for _ in range(3):
            assert made.run({"answer.py": source.encode()}).verdict == "right"
        folder = made.scratch.folder
    assert not folder.exists()


def test_files_beside_the_exercise_come_along() -> None:
    with runner("assert f() == 3") as made:
        files = {"answer.py": b"from helper import three as f\n", "helper.py": b"def three():\n    return 3\n"}
        assert made.run(files).verdict == "right"


def test_the_environment_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "key")
    assert ran("import os\n", "assert os.environ.get('A_SECRET') is None").verdict == "right"


def test_modules_are_there_where_they_are_asked_for() -> None:
    assert ran("import numpy as np\n", "assert close(np.ones(2) * 3, [3, 3])", needs=("numpy",)).verdict == "right"


def test_a_function_without_a_return_is_told_so() -> None:
    for body in ("assert f() == 3", "assert close(f(), 3)"):
        [test] = ran("def f():\n    3\n", body).tests
        assert test.failure is not None
        assert test.failure.came == "None"
        assert test.failure.message == "it returned None: is a `return` missing?"
    [test] = ran("def f():\n    return 3\n", "assert f() is None").tests
    assert test.failure is not None
    assert test.failure.message == ""


def test_an_open_gap_is_told_as_one() -> None:
    [test] = ran("def f():\n    return ____\n", "assert f() == 3").tests
    assert test.failure is not None
    assert (test.failure.message, test.failure.line) == ("a gap ____ is still open", 2)


def test_numbers_of_numpy_are_shown_as_numbers() -> None:
    [test] = ran(
        "import numpy as np\ndef f():\n    return np.float64(0.5)\n", "assert f() == [np.log(1.0)]", needs=("numpy",)
    ).tests
    assert test.failure is not None
    assert (test.failure.came, test.failure.expected) == ("0.5", "[0.0]")


def test_the_folder_it_ran_in_is_not_in_what_it_printed() -> None:
    made = ran("print(__file__)\ndef f():\n    return 3\n", "assert f() == 3")
    assert made.printed == "answer.py\n"


def test_a_list_of_another_length_says_both_lengths() -> None:
    [test] = ran("def f():\n    return [1.0, 2.0]\n", "assert close(f(), [1, 2, 3])").tests
    assert test.failure is not None
    assert test.failure.message == "its length is 2, not 3"
