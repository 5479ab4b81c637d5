"""Which kinds of entries, and which of their fields, the rows were folded with: the next release may know more.

What a release does not know it keeps unread. The one that knows it checks and folds it, at its first opening.
"""

import json
import sqlite3
from collections.abc import Iterator

from mlcoach.domain.events import KINDS
from mlcoach.store.database import transaction
from mlcoach.store.parameters import note_model


def is_outdated(connection: sqlite3.Connection) -> bool:
    """Return whether rows were folded without something that this program reads, or with something it does not."""
    found = _stored(connection)
    return found not in ("", _words()) and any(True for _ in _numbers(connection, found))


def keep_up(connection: sqlite3.Connection) -> None:
    """Note what this program reads. Where entries are read now that were not, or no longer, fold everything again."""
    if _stored(connection) == _words():
        return
    with transaction(connection):
        found = _stored(connection)
        if found and (numbers := set(_numbers(connection, found))):
            from mlcoach.store.refold import rebuilt

            _set_aside(connection, numbers)
            for _ in rebuilt(connection):
                pass
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('vocabulary', ?)", (_words(),))
        if not connection.execute("SELECT EXISTS (SELECT 1 FROM event)").fetchone()[0]:
            note_model(connection)


def _words() -> str:
    fields = (f"{kind}.{name}" for kind, body in KINDS.items() for name in body._fields)
    return " ".join([*KINDS, *fields])


def _stored(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = 'vocabulary'").fetchone()
    return str(row[0]) if row else ""


def _numbers(connection: sqlite3.Connection, found: str) -> Iterator[int]:
    """Yield the numbers of the entries of which more, or less, is read now than with the words found."""
    for word in set(found.split()) ^ set(_words().split()):
        kind, _, name = word.partition(".")
        rows = connection.execute(
            "SELECT number FROM event WHERE kind = ? AND instr(data, ?)", (kind, f'"{name}":' if name else "{")
        )
        yield from (number for (number,) in rows)


def _set_aside(connection: sqlite3.Connection, numbers: set[int]) -> None:
    """Keep those entries from counting that are not what they say, for they could not be checked when they arrived."""
    from mlcoach.domain.event_checks import body_of

    rows = connection.execute(
        "SELECT id, kind, data FROM event WHERE number IN (SELECT value FROM json_each(?)) OR id IN"
        " (SELECT value FROM json_each(coalesce((SELECT value FROM meta WHERE name = 'set_aside'), '[]')))",
        (json.dumps(sorted(numbers)),),
    )
    unsound = []
    for id, kind, data in rows:
        try:
            body_of(kind, json.loads(data))
        except ValueError:
            unsound.append(id)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('set_aside', ?)", (json.dumps(unsound),))
