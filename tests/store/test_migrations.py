"""Shapes of the database: one transaction each, a backup before, and no way back into an older program."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from mlcoach.domain.events import TimeLogged
from mlcoach.errors import ExitCode, StoreError
from mlcoach.store import backups, database, migrations, open_database
from mlcoach.store.migrations import MIGRATIONS, NEWEST, migrate, version
from mlcoach.store.open_database import connect_to_read, connect_to_write
from tests.store.journals import APPLIED, do, in_memory


def m_next_adds_a_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE unit ADD COLUMN added INTEGER NOT NULL DEFAULT 7")


def m_next_breaks_halfway(connection: sqlite3.Connection) -> None:
    m_next_adds_a_column(connection)
    connection.execute("UPDATE event SET data = 'lost'")
    raise sqlite3.OperationalError("interrupted")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mlcoach.db"
    connection = connect_to_write(path, APPLIED)
    do(connection, TimeLogged(2700, "math.la.eigen"))
    connection.close()
    return path


@pytest.fixture
def release(monkeypatch):
    """Make this the program of a later release, with one more migration."""

    def with_migration(migration: migrations.Migration) -> None:
        for module in (database, open_database):
            monkeypatch.setattr(module, "NEWEST", NEWEST + 1)
        monkeypatch.setattr(backups, "NEWEST", NEWEST + 1)
        monkeypatch.setattr(open_database, "migrate", partial(migrate, migrations=(*MIGRATIONS, migration)))

    return with_migration


def schema_version(path: Path) -> tuple[int, int]:
    """Return the version and the number of columns of the units."""
    connection = sqlite3.connect(path)
    found = version(connection), len(connection.execute("PRAGMA table_info(unit)").fetchall())
    connection.close()
    return found


def test_every_migration_is_recorded_with_its_number_and_name():
    connection = in_memory()
    expected = [(number, function.__name__, APPLIED) for number, function in enumerate(MIGRATIONS, start=1)]
    assert connection.execute("SELECT number, name, applied FROM migration").fetchall() == expected
    assert version(connection) == NEWEST == len(MIGRATIONS)
    assert migrate(connection, APPLIED) == 0


@pytest.mark.parametrize("connect", [connect_to_read, connect_to_write])
def test_a_newer_database_is_refused_and_left_as_it_is(path, connect):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.execute("CREATE TABLE of_the_future (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="was written by a newer mlcoach") as caught:
        connect(path, APPLIED)
    assert caught.value.exit_code == ExitCode.STORE == 5
    assert caught.value.hint == "update mlcoach; nothing was changed"
    assert path.read_bytes() == before


@pytest.mark.parametrize("connect", [connect_to_read, connect_to_write])
def test_an_older_database_is_copied_and_then_upgraded(path, connect, release):
    old = schema_version(path)
    release(m_next_adds_a_column)
    connection = connect(path, APPLIED)
    assert connection.execute("SELECT key, added FROM unit").fetchall() == [("math.la.eigen", 7)]
    assert connection.execute("SELECT name FROM migration WHERE number = ?", (NEWEST + 1,)).fetchall() == [
        ("m_next_adds_a_column",)
    ]
    connection.close()
    assert schema_version(path) == (NEWEST + 1, old[1] + 1)
    (copy,) = (path.parent / "backups").iterdir()
    assert copy.name == f"before-upgrade-from-{NEWEST}-20261123T190000Z.db"
    assert schema_version(copy) == old
    connect(path, APPLIED).close()
    assert len(list((path.parent / "backups").iterdir())) == 1


def test_an_empty_database_is_upgraded_without_a_copy(tmp_path, release):
    path = tmp_path / "mlcoach.db"
    connect_to_write(path, APPLIED).close()
    release(m_next_adds_a_column)
    connect_to_write(path, APPLIED).close()
    assert schema_version(path)[0] == NEWEST + 1
    assert not (tmp_path / "backups").exists()


def test_a_migration_that_breaks_halfway_changes_nothing(path, release):
    old = schema_version(path)
    release(m_next_breaks_halfway)
    with pytest.raises(StoreError):
        connect_to_write(path, APPLIED)
    assert schema_version(path) == old
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM event WHERE data = 'lost'").fetchone() == (0,)
    assert connection.execute("SELECT max(number) FROM migration").fetchone() == (NEWEST,)
    connection.close()


def test_without_a_copy_there_is_no_upgrade(path, release):
    old = schema_version(path)
    (path.parent / "backups").write_text("a file where the folder should be")
    release(m_next_adds_a_column)
    with pytest.raises(StoreError, match="cannot write a backup"):
        connect_to_write(path, APPLIED)
    assert schema_version(path) == old


def test_the_upgraded_backup_of_an_older_release_can_be_restored(path, release, tmp_path):
    from datetime import UTC, datetime

    connection = connect_to_write(path, APPLIED)
    copy = backups.back_up(connection, tmp_path / "backups", datetime(2026, 11, 23, 19, tzinfo=UTC))
    connection.close()
    release(m_next_adds_a_column)
    connect_to_write(path, APPLIED).close()
    backups.restore(path, tmp_path / "backups", copy.stem, datetime(2026, 11, 24, 19, tzinfo=UTC))
    assert schema_version(path)[0] == NEWEST
    connection = connect_to_read(path, APPLIED)
    assert connection.execute("SELECT added, seconds FROM unit").fetchall() == [(7, 2700)]
    connection.close()
    assert schema_version(path)[0] == NEWEST + 1
