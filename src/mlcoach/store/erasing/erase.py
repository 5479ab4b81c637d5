"""Erasing the free text of entries, in the journal and in the rows folded from it.

An entry that was erased says so, and an event names all that were erased together: whichever of the two comes to
another journal first, the text goes there too, and no copy that still has it brings it back.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from mlcoach.domain.erasing import command_without_text, erased, is_erased
from mlcoach.domain.event_keys import Key, touched
from mlcoach.domain.events import Event, UnknownBody
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.domain.work_events import Erased
from mlcoach.store.append import NewEvent, numbered
from mlcoach.store.copies import Line
from mlcoach.store.database import transaction
from mlcoach.store.journal import EVENT_COLUMNS, Touched, decode, encode, insert
from mlcoach.store.refold import refold


def of_one_command(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Event]:
    """Return all events of the commands that wrote these, in the order in which they were written."""
    found: dict[str, Event] = {}
    for id in ids:
        rows = connection.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE command ="
            " (SELECT command FROM event WHERE id = ?) AND device = (SELECT device FROM event WHERE id = ?)"
            " ORDER BY number",
            (id, id),
        )
        found |= {event.id: event for event in map(decode, rows)}
    return list(found.values())


def erase(
    connection: sqlite3.Connection, ids: Sequence[str], instant: LocalInstant, study_day: date, command: str, typed: str
) -> None:
    """Blank the text of these entries, fold what they touch again and note it as an event, in one transaction.

    What SQLite keeps of the old text in unused pages and in its log goes too. Raises sqlite3.DatabaseError.
    """
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        keys = blank(connection, ids)
        body = Erased(tuple(ids))
        insert(connection, numbered(connection, [NewEvent(body, study_day)], instant, command), typed)
        refold(connection, Touched(keys, []))


def clean(connection: sqlite3.Connection) -> bool:
    """Rewrite the file without its unused pages, and empty its log; False while another program uses it."""
    try:
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    return not busy


def blank(connection: sqlite3.Connection, ids: Iterable[str]) -> set[Key]:
    """Blank the entries with these ids that are here, inside the caller's transaction; return what they touch."""
    keys: set[Key] = set()
    for id in ids:
        row = connection.execute(f"SELECT {EVENT_COLUMNS}, command_text FROM event WHERE id = ?", (id,)).fetchone()
        if row is None:
            continue
        event = decode(row[:-1])
        if is_erased(event) or isinstance(event.body, UnknownBody):
            continue
        after = erased(event)
        connection.execute(
            "UPDATE event SET data = ?, command_text = ? WHERE id = ?",
            (encode(after)[-1], command_without_text(row[-1]), id),
        )
        keys.update(touched(event.body, event.study_day))
    return keys


def erased_here(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of all entries that any event of this journal says were erased."""
    rows = connection.execute(
        "SELECT DISTINCT value FROM event, json_each(event.data, '$.events') WHERE event.kind = 'erased'"
    )
    return {id for (id,) in rows}


def erased_among(lines: Iterable[Line]) -> set[str]:
    """Return the ids of the entries that are erased by what is said in these lines."""
    found: set[str] = set()
    for line in lines:
        if isinstance(line.event.body, Erased):
            found.update(line.event.body.events)
        elif is_erased(line.event):
            found.add(line.event.id)
    return found


def blanked(line: Line) -> Line:
    """Return an entry from elsewhere as it is after it was erased."""
    if is_erased(line.event) or isinstance(line.event.body, UnknownBody):
        return line
    return line._replace(event=erased(line.event), text=command_without_text(line.text))
