"""Anki's database as plain values. It comes from strangers: read-only, within limits of size and time.

Up to schema 11 note types and decks are JSON in one row; since schema 15 they have tables of their own (`newer`).
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sys import getsizeof
from typing import Any

from mlcoach.adapters.exchange.anki import newer
from mlcoach.adapters.exchange.anki.values import (
    LONGEST_TEMPLATE,
    AnkiNote,
    CardRow,
    Collection,
    NoteType,
    Review,
    Template,
    positive,
    whole,
)
from mlcoach.domain.text import one_line
from mlcoach.errors import InvalidFileError

SCHEMA = 11
MOST_NOTES = MOST_CARDS = 100_000
MOST_REVIEWS = 2_000_000
MOST_MODELS, MOST_DECKS = 5_000, 20_000
LONGEST_VALUE = 64_000_000  # bytes of one value; all note types of a collection are one
LONGEST_TABLE = 12_000_000  # characters of JSON, which as values take twenty times as much
LONGEST_FIELDS = 200_000  # characters of one note
MOST_TEXT = 120_000_000  # bytes that the fields of all notes take in memory
# Steps of SQLite's machine: about ten times what the largest collection within the limits takes, and some ten seconds.
STEPS_AT_ONCE, MOST_STEPS = 1_000_000, 1_000
TABLES = ("col", "notes", "cards", "revlog")
EXPORT_HINT = "export it from Anki once more"
OLDER_HINT = "export it from Anki once more, with “Support older Anki versions” ticked"
# What is in a package of the newer kind for programs that do not know it.
DUMMY = "Please update to the latest Anki version"


def read_collection(database: Path, name: str) -> Collection:
    """Return what a collection holds; `name` is the file that people know it by.

    Raises InvalidFileError for what is not such a database, is damaged, larger than the limits, or takes too long.
    """
    try:
        with closing(_opened(database)) as connection:
            _check_tables(connection, name)
            _check_counts(connection, name)
            return _read(connection, name)
    except sqlite3.DatabaseError as error:
        if "interrupted" in str(error):
            raise InvalidFileError(f"`{name}` takes too long to read, so it was not imported", EXPORT_HINT) from error
        raise InvalidFileError(
            f"the collection in `{name}` cannot be read: {one_line(str(error))[:100]}", EXPORT_HINT
        ) from error
    except (RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise InvalidFileError(f"the collection in `{name}` cannot be read", OLDER_HINT) from error


def _opened(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.create_collation(newer.COLLATION, lambda one, other: (one > other) - (one < other))
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    taken = iter(range(MOST_STEPS))
    connection.set_progress_handler(lambda: next(taken, None) is None, STEPS_AT_ONCE)
    # Definitions in the file may name functions; none with an effect is run.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _check_tables(connection: sqlite3.Connection, name: str, wanted: tuple[str, ...] = TABLES) -> None:
    """Refuse what only looks like the tables: views, tables that are programs, and columns that are computed."""
    marks = ", ".join("?" for _ in wanted)
    found = connection.execute(
        f"SELECT name, type, rootpage, sql FROM sqlite_master WHERE name IN ({marks}) COLLATE NOCASE", wanted
    ).fetchall()
    plain = {
        table
        for table, kind, page, sql in found
        if kind == "table"
        and page
        and str(sql).lstrip().upper().startswith("CREATE TABLE")
        and not any(column[-1] for column in connection.execute(f"PRAGMA table_xinfo({table})"))
    }
    if plain != set(wanted) or len(found) != len(wanted):
        raise InvalidFileError(f"`{name}` holds no Anki collection that this program reads", OLDER_HINT)


def _check_counts(connection: sqlite3.Connection, name: str) -> None:
    limits = (("notes", MOST_NOTES), ("cards", MOST_CARDS), ("revlog", MOST_REVIEWS))
    for table, most in limits:
        # The limit stops the count too.
        count = connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT ?)", (most + 1,)).fetchone()[0]
        if count > most:
            what = "answers" if table == "revlog" else table
            raise InvalidFileError(
                f"`{name}` has more than {most:,} {what}, so it was not imported", "export one deck after the other"
            )


def _read(connection: sqlite3.Connection, name: str) -> Collection:
    row = connection.execute("SELECT crt, ver FROM col LIMIT 1").fetchone()
    schema = 0 if row is None else whole(row[1])
    if schema >= newer.FIRST_SCHEMA:
        _check_tables(connection, name, newer.TABLES)
        note_types, decks = newer.read_note_types(connection), newer.read_decks(connection)
    elif schema == SCHEMA:
        models, names = connection.execute("SELECT models, decks FROM col LIMIT 1").fetchone()
        note_types = dict(_note_types(_table(models, name)))
        decks = {whole(key): str(deck.get("name", "")) for key, deck in _table(names, name).items()}
    else:
        raise InvalidFileError(f"`{name}` is in a format of Anki that this cannot read", OLDER_HINT)
    if len(note_types) > MOST_MODELS or len(decks) > MOST_DECKS:
        raise InvalidFileError(f"`{name}` has more decks or note types than this program reads", EXPORT_HINT)
    notes = _notes(connection, name)
    if len(notes) == 1 and DUMMY in next(iter(notes.values())).fields[0]:
        raise InvalidFileError(
            f"`{name}` holds only the note for Anki versions that cannot read it, not its cards", EXPORT_HINT
        )
    cards = [
        _card(row)
        for row in connection.execute(
            "SELECT id, nid, did, ord, type, queue, due, ivl, factor, reps, odue, odid, flags, data FROM cards"
            " ORDER BY id"
        )
    ]
    # SQLite makes whole numbers of them: there may be millions.
    columns = ("id", "cid", "ease", "ivl", "factor", "time", "type")
    numbers = ", ".join(f"coalesce(CAST({column} AS INTEGER), 0)" for column in columns)
    reviews = [Review(*row) for row in connection.execute(f"SELECT {numbers} FROM revlog ORDER BY id")]
    return Collection(whole(row[0]), decks, note_types, notes, cards, reviews)


def _notes(connection: sqlite3.Connection, name: str) -> dict[int, AnkiNote]:
    notes: dict[int, AnkiNote] = {}
    room = MOST_TEXT
    for id, note_type, fields, tags in connection.execute(
        f"SELECT id, mid, substr(flds, 1, {LONGEST_FIELDS}), substr(tags, 1, {LONGEST_FIELDS}) FROM notes"
    ):
        room -= getsizeof(fields) + getsizeof(tags)
        if room < 0:
            raise InvalidFileError(
                f"the notes of `{name}` hold more text than this program reads at once",
                "export one deck after the other",
            )
        notes[whole(id)] = AnkiNote(whole(note_type), tuple(str(fields).split("\x1f")), str(tags))
    return notes


def _card(row: tuple[Any, ...]) -> CardRow:
    id, note, deck, ordinal, kind, queue, due, interval, ease, answers, own_due, own_deck, flags = map(whole, row[:13])
    if own_deck:  # it is lent to a filtered deck
        deck, due = own_deck, own_due or due
    data = _data(row[13])
    stability, difficulty = positive(data.get("s")), positive(data.get("d"))
    memory = (stability, difficulty) if stability and difficulty else None
    return CardRow(
        id, note, deck, ordinal, kind, queue == -1, due, interval, ease, answers, bool(flags & 7), memory,
        whole(data.get("lrt")),
    )  # fmt: skip


def _note_types(models: dict[str, Any]) -> Iterator[tuple[int, NoteType]]:
    for key, model in models.items():
        fields = tuple(str(field.get("name", "")) for field in _tables(model.get("flds")))
        templates = tuple(
            Template(
                str(template.get("name", "")),
                str(template.get("qfmt", ""))[:LONGEST_TEMPLATE],
                str(template.get("afmt", ""))[:LONGEST_TEMPLATE],
            )
            for template in _tables(model.get("tmpls"))
        )
        yield whole(key), NoteType(str(model.get("name", "")), whole(model.get("type")) == 1, fields, templates)


def _table(text: Any, name: str) -> dict[str, Any]:
    if not isinstance(text, str) or len(text) > LONGEST_TABLE:
        raise InvalidFileError(f"the collection in `{name}` is damaged", EXPORT_HINT)
    try:
        table = json.loads(text)
    except ValueError as error:
        raise InvalidFileError(f"the collection in `{name}` is damaged", EXPORT_HINT) from error
    if not isinstance(table, dict):
        raise InvalidFileError(f"the collection in `{name}` is damaged", EXPORT_HINT)
    return {key: value for key, value in table.items() if isinstance(value, dict)}


def _tables(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _data(text: Any) -> dict[str, Any]:
    if not isinstance(text, str) or not text.startswith("{") or len(text) > 10_000:
        return {}
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
