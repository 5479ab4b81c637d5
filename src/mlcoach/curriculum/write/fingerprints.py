"""The mark an overlay keeps of the unit it was written against, to tell later what changed upstream.

A mark is `sha256:` and four hexadecimal digits for each part of a unit, in the order of `PARTS`: enough to say which
parts are other ones now, and short enough to be in a file that people read.
"""

import json
from hashlib import sha256

from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.locate import KeyPath
from mlcoach.curriculum.write.overlay import set_key

PREFIX = "sha256:"
FIRST_PARTS = 15  # of marks written before there were more; what they lack is taken as unchanged
DIGITS = 4
# The order is for ever; a new part goes to the end.
PARTS = (
    "title", "hours", "lane", "core", "why", "recall", "requires", "encompasses",
    "assumes", "objectives", "read", "paper", "pretest", "card", "exercise",
    "doing",
)  # fmt: skip


def fingerprint_of(unit: model.UnitTable) -> str:
    """Return the mark of a unit as its file has it."""
    # Without what is left at its default, so that a key the format learns later changes no mark.
    # A reading is the same under another name and of another length: an overlay has nothing to follow there.
    unmarked = {"read": {"__all__": {"id", "minutes", "was"}}}
    parts = unit.model_dump(mode="json", exclude_defaults=True, exclude=unmarked)
    digests = (sha256(json.dumps(parts.get(part), sort_keys=True).encode()).hexdigest() for part in PARTS)
    return PREFIX + "".join(digest[:DIGITS] for digest in digests)


def changed_since(mark: str, unit: model.UnitTable) -> tuple[str, ...]:
    """Return the parts of a unit that differ from those marked; all of them for a mark that cannot be read."""
    old, new = mark.removeprefix(PREFIX), fingerprint_of(unit).removeprefix(PREFIX)
    if len(old) == FIRST_PARTS * DIGITS:
        old += new[FIRST_PARTS * DIGITS :]
    cuts = [slice(place * DIGITS, (place + 1) * DIGITS) for place in range(len(PARTS))]
    return tuple(part for part, cut in zip(PARTS, cuts, strict=True) if old[cut] != new[cut])


def with_fingerprint(text: str, change: str, mark: str) -> str:
    """Return the text of an overlay with the mark in `[change.CHANGE]`. Raises InvalidFileError when it is not TOML."""
    path: KeyPath = ("change", change)
    return set_key(text, path, "base", f'"{mark}"')
