"""The whole journal as lines of JSON, and its union with another: what merging two machines is.

Entries keep their ids, so an entry is never doubled and the order in which journals meet does not matter.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from mlcoach.domain.bulk import OnProgress, collector_paused
from mlcoach.domain.event_checks import LARGEST, body_of, is_day
from mlcoach.domain.events import Event, JournalJoined
from mlcoach.domain.revocations import spans
from mlcoach.domain.time.study_days import MICROSECONDS, LocalInstant, to_local
from mlcoach.store import copies
from mlcoach.store.append import NewEvent, numbered
from mlcoach.store.copies import COLUMNS, Line, row_of, same, stored
from mlcoach.store.database import transaction
from mlcoach.store.erasing import erase
from mlcoach.store.joined import brought_by_undone
from mlcoach.store.journal import Touched, insert
from mlcoach.store.refold import rebuilt, refold

FIELDS = (
    "id", "happened", "offset", "study_day", "recorded", "device", "seq", "command", "command_text", "kind",
    "backdated", "data",
)  # fmt: skip
_DEVICE = re.compile(r"[A-Za-z0-9]{1,64}")
LONGEST_COMMAND = 100_000  # characters; a command that keeps a long note is as long as that
_DAY = 86_400 * MICROSECONDS


class NotAnEntryError(ValueError):
    """A line that no journal can hold, so that the file may be of another kind."""


class FutureEntryError(ValueError):
    """An entry of a time still to come: its clock is wrong, or the one here; later it may be right."""


class Joined(NamedTuple):
    """What came of a union: entries added, entries that were here, and (line, reason) of what was refused.

    `noted` says that undo can take it back.
    """

    added: int
    known: int
    refused: list[tuple[int, str]]
    noted: bool = False


class ImportNote(NamedTuple):
    """What an import writes of itself, so that it can be taken back as one step: its instant, day and command."""

    instant: LocalInstant
    study_day: date
    command: str
    command_text: str


def journal_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield every entry as a line of JSON, in the order in which they were written here."""
    for *row, backdated, data in connection.execute(f"SELECT {COLUMNS} FROM event ORDER BY number"):
        entry = dict(zip(FIELDS, (*row, bool(backdated), json.loads(data)), strict=True))
        yield json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def read_line(number: int, text: str, now: int) -> Line:
    """Return the entry of a line. `now` is in microseconds since 1970 UTC. Raises ValueError with the reason."""
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAnEntryError("a line that is not JSON") from None
    if not isinstance(entry, dict) or set(entry) != set(FIELDS):
        raise NotAnEntryError("a line that is not an entry of a journal")
    device, seq = entry["device"], entry["seq"]
    for name in ("happened", "recorded", "seq", "offset"):
        if type(entry[name]) is not int:
            raise ValueError("an entry with a field of another type")
    for name in ("id", "study_day", "device", "command", "command_text", "kind"):
        if not isinstance(entry[name], str) or len(entry[name]) > LONGEST_COMMAND or not _is_sound(entry[name]):
            raise ValueError("an entry with a field of another type")
    if type(entry["backdated"]) is not bool or not isinstance(entry["data"], dict):
        raise ValueError("an entry with a field of another type")
    if not _DEVICE.fullmatch(device) or not 0 < seq <= LARGEST or entry["id"] != f"{device}-{seq}":
        raise ValueError("an entry with an invalid id")
    if not is_day(entry["study_day"]) or not -1440 < entry["offset"] < 1440:
        raise ValueError("an entry with an invalid day")
    if not 0 < entry["happened"] <= now + _DAY or not 0 < entry["recorded"] <= now + _DAY:
        raise FutureEntryError("an entry of a time still to come, or before 1970")
    study_day = date.fromisoformat(entry["study_day"])
    # A zone or the rollover may put an entry into the next day; further on is where no clock was right.
    if study_day > to_local(entry["happened"], entry["offset"]).date() + timedelta(days=1):
        raise ValueError("an entry for a day that was still to come when it was made")
    body, unread = body_of(entry["kind"], entry["data"])
    event = Event(
        entry["id"], entry["happened"], entry["offset"], study_day, entry["recorded"],
        device, seq, entry["command"], body, entry["backdated"], unread,
    )  # fmt: skip
    return Line(number, event, entry["command_text"])


def join(
    connection: sqlite3.Connection,
    lines: Iterable[Line],
    on_progress: OnProgress | None = None,
    note: ImportNote | None = None,
    *,
    join_copies: bool = False,
) -> Joined:
    """Add the entries that are not here, all of them in one transaction, and fold what they touch.

    With a `note` the import can be taken back; what an import brought that was taken back counts again. Entries that a
    copy of this home wrote under the same name are refused (`store.copies` says which), unless `join_copies` gives one
    side of them a name of its own.
    """
    with collector_paused(), transaction(connection):
        lines = list(lines)
        sorted_out = copies.sort_out(connection, lines, join_copies)
        refused = dict(sorted_out.refused)
        fresh: dict[str, Line] = {}
        again: list[Event] = []
        known = 0
        asleep = _brought_by_undone(connection)
        erasing = erase.erased_among(sorted_out.lines)
        gone = erasing | erase.erased_here(connection)
        for line in sorted_out.lines:
            if line.event.id in gone:
                line = erase.blanked(line)
            event = line.event
            here = stored(connection, event.id)
            if here is None and event.id in fresh:
                here = row_of(fresh[event.id])
            if here is None:
                fresh[event.id] = line
            elif not same(here, row_of(line)):
                refused[line.number] = "an entry that is here with other content"
            elif event.id in asleep:
                again.append(event)
            else:
                known += 1
        blanked = erase.blank(connection, erasing)
        joining = list(fresh.values())
        touched = insert(connection, [line.event for line in joining], [line.text for line in joining])
        brought = [line.event for line in joining] + again
        # What only says that journals were joined would be joined back and forth for ever.
        noted = note is not None and any(not isinstance(event.body, JournalJoined) for event in brought)
        if note and noted:
            body = JournalJoined(spans((event.device, event.seq) for event in brought))
            own = numbered(connection, [NewEvent(body, note.study_day)], note.instant, note.command)
            more = insert(connection, own, note.command_text)
            touched = Touched(touched.keys | more.keys, touched.memory + more.memory)
        touched = Touched(touched.keys | blanked, touched.memory)
        if sorted_out.renamed_here:
            for done, total in rebuilt(connection):
                if on_progress:
                    on_progress(done, total)
        else:
            refold(connection, touched, on_progress)
    return Joined(len(brought), known, sorted(refused.items()), noted)


def brings_something(connection: sqlite3.Connection, lines: Iterable[Line]) -> bool:
    """Return whether lines name an entry that is not here, or that does not count since its import was taken back."""
    asleep = _brought_by_undone(connection)
    return any(line.event.id in asleep or stored(connection, line.event.id) is None for line in lines)


def brings_back(connection: sqlite3.Connection, lines: Iterable[Line]) -> bool:
    """Return whether lines name an entry that does not count since its import was taken back."""
    asleep = _brought_by_undone(connection)
    return bool(asleep) and any(line.event.id in asleep for line in lines)


def _brought_by_undone(connection: sqlite3.Connection) -> set[str]:
    return brought_by_undone(connection, {id for (id,) in connection.execute("SELECT event FROM revoked")})


def _is_sound(text: str) -> bool:
    return "\0" not in text and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)
