"""Journals from anywhere, joined to an empty one. `python -m tests.fuzz.journal --count 10000`

What is taken of a hostile journal is a journal: every row is as its entries say, and what is exported of it is joined to
another without a line left out. It is tried in two ways: inside one process on a database in memory, many in a second,
and through whole commands, one or two in a second.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import Random

from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.store import open_database
from mlcoach.store.device import device_of
from mlcoach.store.union import ImportNote, join, journal_lines, read_line
from mlcoach.store.verify import rows_unlike_folds, unsound_entries
from tests.conftest import CURRICULUM, Program
from tests.fuzz.mutate import Fuzzer, main, mutated

_HOME = tempfile.TemporaryDirectory()
EVENING = "2026-09-18T21:00:00+02:00"
VALUES = (
    None, True, 0, -1, 2**63, 10**30, 0.5, 1e308, float("inf"), "", "x", "\u202e", "\x1b[2J", "\ud800", "\0", "9999-12-31",
    "0001-01-01", "2026-02-30", "a" * 70_000, [], [[]], {}, {"a": {"b": []}}, ["math.la.eigen"], "math.la.eigen/eig-def",
)  # fmt: skip
WORDS = tuple(
    word.encode()
    for word in (
        '"item_graded"', '"study_logged"', '"paper_added"', '"unit_passed"', '"revoked"', '"journal_joined"', '"no_kind"', '"id":',
        '"seq":', '"device":', '"happened":', '"study_day":', '"data":{', '"data":[]', "{}", "[]", "null", "true", "\n", "\r\n",
        "\xa0", "[" * 3_000, '{"a":' * 300, "9" * 5_000, '"2026-09-18"', '"\\u001b[2J"', '"\\ud800"', ",", ":", '"', "}", "{",
    )
)  # fmt: skip
READING = (
    "doctor",
    "today",
    "stats",
    "log",
    "undo --list 20",
    "paper list --status all",
    "memory status",
    "export reviews",
)


@lru_cache
def _ask_once() -> None:
    """Let `doctor` start a Python only once."""
    from mlcoach.adapters.practice import interpreters

    interpreters._asked = lru_cache(interpreters._asked)


@lru_cache
def sample() -> bytes:
    """Return the journal of a home with a life: `tests/fixtures/README.md` says which."""
    from tests.e2e.test_old_homes import restored

    with tempfile.TemporaryDirectory() as folder:
        return restored("2026-11-28", Path(folder) / "old")("export journal").out.encode()


def change(fuzzer: Fuzzer, chance: Random) -> bytes:
    """Return a part of a journal with values changed inside some of its entries, or its bytes."""
    lines = sample().splitlines()
    begin = chance.randrange(len(lines))
    lines = lines[begin : begin + chance.choice((1, 5, 40, 200))]
    if chance.random() < 0.3:
        return mutated(b"\n".join(lines), chance, fuzzer.words)
    for _ in range(chance.choice((1, 2, 8))):
        place = chance.randrange(len(lines))
        entry = json.loads(lines[place])
        data = entry.get("data")
        table = data if data and isinstance(data, dict) and chance.random() < 0.7 else entry
        name = chance.choice(list(table))
        other = json.loads(chance.choice(sample().splitlines()))
        table[name] = chance.choice((*VALUES, other["data"].get(name), other.get(name)))
        lines[place] = json.dumps(entry).encode()
    if chance.random() < 0.3:
        chance.shuffle(lines)
    return b"\n".join(lines)


def _store() -> sqlite3.Connection:
    """Return an empty store in memory."""
    store = open_database.connect_to_read(Path(_HOME.name) / "nowhere.db", EVENING)
    if not device_of(store):
        raise AssertionError("a store without a device")
    return store


def read(path: Path) -> Iterator[str]:
    """Join a file to an empty store, look whether all of it is sound, and join what it holds to another."""
    now = datetime.fromisoformat(EVENING)
    instant = int(now.timestamp()) * 1_000_000
    lines = []
    for number, raw in enumerate(path.read_bytes().split(b"\n"), start=1):
        try:
            lines.append(read_line(number, raw.decode("utf-8"), instant))
        except ValueError as error:
            yield "" if isinstance(error, UnicodeDecodeError) else str(error)
    with closing(_store()) as here, closing(_store()) as there:
        note = ImportNote(LocalInstant(instant, 120), now.date(), "import", "import journal")
        joined = join(here, lines, note=note)
        yield from (reason for _, reason in joined.refused)
        if wrong := [found.wrong for found in rows_unlike_folds(here) if found.wrong]:
            raise AssertionError(f"rows unlike their entries: {wrong[:3]}")
        if wrong := list(unsound_entries(here)):
            raise AssertionError(f"unsound entries: {wrong[:3]}")
        exported = list(journal_lines(here))
        again = join(there, [read_line(number, text, instant) for number, text in enumerate(exported, start=1)])
        if again.refused or again.added != len(exported):
            raise AssertionError(f"of what is exported {again.refused[:2]} is left out")
        if sorted(journal_lines(there)) != sorted(exported):
            raise AssertionError("what is exported again is another journal")


def run(path: Path) -> Iterator[str]:
    """Join a file to an empty home, read it by commands, and join what the home exports to another."""
    from mlcoach.curriculum.read import find

    find.bundled_folder = lambda: CURRICULUM
    _ask_once()
    here, there = (Program(Path(_HOME.name) / name).at(EVENING) for name in ("here", "there"))
    for program in (here, there):
        program.environment["TZ"] = "Europe/Berlin"
        shutil.rmtree(program.home / "data", ignore_errors=True)
    done = here(f"import journal '{path}'", expect=None)
    if done.code not in (0, 4, 7):
        raise AssertionError(f"the import ends in exit {done.code}: {done.err[:200]}")
    yield from (done.out, done.err)
    for line in READING:
        done = here(line, expect=None)
        if done.code not in (0, 3):
            raise AssertionError(f"`{line}` ends in exit {done.code}: {done.screen[:300]}")
        yield from (done.out, done.err)
    exported = path.parent / "exported.jsonl"
    done = here(f"export journal -o '{exported}'", expect=None)
    if done.code == 0 and exported.is_file():
        lines = set(exported.read_text(encoding="utf-8").splitlines())
        joined = json.loads(there(f"import journal '{exported}' --json", expect=None).out)["data"] if lines else {}
        exported.unlink()
        if joined.get("skipped"):
            raise AssertionError(f"of what is exported {joined['skipped'][:2]} is left out")
        if lines and not lines <= set(there("export journal").out.splitlines()):
            raise AssertionError("what is exported again is another journal")


JOURNAL = Fuzzer("journal", (b"",), WORDS, read, ".jsonl", change)
COMMANDS = Fuzzer("journal-commands", (b"",), WORDS, run, ".jsonl", change)

if __name__ == "__main__":
    main(JOURNAL, COMMANDS)
