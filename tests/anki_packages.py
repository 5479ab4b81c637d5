"""Anki packages made by hand, as Anki exports them for older versions: sound ones, and whatever a stranger may send."""

import json
import sqlite3
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

BEGAN = int(datetime(2026, 1, 1, 3, tzinfo=UTC).timestamp())  # 04:00 in Berlin, the first day of the collection
BASIC, CLOZE, REVERSED = 1001, 1002, 1003
BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"
MODELS: dict[int, dict[str, Any]] = {
    BASIC: {
        "name": "Basic",
        "type": 0,
        "flds": [{"name": "Front"}, {"name": "Back"}],
        "tmpls": [{"name": "Card 1", "qfmt": "{{Front}}", "afmt": BACK}],
    },
    CLOZE: {
        "name": "Cloze",
        "type": 1,
        "flds": [{"name": "Text"}, {"name": "Back Extra"}],
        "tmpls": [{"name": "Cloze", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}<br>\n{{Back Extra}}"}],
    },
    REVERSED: {
        "name": "Basic (and reversed card)",
        "type": 0,
        "flds": [{"name": "Front"}, {"name": "Back"}],
        "tmpls": [
            {"name": "Card 1", "qfmt": "{{Front}}", "afmt": BACK},
            {"name": "Card 2", "qfmt": "{{Back}}", "afmt": "{{FrontSide}}<hr id=answer>{{Front}}"},
        ],
    },
}
SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
  odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
"""

NEWER_SCHEMA = """
CREATE TABLE notetypes (id integer NOT NULL PRIMARY KEY, name text NOT NULL COLLATE unicase,
  mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL);
CREATE TABLE fields (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase,
  config blob NOT NULL, PRIMARY KEY (ntid, ord)) without rowid;
CREATE TABLE templates (ntid integer NOT NULL, ord integer NOT NULL, name text NOT NULL COLLATE unicase,
  mtime_secs integer NOT NULL, usn integer NOT NULL, config blob NOT NULL, PRIMARY KEY (ntid, ord)) without rowid;
CREATE TABLE decks (id integer PRIMARY KEY NOT NULL, name text NOT NULL COLLATE unicase,
  mtime_secs integer NOT NULL, usn integer NOT NULL, common blob NOT NULL, kind blob NOT NULL);
CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
CREATE UNIQUE INDEX idx_decks_name ON decks (name);
"""


class PackedNote(NamedTuple):
    """A note with its fields."""

    id: int
    fields: Sequence[str]
    model: int = BASIC
    tags: str = ""


class PackedCard(NamedTuple):
    """A card; the fields are those of Anki's table."""

    id: int
    note: int
    deck: int = 1
    ord: int = 0
    type: int = 0
    queue: int = 0
    due: Any = 0
    ivl: Any = 0
    factor: Any = 0
    reps: int = 0
    odue: int = 0
    odid: int = 0
    flags: int = 0
    data: str = "{}"


class PackedReview(NamedTuple):
    """An entry of the log; `id` is its instant in milliseconds."""

    id: int
    card: int
    ease: Any = 3
    ivl: Any = 1
    factor: int = 2500
    time: int = 9000
    type: int = 1


def milliseconds(day: int, hour: int = 12, month: int = 11) -> int:
    """Return an hour (UTC) of a day of 2026."""
    return int(datetime(2026, month, day, hour, tzinfo=UTC).timestamp() * 1000)


def collection(
    path: Path,
    notes: Iterable[PackedNote] = (),
    cards: Iterable[PackedCard] = (),
    reviews: Iterable[PackedReview] = (),
    decks: Mapping[int, str] | None = None,
    models: Mapping[int, Mapping[str, Any]] | None = None,
    also: Sequence[str] = (),
    version: int = 11,
) -> None:
    """Write a collection; `also` are more statements, run at the end."""
    names = {1: "Default", **(decks or {})}
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript(SCHEMA)
        connection.execute(
            "INSERT INTO col VALUES (1, ?, 0, 0, ?, 0, 0, 0, '{}', ?, ?, '{}', '{}')",
            (
                BEGAN,
                version,
                json.dumps({str(id): {"id": id, **model} for id, model in {**MODELS, **(models or {})}.items()}),
                json.dumps({str(id): {"id": id, "name": name} for id, name in names.items()}),
            ),
        )
        connection.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, 0, 0, ?, ?, '', 0, 0, '')",
            ((note.id, f"g{note.id}", note.model, note.tags, "\x1f".join(note.fields)) for note in notes),
        )
        connection.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?)",
            cards,
        )
        connection.executemany(
            "INSERT INTO revlog VALUES (?, ?, 0, ?, ?, 0, ?, ?, ?)",
            reviews,
        )
        for statement in also:
            connection.execute(statement)
    connection.close()


def package(path: Path, *content: Any, member: str = "collection.anki21", **more: Any) -> Path:
    """Write a package; the arguments are those of `collection`."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "c"
        collection(database, *content, **more)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip:
            zip.writestr("meta", b"\x08\x02")
            zip.write(database, member)
            zip.writestr("media", "{}")
    return path


def message(*fields: tuple[int, int | str | bytes]) -> bytes:
    """Return a protobuf message of whole numbers and texts."""

    def number(value: int) -> bytes:
        out = bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes((*out, value))

    parts = bytearray()
    for place, value in fields:
        if isinstance(value, int):
            parts += number(place << 3) + number(value)
        else:
            raw = value.encode() if isinstance(value, str) else value
            parts += number(place << 3 | 2) + number(len(raw)) + raw
    return bytes(parts)


def newer_collection(path: Path, *content: Any, also: Sequence[str] = (), version: int = 18, **more: Any) -> None:
    """Write a collection as Anki keeps it since schema 15; the arguments are those of `collection`."""
    names = {1: "Default", **(more.get("decks") or {})}
    collection(path, *content, **more)
    connection = sqlite3.connect(path)
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    with connection:
        connection.executescript(NEWER_SCHEMA)
        connection.execute("UPDATE col SET ver = ?, models = '', decks = ''", (version,))
        for id, model in {**MODELS, **(more.get("models") or {})}.items():
            connection.execute(
                "INSERT INTO notetypes VALUES (?, ?, 0, 0, ?)",
                (id, model["name"], message((3, "css"), (1, model["type"]))),
            )
            for place, field in enumerate(model["flds"]):
                connection.execute(
                    "INSERT INTO fields VALUES (?, ?, ?, ?)", (id, place, field["name"], message((3, "Arial")))
                )
            for place, template in enumerate(model["tmpls"]):
                config = message((1, template["qfmt"]), (2, template["afmt"]), (5, 1))
                connection.execute(
                    "INSERT INTO templates VALUES (?, ?, ?, 0, 0, ?)", (id, place, template["name"], config)
                )
        connection.executemany(
            "INSERT INTO decks VALUES (?, ?, 0, 0, x'', x'')",
            ((id, name.replace("::", "\x1f")) for id, name in names.items()),
        )
        for statement in also:
            connection.execute(statement)
    connection.close()


def newer_package(path: Path, *content: Any, meta: bytes = b"\x08\x03", **more: Any) -> Path:
    """Write a package of the newer format; the arguments are those of `collection`."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "c"
        newer_collection(database, *content, **more)
        return zstd_package(path, database.read_bytes(), meta)


def zstd(content: bytes) -> bytes:
    """Return bytes packed as one frame."""
    if sys.version_info >= (3, 14):
        from compression.zstd import compress

        return compress(content)
    from zstandard import ZstdCompressor

    return ZstdCompressor().compress(content)


def zstd_package(path: Path, database: bytes, meta: bytes = b"\x08\x03") -> Path:
    """Write a package of the newer format around any bytes."""
    with zipfile.ZipFile(path, "w") as zip:
        zip.writestr("meta", meta)
        zip.writestr("collection.anki21b", zstd(database))
        zip.writestr("collection.anki2", b"for programs that do not know the newer format")
        zip.writestr("media", zstd(b""))
    return path


def basic(path: Path, *pairs: tuple[str, str], **more: Any) -> Path:
    """Write a package of simple cards, numbered from 1."""
    notes = [PackedNote(number, pair) for number, pair in enumerate(pairs, start=1)]
    return package(path, notes, [PackedCard(note.id, note.id) for note in notes], **more)
