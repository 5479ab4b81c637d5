"""Where cards from Anki stand in the learner's curriculum: subjects `anki.NAME`, items named by Anki's card number."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.services.context import Context

SUBJECT = "anki"
_ITEM = re.compile(r"anki\.[a-z0-9.-]+/c([0-9]{1,19})")


def items_by_number(context: "Context") -> dict[str, str]:
    """Return the items that came from Anki by the number that their card has there."""
    found = {}
    for item in context.catalog.item_ids(f"{SUBJECT}."):
        if match := _ITEM.fullmatch(item):
            found[match[1]] = item
    return found
