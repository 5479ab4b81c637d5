"""From the lines that the tests wrote to what a run says."""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from mlcoach.adapters.practice.processes import PRINTED_MB, PROCESSES, Ended, Limits
from mlcoach.domain.practice.code import CodeTest, Failure, RunResult, TestResult, verdict_of

MOST_PRINTED = 20_000  # characters that are kept
LAST_LINES = 20  # of what a command printed
MOST_READ = 2_000_000  # bytes of results
FENCED = "exercises run behind a fence: no network, and no files outside their own folder"
KINDS = {
    "EOFError": "nobody types while the tests run: take what you need as arguments",
    "PermissionError": FENCED,
    "ModuleNotFoundError": "only the modules that the exercise names are there",
    "RecursionError": "does each call come nearer to the end?",
    "MemoryError": "it asked for more memory than the exercise allows",
}
SIGNALS = {6: "it aborted", 8: "a division by zero", 9: "it was killed", 11: "it touched memory that is not its own"}


def result_of(
    folder: Path, tests: Sequence[CodeTest], ended: Ended, limits: Limits, source: Sequence[str]
) -> RunResult:
    """Return what a run says, from the results in its folder and how it ended; `source` are the lines of the file."""
    lines = list(_lines(folder / "results"))
    printed, cut, size = _printed(folder / "printed")
    answers = {line["test"]: line for line in lines if "test" in line}
    begun = next((line["begin"] for line in reversed(lines) if "begin" in line), None)
    broken = next((line["broken"] for line in lines if "broken" in line), None)
    done = any("done" in line for line in lines)
    found = [_test(test.id, answers.get(test.id), source) for test in tests]
    whole = RunResult("error", tuple(found), None, printed, cut, ended.seconds)
    if broken is not None:
        return whole._replace(failure=failure_of(broken, source))
    if done:
        return whole._replace(verdict=verdict_of(found))
    # The run broke off: in the test that had begun, or before the first.
    stopped = Failure(_why(ended, limits, size))
    late = ended.reason == "time"
    if late and (where := next((line for line in lines if "late" in line), None)):
        told = failure_of({"call": where.get("call", ""), "line": where["late"]}, source)
        stopped = told._replace(message=stopped.message)
    if not begun:
        outside = "; is there work outside of functions?" if late else ""
        failure = stopped._replace(message=stopped.message + outside)
        return whole._replace(verdict="timeout" if late else "error", failure=failure)
    found = [test if test.id != begun else TestResult(begun, False, stopped) for test in found]
    return whole._replace(verdict="timeout" if late else "error", tests=tuple(found))


def command_result(folder: Path, test: CodeTest, ended: Ended, limits: Limits) -> RunResult:
    """Return what a command says that checks all by itself: 0 is right, and what it printed last says why not."""
    printed, cut, size = _printed(folder / "printed")
    if ended.reason == "ended" and ended.code == 0:
        return RunResult("right", (TestResult(test.id, True, seconds=ended.seconds),), None, "", False, ended.seconds)
    late = ended.reason == "time"
    message = _why(ended, limits, size)
    if ended.reason == "ended" and ended.code > 0:
        message = f"its exit code is {ended.code}, and 0 is right"
    failed = TestResult(test.id, False, Failure(message, test.body))
    return RunResult("timeout" if late else "wrong", (failed,), None, _last(printed), cut, ended.seconds)


def _last(printed: str) -> str:
    return "\n".join(printed.rstrip("\n").split("\n")[-LAST_LINES:])


def failure_of(said: Mapping[str, Any], source: Sequence[str]) -> Failure:
    """Return a failure from what the tests said of it."""
    line = int(said.get("line") or 0)
    message = str(said.get("message", ""))
    hint = KINDS.get(str(said.get("kind", "")), "")
    return Failure(
        f"{message} ({hint})" if hint else message,
        str(said.get("call", "")),
        str(said.get("came", "")),
        str(said.get("expected", "")),
        tuple((str(name), str(value)) for name, value in said.get("inputs", ())),
        line,
        source[line - 1].strip() if 0 < line <= len(source) else "",
    )


def _test(id: str, said: Mapping[str, Any] | None, source: Sequence[str]) -> TestResult:
    if said is None:
        return TestResult(id, False, ran=False)
    seconds = float(said.get("seconds", 0.0))
    return TestResult(id, True, seconds=seconds) if said["ok"] else TestResult(id, False, failure_of(said, source))


def _why(ended: Ended, limits: Limits, printed: int) -> str:
    """Return why a run broke off."""
    match ended.reason:
        case "time":
            return f"no result within {limits.seconds:g} s"
        case "memory":
            return f"it took more than {limits.memory_mb:,} MB of memory"
        case "processes":
            return f"it started more than {PROCESSES} processes"
        case "disk":
            return "it filled the disk"
    if printed >= PRINTED_MB * 1024 * 1024:
        return f"it printed more than {PRINTED_MB} MB"
    if ended.code < 0:
        return SIGNALS.get(-ended.code, f"it was ended by signal {-ended.code}")
    return f"it ended the program itself (exit code {ended.code})"


def _lines(path: Path) -> list[dict[str, Any]]:
    """Return the results that can be read; the program could write there too, so nothing is trusted to be whole."""
    found: list[dict[str, Any]] = []
    try:
        with path.open("rb") as results:
            text = results.read(MOST_READ).decode("utf-8", "replace")
    except OSError:
        return []
    for line in text.splitlines():
        with suppress(ValueError, RecursionError):
            value = json.loads(line)
            if isinstance(value, dict) and isinstance(value.get("ok", True), bool):
                found.append(value)
    return found


def _printed(path: Path) -> tuple[str, bool, int]:
    """Return what the program printed, whether more than that, and how many bytes in all."""
    try:
        size = path.stat().st_size
        with path.open("rb") as printed:
            text = printed.read(MOST_PRINTED * 4).decode("utf-8", "replace")
        text = text.replace(f"{path.parent}{os.sep}", "")  # the copy that it runs in is gone when this is read
    except OSError:
        return "", False, 0
    return text[:MOST_PRINTED], len(text) > MOST_PRINTED or size > MOST_PRINTED * 4, size
