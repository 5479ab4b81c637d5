"""Opening the SQLite file, and turning its failures into sentences.

Readers and writers open differently: a reading command creates nothing, so that it works on an empty or read-only
home; a writing command creates folder and file and brings the shape up to date.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlcoach.errors import StoreError
from mlcoach.store.migrations import NEWEST, migrate, version

BUSY_SECONDS = 20.0


def connect_to_read(path: Path, applied_at: str) -> sqlite3.Connection:
    """Open the database for reading; an empty one in memory where there is none yet.

    Raises StoreError when it is newer than this program, damaged, or cannot be read.
    """
    with explained(path):
        if not path.exists():
            return _prepared(_open(":memory:"), applied_at)
        try:
            connection = _open(f"{path.absolute().as_uri()}?mode=rw")
            found = version(connection)
        except sqlite3.OperationalError as error:
            if not _is_read_only(error):
                raise
            # A read-only folder: without a write-ahead log beside it, the file itself is complete.
            connection = _open(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
            found = version(connection)
        if found > NEWEST:
            connection.close()
            raise newer(path, found)
        if found < NEWEST:
            connection.close()
            return connect_to_write(path, applied_at)
        connection.execute("PRAGMA query_only = ON")
        return connection


def connect_to_write(path: Path, applied_at: str) -> sqlite3.Connection:
    """Open the database for writing, made on first use and migrated (after a backup) when it is older.

    Raises StoreError when it is locked for longer than the busy time, newer, damaged, or not writable.
    """
    with explained(path):
        new = not path.exists()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if new:
                # Created here so that nobody else can read it, not even for a moment.
                path.touch(mode=0o600)
        except OSError as error:
            raise StoreError(f"cannot create `{path}`: {error.strerror}", _WRITABLE_HINT) from error
        connection = _open(f"{path.absolute().as_uri()}?mode=rw")
        try:
            found = version(connection)
            if found > NEWEST:
                raise newer(path, found)
            if found < NEWEST:
                if found > 0:
                    _copy_before_upgrade(connection, path, found)
                connection.execute("PRAGMA journal_mode = WAL")
                migrate(connection, applied_at)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection


def newer(path: Path, found: int) -> StoreError:
    """Return the refusal of a database written by a later release."""
    return StoreError(
        f"`{path}` was written by a newer mlcoach (shape {found}, this program knows {NEWEST})",
        "update mlcoach; nothing was changed",
    )


def _open(target: str) -> sqlite3.Connection:
    return sqlite3.connect(target, timeout=BUSY_SECONDS, isolation_level=None, uri=target.startswith("file:"))


def _prepared(connection: sqlite3.Connection, applied_at: str) -> sqlite3.Connection:
    migrate(connection, applied_at)
    return connection


def _copy_before_upgrade(connection: sqlite3.Connection, path: Path, found: int) -> None:
    if connection.execute("SELECT NOT EXISTS (SELECT 1 FROM event)").fetchone()[0]:
        return
    from mlcoach.store.backups import copy_database

    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    copy_database(connection, folder / f"before-upgrade-from-{found}.db")


def _is_read_only(error: sqlite3.OperationalError) -> bool:
    text = str(error)
    return "readonly" in text or "unable to open" in text or "read-only" in text


_WRITABLE_HINT = "make the folder writable, or point MLCOACH_HOME at one that is"


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into StoreErrors with a remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        text = str(error)
        if isinstance(error, sqlite3.OperationalError):
            if "locked" in text or "busy" in text:
                raise StoreError(
                    f"`{path}` is locked by another program",
                    "close the other program and try again; nothing was written",
                ) from error
            if "full" in text:
                raise StoreError("the disk is full; nothing was written", "free some space and try again") from error
            if _is_read_only(error) or "disk I/O" in text:
                raise StoreError(f"cannot use `{path}`: {text}", _WRITABLE_HINT) from error
        raise StoreError(
            f"`{path}` is damaged: {text}",
            "`mlcoach doctor` says what is wrong; `mlcoach restore` brings back a backup and keeps this file",
        ) from error
