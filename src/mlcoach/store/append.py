"""The one write path of the program: append events and the rows that follow from them, in one transaction.

`append` gives the events their numbers, inserts them, and folds the rows of every touched key again from their events;
new, backdated, undone and merged entries all go this way.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from mlcoach.domain.bulk import OnProgress, collector_paused
from mlcoach.domain.events import Body, Event, Revoked
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.errors import StoreError
from mlcoach.store.database import transaction
from mlcoach.store.device import device_of, last_number
from mlcoach.store.journal import insert
from mlcoach.store.refold import refold


class NewEvent(NamedTuple):
    """An event before the journal gives it an id. `happened` is the instant of the command where it names none."""

    body: Body
    study_day: date
    backdated: bool = False
    happened: LocalInstant | None = None


def append(
    connection: sqlite3.Connection,
    new: Sequence[NewEvent],
    instant: LocalInstant,
    command: str,
    command_text: str,
    on_progress: OnProgress | None = None,
) -> list[Event]:
    """Write the events and the rows that follow from them; all of it is on disk when this returns, or nothing.

    `command` identifies the invocation (one step of undo), `command_text` is what the learner typed, `on_progress`
    hears (rows done, rows in all). Raises StoreError for a revocation of what another terminal has taken back in the
    meantime.
    """
    with collector_paused(), transaction(connection):
        _refuse_to_revoke_twice(connection, new)
        events = numbered(connection, new, instant, command)
        refold(connection, insert(connection, events, command_text), on_progress)
    return events


def numbered(
    connection: sqlite3.Connection, new: Sequence[NewEvent], instant: LocalInstant, command: str
) -> list[Event]:
    """Return the events with their ids, inside the transaction that inserts them."""
    device = device_of(connection)
    return [
        Event(
            f"{device}-{seq}",
            *(entry.happened or instant),
            entry.study_day,
            instant.microseconds,
            device,
            seq,
            command,
            entry.body,
            entry.backdated,
        )
        for seq, entry in enumerate(new, start=last_number(connection, device) + 1)
    ]


def _refuse_to_revoke_twice(connection: sqlite3.Connection, new: Iterable[NewEvent]) -> None:
    """Raise StoreError when an event to revoke is revoked already: redo could bring only one of the two back."""
    targets = [id for entry in new if isinstance(entry.body, Revoked) for id in entry.body.events]
    known = "SELECT 1 FROM revoked WHERE event IN (SELECT value FROM json_each(?)) LIMIT 1"
    if targets and connection.execute(known, (json.dumps(targets),)).fetchone():
        raise StoreError("another terminal has just undone or redone the same", "look: `mlcoach undo --list`")
