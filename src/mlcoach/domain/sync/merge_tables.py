"""Three-way merge of tables key by key, of lists of tables by the `id` of each: what TOML files are made of."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class MergedTable(NamedTuple):
    """A merged table, and the keys (`weekday.mon`, `card.eig-def.front`) of which the second side's value is not
    in it.
    """

    table: dict[str, Any]
    conflicts: tuple[str, ...]


_GONE = object()


def merge_tables(base: Mapping[str, Any], one: Mapping[str, Any], two: Mapping[str, Any]) -> MergedTable:
    """Return what both sides made of the base; where both changed one value, that of `one` stands.

    A value that one side removed and the other changed stays, as changed.
    """
    conflicts: list[str] = []
    return MergedTable(_table(base, one, two, "", conflicts), tuple(conflicts))


def _table(
    base: Mapping[str, Any], one: Mapping[str, Any], two: Mapping[str, Any], at: str, conflicts: list[str]
) -> dict[str, Any]:
    merged = {}
    for key in [*one, *(key for key in two if key not in one)]:
        value = _value(base.get(key, _GONE), one.get(key, _GONE), two.get(key, _GONE), f"{at}{key}", conflicts)
        if value is not _GONE:
            merged[key] = value
    return merged


def _value(base: Any, one: Any, two: Any, at: str, conflicts: list[str]) -> Any:
    if _same(one, two) or _same(two, base):
        return one
    if _same(one, base):
        return two
    if one is _GONE or two is _GONE:
        return two if one is _GONE else one
    if isinstance(one, dict) and isinstance(two, dict):
        return _table(base if isinstance(base, dict) else {}, one, two, f"{at}.", conflicts)
    first, second = _by_id(one), _by_id(two)
    if first is not None and second is not None:
        return list(_table(_by_id(base) or {}, first, second, f"{at}.", conflicts).values())
    conflicts.append(at)
    return one


def _by_id(value: Any) -> dict[str, Any] | None:
    """Return a list of tables by the id of each; None where it is anything else, or an id comes twice."""
    if not isinstance(value, list) or not value:
        return None
    if not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in value):
        return None
    found = {one["id"]: one for one in value}
    return found if len(found) == len(value) else None


def _same(one: Any, two: Any) -> bool:
    """Return whether two values are the same, and of the same kind: 1 is not true."""
    return type(one) is type(two) and bool(one == two)
