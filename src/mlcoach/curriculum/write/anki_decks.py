"""Where cards from Anki are in the learner's curriculum: subjects `anki.NAME`, items named by Anki's card number.

One subject is made of each top deck, one unit of each deck. A card that is here already stays where it is, whatever
deck it moved to in Anki: progress hangs on its place.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from mlcoach.curriculum.write import deck_file
from mlcoach.curriculum.write.deck_file import DeckAddition, ImportedCard
from mlcoach.domain.curriculum import DECKS
from mlcoach.domain.papers.ids import slug
from mlcoach.domain.text import one_line

CHANGED_BY_LEARNER = "you changed this card since it was imported; yours stays"
LONGEST_TITLE = 120  # characters
MOST_IN_A_UNIT = 5_000  # cards; a quarter of what a unit may hold
ITEM = re.compile(r"anki\.[a-z0-9.-]+/c([0-9]{1,19})")
_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class DeckCard(NamedTuple):
    """A card and the deck it is in, by number and full name (`A::B`); of one that was exported here, the item it is."""

    deck: int
    name: str
    card: ImportedCard
    item: str = ""


class PlacedCards(NamedTuple):
    """What an import makes of the curriculum: the texts of files that change, and where each card is.

    `items` are the ids of cards by Anki's number; `added` and `updated` are among them. `kept` are cards that the
    learner changed and Anki too; `units` the titles of units that are new.
    """

    texts: dict[Path, str]
    items: dict[str, str]
    added: frozenset[str]
    updated: frozenset[str]
    kept: tuple[str, ...]
    units: dict[str, str]


class DeckFile:
    """A file of a subject, as it is and with what comes to it."""

    def __init__(self, path: Path, subject: str, text: str | None) -> None:
        self.path = path
        self.subject = subject
        self.before = text
        self.contents = deck_file.contents(text or "", path.name)
        self.size = len((text or "").encode()) + 1_000
        self.renewed: dict[str, ImportedCard] = {}
        self.additions: dict[str, tuple[str, str, list[ImportedCard]]] = {}


def place_cards(
    cards: Iterable[DeckCard], track: str, files: list[DeckFile], folder: Path, moved: Mapping[str, str]
) -> PlacedCards:
    """Return where cards go and what their files then say. Nothing is written.

    `files` are those of the learner's subjects from Anki in `folder`; `moved` are the items of cards, by Anki's
    number, that the learner gave another id.
    """
    files_of_cards = {id: file for file in files for id in file.contents.cards if id.startswith("c")}
    items: dict[str, str] = {}
    added: set[str] = set()
    updated: set[str] = set()
    kept: list[str] = []
    new: list[DeckCard] = []
    for one in cards:
        number, file = one.card.id[1:], files_of_cards.get(one.card.id)
        if one.item:
            items[number] = one.item
            continue
        if file is None:
            if number in moved:
                items[number] = moved[number]
            else:
                new.append(one)
            continue
        here = file.contents.cards[one.card.id]
        items[number] = f"{file.subject}.{here.unit}/{one.card.id}"
        fresh = deck_file.digest(one.card.keys)
        if fresh == here.imported or fresh == deck_file.digest(here.keys):
            continue
        if deck_file.digest(here.keys) == here.imported:
            file.renewed[one.card.id] = one.card
            updated.add(number)
        else:
            kept.append(items[number])
    decks = _DeckFiles(folder, files)
    for one in new:
        items[one.card.id[1:]] = decks.put(one)
        added.add(one.card.id[1:])
    texts = {}
    for file in files:
        if file.renewed or file.additions:
            head = file.before if file.before is not None else decks.head(file, track)
            additions = [
                DeckAddition(unit, title, deck, tuple(of)) for unit, (title, deck, of) in file.additions.items()
            ]
            texts[file.path] = deck_file.changed_text(head, file.renewed, additions)
    return PlacedCards(texts, items, frozenset(added), frozenset(updated), tuple(kept), decks.made)


class _DeckFiles:
    """Finds a place for new cards: the unit of their deck, in a file that has room."""

    def __init__(self, folder: Path, files: list[DeckFile]) -> None:
        self._files = files
        self._folder = folder
        self._titles: dict[str, str] = {}
        self._places: dict[int, tuple[DeckFile, str]] = {}  # deck -> where its last card went
        self._counts: dict[tuple[str, str], int] = {}
        self._fresh: dict[str, str] = {}  # units thought of; they are made with their first card
        self.made: dict[str, str] = {}

    def put(self, one: DeckCard) -> str:
        """Give a card its place and return its id there."""
        size = deck_file.room_for(one.card)
        found = self._places.get(one.deck)
        if found is None or not self._has_room(*found, size):
            found = self._places[one.deck] = self._unit_of(one, size)
        file, unit = found
        file.size += size
        self._counts[file.subject, unit] = self._counts.get((file.subject, unit), 0) + 1
        title = self._title(one)
        if (id := f"{file.subject}.{unit}") in self._fresh:
            self.made[id] = self._fresh.pop(id)
        file.additions.setdefault(unit, (title, one_line(one.name)[:LONGEST_TITLE], []))[2].append(one.card)
        return f"{file.subject}.{unit}/{one.card.id}"

    def head(self, file: DeckFile, track: str) -> str:
        """Return the head of a new file."""
        return deck_file.new_text(file.subject, self._titles[file.subject], track)

    def _has_room(self, file: DeckFile, unit: str, size: int) -> bool:
        count = self._counts.get((file.subject, unit), 0)
        return file.size + size <= deck_file.ROOM and count < MOST_IN_A_UNIT

    def _unit_of(self, one: DeckCard, size: int) -> tuple[DeckFile, str]:
        """Return the first file of the deck's subject with room, and the deck's unit there."""
        top = one.name.partition("::")[0]
        base = f"{DECKS}.{_part(top) or f'deck-{one.deck}'}"
        number = 1
        while True:
            subject = base if number == 1 else f"{base}-{number}"
            file = self._file(subject, f"{_line(top)} ({number})" if number > 1 else _line(top))
            unit = self._unit(file, one)
            if self._has_room(file, unit, size):
                return file, unit
            number += 1

    def _file(self, subject: str, title: str) -> DeckFile:
        file = next((file for file in self._files if file.subject == subject), None)
        if file is None:
            stem = subject.replace(".", "-")
            taken = {file.path for file in self._files}
            path = self._folder / f"{stem}.toml"
            more = 1
            while path in taken or path.exists():
                more += 1
                path = self._folder / f"{stem}-cards-{more}.toml"
            file = DeckFile(path, subject, None)
            self._files.append(file)
            self._titles[subject] = title
        return file

    def _unit(self, file: DeckFile, one: DeckCard) -> str:
        """Return the deck's unit in a file: known by its title, so that two decks of like names stay apart."""
        title = self._title(one)
        plain = _part(one.name.rpartition("::")[2] if "::" not in one.name else one.name.partition("::")[2])
        for unit in (plain, f"{plain[:80]}-{one.deck}" if plain else f"deck-{one.deck}"):
            if not unit:
                continue
            known = file.contents.units.get(unit)
            coming = file.additions.get(unit)
            if known is None and coming is None:
                file.contents.units[unit] = title
                self._fresh[f"{file.subject}.{unit}"] = title
                self._counts.setdefault((file.subject, unit), 0)
                return unit
            if (known if known is not None else coming and coming[0]) == title:
                count = sum(card.unit == unit for card in file.contents.cards.values())
                self._counts.setdefault((file.subject, unit), count)
                return unit
        return f"{plain[:80]}-{one.deck}".strip("-")

    def _title(self, one: DeckCard) -> str:
        """Return the title of a deck's unit: its path below the top deck, or the top deck's name."""
        top, _, below = one.name.partition("::")
        return _line(below.replace("::", ": ") or top) or f"Deck {one.deck}"


def _line(text: str) -> str:
    return one_line(text)[:LONGEST_TITLE].strip() or "Cards from Anki"


def _part(name: str) -> str:
    """Return a name as a part of an id: "" where it has no letter or digit that ids have."""
    short = slug(name.replace("::", " "))
    if not _PART.fullmatch(short):
        short = "-".join(re.findall(r"[a-z0-9]+", short))
    return short
