"""What is left of a file when its wrong values are taken out, so that one error does not hide the others."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

# Stand-ins for keys that are missing or wrong. A reference has none: its whole list goes.
STAND_INS: Mapping[str, Any] = {"hours": 2, "schema": 1, "track": "start"}
REFERENCES = frozenset({"in", "unit"})


def recovered(data: dict[str, Any], errors: Sequence[Any]) -> dict[str, Any]:
    """Return a copy of a parsed file without the values that pydantic refused.

    What is required and missing gets a stand-in; ids get one that is not used elsewhere. The result is only
    good for further checks, never for use.
    """
    result = deepcopy(data)
    for number, error in enumerate(errors):
        location = [part for part in error["loc"] if part != "[key]"]
        if error["type"] == "missing":
            key = location[-1]
            if key in REFERENCES:
                _remove(result, location[:-1])
            elif isinstance(table := _follow(result, location[:-1]), dict):
                table[key] = f"missing-{number}" if key == "id" else STAND_INS.get(key, "?")
        else:
            _remove(result, location)
    return result


def _follow(data: Any, location: Sequence[Any]) -> Any:
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _remove(data: dict[str, Any], location: Sequence[Any]) -> None:
    """Take out the innermost named value on the way: entries of a list go together, so places stay true."""
    named = max((index for index, part in enumerate(location) if isinstance(part, str)), default=-1)
    if named >= 0 and isinstance(table := _follow(data, location[:named]), dict):
        table.pop(location[named], None)
