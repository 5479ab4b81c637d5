"""The learner's files of cards from Anki, and which item each card of Anki is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlcoach.curriculum.read.declared import declared
from mlcoach.curriculum.write import anki_decks
from mlcoach.curriculum.write.anki_decks import ITEM, DeckCard, DeckFile, PlacedCards
from mlcoach.domain.curriculum import DECKS
from mlcoach.errors import InvalidFileError

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def items_by_number(context: "Context") -> dict[str, str]:
    """Return the items that came from Anki by the number that their card has there."""
    found = moved(context)
    for item in context.catalog.item_ids(f"{DECKS}."):
        if match := ITEM.fullmatch(item):
            found[match[1]] = item
    return found


def moved(context: "Context") -> dict[str, str]:
    """Return by number the cards that the learner gave another id: named in `was`, or by `cards adopt`."""
    pairs = [*context.catalog.aliases().items(), *context.store.adoptions()]
    here = context.catalog.heads([now for _, now in pairs])
    return {match[1]: now for old, now in pairs if now in here and (match := ITEM.fullmatch(old))}


def place_cards(context: "Context", cards: Iterable[DeckCard], track: str) -> PlacedCards:
    """Return where cards go and what their files then say. Nothing is written.

    Raises InvalidFileError for a file of the learner's that an import would have to change and cannot read.
    """
    return anki_decks.place_cards(cards, track, _files(context), context.places.curriculum, moved(context))


def _files(context: "Context") -> list[DeckFile]:
    """Return the files of the subjects that came from Anki."""
    files = []
    for one in declared(context.places.curriculum):
        if one.own and one.key == "id" and one.subject.partition(".")[0] == DECKS:
            try:
                text = one.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            except (OSError, UnicodeDecodeError) as error:
                raise InvalidFileError(f"cannot read `{one.path}`", "make it readable UTF-8 text") from error
            files.append(DeckFile(one.path, one.subject, text))
    return files
