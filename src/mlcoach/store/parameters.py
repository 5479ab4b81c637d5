"""The parameters and the version of the memory model, apart from what folds: `today` reads them and folds nothing."""

import json
import sqlite3
from typing import TYPE_CHECKING

from mlcoach.domain.memory.items import MODEL_VERSION

if TYPE_CHECKING:
    from mlcoach.domain.memory.fsrs6 import Parameters


def parameters_of(connection: sqlite3.Connection) -> "Parameters":
    """Return the parameters of FSRS-6 that the items are folded with; None are the defaults."""
    row = connection.execute("SELECT data FROM single WHERE key = 'parameters'").fetchone()
    return tuple(json.loads(row[0])) if row else None


def is_of_older_model(connection: sqlite3.Connection) -> bool:
    """Return whether rows were folded with another version of the memory model than this program has.

    They stay what `today` reads until the first command that writes; it folds them again. Due days do not move by
    that: they are in the journal.
    """
    row = connection.execute("SELECT value FROM meta WHERE name = 'model'").fetchone()
    if row is None:
        return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM event)").fetchone()[0])
    return bool(row[0] != str(MODEL_VERSION))


def note_model(connection: sqlite3.Connection) -> None:
    """Note that all rows are folded with the version of this program."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (str(MODEL_VERSION),))
