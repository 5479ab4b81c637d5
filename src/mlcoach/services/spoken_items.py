"""From what a person calls a card or exercise to its id: the words of its id, the title of an exercise, its question.

Only asked after an id did not fit.
"""

from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.text import one_line
from mlcoach.domain.words import asked_words, holds, words_of
from mlcoach.services.spoken_names import Meaning, choose

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Card
    from mlcoach.services.context import Context


def item_called(context: "Context", name: str) -> str:
    """Return the id of the card or exercise that is meant, or "".

    Raises UsageError where several are, as `choose` does.
    """
    items = [(item, words_of(item.id.rpartition("/")[2].replace("-", " "))) for item in context.catalog.all_items()]
    for wanted in asked_words(name):
        if not wanted:
            continue
        for found in (
            [item for item, words in items if words == wanted],
            [item for item, words in items if holds(words, wanted)],
            [item for item, _ in items if holds(words_of(_text(item)), wanted)],
        ):
            if found:
                return choose(context, name, [Meaning("item", item.id, one_line(_text(item))) for item in found]).id
    return ""


def _text(item: "Card | Exercise") -> str:
    return item.title if isinstance(item, Exercise) else item.question
