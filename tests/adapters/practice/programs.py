"""Small tasks and Pythons for the tests of the runner."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlcoach.adapters.practice.interpreters import Interpreter, interpreter_for
from mlcoach.adapters.practice.runner import PythonRunner
from mlcoach.domain.practice.code import CodeTask, CodeTest, RunResult

OWN = interpreter_for(sys.executable, Path("/nowhere"), os.environ)


def task(*bodies: str, seconds: float = 5.0, **more: object) -> CodeTask:
    """A task in `answer.py` with tests `t1`, `t2`, …"""
    tests = tuple(CodeTest(f"t{number}", body) for number, body in enumerate(bodies, start=1))
    return CodeTask("python", "answer.py", "", "", tests, seconds=seconds, **more)  # type: ignore[arg-type]


@contextmanager
def runner(*bodies: str, seconds: float = 5.0, python: Interpreter = OWN, **more: object) -> Iterator[PythonRunner]:
    with PythonRunner(task(*bodies, seconds=seconds, **more), python) as made:
        yield made


def ran(source: str | bytes, *bodies: str, seconds: float = 5.0, **more: object) -> RunResult:
    """Run tests on a source once."""
    with runner(*bodies, seconds=seconds, **more) as made:
        return made.run({"answer.py": source if isinstance(source, bytes) else source.encode()})
