"""Looking for damage without changing anything: the file itself, and whether every row is the fold of its events."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from mlcoach.domain.event_keys import Key, touched
from mlcoach.domain.habit.streak import START, walk
from mlcoach.errors import MlcoachError
from mlcoach.store.checkpoint import days_after, read_checkpoint, rest_spans
from mlcoach.store.damage.entries import entry_fault, is_device
from mlcoach.store.journal import EVENT_COLUMNS, decode, set_aside
from mlcoach.store.migrations import NEWEST
from mlcoach.store.parameters import is_of_older_model
from mlcoach.store.projections import TABLES, alike, all_keys, row_of, stored_row

MOST_COMPLAINTS = 20
STEP = 100
CANNOT_BE_READ = ", which cannot be read"
NOTES = "what the program notes for itself beside the journal"
# What a row or an event raises that cannot be read; SQLite's own errors are another matter.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, MlcoachError)
_NO_MORE: tuple[int, Iterator[Any]] = (-1, iter(()))


class Looked(NamedTuple):
    """How far an examination is, and what it found wrong at this place ("" for nothing)."""

    done: int
    total: int
    wrong: str = ""


def file_complaints(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with the file and with references between tables; nothing when all is well."""
    said = [row[0] for row in connection.execute(f"PRAGMA integrity_check({MOST_COMPLAINTS})")]
    complaints = [line for line in said if line != "ok"]
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST_COMPLAINTS):
        complaints.append(f"row {row} of {table} points to a row of {parent} that is not there")
    return complaints


def rows_unlike_folds(connection: sqlite3.Connection) -> Iterator[Looked]:
    """Fold every key again and compare, in one view of the database; yields as it goes.

    Also looked at: the table of what each event touches, and rows without an event.
    """
    connection.execute("BEGIN")
    try:
        keys = all_keys(connection)
        events = connection.execute("SELECT count(*) FROM event").fetchone()[0]
        total = events + len(keys)
        if not _reads(lambda: _notes_are_sound(connection)):
            yield Looked(0, total, NOTES)
        for done, wrong in enumerate(_keys_unlike_events(connection), start=1):
            if wrong or done % STEP == 0:
                yield Looked(done, total, wrong)
        if not _reads(lambda: _checkpoint_is_sound(connection)):
            yield Looked(events, total, "the checkpoint of the streak")
        # What an earlier release folded is folded again by the next entry, and no damage.
        older = is_of_older_model(connection)
        for done, key in enumerate(keys, start=events + 1):
            skipped = older and key.kind == "item"
            wrong = "" if skipped or _is_fold(connection, key) else f"{key.kind} {key.id}".strip()
            if wrong or done % STEP == 0 or done == total:
                yield Looked(done, total, wrong)
        if not older:
            yield from _correction_unlike_answers(connection, total)
        expected = {(TABLES[key.kind], _name(key)) for key in keys} | {("single", "streak")}
        for name in sorted(_rows(connection) - expected):
            yield Looked(total, total, " ".join(name))
    finally:
        connection.execute("ROLLBACK")


def _is_fold(connection: sqlite3.Connection, key: Key) -> bool:
    return _reads(lambda: alike(stored_row(connection, key), row_of(connection, key)))


def _reads(look: Callable[[], bool]) -> bool:
    """Return what a look says, False where a row or an event cannot be read."""
    try:
        return look()
    except UNREADABLE:
        return False


def _left_out(connection: sqlite3.Connection) -> set[str]:
    try:
        return set_aside(connection)
    except UNREADABLE:  # found by `_notes_are_sound`
        return set()


def _notes_are_sound(connection: sqlite3.Connection) -> bool:
    """Return whether what the program notes for itself beside the journal can be read."""
    notes = dict(connection.execute("SELECT name, value FROM meta"))
    migrations = connection.execute("SELECT number, name, applied FROM migration").fetchall()
    return (
        all(isinstance(text, str) for note in notes.items() for text in note)
        and is_device(notes.get("device", "unknown"))
        and notes.get("clock_warned", "0").isdecimal()
        and notes.get("model", "0").isdecimal()
        and all(isinstance(id, str) for id in json.loads(notes.get("set_aside", "[]")))
        and [number for number, _, _ in migrations] == [*range(1, NEWEST + 1)]
        and all(isinstance(name, str) and datetime.fromisoformat(applied) for _, name, applied in migrations)
    )


def unsound_entries(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the id, or whatever stands there, of each entry of the journal that this program cannot have written."""
    left_out = _left_out(connection)
    for row in connection.execute(f"SELECT {EVENT_COLUMNS} FROM event ORDER BY number"):
        if row[0] not in left_out and entry_fault(row):
            yield str(row[0])


def _keys_unlike_events(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield for every event the id of one whose keys are not those it touches, else ""."""
    listed = groupby(
        connection.execute("SELECT event, kind, key FROM event_key ORDER BY event, kind, key"), key=lambda row: row[0]
    )
    number, keys = next(listed, _NO_MORE)
    left_out = _left_out(connection)
    for at, *row in connection.execute(f"SELECT number, {EVENT_COLUMNS} FROM event ORDER BY number"):
        found = [Key(kind, key) for _, kind, key in keys] if number == at else []
        if number == at:
            number, keys = next(listed, _NO_MORE)
        if row[0] in left_out:
            expected: list[Key] = []
        elif entry_fault(row):
            yield f"entry {row[0]}{CANNOT_BE_READ}"
            continue
        else:
            event = decode(row)
            expected = sorted(set(touched(event.body, event.study_day)))
        yield "" if found == expected else f"entry {row[0]}"


def _checkpoint_is_sound(connection: sqlite3.Connection) -> bool:
    """Return whether the walk over all days comes to the checkpoint that spares `today` most of it."""
    known = read_checkpoint(connection)
    if not known.judged:
        return known == START
    closed = walk(days_after(connection, 0), rest_spans(connection), date.fromordinal(known.judged + 1)).closed
    return alike(tuple(closed), tuple(known))


def _correction_unlike_answers(connection: sqlite3.Connection, before: int) -> Iterator[Looked]:
    """Fold all answers again and compare what is known of the learner, and was at each checkpoint."""
    from mlcoach.store.learner_model import unlike_fold

    try:
        for done, coming, wrong in unlike_fold(connection):
            yield Looked(before + done, before + coming, "the correction of memory" if wrong else "")
    except UNREADABLE:
        yield Looked(before, before, "the correction of memory")


def _rows(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return {(table, key) for table in set(TABLES.values()) for (key,) in connection.execute(f"SELECT key FROM {table}")}


def _name(key: Key) -> str:
    return key.kind if TABLES[key.kind] == "single" else key.id
