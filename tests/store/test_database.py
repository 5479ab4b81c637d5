"""Opening the database: what readers leave alone, and every failure as a sentence that changes nothing."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.events import TimeLogged, UnitMarked
from mlcoach.errors import ExitCode, StoreError
from mlcoach.store import database
from mlcoach.store.database import connect_to_look, explained
from mlcoach.store.open_database import connect_to_read, connect_to_write
from tests.store.journals import APPLIED, do, rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "mlcoach.db"


def write(path: Path, *minutes: int) -> None:
    connection = connect_to_write(path, APPLIED)
    for number in minutes:
        do(connection, TimeLogged(number * 60))
    connection.close()


def test_a_reader_finds_an_empty_store_and_makes_nothing(path):
    connection = connect_to_read(path, APPLIED)
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (0,)
    connection.close()
    assert not path.parent.exists()


def test_a_writer_makes_a_private_file_with_a_log_and_full_care(path):
    connection = connect_to_write(path, APPLIED)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    names = ("journal_mode", "synchronous", "foreign_keys")
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    strict = connection.execute(
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND NOT strict"
    )
    assert strict.fetchone() == (0,)
    connection.close()


def test_a_reader_cannot_write_and_leaves_nothing_beside_the_file(path):
    write(path, 5)
    before = path.read_bytes()
    for connect in (lambda: connect_to_read(path, APPLIED), lambda: connect_to_look(path)):
        connection = connect()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM event")
        connection.close()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_empty_file_is_a_beginning_not_damage(path):
    # A kill between making the file and its first table leaves this behind.
    path.parent.mkdir()
    path.touch()
    connection = connect_to_read(path, APPLIED)
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (0,)
    connection.close()
    assert path.stat().st_size == 0
    write(path, 5)
    assert path.stat().st_size > 0


def test_the_database_of_another_program_is_left_alone(path):
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = path.read_bytes()
    for connect in (connect_to_read, connect_to_write):
        with pytest.raises(StoreError, match="another program"):
            connect(path, APPLIED)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["no database", "torn page", "cut short"])
def test_a_damaged_database_is_named_and_left_as_it_is(path, damage):
    write(path, *range(1, 60))
    content = bytearray(path.read_bytes())
    if damage == "no database":
        content[:] = b"not a database at all, but long enough to be looked at " * 40
    elif damage == "torn page":
        content[4096:] = b"\xff" * (len(content) - 4096)
    else:
        del content[len(content) // 2 :]
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged") as caught:
        connection = connect_to_read(path, APPLIED)
        try:
            with explained(path):
                connection.execute("SELECT * FROM event ORDER BY data").fetchall()
                connection.execute("SELECT * FROM day").fetchall()
        finally:
            connection.close()
    assert caught.value.exit_code == ExitCode.STORE
    assert "mlcoach doctor" in caught.value.hint
    assert "mlcoach restore" in caught.value.hint
    assert path.read_bytes() == content


def test_a_locked_database_is_waited_for_and_then_named(path, monkeypatch):
    write(path, 5)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection = connect_to_write(path, APPLIED)
    with pytest.raises(StoreError, match="is locked by another program"), explained(path):
        do(connection, TimeLogged(60))
    assert not connection.in_transaction
    other.execute("ROLLBACK")
    other.close()
    do(connection, TimeLogged(60))
    assert connection.execute("SELECT seconds FROM day").fetchall() == [(360,)]
    connection.close()


def test_a_full_disk_leaves_everything_as_it_was(path):
    connection = connect_to_write(path, APPLIED)
    do(connection, TimeLogged(60))
    before = rows(connection), connection.execute("SELECT * FROM event").fetchall()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    notes = [UnitMarked(f"a.unit{number}", "passed", "n" * 500) for number in range(200)]
    with pytest.raises(StoreError, match="the disk is full"), explained(path):
        do(connection, *notes)
    assert not connection.in_transaction
    assert (rows(connection), connection.execute("SELECT * FROM event").fetchall()) == before
    connection.execute("PRAGMA max_page_count = 1000000")
    do(connection, *notes)
    assert connection.execute("SELECT count(*) FROM unit").fetchone() == (200,)
    connection.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot create") as caught:
        connect_to_write(tmp_path / "data" / "mlcoach.db", APPLIED)
    assert "MLCOACH_HOME" in caught.value.hint


def test_mistakes_of_the_program_are_not_called_damage(path):
    connection = connect_to_write(path, APPLIED)
    with pytest.raises(sqlite3.IntegrityError), explained(path):
        connection.execute("INSERT INTO meta VALUES (NULL, NULL)")
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError), explained(path):
        connection.execute("SELECT 1")


@pytest.mark.parametrize("name", ["with space", "per%20cent", "question?mark#hash", "ünï"])
def test_any_folder_name_will_do(tmp_path, name):
    path = tmp_path / name / "mlcoach.db"
    write(path, 1)
    connection = connect_to_read(path, APPLIED)
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (1,)
    connection.close()
    assert [file.name for file in path.parent.iterdir()] == ["mlcoach.db"]


# Runs commands in a home of their own first, so that all modules are there, and then some as a user without rights.
AS_NOBODY = """
import contextlib, importlib, io, json, os, pkgutil, sys, tempfile
import mlcoach
from mlcoach.cli.main import run_with

def run(line, home):
    out, err = io.StringIO(), io.StringIO()
    return run_with(line.split(), {**os.environ, "MLCOACH_HOME": home}, out, err), out.getvalue(), err.getvalue()

# All of the program is imported first: the user it turns into may not be allowed to read where it is installed.
for module in pkgutil.walk_packages(mlcoach.__path__, "mlcoach."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
with tempfile.TemporaryDirectory() as elsewhere:
    for line in ("today", "log 1m eigen", "log 1m", "log", "status", "log 0"):
        run(line, elsewhere)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print(json.dumps([run(line, os.environ["MLCOACH_HOME"]) for line in sys.argv[1:]]))
"""


class ReadOnlyHome:
    """A home that may only be read, and the program run in it by somebody without rights."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *lines: str) -> list[list[Any]]:
        """Return (exit code, stdout, stderr) of each command line."""
        environment = {
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "MLCOACH_HOME": str(self.home),
            "MLCOACH_NOW": APPLIED,
        }
        command = [sys.executable, "-c", AS_NOBODY, *lines]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
        return list(json.loads(ended.stdout))

    def lock(self) -> None:
        """Take away the right to write from everything."""
        for place in (self.home, *self.home.rglob("*")):
            place.chmod(0o555 if place.is_dir() else 0o444)

    def content(self) -> dict[str, bytes]:
        return {str(file.relative_to(self.home)): file.read_bytes() for file in self.home.rglob("*") if file.is_file()}


@pytest.fixture
def read_only() -> Iterator[ReadOnlyHome]:
    if os.name != "posix":
        pytest.skip("rights to files are told by POSIX modes here")
    # Not below tmp_path, which only its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        home = ReadOnlyHome(Path(folder))
        home.lock()
        yield home
        for place in (home.home, *home.home.rglob("*")):
            place.chmod(0o755)


@pytest.mark.slow
def test_a_read_only_home_can_be_read_and_says_why_it_cannot_be_written(read_only: ReadOnlyHome):
    (shown, _, _), (refused, said, why) = read_only("status", "log 45m")
    assert (shown, refused, said) == (0, 5, "")
    assert "error: cannot create" in why
    assert "MLCOACH_HOME" in why
    assert read_only.content() == {}


@pytest.mark.slow
def test_a_read_only_store_can_be_read_and_says_why_it_cannot_be_written(read_only: ReadOnlyHome):
    read_only.home.chmod(0o755)
    write(read_only.home / "data" / "mlcoach.db", 45)
    read_only.lock()
    before = read_only.content()
    (shown, listed, _), (refused, said, why) = read_only("log", "log 10m")
    assert (shown, refused, said) == (0, 5, "")
    assert "45m" in listed
    assert "error: cannot use" in why
    assert "make the folder writable" in why
    assert read_only.content() == before


@pytest.mark.slow
def test_a_read_only_store_whose_last_entries_are_still_in_its_log_is_never_read_without_them(read_only: ReadOnlyHome):
    read_only.home.chmod(0o755)
    path = read_only.home / "data" / "mlcoach.db"
    write(path, 45)
    # A copy made while a program writes: what it wrote last is in the log beside the file, not in the file.
    writer = connect_to_write(path, APPLIED)
    do(writer, TimeLogged(600))
    copies = {name: path.with_name(name).read_bytes() for name in ("mlcoach.db", "mlcoach.db-wal")}
    writer.close()
    for name, content in copies.items():
        path.with_name(name).write_bytes(content)
    read_only.lock()
    before = read_only.content()
    ((code, shown, why),) = read_only("log")
    assert (code, shown) == (5, "")
    assert "error: cannot use" in why
    assert read_only.content() == before
