"""What the screens of `import` and `export` show."""

from typing import NamedTuple


class SkippedRowView(NamedTuple):
    """What was left out, where, and why; the entries beyond those listed one by one are counted together."""

    place: str
    reason: str
    entries: int = 1


class ReviewsImportView(NamedTuple):
    """Answers imported: `read` rows, `added` answers, of which `kept` belong to cards that are not here."""

    file: str
    read: int
    added: int
    updated: int
    skipped: tuple[SkippedRowView, ...]
    kept: int
    items: int


class JournalImportView(NamedTuple):
    """Events of a journal: `read` lines, `added` events; those that were here already are counted in `known`."""

    file: str
    read: int
    added: int
    updated: int
    skipped: tuple[SkippedRowView, ...]
    known: int


class AnswersView(NamedTuple):
    """How many answers were read, and how many were new."""

    read: int
    added: int


class DeckView(NamedTuple):
    """A deck as a unit: its title there, and its cards."""

    unit: str
    title: str
    cards: int


class AnkiImportView(NamedTuple):
    """Cards imported from Anki: `read`, `added` and `updated` count cards; `scheduled` those with a schedule only."""

    file: str
    read: int
    added: int
    updated: int
    skipped: tuple[SkippedRowView, ...]
    reviews: AnswersView
    scheduled: int
    decks: tuple[DeckView, ...]
    files: tuple[str, ...]


class ExportFileView(NamedTuple):
    """A document that was written: its path, and how many entries it has of what ("answers", "cards").

    `lost` are those that a damaged store has and that could not be read.
    """

    path: str
    entries: int
    what: str
    lost: int = 0
