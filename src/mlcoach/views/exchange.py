"""What the screens of `import` and `export` show."""

from typing import NamedTuple


class SkippedRowView(NamedTuple):
    """What was left out, where, and why; the entries beyond those listed one by one are counted together."""

    place: str
    reason: str
    entries: int = 1


class ReviewsImportView(NamedTuple):
    """Answers imported: `read` rows, `added` answers, of which `kept` belong to cards that are not here.

    `known` were here already; `unit` is what the times of the file count, "seconds" or "" for milliseconds. `by_hand`
    are rows that are not answers; all others of `read` that were not taken are `left_out`, and why stands in `skipped`.
    """

    file: str
    read: int
    added: int
    updated: int
    skipped: tuple[SkippedRowView, ...]
    kept: int
    items: int
    known: int = 0
    unit: str = ""
    left_out: int = 0
    by_hand: int = 0


class JournalImportView(NamedTuple):
    """Events of a journal: `read` lines, `added` events; those that were here already are counted in `known`.

    `backup` names the copy of before (None where there was nothing to copy), `can_undo` says that undo takes it back,
    `copies` that entries of a copied home were refused.
    """

    file: str
    read: int
    added: int
    updated: int
    skipped: tuple[SkippedRowView, ...]
    known: int
    backup: str | None = None
    can_undo: bool = False
    copies: bool = False


class AnswersView(NamedTuple):
    """How many entries of a log were read; how many were new, here already, left out, and set by hand: not answers."""

    read: int
    added: int
    known: int = 0
    left_out: int = 0
    by_hand: int = 0


class DeckView(NamedTuple):
    """A deck as a unit: its title there, and its cards."""

    unit: str
    title: str
    cards: int


class AnkiImportView(NamedTuple):
    """Cards imported from Anki; `scheduled` are those of which only the schedule is known, `files` what was written.

    `read` cards are those `added`, `updated`, `known` (here already) and `left_out`; why stands in `skipped`, with the
    answers that were left out. `pictures` (and sounds) stay in Anki, their names are in `with_pictures` of the cards;
    of those `only_pictures` have a question or an answer that is nothing else.
    """

    file: str
    read: int
    added: int
    updated: int
    skipped: tuple[SkippedRowView, ...]
    reviews: AnswersView
    scheduled: int
    decks: tuple[DeckView, ...]
    files: tuple[str, ...]
    known: int = 0
    left_out: int = 0
    pictures: int = 0
    with_pictures: int = 0
    only_pictures: int = 0


class ExportFileView(NamedTuple):
    """A document that was written: its path, and how many entries it has of what ("answers", "cards").

    `lost` are those that a damaged store has and that could not be read.
    """

    path: str
    entries: int
    what: str
    lost: int = 0
