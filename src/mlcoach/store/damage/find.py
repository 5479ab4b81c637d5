"""What is damaged in a store, looked for after something in it could not be read."""

import sqlite3
from pathlib import Path

from mlcoach.domain.text import visible
from mlcoach.errors import DamagedStoreError, StoreError
from mlcoach.store.database import connect_to_look, damaged, explained
from mlcoach.store.migrations import NEWEST, version
from mlcoach.store.verify import CANNOT_BE_READ, NOTES, file_complaints, rows_unlike_folds, unsound_entries


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
        if look.wrong.endswith(CANNOT_BE_READ) or look.wrong == NOTES:
            return damaged(path, look.wrong)
        if look.wrong:
            return DamagedStoreError(
                f"`{path}` is damaged: {visible(look.wrong)} is not what the journal says",
                "`mlcoach doctor` says more; `mlcoach doctor --rebuild` folds everything again from the journal",
            )
    return None
