"""Tests in C++: right, wrong, what does not compile, and what a sanitizer finds."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.adapters.practice.cpp import find_compiler
from mlcoach.adapters.practice.runner import CppRunner
from mlcoach.domain.practice.code import CodeTask, CodeTest, RunResult
from mlcoach.errors import MissingExtraError

pytestmark = [
    pytest.mark.skipif(not (shutil.which("g++") or shutil.which("clang++")), reason="no compiler of C++ here"),
    pytest.mark.slow,
]
TESTS = (
    CodeTest("sum", "CHECK(add(1, 2) == 3);"),
    CodeTest("twice", "CHECK(twice({1, 2}) == std::vector<int>{2, 4});"),
    CodeTest("half", "CHECK_CLOSE(half(1), 0.5, 1e-9);"),
    CodeTest("throws", "CHECK_THROWS(add(-1, 0));"),
)
RIGHT = """#include <stdexcept>
#include <vector>
int add(int a, int b) { if (a < 0) throw std::invalid_argument("a"); return a + b; }
std::vector<int> twice(std::vector<int> v) { for (int& x : v) x *= 2; return v; }
double half(double x) { return x / 2; }
int main() { return 1; }
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CppRunner]:
    task = CodeTask("cpp", "answer.cpp", "", "", TESTS, seconds=2)
    with CppRunner(task, find_compiler(os.environ), tmp_path_factory.mktemp("cache")) as runner:
        yield runner


def run(made: CppRunner, source: str) -> RunResult:
    return made.run({"answer.cpp": source.encode()})


def test_right_code_is_right_with_a_main_of_its_own(made: CppRunner) -> None:
    result = run(made, RIGHT)
    assert (result.verdict, result.failure) == ("right", None)


def test_what_fails_says_both_sides(made: CppRunner) -> None:
    result = run(
        made,
        RIGHT.replace("a + b", "a - b").replace("*= 2", "*= 3").replace('throw std::invalid_argument("a")', "return 0"),
    )
    said = [(test.failure.call, test.failure.came, test.failure.expected) for test in result.tests if test.failure]
    assert said == [
        ("add(1, 2)", "-1", "3"),
        ("twice({1, 2})", "{3, 6}", "{2, 4}"),
        ("add(-1, 0)", "no exception", "an exception"),
    ]


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("int add(int a, int b) { return a + c; }\n", "it does not compile: ‘c’ was not declared in this scope", 1),
        (RIGHT + "int unfinished(", "after the end of your file: is a bracket or a semicolon missing there?", 0),
        ("int other() { return 1; }\n", "‘add’ was not declared in this scope", 0),
        ("int add(int a, int b) {\n    return ____;\n}\n", "a gap ____ is still open", 2),
    ],
)
def test_what_does_not_compile_says_where(made: CppRunner, source: str, message: str, line: int) -> None:
    result = run(made, source)
    assert result.verdict == "error"
    assert result.failure is not None
    assert message.replace("‘", "").replace("’", "") in result.failure.message.replace("‘", "").replace(
        "’", ""
    ).replace("'", "")
    assert result.failure.line == line


def test_sanitizers_are_told_in_words_with_the_line(made: CppRunner) -> None:
    beyond = run(made, RIGHT.replace("return a + b", "int* p = new int[2]; return p[a + b]"))
    assert beyond.tests[0].failure is not None
    assert beyond.tests[0].failure.message.startswith("it reads or writes beyond the end of an array")
    assert beyond.tests[0].failure.line == 3
    assert not beyond.printed
    overflow = run(made, RIGHT.replace("return a + b", "return a + 2147483647"))
    assert overflow.tests[0].failure is not None
    assert "signed integer overflow" in overflow.tests[0].failure.message


def test_an_endless_loop_in_cpp_ends(made: CppRunner) -> None:
    result = run(made, RIGHT.replace("return a + b", "volatile bool on = true; while (on) {} return 0"))
    assert result.verdict == "timeout"
    assert result.tests[0].failure is not None
    assert result.tests[0].failure.message == "no result within 2 s"


def test_gigabytes_in_cpp_are_refused(made: CppRunner) -> None:
    source = RIGHT.replace(
        "return a + b",
        "std::vector<std::vector<char>> held; for (int i = 0; i < 100; ++i) held.emplace_back(100'000'000, 1); return 3",
    )
    began = time.monotonic()
    result = run(made, source)
    assert result.verdict in ("error", "timeout")
    assert time.monotonic() - began < 30  # compiling included


def test_the_part_that_stays_is_compiled_once(tmp_path: Path) -> None:
    task = CodeTask("cpp", "answer.cpp", "", "", TESTS, seconds=2)
    compiler = find_compiler(os.environ)
    for _ in range(2):
        CppRunner(task, compiler, tmp_path).close()
        kept = list((tmp_path / "practice").iterdir())
        assert [path.suffix for path in kept] == [".o"]
    stamps = {path.stat().st_mtime_ns for path in kept}
    CppRunner(task, compiler, tmp_path).close()
    assert {path.stat().st_mtime_ns for path in (tmp_path / "practice").iterdir()} == stamps


def test_without_a_compiler_the_command_that_brings_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError, match="no compiler of C\\+\\+ on PATH") as caught:
        find_compiler({"PATH": str(tmp_path)})
    assert "apt install g++" in caught.value.hint
