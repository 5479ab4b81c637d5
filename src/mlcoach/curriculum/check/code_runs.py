"""Code exercises, run: the solution is right in a third of its time, and what is known to be wrong is found wrong."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from mlcoach.curriculum.check.code import CODE, code_faults
from mlcoach.curriculum.check.faults import TableFault, note_fault
from mlcoach.curriculum.merge.merged import MergedCurriculum
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.code import built_code
from mlcoach.curriculum.read.source import KeyLocation
from mlcoach.domain.practice.code import CodeTask, RunResult

Run = Callable[[str], RunResult]
Prove = Callable[[str, CodeTask], AbstractContextManager[Run]]
"""Opens a task, named by its exercise, so that texts of its file can be run. Raises MlcoachError, which ends all."""

SHARE = 1 / 3  # of the time that the solution may take


def run_code(merged: MergedCurriculum, prove: Prove, files: Collection[Path]) -> None:
    """Run every code exercise that reads well, of all files or of those given by their resolved names."""
    for unit in merged.units.values():
        for item in unit.items.values():
            if not isinstance(item.value, model.ExerciseTable) or item.value.code is None or item.hidden:
                continue
            place = item.runs or item.place
            unread = place.path in place.source.refused or any(fault.severe for fault in code_faults(item.value.code))
            if unread or (files and place.source.path.resolve() not in files):
                continue
            task = built_code(item.value.code, bundled=not place.source.own)
            with prove(f"{unit.id}/{item.id}", task) as run:
                for fault in run_faults(task, run):
                    note_fault(merged, CODE, unit, item, KeyLocation(place.source, (*place.path, "code")), fault)


def run_faults(task: CodeTask, run: Run) -> Iterator[TableFault]:
    """Yield what is wrong with a task that shows when it is run."""
    result = run(task.solution)
    if result.verdict != "right":
        yield TableFault(("solution",), f"has a solution that fails: {_told(result)}", "correct it, or the test")
        return
    took = sum(test.seconds for test in result.tests)
    if took > task.seconds * SHARE:
        text = (
            f"has a solution that takes {took:.1f} s of its {task.seconds:g}; a slow machine needs three times as long"
        )
        yield TableFault(("seconds",), text, "raise `seconds`, or make the largest input smaller")
    result = run(task.starter)
    if result.verdict == "right":
        yield TableFault(("starter",), "is solved by its starter", "leave something to write")
    elif result.failure is not None:
        yield TableFault(("starter",), f"has a starter that does not load: {_told(result)}", "correct it")
    if task.language == "python":
        for number, test in enumerate(run("").tests):
            if test.ok:
                text = f"has a test `{test.id}` that an empty file passes"
                yield TableFault(("test", number), text, "let it call what is to be written")
    for number, wrong in enumerate(task.wrong):
        result = run(wrong.file)
        failed = {test.id for test in result.tests if not test.ok and test.ran}
        if result.failure is not None:
            yield TableFault(("wrong", number), f"has `{wrong.id}`, which does not run: {_told(result)}", "correct it")
        elif failed != set(wrong.fails):
            found = ", ".join(test.id for test in result.tests if test.id in failed) or "none"
            text = f"has `{wrong.id}`, which fails {found}, not {', '.join(wrong.fails)}"
            yield TableFault(("wrong", number, "fails"), text, "name exactly the tests that it fails")


def _told(result: RunResult) -> str:
    if result.failure is not None:
        return result.failure.message
    failed = next((test for test in result.tests if not test.ok), None)
    if failed is None or failed.failure is None:
        return result.verdict
    said = failed.failure
    words = f"{said.call} gave {said.came}, expected {said.expected}" if said.came else said.message
    return f"`{failed.id}`: {words}"
