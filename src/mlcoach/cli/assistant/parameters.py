"""The arguments of a tool: what they are called and may be, as a JSON schema, and read from what came."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from mlcoach.domain.text import one_line
from mlcoach.errors import UsageError

LONGEST_NAME = 200  # characters of a name of something


class Parameter(NamedTuple):
    """One argument: a text of at most `longest` characters, a whole number between `least` and `most`, or a flag."""

    name: str
    meaning: str
    kind: Literal["text", "count", "flag"] = "text"
    needed: bool = False
    longest: int = LONGEST_NAME
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()


def schema_of(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Return the JSON schema of these arguments."""
    return {
        "type": "object",
        "properties": {one.name: _property(one) for one in parameters},
        "required": [one.name for one in parameters if one.needed],
        "additionalProperties": False,
    }


def _property(one: Parameter) -> dict[str, Any]:
    match one.kind:
        case "flag":
            return {"type": "boolean", "description": one.meaning}
        case "count":
            return {"type": "integer", "minimum": one.least, "maximum": one.most, "description": one.meaning}
        case _:
            chosen = {"enum": list(one.choices)} if one.choices else {"maxLength": one.longest}
            return {"type": "string", "description": one.meaning, **chosen}


def read(parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that were given, each of its kind; None is not given.

    Raises UsageError for one that is missing, unknown, of another kind, too long or out of its range.
    """
    known = {one.name: one for one in parameters}
    names = ", ".join(f"`{name}`" for name in known) or "no arguments"
    if stray := next((name for name in given if name not in known), None):
        raise UsageError(f"there is no argument `{one_line(str(stray))[:60]}`", f"it takes {names}")
    found = {name: _value(known[name], value) for name, value in given.items() if value is not None}
    missing = next((one for one in parameters if one.needed and one.name not in found), None)
    if missing:
        raise UsageError(f"`{missing.name}` is missing", missing.meaning)
    return found


def _value(one: Parameter, value: Any) -> Any:
    if one.kind == "flag":
        if isinstance(value, bool):
            return value
        raise UsageError(f"`{one.name}` must be true or false", one.meaning)
    if one.kind == "count":
        # Some clients send 5.0 for 5.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if type(value) is int and one.least <= value <= one.most:
            return value
        raise UsageError(f"`{one.name}` must be a whole number from {one.least:,} to {one.most:,}", one.meaning)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = repr(value)  # an answer may be sent as a number
    if not isinstance(value, str):
        raise UsageError(f"`{one.name}` must be text", one.meaning)
    if len(value) > one.longest:
        raise UsageError(f"`{one.name}` has {len(value):,} characters; at most {one.longest:,} are taken", "shorten it")
    text = value.strip() if one.longest <= LONGEST_NAME else value
    if one.choices and text.lower() not in one.choices and text:
        raise UsageError(f"`{one.name}` must be {', '.join(one.choices)}", one.meaning)
    if one.needed and not text.strip():
        raise UsageError(f"`{one.name}` is empty", one.meaning)
    return text
