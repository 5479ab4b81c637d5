"""The rows of the journal: events written, revoked, and read back for folding."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from mlcoach.domain.event_keys import Key, touched
from mlcoach.domain.events import (
    KINDS,
    MEMORY,
    Body,
    Event,
    FutureSetAside,
    JournalJoined,
    Revoked,
    UnknownBody,
    kind_of,
)
from mlcoach.store.database import COUNTS, primary_code

EVENT_COLUMNS = (
    "event.id, event.happened, event.offset_minutes, event.study_day, event.recorded, event.device, event.seq,"
    " event.command, event.kind, event.backdated, event.data"
)
ORDER = "study_day, happened, device, seq"
# In these very words, for there is an index of what they say.
ANSWERED = "kind IN ('item_graded', 'answer_kept')"
BEGUN_AFRESH = "(kind = 'item_marked' AND json_extract(data, '$.mark') = 'forgotten')"
# What decides whether other entries count.
_MOVING = (Revoked, FutureSetAside, JournalJoined)
_FEW = 500  # events whose keys are looked up one by one
# Made once: an import writes and folds hundreds of thousands of entries.
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_read_json = json.JSONDecoder().raw_decode


class Touched(NamedTuple):
    """What must be folded again: the keys, and those events from which on the learner's memory is another one."""

    keys: set[Key]
    memory: list[Event]


def insert(connection: sqlite3.Connection, events: Iterable[Event], command_text: str | Sequence[str]) -> Touched:
    """Insert events inside the caller's transaction and return what must be folded again.

    `command_text` is what was typed, for all of them or one for each. What takes entries back, or brings them again,
    touches what these touch.
    """
    events = list(events)
    keys: set[Key] = set()
    moving: list[Event] = []
    last = connection.execute("SELECT coalesce(max(number), 0) FROM event").fetchone()[0]
    rows: list[tuple[Any, ...]] = []
    touching: list[tuple[str, str, int]] = []
    texts = repeat(command_text) if isinstance(command_text, str) else iter(command_text)
    for number, (event, text) in enumerate(zip(events, texts, strict=False), start=last + 1):
        rows.append((number, *encode(event), text))
        own = touched(event.body, event.study_day)
        touching += [(*key, number) for key in own]
        keys.update(own)
        if isinstance(event.body, _MOVING):
            moving.append(event)
    connection.executemany(
        "INSERT INTO event (number, id, happened, offset_minutes, study_day, recorded, device, seq, command, kind,"
        " backdated, data, command_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.executemany("INSERT OR IGNORE INTO event_key VALUES (?, ?, ?)", touching)
    if moving:
        moved, behind = _behind(connection, (target for event in moving for target in _targets(connection, event)))
        keys |= moved
        fold_revocations(connection)
        events += behind
    return Touched(keys, [event for event in events if isinstance(event.body, MEMORY)])


def _behind(connection: sqlite3.Connection, targets: Iterable[str]) -> tuple[set[Key], list[Event]]:
    """Return the keys touched by these events, through revocations of revocations, and what of them bears on memory.

    Of very many events only those are returned that may be the first from where on memory is another one.
    """
    keys: set[Key] = set()
    behind: list[Event] = []
    pending, seen = list(targets), set()
    while pending:
        fresh = [id for id in pending if id not in seen]
        seen.update(fresh)
        pending = []
        if len(fresh) > _FEW:
            # The keys of very many events are found by one walk over all keys, not by reading each event.
            named = json.dumps(fresh)
            rows = connection.execute(
                "SELECT DISTINCT kind, key FROM event_key WHERE event IN"
                " (SELECT number FROM event WHERE id IN (SELECT value FROM json_each(?)))",
                (named,),
            )
            keys.update(map(Key._make, rows))
            takers = connection.execute(
                f"SELECT {EVENT_COLUMNS} FROM event WHERE kind IN ('revoked', 'future_set_aside', 'journal_joined')"
                " AND id IN (SELECT value FROM json_each(?))",
                (named,),
            )
            pending = [target for row in takers.fetchall() for target in _targets(connection, decode(row))]
            behind += _first_of_memory(connection, named)
            continue
        for id in fresh:
            found = connection.execute(f"SELECT {EVENT_COLUMNS} FROM event WHERE id = ?", (id,)).fetchone()
            if found is None:
                continue
            event = decode(found)
            pending.extend(_targets(connection, event))
            keys.update(touched(event.body, event.study_day))
            behind.append(event)
    return keys, behind


def _first_of_memory(connection: sqlite3.Connection, named: str) -> list[Event]:
    """Return, of the events in a JSON list of ids, the first answer or mark and all that concern many answers."""
    chosen = f"SELECT {EVENT_COLUMNS} FROM event WHERE id IN (SELECT value FROM json_each(?)) AND"
    first = connection.execute(
        f"{chosen} ({ANSWERED} OR {BEGUN_AFRESH} OR kind = 'item_scheduled') ORDER BY {ORDER} LIMIT 1",
        (named,),
    )
    many = connection.execute(f"{chosen} kind IN ('item_adopted', 'parameters_adopted')", (named,))
    return [decode(row) for row in (*first, *many)]


def _targets(connection: sqlite3.Connection, event: Event) -> Iterable[str]:
    """Return the entries that count or not with this one: what it takes back, or what an import of ours brought."""
    if isinstance(event.body, Revoked | FutureSetAside):
        return event.body.events
    if not isinstance(event.body, JournalJoined):
        return ()
    from mlcoach.store.joined import brought_by

    return brought_by(connection, event)


def fold_revocations(connection: sqlite3.Connection) -> None:
    """Fold all that takes entries back into the table of events that do not count.

    Answers from the future are set aside only where they lie after the day on which that was said, and the day after:
    no entry from elsewhere can take anything else back so.
    """
    from mlcoach.domain.revocations import taken_back

    takers: dict[str, list[str]] = {}
    rows = connection.execute(
        "SELECT id, kind, study_day, data FROM event WHERE kind IN ('revoked', 'future_set_aside')"
        " ORDER BY recorded DESC, device, seq DESC"
    )
    for id, kind, day, data in rows.fetchall():
        takers[id] = json.loads(data)["events"]
        if kind == "future_set_aside":
            later = connection.execute(
                "SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?)) AND study_day > date(?, '+1 day')",
                (json.dumps(takers[id]), day),
            )
            takers[id] = [target for (target,) in later]
    left_out = set_aside(connection)
    revoked = taken_back(takers, left_out)
    if connection.execute("SELECT 1 FROM event WHERE kind = 'journal_joined' LIMIT 1").fetchone():
        from mlcoach.store.joined import brought_by_undone

        if undone := brought_by_undone(connection, revoked):
            revoked = taken_back(takers, left_out | undone)
    # Only what differs is written: one undone import leaves hundreds of thousands of rows in place.
    before = {row[0] for row in connection.execute("SELECT event FROM revoked")}
    connection.executemany("DELETE FROM revoked WHERE event = ?", ((id,) for id in sorted(before - revoked)))
    connection.executemany("INSERT INTO revoked VALUES (?)", ((id,) for id in sorted(revoked - before)))


def set_aside(connection: sqlite3.Connection) -> set[str]:
    """Return the entries that came unread and turned out not to be what they say: they never count."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'set_aside'").fetchone()
    return set(json.loads(row[0])) if row else set()


def rebuild_keys(connection: sqlite3.Connection) -> None:
    """Work out again which keys each event touches, inside the caller's transaction."""
    left_out = set_aside(connection)
    # Answers are most of a journal: of them SQLite says what `touched` says, without an event made of each.
    usual = "kind = 'item_graded' AND id NOT IN (SELECT value FROM json_each(?))"
    named = json.dumps(sorted(left_out))
    rows = connection.execute(f"SELECT number, {EVENT_COLUMNS} FROM event WHERE NOT ({usual})", (named,))
    events = ((number, decode(row)) for number, *row in rows)
    keys = {
        (*key, at) for at, event in events if event.id not in left_out for key in touched(event.body, event.study_day)
    }
    connection.execute("DELETE FROM event_key")
    # In the order of the table, which spares SQLite most of the work.
    by_day = "SELECT 'day', study_day, number FROM event WHERE"
    by_item = "SELECT 'item', json_extract(data, '$.item'), number FROM event WHERE"
    given_here = "coalesce(json_extract(data, '$.origin'), '') = ''"
    try:
        connection.execute(f"INSERT INTO event_key {by_day} {usual} AND {given_here} ORDER BY 2, 3", (named,))
        connection.execute(f"INSERT INTO event_key {by_item} {usual} ORDER BY 2, 3", (named,))
    except (sqlite3.OperationalError, sqlite3.IntegrityError) as error:
        if primary_code(error) not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT):
            raise
        raise ValueError(str(error)) from error  # an answer that is not what it says
    connection.executemany("INSERT INTO event_key VALUES (?, ?, ?)", sorted(keys))


def events_of(connection: sqlite3.Connection, key: Key) -> list[Event]:
    """Return the events that touch a key and count, in journal order."""
    rows = connection.execute(
        f"SELECT {EVENT_COLUMNS} FROM event_key JOIN event ON event.number = event_key.event"
        " WHERE event_key.kind = ? AND event_key.key = ?"
        f" AND {COUNTS} ORDER BY {ORDER}",
        key,
    )
    return [decode(row) for row in rows]


def encode(event: Event) -> tuple[Any, ...]:
    """Return the row of an event, in the order of the columns."""
    body = event.body
    data = body.data if isinstance(body, UnknownBody) else _write_json({**body._asdict(), **event.unread})
    return (
        event.id, event.happened, event.offset, event.study_day.isoformat(), event.recorded, event.device,
        event.seq, event.command, kind_of(body), int(event.backdated), data,
    )  # fmt: skip


def decode(row: Sequence[Any]) -> Event:
    """Return the event of a row. What this release does not know of it stays unread."""
    id, happened, offset, study_day, recorded, device, seq, command, kind, backdated, data = row
    body, unread = _decoded(kind, data)
    return Event(
        id, happened, offset, date.fromisoformat(study_day), recorded, device, seq, command, body, bool(backdated),
        unread,
    )  # fmt: skip


def _decoded(kind: str, data: str) -> tuple[Body, dict[str, Any]]:
    if kind not in KINDS:
        return UnknownBody(kind, data), {}
    body_type = KINDS[kind]
    fields = _read_json(data)[0]
    if "[" in data:
        fields = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    try:
        return body_type(**fields), {}
    except TypeError:
        unread = {name: fields.pop(name) for name in [*fields] if name not in body_type._fields}
        return body_type(**fields), unread
