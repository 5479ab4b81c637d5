"""A card of the learner's own, written into their overlay of a subject, with an id that is for ever."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mlcoach.domain.papers import slug
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.card_edit import keep, present_text, read_keys
from mlcoach.services.views.cards import NewCardView

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


def template(context: "Context", name: str) -> str:
    """Return what the editor opens with for a card of a unit. Raises as `names.unit` does."""
    return TEMPLATE.format(unit=names.unit(context, name))


def add_from_text(context: "Context", name: str, text: str) -> NewCardView | None:
    """Add the card that was written in the editor; None when nothing was. Raises as `add` does."""
    keys = {key: value for key, value in read_keys(text).items() if value != ""}
    return add(context, name, keys) if any(key in keys for key in ASKING) else None


def add(context: "Context", name: str, keys: Mapping[str, Any]) -> NewCardView:
    """Write a card into the learner's overlay of its subject; keys are those of a card in a file.

    Raises NotFoundError or UsageError for a unit that is not there and a card that asks nothing, InvalidFileError for
    one that makes no card, StoreError when it cannot be written.
    """
    from mlcoach.curriculum.overlay import overlay_path, toml_value

    unit = names.unit(context, name)
    asked = next((str(keys[key]) for key in ASKING if keys.get(key)), "")
    if not asked.strip():
        raise UsageError("a card needs a question", "write `-q` and `-a`, `--cloze`, or `--numeric` and `--answer`")
    id = _free_id(context, unit, asked)
    short = unit.rpartition(".")[2]
    path = overlay_path(context.places.curriculum, context.catalog.units[unit].subject)
    lines = [f"{key} = {toml_value(value)}" for key, value in {"id": id, **keys}.items()]
    text = present_text(context, path, unit).rstrip("\n")
    text = f"{text}\n\n[[change.{short}.add.card]]\n" + "\n".join(lines) + "\n"
    report = keep(context, path, text)
    warned = tuple(one.message for one in report.warnings if id in one.message)
    return NewCardView(f"{unit}/{id}", str(path), asked, warned)


def _free_id(context: "Context", unit: str, asked: str) -> str:
    """Return an id made of the first words of a question, which nothing in the unit has."""
    text = asked.replace("{{", "").replace("}}", "")
    base = slug(text)[:60].strip("-") or "card"
    taken = {head.partition("/")[2] for head in context.catalog.item_ids(f"{unit}/")}
    taken |= {card.id.partition("/")[2] for card in context.catalog.text(unit).pretest}
    taken |= {hidden.partition("/")[2] for hidden in context.catalog.hidden if hidden.startswith(f"{unit}/")}
    number, id = 2, base
    while id in taken:
        number, id = number + 1, f"{base}-{number}"
    return id
