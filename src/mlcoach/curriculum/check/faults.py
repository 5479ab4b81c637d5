"""What is wrong with a table inside an item, and how it is noted at its key."""

from typing import NamedTuple

from mlcoach.curriculum.merge.assemble import KIND_NAMES
from mlcoach.curriculum.merge.merged import Item, MergedCurriculum, MergedUnit
from mlcoach.curriculum.read.locate import KeyPath
from mlcoach.curriculum.read.source import KeyLocation


class TableFault(NamedTuple):
    """What is wrong with a table: the key below it, what to say, and the remedy."""

    path: KeyPath
    message: str
    hint: str
    severe: bool = True


def note_fault(
    merged: MergedCurriculum, code: str, unit: MergedUnit, item: Item, place: KeyLocation, fault: TableFault
) -> None:
    """Note a fault of an item's table that stands at `place`, at its key or at the table of a key that is not there."""
    at = KeyLocation(place.source, (*place.path, *fault.path))
    while at.path not in at.source.locator.values and len(at.path) > 1:
        at = KeyLocation(at.source, at.path[:-1])
    text = f"{KIND_NAMES[item.kind]} `{item.id}` of `{unit.id}` {fault.message}"
    if fault.severe:
        merged.note_value(code, at, text, fault.hint)
    else:
        merged.warn(code, at, text, fault.hint)
