"""From what a person calls a card or exercise to its id: the words of its id, the title of an exercise, its question.

Only asked after an id did not fit.
"""

from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.text import one_line
from mlcoach.domain.words import asked_words, holds, words_of
from mlcoach.services.spoken_names import Meaning, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlcoach.domain.curriculum import Card, Step
    from mlcoach.services.context import Context


def item_called(context: "Context", name: str) -> str:
    """Return the id of the card or exercise that is meant, or "". Before a slash stands the unit it is of.

    Raises UsageError where several are, as `choose` does.
    """
    unit, _, last = name.rpartition("/")
    inside = (item for item in context.catalog.all_items() if not unit or f".{item.unit}".endswith(f".{unit}"))
    items = [(item, words_of(item.id.rpartition("/")[2].replace("-", " "))) for item in inside]
    for wanted in asked_words(last.replace("-", " ")):
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


def step_called(context: "Context", name: str, steps: "Iterable[Step]") -> str:
    """Return the id of the step of a unit that is meant by words of its id or title, or "". Raises as `choose` does."""
    wanted = words_of(name.replace("-", " "))
    found = [step for step in steps if holds(words_of(f"{step.id.rpartition('/')[2]} {step.title}"), wanted)]
    meant = [Meaning("item", step.id, one_line(step.title)) for step in found]
    return choose(context, name, meant).id if meant and wanted else ""


def _text(item: "Card | Exercise") -> str:
    return item.title if isinstance(item, Exercise) else item.question
