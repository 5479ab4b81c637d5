"""Code exercises whose sources stand in a folder beside their file."""

import os
from pathlib import Path

import pytest

from mlcoach.curriculum.check.check import check
from mlcoach.curriculum.read.code import built_code
from mlcoach.curriculum.read.model import SubjectFile
from mlcoach.curriculum.read.parse import read_source
from mlcoach.domain.practice.code import CodeTask, digest_of
from mlcoach.services.context import Context
from mlcoach.services.practice.prove import prover
from tests.conftest import CURRICULUM, Program

FILE = """\
schema = 1
id = "own"
title = "Own"
track = "prog"

[[unit]]
id = "code"
title = "Own code"
hours = 2
recall = "What?"

  [[unit.exercise]]
  id = "soft"
  title = "A softmax"
  kind = "code"
  prompt = 'Write softmax(x).'
  check = "mlcoach practice"

  [unit.exercise.code]
  file = "softmax.py"
  seconds = 2
  from = "soft/"
"""
TESTS = '''\
"""What softmax must do."""

import math
from mlcoach.adapters.practice.harness import close
from softmax import softmax

LARGE = 1001
SMALL = 1


def total(x):
    return math.fsum(softmax(x))


def test_sums_to_one():
    assert close(total([1, 2]), 1)


def test_shift():
    """Adding a constant
    changes nothing."""
    # both
    text = """
a text of two lines
"""
    assert close(softmax([1, 2]), softmax([LARGE, 1002])), text
'''
SOURCES = {
    "start.py": 'def softmax(x):\n    """Return the shares."""\n',
    "solution.py": "from math import exp\n\n\ndef softmax(x):\n    shares = [exp(v - max(x)) for v in x]\n"
    "    return [share / sum(shares) for share in shares]\n",
    "tests.py": TESTS,
    "wrong_no_max.py": '"""Subtract the\nmaximum first.\n\nFails: shift\n"""\nfrom math import exp\n\n\ndef softmax(x):\n'
    "    shares = [exp(v) for v in x]\n    return [share / sum(shares) for share in shares]\n",
}
CPP = {
    "start.cpp": "int twice(int x) {\n    return 0;\n}\n",
    "solution.cpp": "int twice(int x) {\n    return 2 * x;\n}\n",
    "tests.cpp": '#include "harness.h"\n#include "twice.cpp"\n\nvoid test_two() {\n    CHECK(twice(2) == 4);\n}\n\n'
    "// squares grow\n// faster\nvoid test_three() {\n    if (true) {\n        CHECK(twice(3) == 6);\n    }\n}\n",
    "wrong_squares.cpp": "// Add it to itself.\n// Fails: three\nint twice(int x) {\n    return x * x;\n}\n",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a sound file and its sources."""
    put(tmp_path, SOURCES)
    (tmp_path / "own.toml").write_text(FILE, encoding="utf-8")
    return tmp_path


def put(folder: Path, sources: dict[str, str]) -> None:
    (folder / "soft").mkdir(parents=True, exist_ok=True)
    for name, text in sources.items():
        (folder / "soft" / name).write_text(text, encoding="utf-8")


def task_of(place: Path) -> CodeTask:
    source = read_source(place / "own.toml", own=True, position=0)
    assert [problem.message for problem in source.problems] == []
    assert isinstance(source.model, SubjectFile)
    code = source.model.unit[0].exercise[0].code
    assert code is not None
    return built_code(code, bundled=False)


def said(place: Path) -> list[str]:
    """Return the errors of the file; each is told once, at the key of the folder."""
    report = check(CURRICULUM, place / "none", [place / "own.toml"])
    assert all(problem.line == FILE.split("\n").index('  from = "soft/"') + 1 for problem in report.errors)
    return [problem.message for problem in report.errors]


def test_tests_starter_and_wrong_solutions_are_taken_from_their_files(place: Path) -> None:
    task = task_of(place)
    first, second = task.tests
    assert (first.id, first.visible, first.why) == ("sums-to-one", True, "")
    assert first.body == (
        "import math\ndef total(x):\n    return math.fsum(softmax(x))\n\nassert close(total([1, 2]), 1)\n"
    )
    assert (second.id, second.visible, second.why) == ("shift", False, "Adding a constant changes nothing.")
    assert second.body == (
        "LARGE = 1001\n\ntext = '\\na text of two lines\\n'\n"
        "assert close(softmax([1, 2]), softmax([LARGE, 1002])), text\n"
    )
    assert task.starter == SOURCES["start.py"]
    [wrong] = task.wrong
    assert (wrong.id, wrong.fails, wrong.feedback) == ("no-max", ("shift",), "Subtract the maximum first.")
    assert wrong.file.startswith("from math import exp\n")


def test_a_wrong_solution_may_be_the_solution_with_parts_anew(place: Path) -> None:
    text = '"""Fails: shift"""\nfrom solution import *  # noqa: F403\n\n\ndef exp(v):\n    return 1.0\n'
    (place / "soft" / "wrong_no_max.py").write_text(text, encoding="utf-8")
    [wrong] = task_of(place).wrong
    assert wrong.file == SOURCES["solution.py"] + "\n\ndef exp(v):\n    return 1.0\n"


def test_it_runs_as_though_it_stood_in_the_file(place: Path) -> None:
    context = Context({"MLCOACH_HOME": str(place / "home"), "PATH": ""})
    report = check(CURRICULUM, place / "none", [place / "own.toml"], prove=prover(context))
    assert [problem.message for problem in report.errors if problem.code == "code-exercise"] == []


def test_in_cpp_comments_stand_for_docstrings(place: Path) -> None:
    for name in SOURCES:
        (place / "soft" / name).unlink()
    put(place, CPP)
    text = FILE.replace('file = "softmax.py"', 'file = "twice.cpp"\n  language = "cpp"\n  visible = ["three"]')
    (place / "own.toml").write_text(text, encoding="utf-8")
    task = task_of(place)
    assert [(test.id, test.why, test.visible) for test in task.tests] == [
        ("two", "", False),
        ("three", "squares grow faster", True),
    ]
    assert task.tests[1].body == "if (true) {\n    CHECK(twice(3) == 6);\n}\n"
    assert (task.wrong[0].id, task.wrong[0].fails, task.wrong[0].feedback) == (
        "squares",
        ("three",),
        "Add it to itself.",
    )


def test_the_mark_of_a_unit_does_not_know_where_the_sources_are(place: Path) -> None:
    in_folder = read_source(place / "own.toml", own=True, position=0).model
    assert isinstance(in_folder, SubjectFile)
    code = in_folder.unit[0].exercise[0].code
    assert code is not None
    assert (code.from_, code.visible) == (None, [])


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"soft/"', '"../soft/"', "`from` of `code` leads out of the folder of this file: `../soft/`"),
        ('"soft/"', '"/etc/"', "`from` of `code` leads out of the folder of this file: `/etc/`"),
        ('"soft/"', "'C:\\soft'", "`from` of `code` leads out of the folder of this file: `C:\\soft`"),
        ('"soft/"', '"soft/../../x"', "`from` of `code` leads out of the folder of this file: `soft/../../x`"),
        ('"soft/"', '".git/"', "`from` of `code` must be the name of a folder, got `.git/`"),
        ('"soft/"', '""', "`from` of `code` must be the name of a folder, got ``"),
        ('"soft/"', "3", "`from` of `code` must be text in quotes"),
        ('"soft/"', '"none/"', "there is no folder `none/` beside this file"),
        ('"soft/"', '"own.toml"', "`own.toml` is not a folder"),
        ('"soft/"', '"soft/"\n  solution = "x"', "`code` has `from` and `solution`"),
        ('"soft/"', '"soft/"\n  visible = ["four"]', "`soft/` has no test `four`"),
        ('"soft/"', '"soft/"\n  visible = 3', "`visible` of `code` must be a list of tests"),
        (
            '"soft/"',
            '"soft/"\n  language = "cpp"',
            "`soft/` has a file `solution.py` that does not belong to an exercise",
        ),
    ],
)
def test_a_folder_that_cannot_be_meant(place: Path, before: str, after: str, message: str) -> None:
    (place / "own.toml").write_text(FILE.replace(before, after), encoding="utf-8")
    report = check(CURRICULUM, place / "none", [place / "own.toml"])
    assert [problem.message for problem in report.errors] == [message]
    assert report.errors[0].line >= FILE.split("\n").index('  from = "soft/"') + 1
    assert report.errors[0].hint


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("start.py", None, "`soft/` has no file `start.py`"),
        ("tests.py", b"def test_a():\n    x = '\xff'\n", "`soft/tests.py`, line 2, is not UTF-8"),
        ("tests.py", b"x" * 80_001, "`soft/tests.py` is over 80 kB"),
        ("tests.py", b" \n", "`soft/tests.py` is empty"),
        ("tests.py", b"def test_a():\n    x = '\x1b[2J'\n", "`soft/tests.py`, line 2, has the control character U+001B"),
        ("tests.py", b"x = 1\n", "`soft/tests.py` holds no test"),
        ("tests.py", b"def test_a(:\n", "`soft/tests.py`, line 1, is not Python: invalid syntax"),
        ("tests.py", b"x = " + b"-" * 70_000 + b"1", "`soft/tests.py` is not Python: it is nested too deeply"),
        ("tests.py", b"def test_a(x):\n    pass\n", "`soft/tests.py`, line 1, has `test_a` with arguments"),
        ("tests.py", b"@x\ndef test_a():\n    pass\n", "`soft/tests.py`, line 2, has `test_a` with a decorator"),
        ("tests.py", b"def test_a():\n    'why'\n", "`soft/tests.py`, line 1, has `test_a` without a statement"),
        ("tests.py", b"print(1)\n", "`soft/tests.py`, line 1, has a statement outside of its tests"),
        ("tests.py", b"def test_a():\n    x\n" * 61, "`soft/tests.py`, line 121, has more than 60 tests"),
        ("wrong_x.py", b"x = 1\n", "`soft/wrong_x.py`, line 1, does not say which tests it fails"),
        ("wrong_x.py", b"'Fails: shift'\n", "`soft/wrong_x.py`, line 1, holds nothing but words"),
        ("wrong-x.py", b"x = 1\n", "`soft/` has a file `wrong-x.py` that does not belong to an exercise"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_read(place: Path, name: str, content: bytes | None, message: str) -> None:
    path = place / "soft" / name
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    assert said(place) == [message]


def test_links_and_pipes_are_not_followed(place: Path) -> None:
    secret = place.parent / "secret.py"
    secret.write_text("def test_a():\n    assert 1\n", encoding="utf-8")
    tests = place / "soft" / "tests.py"
    tests.unlink()
    tests.symlink_to(secret)
    assert said(place) == ["`soft/tests.py` is a link that leads out of the folder of this file"]
    tests.unlink()
    os.mkfifo(tests)
    assert said(place) == ["`soft/tests.py` is not a file"]
    tests.unlink()
    tests.symlink_to("tests.py")
    assert said(place) == ["cannot read `soft/tests.py`: its links go in a circle"]
    (place / "soft").rename(place / "real")
    (place / "soft").symlink_to(place / "real", target_is_directory=True)
    assert said(place) == ["`soft/` is a link"]


@pytest.mark.parametrize(
    "text", ["int x;\n", "void test_a() {\n    CHECK(true);\n", "// nothing\n", "void test_a() {\n}\n"]
)
def test_tests_in_cpp_that_cannot_be_read(place: Path, text: str) -> None:
    for name in SOURCES:
        (place / "soft" / name).unlink()
    put(place, CPP | {"tests.cpp": text})
    (place / "own.toml").write_text(
        FILE.replace('file = "softmax.py"', 'language = "cpp"').replace("  seconds = 2", '  file = "twice.cpp"'),
        encoding="utf-8",
    )
    [message] = said(place)
    assert message.startswith("`soft/tests.cpp`")


def test_what_was_agreed_to_is_the_content_of_the_files(mlcoach: Program) -> None:
    folder = mlcoach.home / "config" / "curriculum"
    put(folder, SOURCES)
    (folder / "own.toml").write_text(FILE, encoding="utf-8")
    mlcoach.environment["PATH"] = ""
    before = digest_of(task_of(folder))
    mlcoach("practice own.code/soft", tty=80, stdin="y\nq\n", expect=None)
    assert "0 of 1" in mlcoach("practice --list own.code").out
    answer = mlcoach.home / "work" / "own.code" / "soft" / "softmax.py"
    answer.write_text(SOURCES["solution.py"], encoding="utf-8")
    assert "✓ right" in mlcoach("practice own.code/soft --check").out
    # The cache knows that a source changed, and so does the consent.
    (folder / "soft" / "tests.py").write_text(TESTS.replace("[1, 2]), 1)", "[1, 2, 3]), 1)"), encoding="utf-8")
    assert digest_of(task_of(folder)) != before
    assert "you have not agreed to it" in mlcoach("practice own.code/soft --check", expect=2).err
    assert "adds" not in mlcoach("curriculum fix").out


def test_an_overlay_takes_other_sources_and_is_edited_with_them(mlcoach: Program) -> None:
    folder = mlcoach.home / "config" / "curriculum"
    put(folder, SOURCES)
    over = (
        'schema = 1\nover = "math.la"\n[[change.eigen.add.exercise]]\nid = "soft"\ntitle = "T"\nprompt = "P"\n'
        'check = "c"\nminutes = 20\n  [change.eigen.add.exercise.code]\n  file = "softmax.py"\n  from = "soft/"\n'
    )
    (folder / "la.toml").write_text(over, encoding="utf-8")
    assert "0 of 1" in mlcoach("practice --list math.la.eigen").out
    assert "1 of the exercises added" in mlcoach("curriculum diff").out
    mlcoach("cards new math.la.eigen --question 'What?' --answer 'That.'", expect=None)
    assert mlcoach("curriculum check", expect=None).code == 0
