"""What the SQLite file needs from everybody who uses it: a look, a transaction, and failures explained in sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlcoach.domain.text import visible
from mlcoach.errors import DamagedStoreError, StoreError
from mlcoach.store.migrations import NEWEST, version

BUSY_SECONDS = 20.0
COUNTS = "event.id NOT IN (SELECT event FROM revoked)"  # what was taken back does not
WRITABLE_HINT = "make the folder writable, or point MLCOACH_HOME at one that is"


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Open an existing database of any schema version for reading; nothing is upgraded, created or left beside it.

    Raises sqlite3.DatabaseError (to be explained by the caller) when it cannot be opened.
    """
    address = path.absolute().as_uri()
    try:
        connection = connect(f"{address}?mode=rw")
    except sqlite3.OperationalError as error:
        # A read-only folder. Without a write-ahead log beside it, the file itself is complete.
        if primary_code(error) not in _CANNOT_USE or _has_log(path):
            raise
        connection = connect(f"{address}?mode=ro&immutable=1")
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect(target: str) -> sqlite3.Connection:
    connection = sqlite3.connect(target, timeout=BUSY_SECONDS, isolation_level=None, uri=target.startswith("file:"))
    try:
        version(connection)  # opening alone reads nothing; this shows whether the file can be used
    except BaseException:
        connection.close()
        raise
    return connection


def newer(path: Path, found: int) -> StoreError:
    """Return the refusal of a database written by a later release."""
    return StoreError(
        f"`{path}` was written by a newer mlcoach (schema version {found}, this program knows {NEWEST})",
        "update mlcoach; nothing was changed",
    )


_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CANNOT_USE = (
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_IOERR
)  # fmt: skip


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's result code without its extension; 0 for an error of the Python module itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_locked(error: sqlite3.Error) -> bool:
    """Return whether the error says that another connection holds the file."""
    return primary_code(error) in _LOCKED


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


def damaged(path: Path, what: str) -> DamagedStoreError:
    """Return the error for a database that cannot be read: what is wrong, and the two ways on."""
    return DamagedStoreError(
        f"`{path}` is damaged: {visible(what)}",
        "`mlcoach doctor` says more; `mlcoach export journal -o FILE` saves what can be read, and `mlcoach restore`"
        " brings back a backup and keeps this file",
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into StoreErrors with a remedy.

    Mistakes of the program itself (a wrong query, a broken constraint) stay what they are: unexpected, unless the
    store turns out to be damaged when that is looked at.
    """
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.InterfaceError):
        raise
    except sqlite3.DatabaseError as error:
        code = primary_code(error)
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
            raise StoreError(f"cannot use `{path}`: {error}", WRITABLE_HINT) from error
        raise damaged(path, str(error)) from error
    except UnicodeDecodeError as error:  # SQLite quotes bytes of the file, and text in it is not UTF-8
        raise damaged(path, "text in it is not UTF-8") from error
