"""The parameters of FSRS-6 as their row keeps them, apart from what folds: `today` reads them and folds nothing."""

import json
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.domain.memory.fsrs6 import Parameters


def parameters_of(connection: sqlite3.Connection) -> "Parameters":
    """Return the parameters of FSRS-6 that the items are folded with; None are the defaults."""
    row = connection.execute("SELECT data FROM single WHERE key = 'parameters'").fetchone()
    return tuple(json.loads(row[0])) if row else None
