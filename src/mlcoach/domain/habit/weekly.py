"""A slot of the week in a few words: `sun 20m`, `thu 19:00 1h`."""

import re
from typing import NamedTuple

from mlcoach.domain.time.durations import parse_duration
from mlcoach.errors import UsageError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WRITTEN = re.compile(r"([a-z]{3})(?:\s+(\d{1,2}):(\d\d))?\s+(\S+)")


class WeeklySlot(NamedTuple):
    """A weekday (0 is Monday), when it begins in minutes since midnight (None: not said), and its minutes."""

    weekday: int
    begin: int | None
    minutes: int


def read_weekly(text: str) -> WeeklySlot | None:
    """Return the slot that a text says, None where it says none."""
    found = _WRITTEN.fullmatch(text.strip().lower())
    if found is None or found[1] not in WEEKDAYS:
        return None
    begin = None if found[2] is None else int(found[2]) * 60 + int(found[3])
    if begin is not None and (int(found[2]) > 23 or int(found[3]) > 59):
        return None
    try:
        minutes = parse_duration(found[4])
    except UsageError:
        return None
    return WeeklySlot(WEEKDAYS.index(found[1]), begin, minutes)
