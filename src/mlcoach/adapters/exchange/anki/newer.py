"""What Anki keeps in tables of their own since schema 15: note types, their fields and templates, and decks.

Names stand in the tables, everything else as protobuf in a column. Source of the numbers: Anki's `notetypes.proto`.
"""

import sqlite3
from typing import Any

from mlcoach.adapters.exchange.anki import wire
from mlcoach.adapters.exchange.anki.values import LONGEST_TEMPLATE, NoteType, Template, whole

FIRST_SCHEMA = 15
TABLES = ("notetypes", "fields", "templates", "decks")
COLLATION = "unicase"  # the order in which these tables keep names; ours asks for no name by its order
DECK_BREAK = "\x1f"  # between the names of a deck and of the one it is in
KIND_FIELD, CLOZE = 1, 1
QUESTION_FIELD, ANSWER_FIELD = 1, 2
MOST_PARTS = 200_000  # fields, and templates, of all note types
LONGEST_MESSAGE, MOST_BYTES = 2_000_000, 20_000_000  # of one column, and of all of them in a table


def read_note_types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    """Return the note types by number. Raises ValueError for columns that are not protobuf."""
    names: dict[int, list[str]] = {}
    for id, name in _rows(connection, "SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        names.setdefault(whole(id), []).append(str(name))
    templates: dict[int, list[Template]] = {}
    for id, name, config in _rows(connection, "SELECT ntid, name, config FROM templates ORDER BY ntid, ord"):
        message = _message(config)
        sides = (wire.text(message, field)[:LONGEST_TEMPLATE] for field in (QUESTION_FIELD, ANSWER_FIELD))
        templates.setdefault(whole(id), []).append(Template(str(name), *sides))
    found: dict[int, NoteType] = {}
    for id, name, config in _rows(connection, "SELECT id, name, config FROM notetypes"):
        number = whole(id)
        cloze = wire.whole(_message(config), KIND_FIELD) == CLOZE
        found[number] = NoteType(str(name), cloze, tuple(names.get(number, ())), tuple(templates.get(number, ())))
    return found


def read_decks(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the full names of decks by number, as `A::B`."""
    rows = _rows(connection, "SELECT id, name FROM decks")
    return {whole(id): str(name).replace(DECK_BREAK, "::") for id, name in rows}


def _rows(connection: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    room = MOST_BYTES
    for row in connection.execute(f"{query} LIMIT {MOST_PARTS}"):
        room -= sum(len(value) for value in row if isinstance(value, str | bytes))
        if room < 0:
            raise ValueError("tables larger than those of note types can be")
        rows.append(row)
    return rows


def _message(config: Any) -> bytes:
    if not isinstance(config, bytes) or len(config) > LONGEST_MESSAGE:
        raise ValueError("a table without its settings")
    return config
