"""Subject files that an import writes and writes again: cards are added and renewed, whatever a person changed stays.

Behind the id of each card is a digest of what was imported. A card that no longer agrees with it was changed by
the learner, and is theirs.
"""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from mlcoach.curriculum.read.locate import KeyPath, Locator
from mlcoach.curriculum.read.parse import LARGEST_FILE
from mlcoach.curriculum.write.overlay import toml_value
from mlcoach.errors import InvalidFileError

ROOM = LARGEST_FILE - 100_000  # bytes; a learner may add a little
_STAMPED = re.compile(
    r"""^[ \t]*id[ \t]*=[ \t]*["'](c[0-9]+)["'][ \t]*#[ \t]*imported as ([0-9a-f]{12})""", re.MULTILINE
)
MINUTES_A_CARD = 1.5
SHORTEST, LONGEST = 2, 25  # hours of a unit


class ImportedCard(NamedTuple):
    """A card from elsewhere: its id within the unit, and its keys as the file has them (`q` and `a`, or `cloze`)."""

    id: str
    keys: Mapping[str, str]


class Standing(NamedTuple):
    """A card as it is in a file: its unit, its keys, and the digest of what was imported ("" for none)."""

    unit: str
    keys: Mapping[str, Any]
    imported: str


class DeckAddition(NamedTuple):
    """Cards that come to a unit, which is made with this title where it is not there. `deck` is its name in Anki."""

    unit: str
    title: str
    deck: str
    cards: tuple[ImportedCard, ...]


class Contents(NamedTuple):
    """What a file holds: its cards by id, and the titles of its units."""

    cards: dict[str, Standing]
    units: dict[str, str]


def digest(keys: Mapping[str, Any]) -> str:
    """Return the digest of what a card asks."""
    text = json.dumps([(key, keys[key]) for key in sorted(keys)], ensure_ascii=False, default=str)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def contents(text: str, name: str) -> Contents:
    """Return what a file holds. Raises InvalidFileError for one that is not TOML; `name` is what people call it."""
    import tomli

    try:
        data = tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError, ValueError) as error:
        raise InvalidFileError(
            f"`{name}` has errors, so nothing was imported into it", f"repair it: mlcoach curriculum check {name}"
        ) from error
    imported = dict(_STAMPED.findall(text))
    cards: dict[str, Standing] = {}
    units: dict[str, str] = {}
    for unit in _tables(data.get("unit")):
        id = str(unit.get("id", ""))
        units[id] = str(unit.get("title", ""))
        for card in _tables(unit.get("card")):
            name_of_card = str(card.get("id", ""))
            keys = {key: value for key, value in card.items() if key != "id"}
            cards[name_of_card] = Standing(id, keys, imported.get(name_of_card, ""))
    return Contents(cards, units)


def card_text(card: ImportedCard) -> str:
    """Return a card as it is in a file."""
    lines = ["  [[unit.card]]", f'  id = "{card.id}" # imported as {digest(card.keys)}']
    lines += [f"  {key} = {toml_value(value)}" for key, value in card.keys.items()]
    return "\n".join(lines) + "\n"


def room_for(card: ImportedCard) -> int:
    """Return how many bytes a card takes in a file at most."""
    return 90 + sum(
        len(key) + len(value.encode("utf-8", "replace")) + value.count('"') + value.count("\\") + 15
        for key, value in card.keys.items()
    )


def unit_text(addition: DeckAddition) -> str:
    """Return the head of a unit made of a deck."""
    hours = min(LONGEST, max(SHORTEST, round(len(addition.cards) * MINUTES_A_CARD / 60)))
    return f"""
[[unit]]
id     = "{addition.unit}"
title  = {toml_value(addition.title)}
hours  = {hours}
why    = {toml_value(f"Your Anki deck {addition.deck}.")}
recall = 'From memory: what is in this deck, and how does it hang together?'
"""


def new_text(subject: str, title: str, track: str) -> str:
    """Return the head of a new file of a subject."""
    return f"""\
# Imported from Anki. It is yours: change what you like, an import leaves alone what you changed.
# The id of a card is the number Anki gave it; it stays, for progress hangs on it.
schema  = 1
id      = "{subject}"
title   = {toml_value(title)}
track   = "{track}"
summary = 'Cards imported from Anki.'
"""


def changed_text(text: str, renewed: Mapping[str, ImportedCard], additions: Iterable[DeckAddition]) -> str:
    """Return the text of a file with cards renewed in their place and others added; all else stays as it was."""
    blocks = _Blocks(text) if renewed or "[[unit]]" in text else None
    edits: list[tuple[int, int, str]] = []
    made: list[str] = []
    if blocks:
        for id, card in renewed.items():
            begin, end = blocks.card(id)
            edits.append((begin, end, card_text(card).strip()))
    for addition in additions:
        cards = "".join("\n" + card_text(card) for card in addition.cards)
        place = blocks.end_of_unit(addition.unit) if blocks else -1
        if place >= 0:
            gap = "" if text[:place].endswith("\n") else "\n"
            edits.append((place, place, gap + cards + ("" if place == len(text) else "\n")))
        else:
            made.append(unit_text(addition) + cards)
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    gap = "" if text.endswith("\n") or not text else "\n"
    return text + gap + "".join(made)


class _Blocks:
    """Where the tables of a file begin and end."""

    def __init__(self, text: str) -> None:
        self._text = text
        values = Locator(text).values
        headers: dict[KeyPath, int] = {
            path: span.start
            for path, span in values.items()
            if path and isinstance(path[-1], int) and text.startswith("[", span.start)
        }
        named = {
            path[:-1]: text[span.start : span.end].strip("\"'")
            for path, span in values.items()
            if path[-1:] == ("id",) and path[:-1] in headers
        }
        starts = sorted({span.start for path, span in values.items() if self._is_header(path, span.start)})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=False))
        # A card ends with its last value: a remark between it and the next table is not the card's.
        last: dict[KeyPath, int] = {}
        for path, span in values.items():
            if len(path) > 4 and path[2] == "card":
                last[path[:4]] = max(last.get(path[:4], 0), span.end)
        self._cards = {
            named[path]: (start, last[path])
            for path, start in headers.items()
            if len(path) == 4 and path[2] == "card" and path in named
        }
        self._ends: dict[str, int] = {}
        units: dict[KeyPath, str] = {path: name for path, name in named.items() if len(path) == 2 and path[0] == "unit"}
        for path, span in values.items():
            if path[:2] in units and span.start in ends and self._is_header(path, span.start):
                name = units[path[:2]]
                self._ends[name] = max(self._ends.get(name, 0), ends[span.start])

    def card(self, id: str) -> tuple[int, int]:
        """Return where a card begins and ends."""
        return self._cards[id]

    def end_of_unit(self, unit: str) -> int:
        """Return where a unit with all its tables ends, -1 for none."""
        return self._ends.get(unit, -1)

    def _is_header(self, path: KeyPath, start: int) -> bool:
        """Return whether a table's header begins there: first on its line, where a value never is."""
        line = self._text.rfind("\n", 0, start) + 1
        return self._text.startswith("[", start) and not self._text[line:start].strip()


def _tables(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
