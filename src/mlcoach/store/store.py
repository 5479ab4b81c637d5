"""The store as services see it: a database opened for reading or writing, and the questions they ask of it."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Self

from mlcoach.store.database import connect_to_look, explained
from mlcoach.store.migrations import version
from mlcoach.store.open_database import connect_to_read, connect_to_write
from mlcoach.store.queries.answers import AnswerQueries
from mlcoach.store.queries.days import DayQueries
from mlcoach.store.queries.items import ItemQueries
from mlcoach.store.queries.journal import JournalQueries
from mlcoach.store.queries.papers import PaperQueries

if TYPE_CHECKING:
    from mlcoach.store.queries.attempts import AttemptQueries
    from mlcoach.store.queries.placement import PlacementQueries
    from mlcoach.store.queries.projects import ProjectQueries
    from mlcoach.store.queries.work import WorkQueries
    from mlcoach.store.queries.written import WrittenQueries


class Store(DayQueries, ItemQueries, PaperQueries, AnswerQueries, JournalQueries):
    """One connection. Made by `open_to_read` or `open_to_write`; close it, or use it as a context manager.

    `last_number` is that of the last entry when it was opened for writing.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self.last_number = 0
        self._file = _identity(path)

    @classmethod
    def open_to_read(cls, path: Path, applied_at: str) -> Self:
        """Open without creating anything. Raises StoreError."""
        return cls(connect_to_read(path, applied_at), path)

    @classmethod
    def open_to_write(cls, path: Path, applied_at: str) -> Self:
        """Open for writing, made on first use. Raises StoreError."""
        store = cls(connect_to_write(path, applied_at), path)
        store.last_number = store._rows("SELECT coalesce(max(number), 0) FROM event")[0][0]
        return store

    @classmethod
    def open_to_look(cls, path: Path) -> Self:
        """Open an existing file of any schema version for reading; nothing is upgraded. Raises StoreError."""
        with explained(path):
            return cls(connect_to_look(path), path)

    def copy_in_memory(self) -> Self:
        """Return a store with the same rows that no other connection sees."""
        copy = sqlite3.connect(":memory:", isolation_level=None)
        with explained(self.path):
            self.connection.backup(copy)
        return type(self)(copy, self.path)

    @property
    def attempts(self) -> "AttemptQueries":
        """The questions about attempts, which only practice asks."""
        from mlcoach.store.queries.attempts import AttemptQueries

        return AttemptQueries(self.connection, self.path)

    @property
    def placement(self) -> "PlacementQueries":
        """The questions about placement, which only placement asks."""
        from mlcoach.store.queries.placement import PlacementQueries

        return PlacementQueries(self.connection, self.path)

    @property
    def work(self) -> "WorkQueries":
        """The questions about people and jobs, which few commands ask."""
        from mlcoach.store.queries.work import WorkQueries

        return WorkQueries(self.connection, self.path)

    @property
    def projects(self) -> "ProjectQueries":
        """The questions about checklists and projects, which few commands ask."""
        from mlcoach.store.queries.projects import ProjectQueries

        return ProjectQueries(self.connection, self.path)

    def has_projects(self) -> bool:
        """Return whether any project or idea was ever kept: a plan asks before it loads what knows them."""
        return bool(self._rows("SELECT EXISTS (SELECT 1 FROM single WHERE key = 'project')")[0][0])

    @property
    def written(self) -> "WrittenQueries":
        """The questions about the learner's own words, and about time that is not study."""
        from mlcoach.store.queries.written import WrittenQueries

        return WrittenQueries(self.connection, self.path)

    def is_in_place(self) -> bool:
        """Return whether the file at the path is the one that was opened: it may be deleted or replaced meanwhile.

        Where there was none, another command may have made the first one.
        """
        return self._file in (None, _identity(self.path))

    def schema_version(self) -> int:
        """Return the number of the last migration applied; 0 for an empty database and those of other programs."""
        with explained(self.path):
            return version(self.connection)

    def has_tables(self) -> bool:
        """Return whether there is any table in the file, of whichever program."""
        return bool(self._rows("SELECT EXISTS (SELECT 1 FROM sqlite_master)")[0][0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Return device and inode of a file, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
