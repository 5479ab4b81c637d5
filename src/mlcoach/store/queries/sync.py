"""What sync asks of the store: which entries there are, their lines, and what was carried to and from a place.

That is remembered in the database itself: a backup that is restored remembers what it knew then.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mlcoach.domain.sync.segments import EntrySpan
from mlcoach.store.copies import COLUMNS, Line, row_of, same
from mlcoach.store.copies import stored as stored_row
from mlcoach.store.database import transaction
from mlcoach.store.device import known_device
from mlcoach.store.union import FIELDS

_STATE = "sync"
_HEAD = tuple(name for name in FIELDS if name not in ("backdated", "data"))
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def spans(connection: sqlite3.Connection) -> list[EntrySpan]:
    """Return which entries are here, as spans without a gap, by device and number."""
    found: list[EntrySpan] = []
    rows = connection.execute("SELECT device, min(seq), max(seq), count(*) FROM event GROUP BY device ORDER BY device")
    for device, first, last, count in rows.fetchall():
        if last - first + 1 == count:
            found.append(EntrySpan(device, first, last))
        else:
            found += _broken(connection, device)
    return found


def _broken(connection: sqlite3.Connection, device: str) -> list[EntrySpan]:
    grouped = connection.execute(
        "SELECT min(seq), max(seq) FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq) AS part FROM event"
        " WHERE device = ?) GROUP BY part ORDER BY 1",
        (device,),
    )
    return [EntrySpan(device, first, last) for first, last in grouped.fetchall()]


def lines_of(connection: sqlite3.Connection, span: EntrySpan) -> Iterator[str]:
    """Yield the entries of a span as `union.journal_lines` writes them, in the order of their numbers."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM event WHERE device = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (span.device, span.first, span.last),
    )
    for *row, backdated, data in rows:
        # What is in the column is JSON already.
        head = _write(dict(zip(_HEAD, row, strict=True)))
        yield f'{head[:-1]},"backdated":{"true" if backdated else "false"},"data":{data}}}'


def read_state(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return what was remembered of a place, empty where nothing was."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_STATE,)).fetchone()
    try:
        found = json.loads(row[0]) if row else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def write_state(connection: sqlite3.Connection, state: dict[str, Any]) -> None:
    """Remember what was carried to and from a place."""
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_STATE, _write(state)))


def are_here(connection: sqlite3.Connection, lines: Iterable[Line]) -> bool:
    """Return whether all of these entries are here; those whose words were erased since say all else the same."""
    rows = ((stored_row(connection, line.event.id), row_of(line)) for line in lines)
    return all(here is not None and same(here, other) for here, other in rows)


def erased_files(connection: sqlite3.Connection) -> set[str]:
    """Return the digests of what commands wrote into files whose words were erased."""
    rows = connection.execute(
        "SELECT json_extract(data, '$.digest_after') FROM event WHERE kind = 'file_written'"
        " AND json_extract(data, '$.erased')"
    )
    return {digest for (digest,) in rows if digest}


@dataclass
class Remembered:
    """What is known here of a place.

    `pushed` are the segments put from here, each with its size in bytes and the month in which that was; `seen` those
    that were joined, and of these `other` those whose entries have another name here, since a copied home wrote them.
    `applied` is, by path, the version that a file here is and the digest of the file itself. `erased` are the entries
    whose words are gone from here for good, `clean` the segments that were looked at for such words.
    """

    writer: str
    fingerprint: str
    pushed: dict[str, tuple[int, str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    applied: dict[str, tuple[str, str]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    clean: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, connection: sqlite3.Connection, fingerprint: str) -> "Remembered":
        """Return what is remembered of the place with this key; what another device of ours put is only seen."""
        found = read_state(connection)
        writer = known_device(connection)
        if found.get("key") != fingerprint:
            return cls(writer, fingerprint)
        known = cls(
            writer,
            fingerprint,
            {name: (size, month) for name, (size, month) in found["pushed"].items()},
            set(found["seen"]),
            set(found["other"]),
            {path: (version, digest) for path, (version, digest) in found["applied"].items()},
            set(found.get("erased", ())),
            set(found.get("clean", ())),
        )
        if found["writer"] != writer:
            known.seen |= set(known.pushed)
            known.pushed = {}
        return known

    def write(self, connection: sqlite3.Connection) -> None:
        """Remember it, where anything is new."""
        state = {
            "key": self.fingerprint,
            "writer": known_device(connection),
            "pushed": {name: list(one) for name, one in sorted(self.pushed.items())},
            "seen": sorted(self.seen),
            "other": sorted(self.other),
            "applied": {path: list(one) for path, one in sorted(self.applied.items())},
            "erased": sorted(self.erased),
            "clean": sorted(self.clean),
        }
        if state != read_state(connection):
            write_state(connection, state)
