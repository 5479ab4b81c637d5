"""Anki's database (schema 11) as plain values. It comes from strangers: read-only, within limits of size and time."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach.errors import InvalidFileError

SCHEMA = 11
MOST_NOTES = MOST_CARDS = 100_000
MOST_REVIEWS = 2_000_000
MOST_MODELS, MOST_DECKS = 5_000, 20_000
LONGEST_VALUE = 64_000_000  # bytes of one value; all note types of a collection are one
LONGEST_FIELDS = 200_000  # characters of one note
LONGEST_TEMPLATE = 100_000
# Steps of SQLite's machine: about a hundred times what the largest collection within the limits takes.
STEPS_AT_ONCE, MOST_STEPS = 1_000_000, 10_000
TABLES = ("col", "notes", "cards", "revlog")
EXPORT_HINT = "export it from Anki once more, with “Support older Anki versions” ticked"
# What is in a package of the newer kind for programs that do not know it.
DUMMY = "Please update to the latest Anki version"


class Template(NamedTuple):
    """How one card of a note is asked and answered, in Anki's template language."""

    name: str
    question: str
    answer: str


class NoteType(NamedTuple):
    """The fields of notes, and the cards made of them; `cloze` notes have a card for each number of their gaps."""

    name: str
    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[Template, ...]


class AnkiNote(NamedTuple):
    """The fields of one note, as HTML, and its tags."""

    note_type: int
    fields: tuple[str, ...]
    tags: str


class CardRow(NamedTuple):
    """One card: where it is and how it is scheduled.

    `kind` is 0 new, 1 learning, 2 review, 3 relearning. `due` is in days since the collection began, or in seconds
    since 1970 where it is larger; `interval` in days, `ease` in thousandths. `memory` is what Anki's FSRS knows:
    stability and difficulty, None without; `last` the seconds since 1970 of its last answer, 0 for unknown.
    """

    id: int
    note: int
    deck: int
    ordinal: int
    kind: int
    suspended: bool
    due: int
    interval: int
    ease: int
    answers: int
    flagged: bool
    memory: tuple[float, float] | None
    last: int


class Review(NamedTuple):
    """One entry of the log. `id` is its instant in milliseconds; `interval` in days, or in seconds below zero.

    `kind` is 0 learning, 1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled.
    """

    id: int
    card: int
    rating: int
    interval: int
    factor: int
    milliseconds: int
    kind: int


class Collection(NamedTuple):
    """All that is read of a collection. `began` in seconds since 1970: the first day's beginning."""

    began: int
    decks: dict[int, str]
    note_types: dict[int, NoteType]
    notes: dict[int, AnkiNote]
    cards: list[CardRow]
    reviews: list[Review]


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
        raise InvalidFileError(f"the collection in `{name}` cannot be read: {error}", EXPORT_HINT) from error
    except (RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise InvalidFileError(f"the collection in `{name}` cannot be read", EXPORT_HINT) from error


def _opened(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    taken = iter(range(MOST_STEPS))
    connection.set_progress_handler(lambda: next(taken, None) is None, STEPS_AT_ONCE)
    # Definitions in the file may name functions; none with an effect is run.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _check_tables(connection: sqlite3.Connection, name: str) -> None:
    """Refuse what only looks like the tables: views, and tables that are programs."""
    marks = ", ".join("?" for _ in TABLES)
    found = connection.execute(
        f"SELECT name, type, rootpage, sql FROM sqlite_master WHERE name IN ({marks}) COLLATE NOCASE", TABLES
    ).fetchall()
    plain = {
        table
        for table, kind, page, sql in found
        if kind == "table" and page and str(sql).lstrip().upper().startswith("CREATE TABLE")
    }
    if plain != set(TABLES) or len(found) != len(TABLES):
        raise InvalidFileError(f"`{name}` holds no Anki collection of the older kind", EXPORT_HINT)


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
    row = connection.execute("SELECT crt, ver, models, decks FROM col LIMIT 1").fetchone()
    if row is None or _whole(row[1]) != SCHEMA:
        raise InvalidFileError(f"`{name}` is in a format of Anki that this cannot read", EXPORT_HINT)
    note_types = dict(_note_types(_table(row[2], name)))
    decks = {_whole(key): str(deck.get("name", "")) for key, deck in _table(row[3], name).items()}
    if len(note_types) > MOST_MODELS or len(decks) > MOST_DECKS:
        raise InvalidFileError(f"`{name}` has more decks or note types than this program reads", EXPORT_HINT)
    notes = {
        _whole(id): AnkiNote(_whole(note_type), tuple(str(fields)[:LONGEST_FIELDS].split("\x1f")), str(tags))
        for id, note_type, fields, tags in connection.execute("SELECT id, mid, flds, tags FROM notes")
    }
    if len(notes) == 1 and DUMMY in next(iter(notes.values())).fields[0]:
        raise InvalidFileError(f"`{name}` is in Anki's newer format, which this cannot read", EXPORT_HINT)
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
    return Collection(_whole(row[0]), decks, note_types, notes, cards, reviews)


def _card(row: tuple[Any, ...]) -> CardRow:
    id, note, deck, ordinal, kind, queue, due, interval, ease, answers, own_due, own_deck, flags = map(_whole, row[:13])
    if own_deck:  # it is lent to a filtered deck
        deck, due = own_deck, own_due or due
    data = _data(row[13])
    stability, difficulty = _positive(data.get("s")), _positive(data.get("d"))
    memory = (stability, difficulty) if stability and difficulty else None
    return CardRow(
        id, note, deck, ordinal, kind, queue == -1, due, interval, ease, answers, bool(flags & 7), memory,
        _whole(data.get("lrt")),
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
        yield _whole(key), NoteType(str(model.get("name", "")), _whole(model.get("type")) == 1, fields, templates)


def _table(text: Any, name: str) -> dict[str, Any]:
    try:
        table = json.loads(text)
    except (ValueError, TypeError) as error:
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


def _positive(value: Any) -> float:
    """Return a number above zero as it is, and 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
        return 0.0
    return float(value)


def _whole(value: Any) -> int:
    """Return a whole number; 0 for what is none. SQLite keeps anything anywhere."""
    if type(value) is int:
        return value
    if isinstance(value, float):
        return int(value) if abs(value) < 1e18 else 0
    if isinstance(value, str) and len(value) < 25:
        try:
            return int(value)
        except ValueError:
            return 0
    return 0
