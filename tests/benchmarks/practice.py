"""What a save costs: from the moment it is noticed to the verdict, beside the bare interpreter and the bare compiler.

`python tests/benchmarks/practice.py` prints both ratios; the promises are 3 for Python and 1.2 for C++.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from mlcoach.adapters.practice.cpp import FLAGS, find_compiler, program  # noqa: E402
from mlcoach.domain.practice.code import CodeTask, CodeTest  # noqa: E402
from mlcoach.services.context import Context  # noqa: E402
from mlcoach.services.practice import consent  # noqa: E402
from mlcoach.services.practice.exercises import load  # noqa: E402
from mlcoach.services.practice.session import PracticeSession  # noqa: E402
from tests.cli.test_practice import ITEM, OWN  # noqa: E402

ROUNDS = 15
FIVE = "".join(
    f"\n    [[unit.exercise.code.test]]\n    id = \"more-{n}\"\n    visible = true\n    body = 'assert double({n}) == {2 * n}'\n"
    for n in range(3)
)
CPP = """#include <string>
#include <vector>
int total(const std::vector<int>& a) { int s = 0; for (int x : a) s += x; return s; }
std::string twice(const std::string& s) { return s + s; }
"""
CPP_TESTS = (
    CodeTest("total", "CHECK(total({1, 2, 3}) == 6);"),
    CodeTest("empty", "CHECK(total({}) == 0);"),
    CodeTest("twice", 'CHECK(twice("ab") == "abab");'),
)


class Figures(NamedTuple):
    """Milliseconds, the least of several rounds, taken in turn so that a busy machine slows both alike."""

    bare: float
    ours: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def in_turn(bare: Callable[[], object], ours: Callable[[], object], rounds: int) -> Figures:
    least = [float("inf"), float("inf")]
    for _ in range(rounds):
        for place, what in enumerate((bare, ours)):
            began = time.perf_counter()
            what()
            least[place] = min(least[place], (time.perf_counter() - began) * 1000)
    return Figures(*least)


def python_figures(rounds: int = ROUNDS) -> Figures:
    """A plain exercise with five tests against `python -c pass`, the attempt written down included."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        own = home / "config" / "curriculum" / "own.toml"
        own.parent.mkdir(parents=True)
        own.write_text(OWN.replace("\n    [[unit.exercise.code.wrong]]", FIVE + "\n    [[unit.exercise.code.wrong]]"))
        context = Context({"MLCOACH_HOME": folder, "PATH": os.environ["PATH"]})
        context.settings.chosen["python"] = sys.executable
        exercise = load(context, ITEM)
        consent.allow(context, exercise)
        session = PracticeSession(context, exercise, time.monotonic)
        session.file.write_text("def double(x):\n    return 2 * x\n")
        assert session.run().verdict == "right"
        try:
            return in_turn(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), session.run, rounds)
        finally:
            session.close()
            context.close()


def cpp_figures(rounds: int = 4) -> Figures:
    """An exercise in C++ against its compiler alone, on the very program that is compiled."""
    from mlcoach.adapters.practice.runner import CppRunner

    compiler = find_compiler(os.environ)
    task = CodeTask("cpp", "answer.cpp", "", "", CPP_TESTS)
    with tempfile.TemporaryDirectory() as folder, CppRunner(task, compiler, Path(folder)) as runner:
        there = Path(folder) / "bare"
        there.mkdir()
        (there / "answer.cpp").write_text(CPP)
        (there / "checks.cpp").write_text(program(task))
        main = next((Path(folder) / "practice").iterdir())
        command = compiler.command(there / "checks.cpp", main, there / "checks")
        assert FLAGS[0] in command
        files = {"answer.cpp": CPP.encode()}
        assert runner.run(files).verdict == "right"
        return in_turn(lambda: subprocess.run(command, check=True), lambda: runner.run(files), rounds)


if __name__ == "__main__":
    for name, figures in (("Python, five tests", python_figures()), ("C++, three tests", cpp_figures())):
        print(f"{name}: {figures.ours:.0f} ms, bare {figures.bare:.0f} ms, ratio {figures.ratio:.2f}")
