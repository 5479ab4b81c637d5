"""Under which name this copy of the journal writes, and where that name belongs.

Entries are numbered per device, so two homes that write under one name can never be joined. A name therefore belongs
to a place: a machine, and the folder on it. The machine is remembered by a keyed hash of its id, never by the id; the
key is made at chance and stays in this file. What was written here under earlier names is remembered too: undo can
take it back.
"""

import json
import re
import sqlite3
from typing import Any, Literal, NamedTuple

Finding = Literal["same", "new", "moved", "replaced", "known", "copy", "unknown"]
_NAME = re.compile(r"[A-Za-z0-9]{1,64}")


class Home(NamedTuple):
    """Where a database is: the machine's id ("" for none), the path, and the file's device and inode there."""

    machine: str
    path: str
    file: tuple[int, int]


class _Place(NamedTuple):
    """A home as the store remembers it: hashes of the machine ("" for none) and of the path on it, and the file."""

    machine: str
    path: str
    file: tuple[int, int]


def known_device(connection: sqlite3.Connection) -> str:
    """Return this copy's device name, "" before its first write; for readers, who may not make one."""
    return _read(connection, "device")


def device_of(connection: sqlite3.Connection) -> str:
    """Return this copy's device name, made on the first write. It is random and names no person."""
    device = known_device(connection)
    if not device:
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('device', lower(hex(randomblob(4))))")
        device = known_device(connection)
        _name_place(connection, device)
    return device


def last_number(connection: sqlite3.Connection, device: str) -> int:
    """Return the highest number that a device has given in this journal."""
    row = connection.execute("SELECT coalesce(max(seq), 0) FROM event WHERE device = ?", (device,)).fetchone()
    return int(row[0])


def renew_device(connection: sqlite3.Connection) -> None:
    """Let this copy write under a new name from now on: the numbers of the old one may be given elsewhere too."""
    _set_down(connection)
    connection.execute("DELETE FROM meta WHERE name = 'device'")
    _name_place(connection, "")


def take_name(connection: sqlite3.Connection, device: str) -> None:
    """Let this copy write under a name that it has, or had before."""
    _set_down(connection)
    _write(connection, "device", device)
    earlier = predecessors(connection)
    if earlier.pop(device, None) is not None:
        set_predecessors(connection, earlier)
    _name_place(connection, device)


def predecessors(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the names under which this copy wrote before, each with its last number here."""
    return {name: last for name, last in _mapping(connection, "predecessors").items() if type(last) is int}


def set_predecessors(connection: sqlite3.Connection, earlier: dict[str, int]) -> None:
    """Remember the names under which this copy wrote before."""
    _write(connection, "predecessors", json.dumps(earlier))


def written_here(connection: sqlite3.Connection) -> str:
    """Return the condition, in SQL, of the entries that this copy wrote, under whichever name.

    The plus signs keep SQLite from walking over all that a device ever wrote.
    """
    names = [(known_device(connection), None), *predecessors(connection).items()]
    conditions = [
        f"(+device = '{name}'" + ("" if last is None else f" AND seq <= {int(last)}") + ")"
        for name, last in names
        if _NAME.fullmatch(name)
    ]
    return f"({' OR '.join(conditions) or '0'})"


def look(connection: sqlite3.Connection, home: Home) -> Finding:
    """Return whether a home is where it was when it was last written to.

    `new` was never looked at, `moved` is the same file elsewhere on the machine, `replaced` another file in the same
    place, `known` a place in which it wrote before, `copy` any other; `unknown` where the machine has no id to tell.
    """
    known = _place(connection)
    if known is None:
        return "new"
    now = _hashed(connection, home)
    if known[:2] == now[:2]:
        if known.file == now.file:
            return "same"
        return "replaced" if now.machine else _untold(connection)
    if known.file == now.file and (known.machine == now.machine or not known.machine or not now.machine):
        return "moved"
    if not now.machine:
        return _untold(connection)
    return "known" if now.path in _names(connection) else "copy"


def settle(connection: sqlite3.Connection, home: Home, finding: Finding) -> None:
    """Remember where this home is, under the name that a finding asks for, inside the caller's transaction.

    The name of before comes back in a place that is known, and a copy gets a new one.
    """
    now = _hashed(connection, home)
    given = _names(connection).get(now.path, "")
    if finding == "moved":
        _name_place(connection, "")  # what comes to stand where it was is another home
    # From here on the names go to the place where it is now.
    _write(connection, "home", json.dumps(now))
    if finding == "copy":
        _set_down(connection)
        connection.execute("DELETE FROM meta WHERE name = 'device'")
    elif finding == "known":
        take_name(connection, given)
    _name_place(connection, device_of(connection))


def place_rows(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return what a store remembers of places, for the one that takes its place."""
    return connection.execute(
        "SELECT name, value FROM meta WHERE name IN ('machine_key', 'home', 'homes', 'carried')"
    ).fetchall()


def take_place(connection: sqlite3.Connection, rows: list[tuple[str, str]]) -> None:
    """Let this copy stand where another one did, under a new name: a backup that is restored is not a copy."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
    renew_device(connection)


def is_where_it_was(connection: sqlite3.Connection, file: tuple[int, int]) -> bool:
    """Return whether a home is the very file that it was; no machine is asked."""
    known = _place(connection)
    return known is not None and known.file == file


def settle_as_one(connection: sqlite3.Connection) -> None:
    """Remember that this home is carried around and there is no other of it, so that nobody is asked again."""
    _write(connection, "carried", "1")


def _untold(connection: sqlite3.Connection) -> Finding:
    return "moved" if _read(connection, "carried") else "unknown"


def _set_down(connection: sqlite3.Connection) -> None:
    """Remember up to which number this copy wrote under its present name."""
    device = known_device(connection)
    if device and (last := last_number(connection, device)):
        set_predecessors(connection, {**predecessors(connection), device: last})


def _name_place(connection: sqlite3.Connection, device: str) -> None:
    """Let the place where this home is have a name, or none: it must never come back to one that it gave up."""
    known = _place(connection)
    if known is not None:
        names = _names(connection)
        names.pop(known.path, None)
        _write(connection, "homes", json.dumps({**names, known.path: device} if device else names))


def _place(connection: sqlite3.Connection) -> _Place | None:
    try:
        machine, path, (device, inode) = json.loads(_read(connection, "home"))
    except (ValueError, TypeError):  # none yet, or damaged: then it is looked at as if for the first time
        return None
    return _Place(machine, path, (device, inode))


def _names(connection: sqlite3.Connection) -> dict[str, str]:
    return {place: name for place, name in _mapping(connection, "homes").items() if _NAME.fullmatch(str(name))}


def _mapping(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    try:
        found = json.loads(_read(connection, name) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _hashed(connection: sqlite3.Connection, home: Home) -> _Place:
    key = _read(connection, "machine_key")
    if not key:
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('machine_key', lower(hex(randomblob(32))))")
        key = _read(connection, "machine_key")
    machine = _keyed(key, home.machine) if home.machine else ""
    return _Place(machine, _keyed(key, f"{home.machine}\0{home.path}"), home.file)


def _keyed(key: str, text: str) -> str:
    try:
        # The same function as hashlib's, in a tenth of the time: every writing command comes here.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=bytes.fromhex(key)).hexdigest()


def _read(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row[0])


def _write(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
