"""The newest entries of some kinds in the order in which they were recorded, whichever journal came first.

The order is that of `domain.event_order.in_recorded_order`: a device's numbers decide among its own entries, for its
clock may have gone back. So the last entries are among the last of each device, and only those are read.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from mlcoach.domain.events import Event
from mlcoach.store.database import COUNTS
from mlcoach.store.journal import EVENT_COLUMNS, decode

# What `log` lists, in the very words of its indexes.
LISTED = "'time_logged', 'timer_stopped', 'pass_finished'"


def recent(connection: sqlite3.Connection, kinds: Sequence[str], limit: int) -> list[Event]:
    """Return the newest events of these kinds that count, newest recorded first."""
    named = ", ".join(f"'{kind}'" for kind in kinds)
    by_number, by_instant = ("event_listed", "event_listed_recorded") if named == LISTED else ("", "")
    found: list[tuple[int, str, int, Event]] = []
    for device in _devices(connection, named, by_number):
        rows = connection.execute(
            f"SELECT {EVENT_COLUMNS} FROM {_source(by_number)} WHERE kind IN ({named}) AND device = ? AND {COUNTS}"
            " ORDER BY seq DESC LIMIT ?",
            (device, limit),
        )
        events = [decode(row) for row in rows][::-1]
        if not events:
            continue
        before = connection.execute(
            f"SELECT recorded FROM {_source(by_instant)} WHERE kind IN ({named}) AND device = ? AND seq < ?"
            f" AND {COUNTS} ORDER BY recorded DESC LIMIT 1",
            (device, events[0].seq),
        ).fetchone()
        latest = before[0] if before else 0
        for event in events:
            latest = max(latest, event.recorded)
            found.append((latest, device, event.seq, event))
    found.sort(key=lambda entry: entry[:3], reverse=True)
    return [event for _, _, _, event in found[:limit]]


def _devices(connection: sqlite3.Connection, named: str, index: str) -> Iterator[str]:
    """Yield the devices with such entries, each found by one step in the index."""
    device = ""
    while True:
        (found,) = connection.execute(
            f"SELECT min(device) FROM {_source(index)} WHERE kind IN ({named}) AND device > ?", (device,)
        ).fetchone()
        if found is None:
            return
        device = found
        yield device


def _source(index: str) -> str:
    return f"event INDEXED BY {index}" if index else "event"
