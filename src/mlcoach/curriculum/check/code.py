"""Code exercises, as far as reading goes: names that fit, Python that compiles, mistakes that can be told apart."""

import sys
from collections.abc import Iterator

from mlcoach.curriculum.check.faults import TableFault, note_fault
from mlcoach.curriculum.merge.merged import MergedCurriculum
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.code import CodeTable, built_code
from mlcoach.curriculum.read.locate import KeyPath
from mlcoach.curriculum.read.source import KeyLocation
from mlcoach.domain.practice.asserts import NOT_PYTHON, parsed
from mlcoach.domain.practice.code import SUFFIXES

CODE = "code-exercise"  # what its problems are called
TAKEN = frozenset({"checks.cpp", "tests.py", "results.py", "harness.py"})


def look_at_code(merged: MergedCurriculum) -> None:
    """Note what is wrong with the code exercises; nothing is run."""
    for unit in merged.units.values():
        for item in unit.items.values():
            if not isinstance(item.value, model.ExerciseTable) or item.value.code is None:
                continue
            place = item.runs or item.place
            if place.path in place.source.refused:
                continue
            for fault in code_faults(item.value.code):
                note_fault(merged, CODE, unit, item, KeyLocation(place.source, (*place.path, "code")), fault)


def code_faults(table: CodeTable) -> Iterator[TableFault]:
    """Yield what is wrong with a table."""
    suffix = SUFFIXES[table.language]
    stem = table.file.rpartition(".")[0]
    if not table.file.endswith(suffix):
        yield TableFault(("file",), f"has a file `{table.file}` in {table.language}", f"write `{stem}{suffix}`")
    elif table.file in TAKEN or (suffix == ".py" and stem in sys.stdlib_module_names):
        hint = "choose another name: tests could not import the module any more"
        yield TableFault(("file",), f"has a file `{table.file}`, a name that is taken", hint)
    if table.needs and table.language != "python":
        yield TableFault(("needs",), "has `needs`, which only Python has", "remove it")
    yield from _names(table)
    yield from _mistakes(table)
    if table.language == "python":
        yield from _syntax(table)
    if not any(test.visible for test in table.test):
        yield TableFault(
            ("test",), "shows none of its tests", "write `visible = true` in one: it says what is asked for", False
        )
    for number, test in enumerate(table.test):
        if not test.visible and test.why is None:
            hint = "write `why`: when it fails, that is what the learner reads first"
            yield TableFault(("test", number), f"has a hidden test `{test.id}` without `why`", hint, False)


def _names(table: CodeTable) -> Iterator[TableFault]:
    for key, ids in (("test", [test.id for test in table.test]), ("wrong", [wrong.id for wrong in table.wrong])):
        for number, id in enumerate(ids):
            if id in ids[:number]:
                yield TableFault((key, number, "id"), f"has two entries `{id}` in `{key}`", "choose another id")


def _mistakes(table: CodeTable) -> Iterator[TableFault]:
    known = {test.id for test in table.test}
    seen: dict[frozenset[str], str] = {}
    for number, wrong in enumerate(table.wrong):
        if (wrong.file is None) == (wrong.redefines is None):
            hint = "write one of the two"
            yield TableFault(
                ("wrong", number), f"has `{wrong.id}` with neither or both of `file` and `redefines`", hint
            )
        elif wrong.redefines is not None and table.language != "python":
            yield TableFault(("wrong", number, "redefines"), "has `redefines`, which only Python has", "write `file`")
        for index, id in enumerate(wrong.fails):
            if id not in known:
                hint = f"its tests are {', '.join(sorted(known))}"
                yield TableFault(("wrong", number, "fails", index), f"has no test `{id}`", hint)
        fails = frozenset(wrong.fails)
        if wrong.feedback and fails in seen:
            hint = "add a test that one of them passes, or leave the `feedback` of one out"
            text = (
                f"cannot tell `{wrong.id}` from `{seen[fails]}`, which fails the same tests; neither's feedback is said"
            )
            yield TableFault(("wrong", number, "fails"), text, hint, False)
        elif wrong.feedback:
            seen[fails] = wrong.id


def _syntax(table: CodeTable) -> Iterator[TableFault]:
    task = built_code(table, bundled=False)
    texts: list[tuple[KeyPath, str, str]] = [
        (("starter",), "starter", task.starter),
        (("solution",), "solution", task.solution),
        *((("test", number, "body"), f"test `{test.id}`", test.body) for number, test in enumerate(task.tests)),
        *((("wrong", number, "file"), f"`{wrong.id}`", wrong.file) for number, wrong in enumerate(task.wrong)),
    ]
    for path, name, text in texts:
        try:
            parsed(text)
        except NOT_PYTHON as error:
            line = getattr(error, "lineno", None)
            where = f" in line {line}" if line else ""
            why = getattr(error, "msg", None) or "it is nested too deeply"
            yield TableFault(path, f"has a {name} that is not Python{where}: {why}", "correct it")
