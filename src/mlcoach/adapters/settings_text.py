"""Settings as a person writes them: on the command line, and in a config file whose comments are kept."""

import json
from pathlib import Path
from typing import Any

from mlcoach.adapters.settings import SETTINGS, parse, setting
from mlcoach.domain.time.study_days import WEEKDAYS as LONG_WEEKDAYS
from mlcoach.errors import InvalidFileError, UsageError

HEADER = "# The settings of mlcoach. `mlcoach config show --all` explains every key.\n"


def read_value(name: str, words: list[str]) -> Any:
    """Return the value that a person wrote on the command line for a key.

    Numbers, true/false and lists (`tue thu`, `tue,thu`, `none`) are understood by the key's default, minutes also
    as durations (`1h30m`). Raises UsageError.
    """
    known = setting(name)
    text = " ".join(words)
    value: Any = text
    if isinstance(known.default, bool):
        value = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}.get(
            text.lower(), text
        )
    elif known.unit == "folders":
        value = [] if words == ["none"] else [str(Path(word).expanduser().absolute()) for word in words]
    elif known.unit == "own words":
        value = (
            [] if words == ["none"] else [part.strip() for part in ",".join(_joined(words)).split(",") if part.strip()]
        )
    elif isinstance(known.default, list):
        value = [part[:3] if part in LONG_WEEKDAYS else part for part in text.lower().replace(",", " ").split()]
        value = [] if value == ["none"] else value
    elif known.default is None or isinstance(known.default, int | float):
        try:
            value = float(text) if isinstance(known.default, float) else int(text)
        except (ValueError, OverflowError):
            value = _minutes(text) if known.unit.startswith("minutes") else text
    if wrong := known.check(value):
        raise UsageError(f"`{name}` {wrong}, got `{text}`", f"{known.meaning} ({known.unit})")
    return value


def _joined(words: list[str]) -> list[str]:
    """Return the words as they stand, each a text of its own where one was quoted: `walk "read at night"`."""
    return words if any(" " in word or "," in word for word in words) else [" ".join(words)]


def _minutes(text: str) -> Any:
    from mlcoach.domain.time.durations import parse_duration

    try:
        return parse_duration(text)
    except UsageError:
        return text


def changed_text(text: str, file: Path, name: str, value: Any) -> str:
    """Return the config text with one key set (or removed, with None), every comment kept.

    The whole result is validated. Raises InvalidFileError when the text was broken before.
    """
    import tomlkit

    before = parse(text.encode(), file)
    document = tomlkit.parse(text.removeprefix("\ufeff"))
    table, _, key = name.rpartition(".")
    if table and table not in document and value is not None:
        document[table] = tomlkit.table()
    target: Any = document.get(table, {}) if table else document
    if value is not None:
        target[key] = value
    elif key in target:
        del target[key]
        if table and not target and "#" not in target.as_string():
            del document[table]
    result = tomlkit.dumps(document)
    wanted = {**before, name: value}
    if parse(result.encode(), file) != {key: value for key, value in wanted.items() if value is not None}:
        raise InvalidFileError(f"`{name}` cannot be changed by itself in `{file}`", "`mlcoach config edit` opens it")
    return result.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else result


def starting_text() -> str:
    """Return a config file in which nothing is set and every key is explained."""
    lines = [HEADER.rstrip(), "# Take away the # before a line to set it.", ""]
    for known in SETTINGS:
        default = setting("goal").default if known.default is None else known.default
        lines.append(f"# {known.name} = {as_toml(default)}".ljust(37) + f" # {known.meaning} ({known.unit})")
    return "\n".join(lines) + "\n"


def as_toml(value: Any) -> str:
    """Return a value as the config file writes it."""
    # What settings are made of reads the same in TOML and JSON.
    return json.dumps(value, ensure_ascii=False)
