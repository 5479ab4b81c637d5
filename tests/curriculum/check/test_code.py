"""Code exercises in files: what reading them finds wrong, and what running them finds wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mlcoach.curriculum.check.check import check
from mlcoach.curriculum.check.code_runs import Run
from mlcoach.domain.practice.code import CodeTask
from mlcoach.services.context import Context
from mlcoach.services.practice.prove import prover
from tests.cli.test_practice import OWN
from tests.conftest import CURRICULUM

pytestmark = pytest.mark.slow  # by its nature; each landing runs it


def found(folder: Path, text: str, *, run: bool = False) -> list[str]:
    """The errors, then the warnings, on code exercises of a file."""
    file = folder / "own.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    context = Context({"MLCOACH_HOME": str(folder / "home"), "PATH": ""})
    report = check(CURRICULUM, folder / "none", [file], prove=prover(context) if run else None)
    assert not [problem for problem in report.errors if problem.code != "code-exercise"]
    problems = [problem for problem in (*report.errors, *report.warnings) if problem.code == "code-exercise"]
    assert all(problem.line > 1 for problem in problems)
    return [problem.message.removeprefix("exercise `double` of `own.code` ") for problem in problems]


def test_a_sound_exercise_has_no_fault_read_or_run(tmp_path: Path) -> None:
    assert found(tmp_path, OWN) == []
    assert found(tmp_path, OWN, run=True) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('file = "answer.py"', 'file = "answer.cpp"', "has a file `answer.cpp` in python"),
        ('file = "answer.py"', 'file = "random.py"', "has a file `random.py`, a name that is taken"),
        ('id = "three"', 'id = "two"', "has two entries `two` in `test`"),
        ('fails = ["three"]', 'fails = ["four"]', "has no test `four`"),
        ("    return x + x", "    return x +", "has a solution that is not Python in line 2: invalid syntax"),
        ("assert double(2) == 4", "assert double(2 == 4", "has a test `two` that is not Python in line 1"),
        ("visible = true", "", "shows none of its tests"),
        ('why = "3 · 3 is not 6"', "", "has a hidden test `three` without `why`"),
        ("file = 'double = lambda x: x * x'", "", "has `squares` with neither or both of `file` and `redefines`"),
        ("seconds = 2", "seconds = 2\n  language = 'cpp'", "has a file `answer.py` in cpp"),
    ],
)
def test_what_reading_finds_wrong(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in OWN
    messages = found(tmp_path, OWN.replace(before, after, 1))
    assert any(message in said for said in messages), messages


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("return x + x", "return x + 1", "has a solution that fails: `two`: double(2) gave 3, expected 4"),
        ("return x + x", "import time; time.sleep(0.5); return x + x", "takes 1.0 s of its 2"),
        ('"""Return twice x."""'.replace('"', '\\"'), "return 2 * x", "is solved by its starter"),
        (
            'def double(x):\n    \\"\\"\\"Return twice x.\\"\\"\\"',
            "1 / 0",
            "has a starter that does not load: ZeroDivisionError",
        ),
        ("assert double(2) == 4", "assert 2 + 2 == 4", "has a test `two` that an empty file passes"),
        ("lambda x: x * x", "lambda x: x + x", "has `squares`, which fails none, not three"),
        ("lambda x: x * x", "lambda x: x", "has `squares`, which fails two, three, not three"),
        ("double = lambda x: x * x", "double = 1 / 0", "has `squares`, which does not run: ZeroDivisionError"),
    ],
)
def test_what_running_finds_wrong(tmp_path: Path, before: str, after: str, message: str) -> None:
    before = before.replace('\\"', '"')
    assert before in OWN
    messages = found(tmp_path, OWN.replace(before, after, 1), run=True)
    assert any(message in said for said in messages), messages


def test_a_mistake_that_runs_out_of_time_fails_the_test_it_was_in(tmp_path: Path) -> None:
    slow = (
        OWN.replace("seconds = 2", "seconds = 1")
        .replace(
            "double = lambda x: x * x", "import itertools\ndouble = lambda x: 4 if x == 2 else sum(itertools.repeat(0))"
        )
        .replace("file = 'double", "file = '''double")
        .replace("file = 'import", "file = '''import")
    )
    slow = slow.replace("sum(itertools.repeat(0))'", "sum(itertools.repeat(0))'''")
    assert found(tmp_path, slow, run=True) == []


def test_only_the_files_asked_for_are_run(tmp_path: Path) -> None:
    opened: list[str] = []

    @contextmanager
    def prove(name: str, task: CodeTask) -> Iterator[Run]:
        opened.append(name)
        raise AssertionError
        yield

    other = tmp_path / "other.toml"
    other.write_text(OWN.replace('id = "own"', 'id = "other"'), encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    (own / "own.toml").write_text(OWN, encoding="utf-8")
    with pytest.raises(AssertionError):
        check(CURRICULUM, own, [other], prove=prove)
    assert opened == ["other.code/double"]
