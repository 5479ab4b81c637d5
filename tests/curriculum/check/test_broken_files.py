"""One broken file per kind of error, and the whole report on each, line and caret included."""

from pathlib import Path

import pytest

from mlcoach.curriculum.check.check import check
from mlcoach.curriculum.read.problems import Problem, Report
from tests.curriculum.curriculum_folders import HERE, SMALL

BROKEN = HERE / "broken"
NAMES = sorted(path.stem for path in BROKEN.glob("*.toml"))


def as_text(report: Report) -> str:
    """Write a report as `cli` would, in the plainest way."""
    return "\n".join(_as_lines(problem) for problem in (*report.errors, *report.warnings))


def _as_lines(problem: Problem) -> str:
    place = f"{Path(problem.file).name}:{problem.line}:{problem.column}"
    lines = [f"{problem.severity}[{problem.code}]: {problem.message}", f"  --> {place}"]
    if problem.source_line:
        caret = " " * (problem.column - 1) + "^" * problem.length
        lines += [f"  | {problem.source_line}".rstrip(), f"  | {caret}"]
    if problem.hint:
        lines.append(f"  hint: {problem.hint}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_report_of_a_broken_file(name: str, tmp_path: Path) -> None:
    report = check(SMALL, tmp_path, [BROKEN / f"{name}.toml"])
    assert as_text(report) == (BROKEN / f"{name}.txt").read_text(encoding="utf-8")
