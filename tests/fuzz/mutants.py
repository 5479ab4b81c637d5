"""Mutants of a real store: bytes flipped, pages swapped, files cut, cells edited; each goes through many commands.

By hand, from the top folder: `python -m tests.fuzz.mutants --number 2000` prints what ended in exit 1, and how it went.
"""

import argparse
import json
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from mlcoach.domain.text import is_hostile
from tests.conftest import Program
from tests.e2e.test_old_homes import KEPT, restored

READING = (
    "doctor", "today", "today --why", "status", "stats", "streak", "review --json", "cards search ''", "cards leeches",
    "cards show garden.soil/loam", "plan", "forecast", "memory status", "memory explain garden.soil/loam", "week",
    "week --list", "log", "undo --list 20", "paper", "paper list --status all", "paper show 1412.6980", "paper stats",
    "paper search every", "paper export --format bibtex", "paper export --format csl", "paper export --format markdown",
    "buddy report", "calendar export", "curriculum list", "curriculum show garden.soil", "curriculum map",
    "report -o page.html", "export journal -o saved.jsonl", "export reviews", "restore", "init --help",
)  # fmt: skip
WRITING = (
    "log 5m", "grade garden.soil/loam good", "start start.why", "stop", "done start.setup --no-questions",
    "rest 2026-12-24..2026-12-26", "paper check 1412.6980 1", "undo", "redo", "backup", "doctor --rebuild", "doctor",
)  # fmt: skip
PAGE = 4096
VALUES = (
    None, "", "x", "é\u202e\x9b", "[", "[]", "{}", "null", "0", '"a"', "[1]", '{"a": 1}', "[[1, 2]]", -1, 0, 1, 10**18,
    -(2**63), 0.5, float("inf"), -1e308, b"", b"\xff\xfe\x00", "\x00", "9999-12-31", "0001-01-01", "2026-13-45",
    "a" * 70_000,
)  # fmt: skip


class Mutant(NamedTuple):
    """How a store was changed: the seed that does it again, and words for it."""

    seed: int
    told: str


def real_store(folder: Path, name: str = "2026-11-28") -> Path:
    """Return a home with a store of today's shape, its curriculum compiled."""
    home = folder / "home"
    program = restored(name, home)
    program("log 5m")  # brings the store to the shape of today
    program("doctor")
    connection = sqlite3.connect(home / "data" / "mlcoach.db")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return home


def change(path: Path, seed: int) -> Mutant:
    """Change the store at a path in the way that a seed says."""
    chance = Random(seed)
    way = chance.choice((flip, flip, cut, swap, blank, _edit, _edit, _edit, _edit_inside, _edit_inside, _drop))
    return Mutant(seed, way(path, chance))


def flip(path: Path, chance: Random) -> str:
    content = bytearray(path.read_bytes())
    places = sorted(chance.randrange(len(content)) for _ in range(chance.choice((1, 3, 20, 300))))
    for place in places:
        content[place] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return f"{len(places)} bits flipped, the first at {places[0]}"


def cut(path: Path, chance: Random) -> str:
    size = chance.randrange(path.stat().st_size)
    if chance.random() < 0.5:
        size -= size % PAGE
    path.write_bytes(path.read_bytes()[:size])
    return f"cut to {size} bytes"


def _pages(path: Path) -> list[bytes]:
    content = path.read_bytes()
    return [content[start : start + PAGE] for start in range(0, len(content), PAGE)]


def swap(path: Path, chance: Random) -> str:
    pages = _pages(path)
    one, other = chance.sample(range(len(pages)), 2)
    pages[one], pages[other] = pages[other], pages[one]
    path.write_bytes(b"".join(pages))
    return f"pages {one + 1} and {other + 1} swapped"


def blank(path: Path, chance: Random) -> str:
    pages = _pages(path)
    page = chance.randrange(len(pages))
    pages[page] = bytes(PAGE) if chance.random() < 0.5 else chance.randbytes(PAGE)
    path.write_bytes(b"".join(pages))
    return f"page {page + 1} overwritten"


def _loosened(path: Path) -> sqlite3.Connection:
    """Open the store with tables that take values of any type."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = replace(replace(sql, 'STRICT, ', ''), 'STRICT', '') WHERE type = 'table'"
    )
    connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'")
    connection.close()
    return sqlite3.connect(path, isolation_level=None)


def _chosen_table(connection: sqlite3.Connection, chance: Random) -> tuple[str, list[str]]:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    filled = [name for name in tables if connection.execute(f"SELECT EXISTS (SELECT 1 FROM {name})").fetchone()[0]]
    table = chance.choice([*filled, "event", "event", "event"])
    return table, [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _edit(path: Path, chance: Random) -> str:
    """Write another value into a column of one row, some rows or all."""
    connection = _loosened(path)
    table, columns = _chosen_table(connection, chance)
    column, value, share = chance.choice(columns), chance.choice(VALUES), chance.choice((1, 1, 5, 10_000))
    try:
        keys = [row[0] for row in connection.execute(f"SELECT DISTINCT {columns[0]} FROM {table}")]
        for key in chance.sample(keys, min(share, len(keys))):
            connection.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {columns[0]} = ?", (value, key))
    except sqlite3.Error as error:
        return f"{table}.{column} took no {value!r:.30}: {error}"
    finally:
        connection.close()
    return f"{table}.{column} = {value!r:.30} in up to {share} rows"


def _edit_inside(path: Path, chance: Random) -> str:
    """Write another value into the JSON of some rows."""
    connection = _loosened(path)
    columns = (("event", "data"),) * 4 + (
        ("day", "plan"), ("day", "units"), ("day", "steps"), ("unit", "steps"), ("paper", "data"), ("paper", "passes"),
        ("single", "data"), ("correction", "data"),
    )  # fmt: skip
    table, column = chance.choice(columns)
    name = {"event": "number", "correction": "answers"}.get(table, "key")
    rows = connection.execute(f"SELECT {name}, {column} FROM {table}").fetchall()
    rows = [(key, json.loads(text)) for key, text in rows if text]
    told = f"nothing in {table}.{column}"
    chance.shuffle(rows)
    for key, data in rows[: chance.choice((1, 1, 8, 10_000))]:
        told = f"{table}.{column} of {key}: {changed(data, chance)}"
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {name} = ?", (json.dumps(data), key))
    connection.close()
    return told


def changed(data, chance: Random) -> str:
    """Change one place inside a value of JSON."""
    places = list(_places(data))
    if not places:
        return "empty"
    inside, key = chance.choice(places)
    value = chance.choice([value for value in VALUES if not isinstance(value, bytes) and value != float("inf")])
    value = chance.choice((value, [value], {"a": value}, True))
    if isinstance(inside, dict) and chance.random() < 0.3:
        del inside[key]
        return f"{key} taken out"
    inside[key] = value
    return f"{key} = {value!r:.40}"


def _places(data) -> Iterator:
    found = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in list(found):
        yield data, key
        yield from _places(value)


def _drop(path: Path, chance: Random) -> str:
    """Take rows, a table or an index away."""
    connection = _loosened(path)
    try:
        if chance.random() < 0.5:
            table, columns = _chosen_table(connection, chance)
            keys = [row[0] for row in connection.execute(f"SELECT {columns[0]} FROM {table}")]
            for key in chance.sample(keys, min(len(keys), chance.choice((1, 10, 1000)))):
                connection.execute(f"DELETE FROM {table} WHERE {columns[0]} = ?", (key,))
            return f"rows of {table} deleted"
        kind, name = chance.choice(
            connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        )
        connection.execute(f"DROP {kind} {name}")
        return f"{kind} {name} dropped"
    finally:
        connection.close()


def run(home: Path, program: Program, sound: bytes, seed: int, commands: tuple[str, ...]) -> list[str]:
    """Put a mutant in place and call the commands; return what ended wrong."""
    path = home / "data" / "mlcoach.db"
    for beside in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    path.write_bytes(sound)
    mutant = change(path, seed)
    wrong = []
    for line in commands:
        result = program(line, expect=None)
        if result.code not in (0, 2, 3, 4, 5, 6, 7):
            said = [text for text in result.err.splitlines() if "error" in text][:1]
            wrong.append(f"{seed} ({mutant.told}): `{line}` ended in {result.code}: {said}")
        if any(map(is_hostile, result.out.replace("\r\n", "\n"))):
            wrong.append(f"{seed} ({mutant.told}): `{line}` printed a control character")
    return wrong


def main() -> None:
    """Try many mutants, and print what ended wrong."""
    words = argparse.ArgumentParser()
    words.add_argument("--number", type=int, default=2000)
    words.add_argument("--first", type=int, default=0)
    words.add_argument("--few", type=int, default=0, help="so many commands for each, taken in turn; 0 for all")
    given = words.parse_args()
    began, wrong, ends = time.monotonic(), [], Counter()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        home = real_store(Path(folder))
        sound = (home / "data" / "mlcoach.db").read_bytes()
        program = Program(home).at(KEPT["2026-11-28"].evening)
        program.environment["TZ"] = "Europe/Berlin"
        commands = READING + WRITING
        for seed in range(given.first, given.first + given.number):
            chosen = tuple(Random(seed).sample(commands, given.few)) if given.few else commands
            found = run(home, program, sound, seed, chosen)
            ends["wrong" if found else "right"] += 1
            for one in found:
                print(one, flush=True)
            wrong += found
    print(f"{given.number} mutants, {dict(ends)}, {len(wrong)} commands, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
