"""What sync asks of the store: which entries there are, their lines, and what was carried to and from a place.

That is remembered in the database itself: a backup that is restored remembers what it knew then.
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from mlcoach.domain.sync.segments import EntrySpan
from mlcoach.store.copies import COLUMNS
from mlcoach.store.database import transaction
from mlcoach.store.union import FIELDS

_STATE = "sync"
_HEAD = tuple(name for name in FIELDS if name not in ("backdated", "data"))
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def spans(connection: sqlite3.Connection) -> list[EntrySpan]:
    """Return which entries are here, as spans without a gap, by device and number."""
    found: list[EntrySpan] = []
    rows = connection.execute("SELECT device, min(seq), max(seq), count(*) FROM event GROUP BY device ORDER BY device")
    for device, first, last, count in rows.fetchall():
        if last - first + 1 == count:
            found.append(EntrySpan(device, first, last))
        else:
            found += _broken(connection, device)
    return found


def _broken(connection: sqlite3.Connection, device: str) -> list[EntrySpan]:
    grouped = connection.execute(
        "SELECT min(seq), max(seq) FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq) AS part FROM event"
        " WHERE device = ?) GROUP BY part ORDER BY 1",
        (device,),
    )
    return [EntrySpan(device, first, last) for first, last in grouped.fetchall()]


def lines_of(connection: sqlite3.Connection, span: EntrySpan) -> Iterator[str]:
    """Yield the entries of a span as `union.journal_lines` writes them, in the order of their numbers."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM event WHERE device = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (span.device, span.first, span.last),
    )
    for *row, backdated, data in rows:
        # What is in the column is JSON already.
        head = _write(dict(zip(_HEAD, row, strict=True)))
        yield f'{head[:-1]},"backdated":{"true" if backdated else "false"},"data":{data}}}'


def read_state(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what was remembered of a place, empty where nothing was."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_STATE,)).fetchone()
    try:
        found = json.loads(row[0]) if row else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def write_state(connection: sqlite3.Connection, state: dict[str, Any]) -> None:
    """Remember what was carried to and from a place."""
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_STATE, _write(state)))
