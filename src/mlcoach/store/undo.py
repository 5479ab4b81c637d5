"""Which commands of this device can be taken back, and which can be brought again."""

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.events import Event, is_circumstance
from mlcoach.store.journal import EVENT_COLUMNS, decode, known_device

# The frame of a day is written with whatever comes first; it is nobody's step and clears no redo.
_NO_CIRCUMSTANCE = (
    "NOT (kind = 'day_opened' OR (kind = 'day_planned' AND NOT coalesce(json_extract(data, '$.replanned'), 0)))"
)


class Step(NamedTuple):
    """One command of this device: what was typed, when (microseconds UTC and offset), and its events that count.

    For a step to redo they are those that count again then.
    """

    command: str
    text: str
    happened: int
    offset: int
    events: tuple[Event, ...]


def undoable(connection: sqlite3.Connection, limit: int) -> list[Step]:
    """Return this device's newest commands that are not undone, at most `limit`, the newest first."""
    device = known_device(connection)
    rows = connection.execute(
        f"SELECT command FROM event WHERE device = ? AND kind <> 'revoked' AND {_NO_CIRCUMSTANCE}"
        " AND id NOT IN (SELECT event FROM revoked) ORDER BY seq DESC",
        (device,),
    )
    # Read row by row: ten years of entries lie behind the few that are asked for.
    commands: dict[str, None] = {}
    for (command,) in rows:
        if command not in commands and len(commands) == limit:
            break
        commands[command] = None
    return [_step(connection, device, command) for command in commands]


def redoable(connection: sqlite3.Connection) -> tuple[str, Step] | None:
    """Return the revocation to take back and the command that this brings again, or None.

    Any other command after an undo clears what could be redone.
    """
    device = known_device(connection)
    last_ordinary = connection.execute(
        f"SELECT seq FROM event WHERE device = ? AND kind <> 'revoked' AND {_NO_CIRCUMSTANCE}"
        " ORDER BY seq DESC LIMIT 1",
        (device,),
    ).fetchone()
    rows = connection.execute(
        "SELECT id, data FROM event WHERE device = ? AND kind = 'revoked' AND seq > ?"
        " AND id NOT IN (SELECT event FROM revoked) ORDER BY seq DESC",
        (device, last_ordinary[0] if last_ordinary else 0),
    )
    for id, data in rows.fetchall():
        targets = json.loads(data)["events"]
        found = connection.execute(
            "SELECT command FROM event WHERE id = ? AND kind <> 'revoked'", (targets[0],)
        ).fetchone()
        if found:
            return id, _step(connection, device, found[0], only=targets)
    return None


def _step(connection: sqlite3.Connection, device: str, command: str, only: Sequence[str] = ()) -> Step:
    rows = connection.execute(
        f"SELECT {EVENT_COLUMNS}, command_text, id IN (SELECT event FROM revoked) FROM event"
        # The plus signs keep SQLite from walking over all that this device ever wrote.
        " WHERE command = ? AND +device = ? AND kind <> 'revoked' ORDER BY +seq",
        (command, device),
    ).fetchall()
    text = rows[0][-2]
    events = [
        event
        for *row, _, revoked in rows
        if not is_circumstance((event := decode(row)).body) and (event.id in only if only else not revoked)
    ]
    return Step(command, text, events[0].happened, events[0].offset, tuple(events))
