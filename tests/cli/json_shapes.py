"""The shape of JSON documents: the keys of all their objects and the types behind them, as text that can be read.

A shape leads from the place of each key (`blocks[].command`) to the types seen there. The elements of a list stand
together below `list[]`, so that each key that any of them has is seen.
"""

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

Shape = dict[str, set[str]]

TYPES = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null", dict: "{}"}
# Objects whose keys are data, not words of the program: they stand together as `*`.
MAPPINGS = frozenset({"tracks", "origin", "$defs"})
# Here keys are promised, and what is behind them is not: the properties of a JSON Schema.
NAMES_ONLY = "properties"
WIDTH = 110


def shape_of(value: Any, place: str = "") -> Shape:
    """Return the shape of a document's data."""
    inner: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        named = "*" if place.rpartition(".")[2] in MAPPINGS else ""
        if place.endswith(NAMES_ONLY):
            return {f"{place}.{key}": {"{}"} for key in value}
        inner = [(f"{place}.{named or key}".removeprefix("."), one) for key, one in value.items()]
    elif isinstance(value, list):
        return merged(shape_of(one, f"{place}[]") for one in value)
    return merged([*({at: _types(one)} for at, one in inner), *(shape_of(one, at) for at, one in inner)])


def _types(value: Any) -> set[str]:
    """Return `[str]` for a list of texts, `[]` for one that is empty."""
    if isinstance(value, list):
        return {f"[{type}]" for inner in value for type in _types(inner)} or {"[]"}
    return {TYPES[type(value)]}


def merged(shapes: Iterable[Shape]) -> Shape:
    """Return all that was seen; an empty list says nothing where a full one was seen too."""
    found: Shape = {}
    for shape in shapes:
        for place, types in shape.items():
            found[place] = found.get(place, set()) | types
    for types in found.values():
        if any(type.startswith("[") and type != "[]" for type in types):
            types.discard("[]")
    return found


def written(promises: Mapping[str, Shape]) -> str:
    """Return shapes as text: a heading for each document, then its objects, each with its keys in their order."""
    return "\n".join(f"# {name}\n{_objects(shape)}" for name, shape in promises.items())


def _objects(shape: Shape) -> str:
    objects: dict[str, list[str]] = {}
    for place, types in shape.items():
        path, _, key = place.rpartition(".")
        objects.setdefault(path or ".", []).append(f"{key}:{'|'.join(sorted(types))}")
    lines = (f"{path}  {' '.join(keys)}" for path, keys in objects.items())
    return "".join(f"{_wrapped(line)}\n" for line in lines)


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def read(text: str) -> dict[str, Shape]:
    """Return the shapes of a text that `written` made."""
    promises: dict[str, Shape] = {}
    for document in text.replace("\n    ", " ").split("# ")[1:]:
        name, *lines = document.strip().splitlines()
        promises[name] = {}
        for path, *keys in map(str.split, lines):
            for key, _, types in (told.rpartition(":") for told in keys):
                promises[name][f"{path.removeprefix('.')}.{key}".removeprefix(".")] = set(types.split("|"))
    return promises


def differences(frozen: Mapping[str, Shape], now: Mapping[str, Shape]) -> list[str]:
    """Return what was promised and is gone (-), and what is new (+), each with its document and place."""
    found = []
    for name in sorted(frozen.keys() | now.keys()):
        before, after = frozen.get(name, {}), now.get(name, {})
        for place in sorted(before.keys() | after.keys()):
            if before.get(place) != after.get(place):
                told = [(sign, shape[place]) for sign, shape in (("-", before), ("+", after)) if place in shape]
                found += [f"{sign} {name}  {place}: {'|'.join(sorted(types))}" for sign, types in told]
    return found
