"""Whether a row of the journal can have been written by this program: types, ranges, and what its data says."""

import json
import re
from collections.abc import Sequence
from typing import Any

from mlcoach.domain.event_checks import body_of, is_day
from mlcoach.domain.time.study_days import MICROSECONDS

LATEST_INSTANT = 32_503_680_000 * MICROSECONDS  # the beginning of the year 3000
_DEVICE = re.compile(r"[A-Za-z0-9]{1,64}")
# Of the columns of an event, in their order.
_TYPES = (str, int, int, str, int, str, int, str, str, int, str)


def is_device(name: str) -> bool:
    """Return whether a text can be the name of a device."""
    return bool(_DEVICE.fullmatch(name))


def entry_fault(row: Sequence[Any]) -> str:
    """Return what is wrong with a row in the columns of `journal.EVENT_COLUMNS`, "" for one that is sound."""
    if len(row) != len(_TYPES) or any(type(value) is not kind for value, kind in zip(row, _TYPES, strict=True)):
        return "a value of another type"
    id, happened, offset, study_day, recorded, device, seq, _, kind, backdated, data = row
    if not is_device(device) or seq < 1 or id != f"{device}-{seq}":
        return "an invalid id"
    if not is_day(study_day) or not -1440 < offset < 1440 or backdated not in (0, 1):
        return "an invalid day"
    if not (0 < happened < LATEST_INSTANT and 0 < recorded < LATEST_INSTANT):
        return "an invalid instant"
    try:
        fields = json.loads(data)
        if not isinstance(fields, dict):
            return "data of another form"
        body_of(kind, fields)
    except (ValueError, RecursionError):
        return "data that cannot be read"
    return ""
