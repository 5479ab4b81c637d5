"""Questions about what the learner wrote in their own words, and about what is not study, of the days between two."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mlcoach.domain.work.written import KINDS, MOSTLY_EMPTY
from mlcoach.store.database import COUNTS, connect_to_look, explained
from mlcoach.store.migrations import NEWEST, version
from mlcoach.store.queries.base import Queries

if TYPE_CHECKING:
    from mlcoach.domain.events import Event


class WordsEntry(NamedTuple):
    """An entry that may hold words of the learner's: its id and study day, its kind and its data as they are kept."""

    id: str
    day: date
    kind: str
    data: dict[str, Any]


class WrittenQueries(Queries):
    """Questions about words, and about time that is not study."""

    @classmethod
    def open_to_look(cls, path: Path) -> Self | None:
        """Open a database for these questions alone, without what the others load; None where it is not up to date.

        Raises StoreError for one that is damaged, or cannot be read.
        """
        with explained(path):
            if not path.exists():
                return None
            connection = connect_to_look(path)
            if version(connection) == NEWEST:
                return cls(connection, path)
            connection.close()
            return None

    def close(self) -> None:
        """Close the connection, where it was opened for these questions alone."""
        self.connection.close()

    def with_words(self) -> list[WordsEntry]:
        """Return the entries that may hold words of the learner's, the newest first."""
        # Most entries hold no words: these are passed over without being read.
        marks, empty = (", ".join(f"'{kind}'" for kind in kinds) for kinds in (KINDS, MOSTLY_EMPTY))
        rows = self._rows(
            f"SELECT id, study_day, kind, data FROM event WHERE kind IN ({marks}) AND {COUNTS}"
            f' AND NOT (kind IN ({empty}) AND instr(data, \'"note":""\') > 0)'
            " AND NOT (kind = 'attempted' AND instr(data, '\"how\":\"text\"') = 0)"
            " ORDER BY study_day DESC, happened DESC, seq DESC"
        )
        return [WordsEntry(id, date.fromisoformat(day), kind, json.loads(data)) for id, day, kind, data in rows]

    def between(self, kinds: Sequence[str], first: date, last: date) -> "list[Event]":
        """Return the events of these kinds that count on the days from `first` to `last`, in journal order."""
        from mlcoach.store.journal import EVENT_COLUMNS, ORDER, decode  # who looks for words needs no events

        marks = ", ".join("?" for _ in kinds)
        with explained(self.path):
            rows = self.connection.execute(
                f"SELECT {EVENT_COLUMNS} FROM event WHERE kind IN ({marks}) AND study_day BETWEEN ? AND ? AND {COUNTS}"
                f" ORDER BY {ORDER}",
                (*kinds, first.isoformat(), last.isoformat()),
            )
            return [decode(row) for row in rows]
