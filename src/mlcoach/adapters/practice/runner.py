"""Running the tests of a code exercise on the learner's files: one interface for the languages there are."""

import shlex
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from mlcoach.adapters.practice.cpp import Compiler, object_of_main, sanitized
from mlcoach.adapters.practice.cpp import program as cpp_program
from mlcoach.adapters.practice.cpp import said as cpp_said
from mlcoach.adapters.practice.interpreters import Interpreter
from mlcoach.adapters.practice.processes import Limits
from mlcoach.adapters.practice.results import command_result, result_of
from mlcoach.adapters.practice.scratch import Scratch
from mlcoach.domain.practice.asserts import NOT_PYTHON, explained
from mlcoach.domain.practice.code import CodeTask, CodeTest, Failure, RunResult, TestResult
from mlcoach.errors import InvalidFileError

HARNESS = Path(__file__).with_name("harness.py")
COMPILING = Limits(60, 4096, by_address=False)
MOST_SOURCE = 1_000_000  # bytes
NEARLY = 0.9  # of its time, after which a run says where it is


class Runner(ABC):
    """The tests of one exercise, ready to run. A context manager; `run` as often as the file is saved."""

    def __init__(self, task: CodeTask, scratch: Scratch) -> None:
        self.task = task
        self.scratch = scratch

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw the folder of the runs away."""
        self.scratch.close()

    def run(self, files: Mapping[str, bytes]) -> RunResult:
        """Run all tests on these files, the exercise's own among them, and return what they say."""
        own = files.get(self.task.file, b"")
        if failure := unreadable(own, self.task.file):
            return self._nothing_ran(failure)
        return self._run(files, own.decode("utf-8-sig").splitlines())

    def _nothing_ran(self, failure: Failure) -> RunResult:
        return RunResult("error", tuple(TestResult(test.id, False, ran=False) for test in self.task.tests), failure)

    @abstractmethod
    def _run(self, files: Mapping[str, bytes], source: list[str]) -> RunResult: ...


def unreadable(source: bytes, name: str) -> Failure | None:
    """Return why a file cannot be source text, None where it can."""
    if len(source) > MOST_SOURCE:
        return Failure(f"{name} is over {MOST_SOURCE // 1_000_000} MB, and not read")
    if b"\0" in source:
        return Failure(f"{name} holds a null byte: it is not text; save it as UTF-8")
    with suppress(UnicodeDecodeError):
        source.decode("utf-8-sig")
        return None
    line = next(
        number
        for number, part in enumerate(source.split(b"\n"), start=1)
        if part != part.decode("utf-8", "ignore").encode()
    )
    return Failure(f"{name} is not UTF-8; save it as UTF-8 in your editor", line=line)


class PythonRunner(Runner):
    """Tests in Python, in the learner's own interpreter."""

    def __init__(self, task: CodeTask, interpreter: Interpreter, fenced: bool = True) -> None:
        super().__init__(task, Scratch([*interpreter.folders, HARNESS], fenced))
        # Without modules there is no need to look for packages, which takes as long as starting does.
        alone = ["-I", "-S"] if not task.needs else ["-E"]
        folder = str(self.scratch.folder)
        self._command = [str(interpreter.path), *alone, "-u", "-B", "-X", "utf8", str(HARNESS), folder, task.file]
        self._command += [str(HARNESS.parent), str(NEARLY * task.seconds)]
        self._tests = repr([(test.id, _explained(test)) for test in task.tests]).encode()
        self._limits = Limits(task.seconds, task.memory_mb)

    def _run(self, files: Mapping[str, bytes], source: list[str]) -> RunResult:
        self.scratch.fill({**files, "tests": self._tests})
        ended = self.scratch.run(self._command, self._limits)
        return result_of(self.scratch.folder, self.task.tests, ended, self._limits, source)


def _explained(test: CodeTest) -> str:
    """Return a test that says more where it fails. Raises InvalidFileError for one that is not Python."""
    try:
        return explained(test.body)
    except NOT_PYTHON as error:
        why = getattr(error, "msg", None) or "it is nested too deeply"
        hint = "`mlcoach curriculum check` says where it is"
        raise InvalidFileError(f"the test `{test.id}` of this exercise is not Python: {why}", hint) from None


class CommandRunner(Runner):
    """One command that checks what is in the folder, in the shell of the system, with the learner's Python first."""

    def __init__(self, task: CodeTask, interpreter: Interpreter, fenced: bool = True) -> None:
        super().__init__(task, Scratch(interpreter.folders, fenced))
        [test] = task.tests
        self._command = shell_command(test.body, interpreter.path.parent)
        self._limits = Limits(task.seconds, task.memory_mb, by_address=False)

    def run(self, files: Mapping[str, bytes]) -> RunResult:
        """Run the command on these files, whatever they hold, and return what it says."""
        return self._run(files, [])

    def _run(self, files: Mapping[str, bytes], source: list[str]) -> RunResult:
        self.scratch.fill(files)
        ended = self.scratch.run(self._command, self._limits)
        return command_result(self.scratch.folder, self.task.tests[0], ended, self._limits)


def shell_command(text: str, first: Path) -> list[str]:
    """Return what runs a command as it is typed, with a folder first on its path."""
    if sys.platform == "win32":
        return ["cmd", "/c", f'set "PATH={first};%PATH%" && {text}']
    return ["/bin/sh", "-c", f"PATH={shlex.quote(str(first))}:$PATH\n{text}"]


class CppRunner(Runner):
    """Tests in C++, compiled with sanitizers. The part that is always the same is compiled once and kept in `cache`."""

    def __init__(self, task: CodeTask, compiler: Compiler, cache: Path, fenced: bool = True) -> None:
        self._main = object_of_main(compiler, cache)
        super().__init__(task, Scratch([*compiler.folders, HARNESS.parent, self._main], fenced))
        self._compile = compiler.command(self.scratch.folder / "checks.cpp", self._main, self.scratch.folder / "checks")
        self._tests = cpp_program(task).encode()
        self._limits = Limits(task.seconds, task.memory_mb, by_address=False)

    def _run(self, files: Mapping[str, bytes], source: list[str]) -> RunResult:
        self.scratch.fill({**files, "checks.cpp": self._tests})
        folder = self.scratch.folder
        compiled = self.scratch.run(self._compile, COMPILING, "compiled")
        messages = (folder / "compiled").read_bytes().decode("utf-8", "replace")
        if compiled.code or not (folder / "checks").exists():
            failure = cpp_said(messages, self.task.file, source)
            return self._nothing_ran(failure)._replace(seconds=compiled.seconds)
        ended = self.scratch.run([str(folder / "checks")], self._limits)
        result = result_of(folder, self.task.tests, ended, self._limits, source)
        return sanitized(result, self.task.file, source)._replace(seconds=compiled.seconds + ended.seconds)
