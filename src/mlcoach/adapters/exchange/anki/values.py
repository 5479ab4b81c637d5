"""What is read of an Anki collection, of whichever schema, as plain values."""

from typing import Any, NamedTuple

LONGEST_TEMPLATE = 100_000  # characters


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


def positive(value: Any) -> float:
    """Return a number above zero as it is, and 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:
        return 0.0
    return float(value)


def whole(value: Any) -> int:
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
