"""What can still be read of the journal in a damaged database, whatever else of the file cannot.

Entries are numbered from 1 without gaps and never change: what is missing below the last number is lost, and an old
copy of a page says what the present one said.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach.domain.event_checks import is_text
from mlcoach.store.damage.entries import entry_fault
from mlcoach.store.damage.pages import rows_in
from mlcoach.store.database import damaged
from mlcoach.store.union import FIELDS

COLUMNS = 13  # of the table of events
SMALLEST_ROW = 30  # bytes of a file that an entry takes, at least


class Salvaged(NamedTuple):
    """The entries that could be read, as lines of a journal, and how many are known to be lost."""

    lines: list[str]
    lost: int


def salvage(path: Path) -> Salvaged:
    """Return what can be read of the journal in a damaged database. Raises StoreError where nothing can."""
    room = path.stat().st_size // SMALLEST_ROW
    found: dict[int, str] = {}
    try:
        for number, values in rows_in(path):
            # The number of an entry is its row id, and stands empty among the values.
            if len(values) == COLUMNS and values[0] is None and 0 < number <= room and not found.get(number):
                found[number] = _line(values)
    except OSError as error:
        raise damaged(path, error.strerror or "it cannot be read") from error
    lines = [found[number] for number in sorted(found) if found[number]]
    if not lines:
        raise damaged(path, "no entry of the journal can be read")
    return Salvaged(lines, max(found) - len(lines))


def _line(values: list[Any]) -> str:
    """Return an entry as a line of a journal, "" for one that no journal can take."""
    typed = values[9]
    row = [*values[1:9], *values[10:]]
    if entry_fault(row) or not is_text(row[7]):
        return ""
    fields = (*row[:8], typed if is_text(typed) else "", row[8], bool(row[9]), json.loads(row[10]))
    return json.dumps(dict(zip(FIELDS, fields, strict=True)), ensure_ascii=False, separators=(",", ":"))
