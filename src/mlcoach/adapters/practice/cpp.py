"""Tests in C++: the compiler, the program that is compiled at each save, and what the compiler says."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mlcoach.domain.practice.code import CodeTask, Failure, RunResult
from mlcoach.errors import MissingExtraError

COMPILERS = ("g++", "clang++")
FLAGS = (
    "-std=c++20",
    "-g1",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=undefined",
    "-fno-omit-frame-pointer",
)
PATIENCE = 120  # seconds for the part that is compiled once
PROGRAM = "checks.cpp"
GAP = "____"  # what an exercise with gaps is written with
_HERE = Path(__file__).parent
_ERROR = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):(?:\d+:)? (?:fatal )?error: (?P<text>.*)$", re.MULTILINE)


_REPORT = re.compile(
    r"^=+\n==\d+==ERROR: AddressSanitizer: (?P<memory>[^\n]*)|^[^\n]*: runtime error: (?P<undefined>[^\n]*)",
    re.MULTILINE,
)
_MEMORY = {
    "heap-buffer-overflow": "it reads or writes beyond the end of an array",
    "stack-buffer-overflow": "it reads or writes beyond the end of an array",
    "global-buffer-overflow": "it reads or writes beyond the end of an array",
    "heap-use-after-free": "it uses memory that was given back",
    "stack-use-after-scope": "it uses a variable after its block has ended",
    "stack-overflow": "the stack is full: does each call come nearer to the end?",
    "attempting double-free": "it gives the same memory back twice",
    "attempting free": "it gives back memory that was not taken",
    "SEGV": "it follows a pointer that leads nowhere",
}


class Compiler(NamedTuple):
    """A compiler of C++, and the folders it reads."""

    path: Path
    folders: tuple[Path, ...] = ()

    def command(self, source: Path, main: Path, target: Path) -> list[str]:
        """Return the command that makes a program of a source and of what is compiled once."""
        return [str(self.path), *FLAGS, f"-I{_HERE}", str(source), str(main), "-o", str(target)]


def find_compiler(environment: Mapping[str, str]) -> Compiler:
    """Return the first compiler on PATH. Raises MissingExtraError."""
    for name in COMPILERS:
        if found := shutil.which(name, path=environment.get("PATH")):
            path = Path(found).resolve()
            return Compiler(path, (path.parent, path.parent.parent / "lib"))
    raise MissingExtraError(
        "no compiler of C++ on PATH (g++ or clang++)",
        "install one: `apt install g++`, `dnf install gcc-c++`, or on macOS `xcode-select --install`",
    )


def object_of_main(compiler: Compiler, cache: Path) -> Path:
    """Return the compiled part that is always the same, made where it is not there yet.

    Raises MissingExtraError where the compiler cannot make it, in its own words.
    """
    sources = (_HERE / "harness_main.cpp").read_bytes() + (_HERE / "harness.h").read_bytes()
    stat = compiler.path.stat()
    mark = hashlib.sha256(f"{compiler.path} {stat.st_mtime_ns} {FLAGS}".encode() + sources).hexdigest()[:16]
    target = cache / "practice" / f"main-{mark}.o"
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{target.name}.{os.getpid()}")
    command = [str(compiler.path), *FLAGS, "-c", str(_HERE / "harness_main.cpp"), "-o", str(temporary)]
    try:
        made = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.SubprocessError as error:
        raise MissingExtraError(f"`{compiler.path}` does not compile: {error}") from None
    if made.returncode:
        first = next((line for line in made.stderr.splitlines() if "error" in line), "it says nothing")
        raise MissingExtraError(f"`{compiler.path}` does not compile: {first:.200}", "install its sanitizers, or g++")
    temporary.replace(target)
    return target


def program(task: CodeTask) -> str:
    """Return the program that holds the learner's file and the tests. A `main` of the learner's may be in it."""
    bodies = "\n".join(
        f'static void coach_test_{number}() {{\n#line 1 "test {test.id}"\n{test.body}\n}}'
        for number, test in enumerate(task.tests)
    )
    table = ", ".join(f'{{"{test.id}", coach_test_{number}}}' for number, test in enumerate(task.tests))
    return (
        f'#include "harness.h"\n#define main learners_main\n#include "{task.file}"\n#undef main\n{bodies}\n'
        "struct CoachTest { const char* id; void (*body)(); };\n"
        f"extern const CoachTest coach_tests[] = {{{table}}};\n"
        f"extern const int coach_test_count = {len(task.tests)};\n"
    )


def said(messages: str, file: str, source: Sequence[str]) -> Failure:
    """Return the first errors of a compiler, those in the learner's file first."""
    found = [match.groupdict() for match in _ERROR.finditer(messages)]
    own = [each for each in found if Path(each["file"]).name == file] or found
    if not own:
        first = next((line for line in messages.splitlines() if line.strip()), "the compiler says nothing")
        return Failure(f"it does not compile: {first[:300]}")
    first_error = own[0]
    line = int(first_error["line"]) if Path(first_error["file"]).name == file else 0
    place = Path(first_error["file"]).name
    after = "after the end of your file: is a bracket or a semicolon missing there?"
    where = "" if line else f" ({after if place == PROGRAM else f'in {place}'})"
    text = source[line - 1].strip() if 0 < line <= len(source) else ""
    if GAP in text:
        return Failure(f"a gap {GAP} is still open", line=line, text=text)
    more = len(found) - 1
    message = f"it does not compile: {first_error['text'][:300]}{where}"
    if more:
        message += f"; {more} more error{'s' if more > 1 else ''} after it"
    return Failure(message, line=line, text=text)


def sanitized(result: RunResult, file: str, source: Sequence[str]) -> RunResult:
    """Return a result that says what a sanitizer found, where one ended the run, and at which line of the file."""
    report = _REPORT.search(result.printed) if result.verdict == "error" else None
    if report is None:
        return result
    what = report["memory"] or report["undefined"] or ""
    told = next((text for word, text in _MEMORY.items() if what.startswith(word)), "")
    lines = re.findall(rf"{re.escape(file)}:(\d+)", result.printed[report.start() :])
    line = int(lines[0]) if lines else 0
    message = f"{told} ({what.split(' on ')[0][:100]})" if told else what[:300]
    failure = Failure(message, line=line, text=source[line - 1].strip() if 0 < line <= len(source) else "")
    stopped = [test.id for test in result.tests if test.ran and not test.ok]
    tests = tuple(test._replace(failure=failure) if stopped[-1:] == [test.id] else test for test in result.tests)
    return result._replace(
        tests=tests, failure=None if stopped else failure, printed=result.printed[: report.start()], cut=False
    )
