"""The whole journal as lines of JSON, and its union with another: what merging two machines is.

Entries keep their ids, so an entry is never doubled and the order in which journals meet does not matter.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from mlcoach.domain.bulk import OnProgress, collector_paused
from mlcoach.domain.event_checks import LARGEST, body_of, is_day
from mlcoach.domain.events import Event, Revoked, UnknownBody
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.store.database import transaction
from mlcoach.store.journal import decode, encode, insert, known_device
from mlcoach.store.refold import refold

FIELDS = (
    "id", "happened", "offset", "study_day", "recorded", "device", "seq", "command", "command_text", "kind",
    "backdated", "data",
)  # fmt: skip
_COLUMNS = (
    "id, happened, offset_minutes, study_day, recorded, device, seq, command, command_text, kind, backdated, data"
)
_DEVICE = re.compile(r"[A-Za-z0-9]{1,64}")
LONGEST_COMMAND = 100_000  # characters; a command that keeps a long note is as long as that
_DAY = 86_400 * MICROSECONDS


class Joined(NamedTuple):
    """What came of a union: entries added, entries that were here, and (line, reason) of what is not an entry."""

    added: int
    known: int
    refused: list[tuple[int, str]]


class Line(NamedTuple):
    """An entry that was read from a line, with the command as it was typed."""

    number: int
    event: Event
    text: str


def journal_lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield every entry as a line of JSON, in the order in which they were written here."""
    for *row, backdated, data in connection.execute(f"SELECT {_COLUMNS} FROM event ORDER BY number"):
        entry = dict(zip(FIELDS, (*row, bool(backdated), json.loads(data)), strict=True))
        yield json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def read_line(number: int, text: str, now: int) -> Line:
    """Return the entry of a line. `now` is in microseconds since 1970 UTC. Raises ValueError with the reason."""
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("a line that is not JSON") from None
    if not isinstance(entry, dict) or set(entry) != set(FIELDS):
        raise ValueError("a line that is not an entry of a journal")
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
        raise ValueError("an entry of a time still to come, or before 1970")
    body, unread = body_of(entry["kind"], entry["data"])
    if isinstance(body, Revoked) and not all(target.startswith(f"{device}-") for target in body.events):
        raise ValueError("an entry that takes back what another device wrote")
    event = Event(
        entry["id"], entry["happened"], entry["offset"], date.fromisoformat(entry["study_day"]), entry["recorded"],
        device, seq, entry["command"], body, entry["backdated"], unread,
    )  # fmt: skip
    return Line(number, event, entry["command_text"])


def join(connection: sqlite3.Connection, lines: Iterable[Line], on_progress: OnProgress | None = None) -> Joined:
    """Add the entries that are not here, all of them in one transaction, and fold what they touch.

    An entry whose id is here with other content is left out, and so is one that claims to be of this device but was
    never written by it: its numbers would collide with those to come, and undo would take it for a command of ours.
    """
    with collector_paused(), transaction(connection):
        own = known_device(connection)
        fresh: dict[str, Line] = {}
        known = 0
        refused: list[tuple[int, str]] = []
        for line in lines:
            event = line.event
            here = connection.execute(f"SELECT {_COLUMNS} FROM event WHERE id = ?", (event.id,)).fetchone()
            if here is None and event.id in fresh:
                here = _row(fresh[event.id])
            if here is not None:
                if _same(here, _row(line)):
                    known += 1
                else:
                    refused.append((line.number, "an entry that is here with other content"))
            elif own and event.device == own:
                refused.append((line.number, "an entry that names this device, which never wrote it"))
            else:
                fresh[event.id] = line
        if fresh:
            joining = list(fresh.values())
            touched = insert(connection, [line.event for line in joining], [line.text for line in joining])
            refold(connection, touched, on_progress)
    return Joined(len(fresh), known, refused)


def _row(line: Line) -> tuple[Any, ...]:
    row = encode(line.event)
    return (*row[:8], line.text, *row[8:])


def _same(here: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Return whether two rows say the same, however their data is written: releases write different fields."""
    if here[:-1] != other[:-1]:
        return False
    one, two = (decode((*row[:8], *row[9:])).body for row in (here, other))
    if not isinstance(one, UnknownBody):
        return bool(one == two)
    # Each release that reads a kind writes the fields it knows of it, those that are new with their default.
    found, other_data = json.loads(here[-1]), json.loads(other[-1])
    return all(found[name] == other_data[name] for name in found.keys() & other_data.keys())


def _is_sound(text: str) -> bool:
    return "\0" not in text and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)
