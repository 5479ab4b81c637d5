"""Reading a damaged journal: entry by entry, around whatever cannot be read, with a count of what is lost."""

import json
import shutil
import sqlite3
from pathlib import Path
from random import Random

import pytest

from mlcoach.errors import StoreError
from mlcoach.store.damage.entries import entry_fault
from mlcoach.store.damage.salvage import salvage
from mlcoach.store.journal import EVENT_COLUMNS
from mlcoach.store.union import journal_lines
from tests.conftest import Program

pytestmark = pytest.mark.slow  # by its nature; each landing runs it

LONG = "a longer note " * 600  # on pages of its own
PAGE = 4096


def lines_of(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(journal_lines(connection))
    finally:
        connection.close()


@pytest.fixture
def path(mlcoach: Program) -> Path:
    """A store with 40 entries and more, some of them long, all in one file."""
    for number in range(15):
        mlcoach(f"log {number + 1}m -n '{LONG if number % 5 == 0 else 'é ok'}'")
        mlcoach("grade math.la.eigen/eig-def good")
    path = mlcoach.home / "data" / "mlcoach.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return path


def page_of(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    return int(page)


def overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


def test_of_a_sound_store_everything_is_read(path: Path) -> None:
    whole = lines_of(path)
    assert len(whole) > 30
    assert max(map(len, whole)) > 2 * PAGE
    assert salvage(path) == (whole, 0)


def test_what_is_in_the_log_alone_is_read_too(mlcoach: Program) -> None:
    mlcoach("log 10m")
    path = mlcoach.home / "data" / "mlcoach.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("UPDATE event SET command_text = 'log 12m' WHERE command_text = 'log 10m'")
    whole = lines_of(path)
    assert path.with_name("mlcoach.db-wal").stat().st_size
    saved = salvage(path)
    connection.close()
    assert saved == (whole, 0)
    assert any("log 12m" in line for line in saved.lines)


def test_a_schema_that_cannot_be_read_loses_nothing_of_the_journal(path: Path, mlcoach: Program) -> None:
    whole = lines_of(path)
    content = path.read_bytes()
    overwrite(path, content.index(b"CREATE TABLE event ("), b"CREATE\xff\xfeBLE event (")
    assert "damaged" in mlcoach("today", expect=5).err
    assert "restore" in mlcoach("doctor", expect=5).out
    out = mlcoach("export journal").out
    assert out.splitlines() == whole


def test_a_page_of_the_journal_that_is_gone_is_counted(path: Path, mlcoach: Program) -> None:
    whole = lines_of(path)
    connection = sqlite3.connect(path)
    leaves = connection.execute("SELECT pageno FROM dbstat WHERE name = 'event' AND pagetype = 'leaf'").fetchall()
    connection.close()
    overwrite(path, (leaves[1][0] - 1) * PAGE, Random(1).randbytes(PAGE))
    saved = salvage(path)
    assert 0 < len(saved.lines) < len(whole)
    assert saved.lost == len(whole) - len(saved.lines)
    assert set(saved.lines) < set(whole)

    target = mlcoach.home / "saved.jsonl"
    result = mlcoach(f"export journal -o '{target}'", expect=7)
    assert f"{saved.lost} of {len(whole)} entries cannot be read and are left out" in result.err
    assert target.read_text(encoding="utf-8").splitlines() == saved.lines
    assert "name a new file" in mlcoach(f"export journal -o '{target}'", expect=2).err
    told = json.loads(mlcoach(f"export journal -o '{target}-2' --json", expect=7).out)["data"]
    assert (told["entries"], told["lost"]) == (len(saved.lines), saved.lost)

    shutil.rmtree(mlcoach.home / "data")
    mlcoach(f"import journal '{target}'")
    assert len(mlcoach("export journal").out.splitlines()) == len(saved.lines) + 1, "and the entry of the import"


def test_a_journal_that_can_be_read_is_saved_where_nothing_can_be_recorded(path: Path, mlcoach: Program) -> None:
    whole = lines_of(path)
    overwrite(path, (page_of(path, "day") - 1) * PAGE, bytes(PAGE))
    target = mlcoach.home / "saved.jsonl"
    mlcoach(f"export journal -o '{target}'")
    assert target.read_text(encoding="utf-8").splitlines()[: len(whole)] == whole


def test_a_file_with_no_entry_in_it_is_said_to_have_none(path: Path) -> None:
    path.write_bytes(b"nothing of ours " * 1000)
    with pytest.raises(StoreError, match="no entry of the journal can be read"):
        salvage(path)


@pytest.mark.parametrize(
    "edit",
    [
        "study_day = '2026-13-45'", "study_day = 'x'", "happened = -1", "happened = 9000000000000000000",
        "offset_minutes = 100000", "seq = 0", "id = 'x'", "device = ''", "backdated = 7", "data = '[]'", "data = 'x'",
        "data = '{}'", """data = '{"seconds": "x"}'""", """data = '{"seconds": [1]}'""", "kind = 'Kind'",
    ],
)  # fmt: skip
def test_a_row_that_this_program_cannot_have_written_is_named(path: Path, edit: str, mlcoach: Program) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    rows = connection.execute(f"SELECT {EVENT_COLUMNS} FROM event").fetchall()
    assert not any(map(entry_fault, rows))
    connection.execute(
        f"UPDATE event SET {edit} WHERE number = (SELECT min(number) FROM event WHERE kind = 'time_logged')"
    )
    rows = connection.execute(f"SELECT {EVENT_COLUMNS} FROM event").fetchall()
    connection.close()
    assert sum(bool(entry_fault(row)) for row in rows) == 1
    found = json.loads(mlcoach("doctor --json", expect=5).out)["data"]["checks"]
    (wrong,) = [check for check in found if check["name"] == "rows"]
    assert "which cannot be read" in wrong["detail"]
    assert "restore" in wrong["more"][-1]
