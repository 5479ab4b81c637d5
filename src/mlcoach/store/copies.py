"""Homes that were copied and went on under one name: found when their journals meet, and joined without loss.

Two such journals agree up to some number of a device and then say different things under the same ids. One side keeps
the name, the other gets one that follows from its first entry of its own; which, their contents decide. So every
machine that joins them, in whatever order and however often, comes to the same ids.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from mlcoach.domain.erasing import command_without_text, erased, is_erased
from mlcoach.domain.events import Event, FutureSetAside, ItemGraded, JournalJoined, Revoked, UnknownBody
from mlcoach.domain.revocations import read_span
from mlcoach.domain.work_events import Erased
from mlcoach.store.device import known_device, last_number, predecessors, renew_device, set_predecessors, take_name
from mlcoach.store.journal import decode, encode, set_aside

COLUMNS = "id, happened, offset_minutes, study_day, recorded, device, seq, command, command_text, kind, backdated, data"
REFUSED = "an entry of a copy of this home, which went on under the same name"
_NAME_LENGTH = 12  # hexadecimal digits
_REFERENCES = frozenset({"after", "events", "brought"})  # fields that name other entries


class Line(NamedTuple):
    """An entry that was read from a line, with the command as it was typed."""

    number: int
    event: Event
    text: str


class Fork(NamedTuple):
    """Where two journals went on under one name: the device, and its first number with two contents.

    `here` and `there` are how many entries each side has from then on; where `here` is 0, this side has stopped.
    `renamed` is the new name of one side, of this one if `renames_here`, and `known` says that it is here already.
    `since` is the study day (ISO) on which it began.
    """

    device: str
    first: int
    here: int
    there: int
    renamed: str
    renames_here: bool
    since: str
    known: bool


class SortedOut(NamedTuple):
    """Lines that can be joined, those refused with the reason, and whether entries of here got other ids."""

    lines: list[Line]
    refused: dict[int, str]
    renamed_here: bool


def stored(connection: sqlite3.Connection, id: str) -> tuple[Any, ...] | None:
    """Return the row of an entry, None when it is not here."""
    row = connection.execute(f"SELECT {COLUMNS} FROM event WHERE id = ?", (id,)).fetchone()
    return None if row is None else tuple(row)


def row_of(line: Line) -> tuple[Any, ...]:
    """Return the row that a line would be."""
    row = encode(line.event)
    return (*row[:8], line.text, *row[8:])


def same(here: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Return whether two rows say the same, however their data is written: releases write different fields."""
    if here == other:
        return True
    events = [decode((*row[:8], *row[9:])) for row in (here, other)]
    if is_erased(events[0]) != is_erased(events[1]):
        # The text of one is gone, and everything else still says the same.
        return _without_text(here, events[0]) == _without_text(other, events[1])
    if here[:-1] != other[:-1]:
        return False
    one, two = events[0].body, events[1].body
    if not isinstance(one, UnknownBody):
        return bool(one == two)
    # Each release that reads a kind writes the fields it knows of it, those that are new with their default.
    found, other_data = json.loads(here[-1]), json.loads(other[-1])
    return all(found[name] == other_data[name] for name in found.keys() & other_data.keys())


def _without_text(row: tuple[Any, ...], event: Event) -> tuple[Any, ...]:
    text = row[8] if is_erased(event) else command_without_text(row[8])
    return (*row[:8], text, *row[9:-1], erased(event).body)


def forks(connection: sqlite3.Connection, lines: Iterable[Line]) -> list[Fork]:
    """Return where the journal of these lines and this one went on under one name."""
    by_device: dict[str, list[Line]] = {}
    for line in lines:
        by_device.setdefault(line.event.device, []).append(line)
    found = (_fork(connection, device, of_device) for device, of_device in by_device.items())
    return [fork for fork in found if fork is not None]


def _fork(connection: sqlite3.Connection, device: str, lines: list[Line]) -> Fork | None:
    ours = device == known_device(connection)
    top = last_number(connection, device)
    if not top and not ours:
        return None
    ordered = sorted((line for line in lines if ours or line.event.seq <= top), key=lambda line: line.event.seq)
    fork: tuple[Line, tuple[Any, ...] | None] | None = None
    for line in ordered:
        here = stored(connection, line.event.id)
        if here is not None and same(here, row_of(line)):
            if fork is not None:
                return None  # they agree again behind it: an entry that somebody changed, not a home that went on
        elif fork is None and (here is not None or ours):
            fork = line, here
    if fork is None:
        return None
    line, here = fork
    first = line.event.seq
    count = connection.execute("SELECT count(*) FROM event WHERE device = ? AND seq >= ?", (device, first)).fetchone()
    there = sum(other.event.seq >= first for other in lines)
    since = line.event.study_day.isoformat()
    if here is None:
        return Fork(device, first, 0, there, "", renames_here=False, since=since, known=False)
    one, two = _digest(here), _digest(row_of(line))
    renamed = max(one, two)[:_NAME_LENGTH]
    known = connection.execute("SELECT 1 FROM event WHERE id = ?", (f"{renamed}-{first}",)).fetchone() is not None
    return Fork(device, first, count[0], there, renamed, one > two, since, known)


def _digest(row: tuple[Any, ...]) -> str:
    """Return what tells an entry from another, the same on every machine and under every name of its device."""
    _, happened, offset, study_day, recorded, _, seq, command, text, kind, backdated, data = row
    body = decode((*row[:8], *row[9:])).body
    fields = json.loads(data)
    defaults = {} if isinstance(body, UnknownBody) else body._field_defaults
    said = {
        name: value
        for name, value in fields.items()
        if name not in _REFERENCES and not (name in defaults and _plain(defaults[name]) == value)
    }
    whole = [happened, offset, study_day, recorded, seq, command, text, kind, backdated, said]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def sort_out(connection: sqlite3.Connection, lines: Sequence[Line], join_copies: bool) -> SortedOut:
    """Return which lines can be joined, after one side of each fork got its name, inside the caller's transaction.

    Without `join_copies` only forks of which the learner has said so before are joined; the entries of the others are
    left out.
    """
    refused: dict[int, str] = {}
    renamed_here = False
    coming = list(lines)
    while found := forks(connection, coming):
        fork = found[0]
        if not (join_copies or fork.known) or (fork.renames_here and fork.known):
            refused.update((line.number, REFUSED) for line in coming if _is_of(fork, line.event))
            coming = [line for line in coming if not _is_of(fork, line.event)]
        elif not fork.renamed:
            renew_device(connection)  # what comes was written under the old name, after a copy of this home was made
        elif fork.renames_here:
            _rename_here(connection, fork)
            renamed_here = True
        else:
            coming = [line._replace(event=_renamed(line.event, fork)) for line in coming]
    return SortedOut(coming, refused, renamed_here)


def _is_behind(fork: Fork, event: Event) -> bool:
    return event.device == fork.device and event.seq >= fork.first


def _is_of(fork: Fork, event: Event) -> bool:
    """Return whether an entry is behind a fork, under either name: of those under the new one, half are here."""
    return _is_behind(fork, event) or (event.device == fork.renamed and event.seq >= fork.first)


def _new_id(fork: Fork) -> Callable[[str], str]:
    """Return what gives an entry of the side that is renamed its new id, and leaves every other."""

    def new(id: str) -> str:
        device, _, number = id.rpartition("-")
        behind = device == fork.device and number.isdecimal() and int(number) >= fork.first
        return f"{fork.renamed}-{number}" if behind else id

    return new


def _renamed(event: Event, fork: Fork) -> Event:
    """Return an event as it is after the renaming, with all that it says of other entries."""
    new = _new_id(fork)
    body = event.body
    if isinstance(body, Revoked | FutureSetAside | Erased):
        body = body._replace(events=tuple(map(new, body.events)))
    elif isinstance(body, ItemGraded):
        body = body._replace(after=new(body.after))
    elif isinstance(body, JournalJoined):
        body = JournalJoined(tuple(piece for span in body.brought for piece in _parted(span, fork)))
    if _is_behind(fork, event):
        event = event._replace(id=new(event.id), device=fork.renamed)
    return event._replace(body=body)


def _parted(span: str, fork: Fork) -> list[str]:
    """Return a span under the new name, in two where only its end is renamed."""
    device, first, last = read_span(span)
    if device != fork.device or last < fork.first:
        return [span]
    before = [f"{device}-{first}..{fork.first - 1}"] if first < fork.first else []
    return [*before, f"{fork.renamed}-{max(first, fork.first)}..{last}"]


def _rename_here(connection: sqlite3.Connection, fork: Fork) -> None:
    """Give the entries of here that follow a fork their new ids, and this copy the new name where they are its own."""
    rows = connection.execute(
        f"SELECT number, {COLUMNS} FROM event WHERE (device = ? AND seq >= ?) OR instr(data, ?)",
        (fork.device, fork.first, f'"{fork.device}-'),
    ).fetchall()
    changed = []
    for number, *row in rows:
        event = decode((*row[:8], *row[9:]))
        other = _renamed(event, fork)
        if other != event:
            encoded = encode(other)
            changed.append((encoded[0], encoded[5], encoded[-1], number))
    connection.executemany("UPDATE event SET id = ?, device = ?, data = ? WHERE number = ?", changed)
    new = _new_id(fork)
    aside = sorted(map(new, set_aside(connection)))
    connection.execute("UPDATE meta SET value = ? WHERE name = 'set_aside'", (json.dumps(aside),))
    if known_device(connection) == fork.device:
        take_name(connection, fork.renamed)
    earlier = predecessors(connection)
    last = earlier.get(fork.device, 0)
    if last >= fork.first:
        earlier |= {fork.renamed: last}
    if fork.device in earlier:
        set_predecessors(connection, {**earlier, fork.device: min(last, fork.first - 1)})
