"""Cards of different units that ask much the same: what is asked twice costs a review each time.

Two cards are compared by the words they share, a word weighing the more the fewer cards have it: the cosine of their
vectors of log(cards / cards with the word), as in information retrieval.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlcoach.curriculum.merge.merged import Item, MergedCurriculum, MergedUnit
from mlcoach.curriculum.read import model

MOST_ALIKE = 0.45  # cosine; of the bundled cards' pairs above it nearly all asked the same
FEWEST_SHARED = 5  # words: two short cards are alike by chance
WORD = re.compile(r"[^\W\d_]{3,}")
ENDING = re.compile(r"(?:ies|es|s|ing|ed|ly)$")
SHORTEST_WITH_ENDING = 5
# Words of questions, which every card has.
COMMON = frozenset(
    ("and", "are", "but", "can", "does", "for", "from", "has", "have", "how", "into", "its", "not", "one", "only",
     "over", "same", "than", "that", "the", "their", "them", "then", "there", "they", "this", "two", "was", "were",
     "what", "when", "where", "which", "why", "will", "with", "would", "you", "your", "each", "every", "more", "most")
)  # fmt: skip


class Asked(NamedTuple):
    """A card and its words."""

    unit: MergedUnit
    item: Item
    words: frozenset[str]


class Pair(NamedTuple):
    """Two cards that ask much the same, the later one second."""

    first: Asked
    second: Asked


def near_repeats(merged: MergedCurriculum) -> Iterator[Pair]:
    """Yield the pairs of cards of different units that are alike and do not say in `differs` why both are needed."""
    cards = list(_cards(merged))
    spread = Counter(word for card in cards for word in card.words)
    weight = {word: math.log(len(cards) / number) for word, number in spread.items()}
    length = [math.sqrt(sum(weight[word] ** 2 for word in card.words)) for card in cards]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        if not length[place]:
            continue
        # Cards alike enough share one of the rare words that make up most of each one's length.
        rare = list(_rarest(card.words, weight, MOST_ALIKE * length[place]))
        for earlier in sorted({other for word in rare for other in having[word]}):
            shared = card.words & cards[earlier].words
            alike = sum(weight[word] ** 2 for word in shared) / (length[place] * length[earlier])
            if alike >= MOST_ALIKE and len(shared) >= FEWEST_SHARED and _is_unexplained(card, cards[earlier]):
                yield Pair(cards[earlier], card)
        for word in rare:
            having[word].append(place)


def _cards(merged: MergedCurriculum) -> Iterator[Asked]:
    for unit in merged.units.values():
        for item in unit.items.values():
            card = item.value
            # What a program prints is asked in the same words by every card about a program.
            if item.kind != "card" or item.hidden or not isinstance(card, model.CardTable) or card.expects is not None:
                continue
            texts = (card.q, card.a, card.cloze, card.numeric)
            yield Asked(unit, item, frozenset(_words(" ".join(text for text in texts if text))))


def _words(text: str) -> Iterator[str]:
    for word in WORD.findall(text.casefold()):
        if word not in COMMON:
            yield ENDING.sub("", word) if len(word) >= SHORTEST_WITH_ENDING else word


def _rarest(words: Iterable[str], weight: dict[str, float], rest: float) -> Iterator[str]:
    """Yield the rarest words, until what is left is shorter than `rest`."""
    ordered = sorted(words, key=lambda word: (-weight[word], word))
    left = sum(weight[word] ** 2 for word in ordered)
    for word in ordered:
        if left < rest**2:
            return
        yield word
        left -= weight[word] ** 2


def _is_unexplained(card: Asked, other: Asked) -> bool:
    values = (card.item.value, other.item.value)
    told = any(isinstance(value, model.CardTable) and value.differs for value in values)
    return card.unit.id != other.unit.id and not told
