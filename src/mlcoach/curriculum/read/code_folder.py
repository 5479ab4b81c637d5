"""`from = "folder/"` of a code exercise: its sources beside the file, read into the keys that would else hold them."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlcoach.curriculum.read.code import FOLDER
from mlcoach.curriculum.read.code_sources import SourceFault, id_of, tests_of, wrong_of
from mlcoach.curriculum.read.locate import KeyPath
from mlcoach.curriculum.read.problems import shown
from mlcoach.curriculum.read.source import Source
from mlcoach.domain.practice.code import SUFFIXES, CodeLanguage
from mlcoach.domain.text import LONGEST, is_hostile

KEY = "from"
PROBLEM = "code-folder"  # what its problems are called
IN_FILES = ("starter", "solution", "test", "wrong")  # the keys that it takes the place of
START, SOLUTION, TESTS, WRONG = "start", "solution", "tests", "wrong_"
LARGEST_SOURCE = 4 * LONGEST  # bytes: the most that a text of the longest can have
MOST_ENTRIES = 200  # of a folder
_NAME = re.compile(FOLDER)
# Stands where a file could not be read: the problem is told, and no other is to follow from it.
STAND_INS = {"starter": "?", "solution": "?", "test": [{"id": "missing", "body": "?"}]}


def read_folders_of_code(source: Source) -> set[KeyPath]:
    """Put what the folders of a file's code exercises hold into its data, and note what is wrong with them.

    The keys `from` and `visible` are taken out: what is left reads as though all had been written in the file. Returns
    the paths of the tables whose folder could not be used, and of all around them.
    """
    unread: set[KeyPath] = set()
    for path, table in list(_code_tables(source.data)):
        if KEY not in table:
            if "visible" in table:
                text = "`visible` of `code` names tests of a folder, and there is no `from`"
                source.note(
                    PROBLEM, source.locator.key((*path, "visible")), text, "write `visible = true` in the tests"
                )
                del table["visible"]
            continue
        try:
            found = _held(source.path.parent, table)
        except SourceFault as fault:
            source.note(PROBLEM, source.locator.value((*path, KEY)), fault.message, fault.hint)
            unread |= {path[:end] for end in range(len(path) + 1)}
            found = {key: value for key, value in STAND_INS.items() if key not in table}
        for key in (KEY, "visible"):
            table.pop(key, None)
        table.update(found)
    return unread


def _code_tables(data: dict[str, Any]) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield the tables `code` of all exercises of a parsed file, whatever else stands in it."""
    exercises: list[tuple[KeyPath, Any]] = []
    for path, unit in _entries(("unit",), data.get("unit")):
        exercises += _entries((*path, "exercise"), unit.get("exercise"))
    for path, change in _entries(("change",), data.get("change")):
        exercises += _entries((*path, "exercise"), change.get("exercise"))
        for inner, add in _entries(path, {"add": change.get("add")}):
            exercises += _entries((*inner, "exercise"), add.get("exercise"))
    for path, exercise in exercises:
        if isinstance(exercise.get("code"), dict):
            yield (*path, "code"), exercise["code"]


def _entries(path: KeyPath, value: Any) -> list[tuple[KeyPath, dict[str, Any]]]:
    """Return the tables of a list or a table of them, with their paths."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [((*path, key), inner) for key, inner in pairs if isinstance(inner, dict)]


def _held(base: Path, table: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of a table `code` that its folder stands for. Raises SourceFault."""
    both = [key for key in IN_FILES if key in table]
    if both:
        raise SourceFault(0, f"`code` has `from` and `{both[0]}`", "write the sources in one of the two places")
    language: CodeLanguage = "cpp" if table.get("language") == "cpp" else "python"
    name = table[KEY]
    folder = _folder(base, name)
    suffix = SUFFIXES[language]
    texts = {file: _text(folder, f"{name.rstrip('/')}/{file}", base) for file in _files(folder, name, suffix)}
    for stem in (START, SOLUTION, TESTS):
        if stem + suffix not in texts:
            hint = (
                f"it holds start{suffix}, solution{suffix}, tests{suffix} and one wrong_NAME{suffix} for each mistake"
            )
            raise SourceFault(0, f"`{shown(name)}` has no file `{stem}{suffix}`", hint)
    file = table.get("file")
    module = file.rpartition(".")[0] if isinstance(file, str) else ""

    def taken(at: str, read: Any, *about: str) -> Any:
        try:
            return read(texts[at], language, *about)
        except SourceFault as fault:
            where = f", line {fault.line}," if fault.line else ""
            raise SourceFault(fault.line, f"`{name.rstrip('/')}/{at}`{where} {fault.message}", fault.hint) from None

    tests = taken(TESTS + suffix, tests_of, module)
    visible = _visible(table, [test["id"] for test in tests], name)
    tests = [test | ({"visible": True} if test["id"] in visible else {}) for test in tests]
    found = {"starter": texts[START + suffix], "solution": texts[SOLUTION + suffix], "test": tests}
    wrong = [
        taken(at, wrong_of, at.removeprefix(WRONG).removesuffix(suffix)) for at in sorted(texts) if at.startswith(WRONG)
    ]
    return found | ({"wrong": wrong} if wrong else {})


def _visible(table: dict[str, Any], ids: list[str], name: str) -> set[str]:
    """Return the ids of the tests that are shown: those that `visible` names, else the first."""
    named = table.get("visible", ids[:1])
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        raise SourceFault(0, "`visible` of `code` must be a list of tests", f'write `visible = ["{ids[0]}"]`')
    for one in named:
        if one not in ids:
            raise SourceFault(0, f"`{shown(name)}` has no test `{shown(one)}`", f"its tests are {', '.join(ids)}")
    return {id_of(one) for one in named}


def _folder(base: Path, name: Any) -> Path:
    """Return the folder of that name beside a file. Raises SourceFault."""
    remedy = 'write the name of a folder beside this file, such as `from = "softmax/"`'
    if not isinstance(name, str):
        raise SourceFault(0, "`from` of `code` must be text in quotes", remedy)
    parts = name.removesuffix("/").split("/")
    if any(part == ".." for part in parts) or name.startswith(("/", "~", "\\")) or ":" in name:
        raise SourceFault(0, f"`from` of `code` leads out of the folder of this file: `{shown(name)}`", remedy)
    if not _NAME.fullmatch(name):
        raise SourceFault(0, f"`from` of `code` must be the name of a folder, got `{shown(name)}`", remedy)
    folder = base
    for part in parts:
        folder = folder / part
        try:
            kind = folder.lstat().st_mode
        except (OSError, ValueError):
            raise SourceFault(0, f"there is no folder `{shown(name)}` beside this file", remedy) from None
        if not stat.S_ISDIR(kind):
            word = "a link" if stat.S_ISLNK(kind) else "not a folder"
            raise SourceFault(0, f"`{shown(name)}` is {word}", remedy)
    return folder


def _files(folder: Path, name: str, suffix: str) -> list[str]:
    """Return the names of the sources in a folder. Raises SourceFault for one whose name says nothing."""
    try:
        found = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise SourceFault(0, f"cannot read `{shown(name)}`: {error.strerror}", "make it readable") from None
    sources = [one for one in found if one.endswith(tuple(SUFFIXES.values()))]
    if len(sources) > MOST_ENTRIES:
        raise SourceFault(0, f"`{shown(name)}` holds {len(sources)} sources", "keep one exercise in a folder")
    known = (f"{START}{suffix}", f"{SOLUTION}{suffix}", f"{TESTS}{suffix}")
    for one in sources:
        if one not in known and not (one.startswith(WRONG) and one.endswith(suffix)):
            hint = f"call it wrong_NAME{suffix} if it is a wrong solution, or move it away"
            raise SourceFault(0, f"`{shown(name)}` has a file `{shown(one)}` that does not belong to an exercise", hint)
    return sources


def _text(folder: Path, shown_name: str, base: Path) -> str:
    """Return the text of a source with plain line feeds. Raises SourceFault."""
    path = folder / shown_name.rpartition("/")[2]
    label = f"`{shown(shown_name)}`"
    try:
        if not path.resolve().is_relative_to(base.resolve()):
            raise SourceFault(
                0, f"{label} is a link that leads out of the folder of this file", "put the file itself there"
            )
        if not path.is_file():
            raise SourceFault(0, f"{label} is not a file", "put a file there")
        with path.open("rb") as file:
            raw = file.read(LARGEST_SOURCE + 1)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "its links go in a circle"
        raise SourceFault(0, f"cannot read {label}: {why}", "make it readable") from None
    if len(raw) > LARGEST_SOURCE:
        raise SourceFault(0, f"{label} is over {LARGEST_SOURCE // 1000} kB", "keep what an exercise needs")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        at = raw.count(b"\n", 0, error.start) + 1
        raise SourceFault(at, f"{label}, line {at}, is not UTF-8", "save it as UTF-8 in your editor") from None
    for number, line in enumerate(text.split("\n"), start=1):
        odd = next((sign for sign in line if is_hostile(sign) and sign != "\t"), "")
        if odd:
            message = f"{label}, line {number}, has the control character U+{ord(odd):04X}"
            raise SourceFault(number, message, "remove it, or write it as an escape")
    if not text.strip():
        raise SourceFault(0, f"{label} is empty", "write it")
    return text
