"""Which commands that ran here can be taken back, and which can be brought again.

Here is wherever this copy of the journal was written to, under whichever names: in the order in which it was written.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from mlcoach.domain.events import Event
from mlcoach.store.device import written_here
from mlcoach.store.journal import COUNTS, EVENT_COLUMNS, decode

# A step with more entries than this is described by its kinds: an import has hundreds of thousands of answers.
LISTED_ONE_BY_ONE = 100

# The frame of a day is written with whatever comes first; it is not a step of its own and clears no redo. What was
# erased stays so.
_NO_CIRCUMSTANCE = (
    "NOT (kind IN ('day_opened', 'erased')"
    " OR (kind = 'day_planned' AND NOT coalesce(json_extract(data, '$.replanned'), 0)))"
)


class UndoStep(NamedTuple):
    """One command that ran here: what was typed, when (microseconds UTC; the offset is None where it was not kept).

    `ids` are its events that count, for a step to redo those that count again then; `counts` says how many there are
    of each kind. `events` are all of them, but for a step with very many: then the files it wrote and one of each kind.
    """

    command: str
    text: str
    happened: int
    offset: int | None
    ids: tuple[str, ...]
    counts: dict[str, int]
    events: tuple[Event, ...]


def undoable(connection: sqlite3.Connection, limit: int) -> list[UndoStep]:
    """Return the newest commands of here that are not undone, at most `limit`, the newest first."""
    here = written_here(connection)
    rows = connection.execute(
        f"SELECT command FROM event WHERE {here} AND kind <> 'revoked' AND {_NO_CIRCUMSTANCE}"
        f" AND {COUNTS} ORDER BY number DESC"
    )
    # Read row by row: ten years of entries lie behind the few that are asked for.
    commands: dict[str, None] = {}
    for (command,) in rows:
        if command not in commands and len(commands) == limit:
            break
        commands[command] = None
    return [_step(connection, here, command) for command in commands]


def undoable_entry(connection: sqlite3.Connection, id: str) -> UndoStep | None:
    """Return the command of here that wrote an entry, as far as it counts; None where there is nothing to take back."""
    here = written_here(connection)
    row = connection.execute(
        f"SELECT command FROM event WHERE id = ? AND {here} AND kind <> 'revoked' AND {_NO_CIRCUMSTANCE} AND {COUNTS}",
        (id,),
    ).fetchone()
    return _step(connection, here, row[0]) if row else None


def redoable(connection: sqlite3.Connection) -> tuple[str, UndoStep] | None:
    """Return the revocation to take back and the command that this brings again, or None.

    Any other command after an undo clears what could be redone.
    """
    here = written_here(connection)
    last_ordinary = connection.execute(
        f"SELECT number FROM event WHERE {here} AND kind <> 'revoked' AND {_NO_CIRCUMSTANCE}"
        " ORDER BY number DESC LIMIT 1"
    ).fetchone()
    rows = connection.execute(
        f"SELECT id, data FROM event WHERE {here} AND kind = 'revoked' AND number > ? AND {COUNTS}"
        " ORDER BY number DESC",
        (last_ordinary[0] if last_ordinary else 0,),
    )
    for id, data in rows.fetchall():
        targets = json.loads(data)["events"]
        found = connection.execute(
            "SELECT command FROM event WHERE id = ? AND kind <> 'revoked'", (targets[0],)
        ).fetchone()
        if found:
            return id, _step(connection, here, found[0], only=targets)
    return None


def _step(connection: sqlite3.Connection, here: str, command: str, only: Iterable[str] = ()) -> UndoStep:
    # What an import took back for what it brought comes last: the first event names the command that redo brings again.
    of_command = f"command = ? AND {here} AND {_NO_CIRCUMSTANCE}"
    rows = connection.execute(
        "SELECT id, kind, id IN (SELECT event FROM revoked) FROM event"
        f" WHERE {of_command} ORDER BY kind = 'revoked', +seq",
        (command,),
    ).fetchall()
    wanted = set(only)
    chosen = [(id, kind) for id, kind, revoked in rows if (id in wanted if wanted else not revoked)]
    counts: dict[str, int] = {}
    shown: list[str] = []
    for id, kind in chosen:
        if kind == "revoked":
            continue
        counts[kind] = counts.get(kind, 0) + 1
        if len(chosen) <= LISTED_ONE_BY_ONE or kind == "file_written" or counts[kind] == 1:
            shown.append(id)
    text, happened, offset = connection.execute(
        # What came from elsewhere happened at other times; when the command ran is when it was recorded.
        "SELECT command_text, recorded, iif(happened = recorded, offset_minutes, NULL) FROM event"
        f" WHERE {of_command} AND kind <> 'revoked' ORDER BY happened <> recorded, +seq LIMIT 1",
        (command,),
    ).fetchone()
    events = [
        decode(connection.execute(f"SELECT {EVENT_COLUMNS} FROM event WHERE id = ?", (id,)).fetchone()) for id in shown
    ]
    return UndoStep(command, text, happened, offset, tuple(id for id, _ in chosen), counts, tuple(events))
