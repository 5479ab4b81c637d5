"""Cards and exercises as an Anki package, one deck a subject."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.exchange.anki.notes import deck_name, notes_of
from mlcoach.domain.curriculum import DECKS
from mlcoach.errors import NotFoundError

if TYPE_CHECKING:
    from mlcoach.adapters.exchange.anki.writing import OutNote
    from mlcoach.services.context import Context


class Package(NamedTuple):
    """A package and how many notes are in it."""

    content: bytes
    notes: int


def export_anki(context: "Context", subjects: Sequence[str] = ()) -> Package:
    """Return the cards and exercises of these subjects, or of all that did not come from Anki themselves.

    Raises NotFoundError or UsageError for a name that fits no subject, or several.
    """
    from mlcoach.adapters.exchange.anki.writing import OutDeck, write_package
    from mlcoach.services.curriculum.files import resolve_subject

    wanted = [resolve_subject(context, name) for name in subjects]
    known = context.catalog.subjects()
    if not wanted:
        wanted = [id for id in known if id.partition(".")[0] != DECKS]
    units = {unit.id: unit.subject for unit in context.catalog.units.values() if unit.subject in wanted}
    notes: dict[str, list[OutNote]] = {}
    for item in context.catalog.all_items():
        if item.unit in units:
            notes.setdefault(units[item.unit], []).extend(notes_of(item))
    if not notes:
        raise NotFoundError("there are no cards to export", "`mlcoach curriculum list` shows what there is")
    titles = [known[id].title for id in notes]
    decks = [
        OutDeck(id, deck_name(known[id].title if titles.count(known[id].title) == 1 else id), tuple(of))
        for id, of in notes.items()
    ]
    content = write_package(decks, context.now.timestamp())
    return Package(content, sum(len(deck.notes) for deck in decks))
