"""Mutants of Anki packages: each is imported, in part or not at all, and none ends as a mistake of the program.

By hand, from the top folder: `python -m tests.fuzz.test_anki_mutants 500` prints what ended in exit 1.
"""

import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conftest import CURRICULUM, Compiled, Program
from tests.fuzz.mutants import VALUES, blank, changed, cut, flip, swap

PACKAGES = (
    Path(__file__).parent.parent / "fixtures/homes/2026-11-28/files/maths.apkg",
    *(Path(__file__).parent.parent / "adapters/exchange/anki").glob("*.apkg"),
)
FEW = 12


def edit(path: Path, chance: Random) -> str:
    """Write another value into a column of one row, some rows or all; into JSON as well as into plain columns."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    try:
        table = chance.choice(
            [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        )
        column = chance.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
        value: Any = chance.choice(VALUES)
        found = connection.execute(f"SELECT {column} FROM {table} LIMIT 1").fetchone()
        if found and isinstance(found[0], str) and found[0].startswith(("{", "[")):
            data = json.loads(found[0])
            changed(data, chance)
            value = json.dumps(data)
        elif found and isinstance(found[0], bytes) and found[0]:
            content = bytearray(found[0])
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            value = bytes(content[: chance.randrange(len(content) + 1)]) if chance.random() < 0.3 else bytes(content)
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = ?", (value,))
        return f"{table}.{column} = {value!r:.60}"
    except sqlite3.Error as error:
        return f"not changed: {error}"
    finally:
        connection.close()


def mutant(folder: Path, seed: int) -> tuple[Path, str]:
    """Return a package whose collection, or which itself, was changed in the way that a seed says."""
    chance = Random(seed)
    original = chance.choice(PACKAGES)
    target = folder / "mutant.apkg"
    if chance.random() < 0.2:
        shutil.copyfile(original, target)
        return target, chance.choice((flip, cut))(target, chance)
    with zipfile.ZipFile(original) as package:
        members = {name: package.read(name) for name in package.namelist()}
    names = [name for name in members if name.startswith("collection.") and members[name].startswith(b"SQLite")]
    told = "no collection that is not packed twice"
    if names:
        name = chance.choice(names)
        database = folder / "collection"
        database.write_bytes(members[name])
        told = chance.choice((flip, cut, swap, blank, edit, edit, edit, edit))(database, chance)
        members[name] = database.read_bytes()
    with zipfile.ZipFile(target, "w") as package:
        for member, content in members.items():
            package.writestr(member, content)
    return target, f"{original.name}: {told}"


def wrong_imports(folder: Path, program: Program, seeds: range, codes: Counter[int]) -> list[str]:
    """Import the mutants of these seeds and return what ended in another exit code than 0, 4 or 7."""
    wrong = []
    for seed in seeds:
        shutil.rmtree(program.home / "data", ignore_errors=True)
        shutil.rmtree(program.home / "config", ignore_errors=True)
        file, told = mutant(folder, seed)
        result = program(f"import anki '{file}'", expect=None)
        codes[result.code] += 1
        if result.code not in (0, 4, 7):
            wrong.append(f"{seed} ({told}): {result.code} {result.err[:300]}")
    return wrong


def test_no_mutant_of_a_package_ends_as_a_mistake_of_the_program(
    tmp_path: Path, mlcoach: Program, compiled_cache: Compiled
) -> None:
    codes: Counter[int] = Counter()
    assert wrong_imports(tmp_path, mlcoach, range(FEW), codes) == []
    assert len(codes) > 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patched:
        patched.setattr("mlcoach.curriculum.read.find.bundled_folder", lambda: CURRICULUM)
        ends: Counter[int] = Counter()
        for one in wrong_imports(Path(name), Program(Path(name) / "home"), range(int(sys.argv[1])), ends):
            print(one)
        print(dict(ends))
