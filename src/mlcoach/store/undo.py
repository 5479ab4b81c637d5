"""Which commands of this device can be taken back, and which can be brought again."""

import json
import sqlite3
from typing import NamedTuple

from mlcoach.domain.events import Event, is_circumstance
from mlcoach.store.journal import EVENT_COLUMNS, decode, device_of


class Step(NamedTuple):
    """One command of this device: what was typed, when (microseconds UTC and offset), and its events."""

    command: str
    text: str
    happened: int
    offset: int
    events: tuple[Event, ...]


def undoable(connection: sqlite3.Connection, limit: int) -> list[Step]:
    """Return this device's commands that are not undone, the newest first."""
    device = device_of(connection)
    rows = connection.execute(
        "SELECT command, command_text, max(seq) AS last FROM event"
        " WHERE device = ? AND kind <> 'revoked' AND id NOT IN (SELECT event FROM revoked)"
        " AND NOT (kind = 'day_opened' OR (kind = 'day_planned' AND json_extract(data, '$.replanned') = 0))"
        " GROUP BY command ORDER BY last DESC LIMIT ?",
        (device, limit),
    ).fetchall()
    return [_step(connection, device, command, text) for command, text, _ in rows]


def redoable(connection: sqlite3.Connection) -> tuple[str, Step] | None:
    """Return the revocation to take back and the command that this brings again, or None.

    Any other command after an undo clears what could be redone.
    """
    device = device_of(connection)
    last_ordinary = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM event WHERE device = ? AND kind <> 'revoked'", (device,)
    ).fetchone()[0]
    rows = connection.execute(
        "SELECT id, data FROM event WHERE device = ? AND kind = 'revoked' AND seq > ?"
        " AND id NOT IN (SELECT event FROM revoked) ORDER BY seq DESC",
        (device, last_ordinary),
    )
    for id, data in rows.fetchall():
        target = json.loads(data)["events"][0]
        found = connection.execute("SELECT kind, command, command_text FROM event WHERE id = ?", (target,)).fetchone()
        if found and found[0] != "revoked":
            return id, _step(connection, device, found[1], found[2])
    return None


def _step(connection: sqlite3.Connection, device: str, command: str, text: str) -> Step:
    rows = connection.execute(
        f"SELECT {EVENT_COLUMNS} FROM event WHERE command = ? AND device = ? ORDER BY seq", (command, device)
    )
    events = [event for event in map(decode, rows) if not is_circumstance(event.body)]
    first = events[0]
    return Step(command, text, first.happened, first.offset, tuple(events))
