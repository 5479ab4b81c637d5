"""A card of the learner's own, written into their overlay of a subject, with an id that is for ever."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mlcoach.curriculum.write.card_keys import HOW_TO_ASK
from mlcoach.curriculum.write.card_text import read_keys
from mlcoach.domain.cloze import filled_in
from mlcoach.domain.events import Body
from mlcoach.domain.papers.ids import normal_title
from mlcoach.domain.text import one_line
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.cards.edit import keep, present_text
from mlcoach.services.files import OwnFiles, change
from mlcoach.views.cards import NewCardView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

# What the editor opens with; keys left empty are left out.
TEMPLATE = """\
# A card for {unit}
# Fill one form and leave the others as they are: a question, a text with {{{{hidden}}}} parts, or a number.
# One fact a card, ten seconds an answer. Single quotes keep backslashes: '\\lambda'.
q = ''
a = ''

cloze = ''

numeric   = ''
# answer    = 3
# tolerance = 0
"""
ASKING = ("q", "cloze", "numeric")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 100  # characters


def template(context: "Context", name: str) -> str:
    """Return what the editor opens with for a card of a unit. Raises as `names.unit` does."""
    return TEMPLATE.format(unit=names.unit(context, name))


def add_from_text(context: "Context", name: str, text: str) -> NewCardView:
    """Add the card that was written in the editor; without any key there is none. Raises as `add` does."""
    keys = {key: value for key, value in read_keys(text).items() if value != ""}
    return add(context, name, keys) if keys else NewCardView(None, None, "", ())


def add(
    context: "Context", name: str, keys: Mapping[str, Any], also: Callable[[str], tuple[Body, ...]] | None = None
) -> NewCardView:
    """Write a card into the learner's overlay of its subject; keys are those of a card in a file.

    Without an `id` among them it gets one; `also` says what belongs to the same step, once that is known. Raises
    NotFoundError or UsageError for a unit that is not there, a card that asks nothing and an invalid id,
    InvalidFileError for keys that make no card, StoreError when it cannot be written.
    """
    asked = next((str(keys[key]) for key in ASKING if keys.get(key)), "")
    if not asked.strip():
        names.unit(context, name)  # a unit that is not there comes first
        raise UsageError("a card needs a question", HOW_TO_ASK)
    return change(context, lambda own: _write(context, own, name, keys, asked, also))


def _write(
    context: "Context",
    own: OwnFiles,
    name: str,
    keys: Mapping[str, Any],
    asked: str,
    also: Callable[[str], tuple[Body, ...]] | None,
) -> NewCardView:
    from mlcoach.curriculum.write.overlay import overlay_path, toml_value

    unit = names.unit(context, name)
    id = _own_id(context, unit, keys["id"]) if "id" in keys else _free_id(context, unit, asked)
    short = unit.rpartition(".")[2]
    path = overlay_path(context.places.curriculum, context.catalog.units[unit].subject)
    lines = [f"{key} = {toml_value(value)}" for key, value in {**keys, "id": id}.items()]
    text = present_text(context, own, path, unit).rstrip("\n")
    text = f"{text}\n\n[[change.{short}.add.card]]\n" + "\n".join(lines) + "\n"
    report = keep(context, own, path, text, also(f"{unit}/{id}") if also else ())
    warned = tuple(one.message for one in report.warnings if f"`{id}`" in one.message)
    return NewCardView(f"{unit}/{id}", str(path), asked, warned)


def _own_id(context: "Context", unit: str, id: object) -> str:
    """Return the id that the learner chose. Raises UsageError when it cannot be one, or is taken in the unit."""
    if not isinstance(id, str) or not ID.fullmatch(id) or len(id) > LONGEST_ID:
        raise UsageError(
            f"`{one_line(str(id))[:60]}` is not a valid id of a card",
            "use lower-case words and digits joined by hyphens, or leave it out",
        )
    if id in taken_in(context, unit):
        raise UsageError(f"`{id}` is taken in `{unit}`", "choose another id, or leave it out")
    return id


def _free_id(context: "Context", unit: str, asked: str) -> str:
    """Return an id made of the first words of a question, those in ASCII, which nothing in the unit has."""
    words = normal_title(filled_in(asked)).split()
    base = "-".join([word for word in words if word.isascii()][:6])[:60].strip("-") or "card"
    taken = taken_in(context, unit)
    number, id = 2, base
    while id in taken:
        number, id = number + 1, f"{base}-{number}"
    return id


def taken_in(context: "Context", unit: str) -> set[str]:
    """Return the ids in a unit that something has or had."""
    catalog, inside = context.catalog, f"{unit}/"
    taken = {*catalog.item_ids(inside), *(card.id for card in catalog.text(unit).pretest), *catalog.hidden}
    return {id.removeprefix(inside) for id in (*taken, *catalog.aliases()) if id.startswith(inside)}
