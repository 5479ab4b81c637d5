"""Three-way merge of TOML files: by lines where that says the same as by keys, so that comments stay, else by keys."""

import re
from collections.abc import Iterator, MutableMapping
from typing import Any, NamedTuple

from mlcoach.domain.sync.merge_tables import merge_tables
from mlcoach.domain.sync.merge_text import merge_text
from mlcoach.domain.sync.turn_back import ChangedSinceError, turned

MOST_BLOCKS = 400


class MergedToml(NamedTuple):
    """A merged file, and the keys of which the second side's value is not in it."""

    text: str
    conflicts: tuple[str, ...]


def merge_toml(base: str, one: str, two: str) -> MergedToml | None:
    """Return what both sides made of the base, None where one of the three is not TOML."""
    import tomllib

    try:
        trees = [tomllib.loads(text) for text in (base, one, two)]
        wanted = merge_tables(*trees)
        by_lines = merge_text(base, one, two)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    if _means(by_lines.text, wanted.table):
        return MergedToml(by_lines.text, wanted.conflicts)
    return MergedToml(_by_keys(one, wanted.table), wanted.conflicts)


def turned_toml(now: str, found: str, wanted: str) -> str | None:
    """Return a file as it is now, with what differs between `found` and `wanted` as in `wanted`; "" for no file.

    None where that was changed since, or one of the three is not TOML.
    """
    import tomllib

    try:
        table = turned(*(tomllib.loads(text) for text in (now, found, wanted)))
        by_lines = merge_text(found, now, wanted)
    except (tomllib.TOMLDecodeError, RecursionError, ChangedSinceError):
        return None
    if not table:
        return wanted
    return next((text for text in (by_lines.text, *_without_a_block(now)) if _means(text, table)), _by_keys(now, table))


def _without_a_block(text: str) -> Iterator[str]:
    """Yield a text without one of its `[[tables of a list]]`, so that all else of it keeps its form."""
    parts = re.split(r"(?m)^(?=\[)", text)
    for number, part in enumerate(parts[:MOST_BLOCKS]):
        if part.startswith("[["):
            yield "".join(parts[:number] + parts[number + 1 :])


def _by_keys(text: str, wanted: dict[str, Any]) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        _set(document, wanted)
        changed = tomlkit.dumps(document)
    except (TOMLKitError, ValueError, TypeError, KeyError):
        changed = ""
    if _means(changed, wanted):
        return changed
    # Without the comments: they are in the copies of what was.
    import tomli_w

    return tomli_w.dumps(wanted, multiline_strings=True)


def _set(table: MutableMapping[str, Any], wanted: dict[str, Any]) -> None:
    """Change only what differs, so that all else keeps its form."""
    for key in [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        found = table.get(key)
        if isinstance(value, dict) and isinstance(found, MutableMapping):
            _set(found, value)
        elif found is None or _plain(found) != value:
            table[key] = value


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value


def _means(text: str, wanted: dict[str, Any]) -> bool:
    import tomllib

    try:
        return tomllib.loads(text) == wanted
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
