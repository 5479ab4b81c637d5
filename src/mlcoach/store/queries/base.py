"""What all questions to the database share: one connection, and failures explained in sentences."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mlcoach.store.database import explained


class Queries:
    """Questions to one database. SQL stays in this room; who asks calls them by name."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    def file_stamp(self) -> list[list[int]]:
        """Return when the files of the database were written last, and their sizes: another stamp after any write."""
        found = []
        for name in (self.path.name, f"{self.path.name}-wal"):
            try:
                status = self.path.with_name(name).stat()
            except OSError:
                continue
            if status.st_size:  # an empty one comes and goes with readers
                found.append([status.st_mtime_ns, status.st_size, status.st_ino])
        return found

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows; SQLite's errors become StoreErrors."""
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()
