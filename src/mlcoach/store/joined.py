"""What imports of a journal brought here, and what of it does not count because the import was taken back.

An import is taken back on the device that made it: elsewhere these entries were written, and go on counting.
"""

import json
import sqlite3
from collections.abc import Iterable

from mlcoach.domain.events import Event, JournalJoined
from mlcoach.domain.revocations import read_span
from mlcoach.store.device import written_here


def brought_by(connection: sqlite3.Connection, event: Event) -> list[str]:
    """Return the entries that an import made here brought; none for one that was made elsewhere."""
    ours = f"SELECT 1 FROM event WHERE id = ? AND {written_here(connection)}"
    if not isinstance(event.body, JournalJoined) or not connection.execute(ours, (event.id,)).fetchone():
        return []
    return _entries(connection, event.body.brought)


def brought_by_undone(connection: sqlite3.Connection, revoked: set[str]) -> set[str]:
    """Return the entries that came only by imports among those taken back."""
    rows = connection.execute(
        f"SELECT id, data FROM event WHERE kind = 'journal_joined' AND {written_here(connection)}"
    ).fetchall()
    spans = {id: json.loads(data)["brought"] for id, data in rows}
    undone = {entry for id in spans if id in revoked for entry in _entries(connection, spans[id])}
    if undone:
        undone -= {entry for id in spans if id not in revoked for entry in _entries(connection, spans[id])}
    return undone


def _entries(connection: sqlite3.Connection, spans: Iterable[str]) -> list[str]:
    query = "SELECT id FROM event WHERE device = ? AND seq BETWEEN ? AND ?"
    return [id for span in spans for (id,) in connection.execute(query, read_span(span))]
