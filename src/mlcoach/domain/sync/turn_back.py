"""Taking a change of a table back while others changed it too: only what the change itself did is undone."""

from collections.abc import Mapping
from typing import Any

GONE = object()  # a key that is not there


class ChangedSinceError(ValueError):
    """What is to be taken back was changed since."""


def turned(now: Mapping[str, Any], found: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as it is now, with what differs between `found` and `wanted` as in `wanted`.

    Tables go key by key, lists of tables by the `id` of each. A table that came with the change keeps its plain values
    as long as others have put something into it. Raises ChangedSinceError for a value that is neither as found nor as
    wanted.
    """
    turned_table: dict[str, Any] = {}
    for key in [*now, *(key for key in wanted if key not in now)]:
        value = _turned(now.get(key, GONE), found.get(key, GONE), wanted.get(key, GONE))
        if value is not GONE:
            turned_table[key] = value
    if not wanted and any(isinstance(value, (dict, list)) for value in turned_table.values()):
        return {key: turned_table.get(key, value) for key, value in now.items() if key in turned_table or _plain(value)}
    return turned_table


def _turned(now: Any, found: Any, wanted: Any) -> Any:
    if _same(found, wanted) or _same(now, wanted):
        return now
    if _same(now, found):
        return wanted
    tables = [_table(value) for value in (now, found, wanted)]
    if any(table is None for table in tables):
        raise ChangedSinceError("changed since")
    one, two, three = (table or {} for table in tables)
    value = turned(one, two, three)
    if not value and wanted is GONE:
        return GONE
    return list(value.values()) if isinstance(now, list) else value


def _table(value: Any) -> dict[str, Any] | None:
    """Return a table, a list of tables by the id of each, or an empty table for what is not there; None for others."""
    if value is GONE:
        return {}
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in value
    ):
        return None
    found = {one["id"]: one for one in value}
    return found if len(found) == len(value) else None


def _plain(value: Any) -> bool:
    return not isinstance(value, (dict, list))


def _same(one: Any, two: Any) -> bool:
    return type(one) is type(two) and bool(one == two)
