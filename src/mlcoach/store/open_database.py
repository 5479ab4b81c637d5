"""Opening the database for a command: for reading without creating anything, for writing with its schema up to date."""

import sqlite3
from pathlib import Path

from mlcoach.errors import StoreError
from mlcoach.store.database import WRITABLE_HINT, connect, connect_to_look, explained, newer, primary_code
from mlcoach.store.migrations import NEWEST, migrate, version
from mlcoach.store.parameters import note_model
from mlcoach.store.vocabulary import is_outdated, keep_up


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
        if found == NEWEST and not is_outdated(connection):
            return connection
        connection.close()
        if found == 0:
            return _empty(applied_at)
        connection = connect_to_write(path, applied_at)
        connection.execute("PRAGMA query_only = ON")
        return connection


def connect_to_write(path: Path, applied_at: str) -> sqlite3.Connection:
    """Open the database for writing, made on first use and migrated (after a backup) when it is older.

    Raises StoreError when it is locked for longer than the busy time, newer, damaged, or not writable.
    """
    from mlcoach.private_files import FILE, make_folder, tighten

    with explained(path):
        try:
            make_folder(path.parent)
            if not path.exists():
                # Created here so that no other user can ever read it.
                path.touch(mode=FILE)
            tighten(path)
        except OSError as error:
            raise StoreError(f"cannot create `{path}`: {error.strerror}", WRITABLE_HINT) from error
        connection = connect(f"{path.absolute().as_uri()}?mode=rw")
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
            _refold_what_was_migrated(connection)
            keep_up(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection


def _refold_what_was_migrated(connection: sqlite3.Connection) -> None:
    """Fold the rows again of which a migration left word; where a kill came between, at the next opening."""
    if connection.execute("SELECT 1 FROM meta WHERE name = 'refold'").fetchone():
        from mlcoach.store.refold import refold_kinds

        refold_kinds(connection)


def _empty(applied_at: str) -> sqlite3.Connection:
    connection = connect(":memory:")
    migrate(connection, applied_at)
    note_model(connection)
    return connection


def _refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError when the file is a database of another program; an empty file is our own beginning."""
    # Another process may create the tables of a new database now.
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
            if primary_code(error) != sqlite3.SQLITE_BUSY:
                raise
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")


def _copy_before_upgrade(connection: sqlite3.Connection, path: Path, found: int, applied_at: str) -> None:
    from mlcoach.store.backups import copy_before_upgrade

    if not connection.execute("SELECT NOT EXISTS (SELECT 1 FROM event)").fetchone()[0]:
        copy_before_upgrade(connection, path, found, applied_at)
