"""What is damaged in a store, looked for after something in it could not be read."""

import sqlite3
from pathlib import Path

from mlcoach.errors import StoreError
from mlcoach.store.database import connect_to_look, damaged, explained
from mlcoach.store.migrations import NEWEST, version
from mlcoach.store.verify import file_complaints, rows_unlike_folds, unsound_entries


def find_damage(path: Path) -> StoreError | None:
    """Return the error that names the damage of a store, None for one that is whole or not there.

    What goes wrong while looking counts as damage where SQLite says it; anything else is the program's own mistake.
    """
    if not path.exists():
        return None
    try:
        with explained(path):
            connection = connect_to_look(path)
            try:
                return _first_damage(connection, path)
            finally:
                connection.close()
    except StoreError as error:
        return error
    except sqlite3.Error as error:
        return damaged(path, str(error))


def _first_damage(connection: sqlite3.Connection, path: Path) -> StoreError | None:
    if complaints := file_complaints(connection):
        return damaged(path, complaints[0])
    if version(connection) != NEWEST:
        wrong = next(unsound_entries(connection), "")
        return damaged(path, f"entry {wrong} cannot be read") if wrong else None
    for look in rows_unlike_folds(connection):
        if look.wrong:
            return damaged(path, f"something is wrong with {look.wrong}")
    return None
