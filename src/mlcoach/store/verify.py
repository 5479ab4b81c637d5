"""Looking for damage without changing anything: the file itself, and whether every row is the fold of its events."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from mlcoach.domain.event_keys import Key, touched
from mlcoach.domain.habit.streak import START, walk
from mlcoach.errors import MlcoachError
from mlcoach.store.checkpoint import days_after, read_checkpoint, rest_spans
from mlcoach.store.journal import EVENT_COLUMNS, decode, set_aside
from mlcoach.store.projections import TABLES, alike, all_keys, row_of, stored_row

MOST_COMPLAINTS = 20
STEP = 100
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
        for done, wrong in enumerate(_keys_unlike_events(connection), start=1):
            if wrong or done % STEP == 0:
                yield Looked(done, total, wrong)
        if not _checkpoint_is_sound(connection):
            yield Looked(events, total, "checkpoint of the streak")
        for done, key in enumerate(keys, start=events + 1):
            wrong = "" if _is_fold(connection, key) else f"{key.kind} {key.id}".strip()
            if wrong or done % STEP == 0 or done == total:
                yield Looked(done, total, wrong)
        yield from _correction_unlike_answers(connection, total)
        expected = {(TABLES[key.kind], _name(key)) for key in keys} | {("single", "streak")}
        for name in sorted(_rows(connection) - expected):
            yield Looked(total, total, " ".join(name))
    finally:
        connection.execute("ROLLBACK")


def _is_fold(connection: sqlite3.Connection, key: Key) -> bool:
    try:
        return alike(stored_row(connection, key), row_of(connection, key))
    except (ValueError, KeyError, TypeError, AttributeError, MlcoachError):  # an event that cannot be read
        return False


def _keys_unlike_events(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield for every event the id of one whose keys are not those it touches, else ""."""
    listed = groupby(
        connection.execute("SELECT event, kind, key FROM event_key ORDER BY event, kind, key"), key=lambda row: row[0]
    )
    number, keys = next(listed, _NO_MORE)
    left_out = set_aside(connection)
    for at, *row in connection.execute(f"SELECT number, {EVENT_COLUMNS} FROM event ORDER BY number"):
        found = [Key(kind, key) for _, kind, key in keys] if number == at else []
        if number == at:
            number, keys = next(listed, _NO_MORE)
        try:
            event = decode(row)
        except (ValueError, KeyError, TypeError):
            yield f"entry {row[0]}, which cannot be read"
            continue
        expected = [] if event.id in left_out else sorted(set(touched(event.body, event.study_day)))
        yield "" if found == expected else f"entry {event.id}"


def _checkpoint_is_sound(connection: sqlite3.Connection) -> bool:
    """Return whether the walk over all days comes to the checkpoint that spares `today` most of it."""
    known = read_checkpoint(connection)
    if not known.judged:
        return known == START
    return walk(days_after(connection, 0), rest_spans(connection), date.fromordinal(known.judged + 1)).closed == known


def _correction_unlike_answers(connection: sqlite3.Connection, before: int) -> Iterator[Looked]:
    """Fold all answers again and compare what is known of the learner, and was at each checkpoint."""
    from mlcoach.store.learner_model import unlike_fold

    try:
        for done, coming, wrong in unlike_fold(connection):
            yield Looked(before + done, before + coming, "correction of memory" if wrong else "")
    except (ValueError, KeyError, TypeError, AttributeError, MlcoachError):  # a row or an event that cannot be read
        yield Looked(before, before, "correction of memory")


def _rows(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return {(table, key) for table in set(TABLES.values()) for (key,) in connection.execute(f"SELECT key FROM {table}")}


def _name(key: Key) -> str:
    return key.kind if TABLES[key.kind] == "single" else key.id
