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
_WRITABLE_HINT = "make the folder writable, or point MLCOACH_HOME at one that is"


def connect_to_read(path: Path, applied_at: str) -> sqlite3.Connection:
    """Open the database for reading; an empty one in memory where there is none yet.

    Raises StoreError when it is newer than this program, damaged, or cannot be read.
    """
    with explained(path):
        if not path.exists():
            return _empty(applied_at)
        connection = connect_to_look(path)
        try:
            found = version(connection)
            if found > NEWEST:
                raise newer(path, found)
            if found == 0:
                _refuse_strangers(connection, path)
        except BaseException:
            connection.close()
            raise
        if found == NEWEST:
            return connection
        connection.close()
        if found == 0:
            return _empty(applied_at)
        connection = connect_to_write(path, applied_at)
        connection.execute("PRAGMA query_only = ON")
        return connection


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Open an existing database of any shape for reading; nothing is upgraded, created or left beside it.

    Raises sqlite3.DatabaseError (to be explained by the caller) when it cannot be opened.
    """
    address = path.absolute().as_uri()
    try:
        connection = _opened(f"{address}?mode=rw")
    except sqlite3.OperationalError as error:
        # A read-only folder. Without a write-ahead log beside it, the file itself is complete.
        if _primary_code(error) not in _CANNOT_USE or _has_log(path):
            raise
        connection = _opened(f"{address}?mode=ro&immutable=1")
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect_to_write(path: Path, applied_at: str) -> sqlite3.Connection:
    """Open the database for writing, made on first use and migrated (after a backup) when it is older.

    Raises StoreError when it is locked for longer than the busy time, newer, damaged, or not writable.
    """
    with explained(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                # Created here so that nobody else can read it, not even for a moment.
                path.touch(mode=0o600)
        except OSError as error:
            raise StoreError(f"cannot create `{path}`: {error.strerror}", _WRITABLE_HINT) from error
        connection = _opened(f"{path.absolute().as_uri()}?mode=rw")
        try:
            found = version(connection)
            if found > NEWEST:
                raise newer(path, found)
            if found == 0:
                _refuse_strangers(connection, path)
            elif found < NEWEST:
                _copy_before_upgrade(connection, path, found, applied_at)
            _use_write_ahead_log(connection)
            if found < NEWEST:
                migrate(connection, applied_at)
            _refold_what_changed_shape(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection


def _refold_what_changed_shape(connection: sqlite3.Connection) -> None:
    """Fold the rows again of which a migration left word; where a kill came between, at the next opening."""
    if connection.execute("SELECT 1 FROM meta WHERE name = 'refold'").fetchone():
        from mlcoach.store.projections import refold_kinds

        refold_kinds(connection)


def newer(path: Path, found: int) -> StoreError:
    """Return the refusal of a database written by a later release."""
    return StoreError(
        f"`{path}` was written by a newer mlcoach (shape {found}, this program knows {NEWEST})",
        "update mlcoach; nothing was changed",
    )


def _opened(target: str) -> sqlite3.Connection:
    connection = sqlite3.connect(target, timeout=BUSY_SECONDS, isolation_level=None, uri=target.startswith("file:"))
    try:
        version(connection)  # opening alone reads nothing; this shows whether the file can be used
    except BaseException:
        connection.close()
        raise
    return connection


def _empty(applied_at: str) -> sqlite3.Connection:
    connection = _opened(":memory:")
    migrate(connection, applied_at)
    return connection


def _refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError when the file is a database of another program; an empty file is our own beginning."""
    # Another process may create the tables of a new database at this moment.
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] and version(connection) == 0:
        raise StoreError(f"`{path}` is a database of another program", "move it away; nothing was changed")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, which stays switched on in the file.

    The switch needs the file alone, and SQLite does not wait for that as it waits for other locks; so where another
    process is making the same switch, wait for it here, with the file's own lock.
    """
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _primary_code(error) != sqlite3.SQLITE_BUSY:
                raise
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")


def _copy_before_upgrade(connection: sqlite3.Connection, path: Path, found: int, applied_at: str) -> None:
    from mlcoach.store.backups import copy_before_upgrade

    if not connection.execute("SELECT NOT EXISTS (SELECT 1 FROM event)").fetchone()[0]:
        copy_before_upgrade(connection, path, found, applied_at)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CANNOT_USE = (
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_IOERR
)  # fmt: skip


def _primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's result code without its extension; 0 for an error of the Python module itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_locked(error: sqlite3.Error) -> bool:
    """Return whether the error says that another connection holds the file."""
    return _primary_code(error) in _LOCKED


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of the block or nothing; the write lock is taken at once, so that what is read inside still holds."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Some failures (a full disk) have rolled back by themselves.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into StoreErrors with a remedy.

    Mistakes of the program itself (a wrong query, a broken constraint) stay what they are: unexpected.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.InterfaceError):
        raise
    except sqlite3.DatabaseError as error:
        code = _primary_code(error)
        if is_locked(error):
            raise StoreError(
                f"`{path}` is locked by another program",
                "close the other program and try again; nothing was written",
            ) from error
        if code == sqlite3.SQLITE_FULL:
            raise StoreError(
                f"the disk is full: nothing was written to `{path}`", "free some space and try again"
            ) from error
        if code in _CANNOT_USE:
            raise StoreError(f"cannot use `{path}`: {error}", _WRITABLE_HINT) from error
        raise StoreError(
            f"`{path}` is damaged: {error}",
            "`mlcoach doctor` says what is wrong; `mlcoach restore` brings back a backup and keeps this file",
        ) from error
