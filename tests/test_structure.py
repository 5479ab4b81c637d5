"""The structure that every file keeps: no circle of imports, no large folder, no name of a Python keyword."""

import ast
import keyword
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src"
MOST_FILES = 20  # of one folder; the commands may be more, one file each
LARGEST_ROOM = 0.3
LONGEST_FILE = 400  # lines


def module_name(path: Path) -> str:
    """Return the dotted name of a file below the source folder."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def imported(module: str) -> Iterator[str]:
    """Yield what a file imports of this program, also inside functions and for type checkers only."""
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FILES)
        elif isinstance(node, ast.ImportFrom) and node.module in FILES:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in FILES else node.module


def circle(modules: Iterable[str]) -> list[str]:
    """Return the files of one circle of imports, or an empty list."""
    graph = {module: set(imported(module)) - {module} for module in modules}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_files_import_one_another_in_a_circle() -> None:
    assert circle(FILES) == []


def test_no_folder_holds_more_files_than_a_reader_can_take_in() -> None:
    count = Counter(path.parent for path in FILES.values() if path.name != "__init__.py")
    large = {str(folder.relative_to(SOURCE)): files for folder, files in count.items() if files > MOST_FILES}
    large.pop("mlcoach/cli", None)
    assert large == {}


def test_no_room_is_a_third_of_the_program() -> None:
    lines: Counter[str] = Counter()
    for path in FILES.values():
        room = path.relative_to(SOURCE / "mlcoach").parts[0]
        lines[room] += len(path.read_text(encoding="utf-8").splitlines())
    assert {room: count for room, count in lines.items() if count > LARGEST_ROOM * lines.total()} == {}


def test_no_file_is_two_concepts() -> None:
    long = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in FILES.items()}
    assert {module: lines for module, lines in long.items() if lines > LONGEST_FILE} == {}


def test_nothing_is_named_like_a_keyword_of_python() -> None:
    assert [module for module in FILES if any(keyword.iskeyword(part) for part in module.split("."))] == []


def test_no_two_classes_have_the_same_name() -> None:
    count = Counter(
        node.name
        for path in FILES.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, classes in count.items() if classes > 1] == []


def test_sql_lives_in_the_store() -> None:
    asking = re.compile(r"\.execute\(|\.(?:_)?rows\(|\b(?:SELECT|INSERT|UPDATE|DELETE FROM)\b")
    found = [
        f"{module}: {line.strip()}"
        for module, path in FILES.items()
        if module.startswith(("mlcoach.services", "mlcoach.render", "mlcoach.cli", "mlcoach.views", "mlcoach.domain"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if asking.search(line)
    ]
    assert found == []


def test_files_are_written_in_one_way() -> None:
    # The two that write them, what a lock and an editor need, copies in a temporary folder or for a device, what code of
    # a learner's runs with, and the file an exercise begins with, which is never written over another.
    writers = {
        "mlcoach.private_files", "mlcoach.adapters.whole_file", "mlcoach.adapters.lock", "mlcoach.adapters.editor",
        "mlcoach.adapters.fetch", "mlcoach.adapters.exchange.anki.package",
        "mlcoach.curriculum.check.trial", "mlcoach.services.files", "mlcoach.cli.main", "mlcoach.store.backups",
        "mlcoach.store.open_database", "mlcoach.store.damage.new_file", "mlcoach.store.damage.rescue",
        "mlcoach.adapters.practice.cpp", "mlcoach.adapters.practice.fences", "mlcoach.adapters.practice.harness",
        "mlcoach.adapters.practice.processes", "mlcoach.adapters.practice.scratch",
        "mlcoach.adapters.practice.supervisor", "mlcoach.adapters.practice.workspace",
    }  # fmt: skip
    writing = re.compile(
        r"\.write_(?:text|bytes)\(|\bopen\([^)]*[\"'][rb]*[wax+][b+]*[\"']|\.(?:mkdir|touch|chmod|copyfile|copy2)\(|os\.open\("
    )
    found = {module for module, path in FILES.items() if writing.search(path.read_text(encoding="utf-8"))}
    assert found - writers == set()


def test_what_is_run_by_hand_imports_what_there_is() -> None:
    # Programs in strings are seen neither by the type checker nor by the quick tests.
    wanted = re.compile(r"^[ \t\"']*(?:from|import) (mlcoach(?:\.\w+)*)", re.MULTILINE)
    by_hand = [path for folder in ("benchmarks", "fuzz") for path in (SOURCE.parent / "tests" / folder).rglob("*.py")]
    named = {module for path in by_hand for module in wanted.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert named - set(FILES) == set()
