"""What a command wrote to a store that was deleted or replaced meanwhile, kept in a file that `import journal` reads.

An open file goes on after its name is gone: what is written there can be read by this process alone, and ends with it.
"""

import json
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.events import Event
from mlcoach.domain.text import escaped
from mlcoach.domain.time.study_days import MICROSECONDS, LocalInstant
from mlcoach.errors import StoreError
from mlcoach.store.damage.new_file import write_new
from mlcoach.store.database import connect_to_look
from mlcoach.store.device import known_device
from mlcoach.store.journal import encode
from mlcoach.store.union import FIELDS, journal_lines

if TYPE_CHECKING:
    from mlcoach.store.append import NewEvent
    from mlcoach.store.store import Store


class Unwritten(NamedTuple):
    """Entries that could not be written any more, with the instant and the text of their command."""

    entries: "Sequence[NewEvent]"
    instant: LocalInstant
    command: str
    command_text: str


def refuse_if_moved(store: "Store", now: int, unwritten: Unwritten | None = None) -> None:
    """Raise StoreError where the file that this store writes to is no longer the one at its path.

    What would be lost is kept in a file first: of a store that is gone the whole journal, of one that was replaced what
    this command wrote, and in either case what is `unwritten`. `now` is in microseconds since 1970 UTC.
    """
    if store.is_in_place():
        return
    path = store.path
    replaced = path.exists()
    lines = []
    with suppress(sqlite3.Error, ValueError):
        lines = list(_only_here(store) if replaced else journal_lines(store.connection))
    lines += _lines_of(store.connection, unwritten) if unwritten else []
    what = "replaced by another file" if replaced else "deleted"
    message = f"`{path}` was {what} while this command ran"
    if not lines:
        raise StoreError(message, "nothing of this command was lost; run it again")
    kept = _keep(path.parent, now, "".join(f"{escaped(line)}\n" for line in lines))
    entries = "1 entry" if len(lines) == 1 else f"{len(lines):,} entries"
    raise StoreError(
        message,
        f"{entries} that would be lost {'is' if len(lines) == 1 else 'are'} kept in `{kept}`;"
        f" put the right store in its place, then: mlcoach import journal {kept}",
    )


def _only_here(store: "Store") -> Iterator[str]:
    """Yield what this command wrote and the store that stands at the path now does not have."""
    there: set[str] = set()
    with suppress(sqlite3.Error):
        other = connect_to_look(store.path)
        try:
            there = {id for (id,) in other.execute("SELECT id FROM event")}
        finally:
            other.close()
    written = {id for (id,) in store.connection.execute("SELECT id FROM event WHERE number > ?", (store.last_number,))}
    yield from (line for line in journal_lines(store.connection) if json.loads(line)["id"] in written - there)


def _lines_of(connection: sqlite3.Connection, unwritten: Unwritten) -> Iterator[str]:
    """Yield entries that were never written, with the numbers they would have got; a new device where none is known."""
    device, last = "", 0
    with suppress(sqlite3.Error):
        device = known_device(connection)
        query = "SELECT coalesce(max(seq), 0) FROM event WHERE device = ?"
        last = connection.execute(query, (device,)).fetchone()[0]
    device = device or secrets.token_hex(4)
    instant = unwritten.instant
    for seq, entry in enumerate(unwritten.entries, start=last + 1):
        event = Event(
            f"{device}-{seq}", *(entry.happened or instant), entry.study_day, instant.microseconds, device, seq,
            unwritten.command, entry.body, entry.backdated,
        )  # fmt: skip
        *row, kind, backdated, data = encode(event)
        fields = (*row, unwritten.command_text, kind, bool(backdated), json.loads(data))
        yield json.dumps(dict(zip(FIELDS, fields, strict=True)), ensure_ascii=False, separators=(",", ":"))


def _keep(folder: Path, now: int, text: str) -> Path:
    """Write a rescue file beside where the store was, or where temporary files go, and return its path."""
    stamp = datetime.fromtimestamp(now // MICROSECONDS, UTC).strftime("%Y%m%dT%H%M%SZ")
    for place in (folder, Path(tempfile.gettempdir())):
        for number in range(1, 100):
            path = place / f"rescue-{stamp}{f'-{number}' if number > 1 else ''}.jsonl"
            try:
                place.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_new(path, text)
            except FileExistsError:
                continue
            except OSError:
                break
            return path
    raise StoreError(f"nothing can be written to `{folder}`", "free some space, or make the folder writable")
