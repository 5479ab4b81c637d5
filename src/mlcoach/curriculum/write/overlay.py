"""Writing curriculum files for the learner: texts to start from, and changes that keep every comment."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mlcoach.curriculum.read.find import list_files
from mlcoach.curriculum.read.locate import KeyPath, Locator
from mlcoach.domain.curriculum import TRACKS, Checklist, Subject, Unit, unit_of
from mlcoach.domain.text import first_hostile, one_line
from mlcoach.errors import InvalidFileError, UsageError

Value = str | float | bool | None

SUBJECT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*")


def overlay_path(own: Path, subject: str) -> Path:
    """Return the learner's overlay of a subject: the last one there is, since it wins, else a new name."""
    pattern = re.compile(rf"^\s*over\s*=\s*[\"']{re.escape(subject)}[\"']", re.MULTILINE)
    taken = [own / stamp.name for stamp in list_files(own)]
    for path in reversed(taken):
        try:
            if pattern.search(path.read_text(encoding="utf-8-sig", errors="replace")):
                return path
        except OSError:
            continue
    name = subject.replace(".", "-")
    path = own / f"{name}.toml"
    return own / f"{name}-overlay.toml" if path in taken else path


def new_overlay_text(subject: Subject, units: Iterable[Unit]) -> str:
    """Return the text a new overlay starts from: valid as it is, with every kind of change as a comment."""
    rows = [(unit.id.rpartition(".")[2], unit) for unit in units]
    example = rows[0][0] if rows else "unit-id"
    width = max((len(name) for name, _ in rows), default=0)
    listed = "\n".join(f"#   {name:<{width}}  {one_line(unit.title)}, {unit.hours:g} h" for name, unit in rows)
    return f"""\
# Your changes to {subject.id} ({one_line(subject.title)}). Write only what differs: the rest follows the
# bundled file, also after updates. Its units:
{listed or "#   none yet"}
schema = 1
over   = "{subject.id}"

# Take away the # in front of what you need. Single quotes keep backslashes: '\\lambda'.
#
# [resources.my-book]                    # a resource to read from
# title = "Title of the book"
# kind  = "book"                         # book course video site paper tool practice
#
# [change.{example}]
# hours = 12                             # a value replaces the bundled one
# hide  = {{ card = ["card-id"] }}         # hidden cards keep their progress
#
# [change.{example}.add]                 # appended to the lists of the unit
# objectives = ["explain it to a friend without formulas"]
# read       = [{{ id = "my-book-ch2", in = "my-book", at = "ch. 2", core = true, minutes = 60 }}]
#
# [change.{example}.remove]              # taken out of them; matches by the keys given
# read = [{{ in = "their-book" }}]
#
# [change.{example}.card.card-id]        # the keys of one card that differ
# a = "A better answer."
#
# [[change.{example}.add.card]]          # a card of your own; its id is for ever
# id = "my-card"
# q  = "A question?"
# a  = "Its answer."
#
# [[unit]]                               # a unit of your own
# id       = "my-unit"
# title    = "My unit"
# requires = ["{example}"]
# hours    = 4
# recall   = "From memory: what was it about?"
"""


def new_checklist_text(checklist: Checklist) -> str:
    """Return what a file starts from that changes a bundled checklist: valid as it is, and changing nothing."""
    width = max((len(item.id) for item in checklist.items), default=0)
    listed = "\n".join(f"#   {item.id:<{width}}  {one_line(item.text)}" for item in checklist.items)
    return f"""\
# Your changes to the checklist {checklist.id}. Its steps:
{listed or "#   none yet"}
[[checklist]]
id      = "{checklist.id}"
title   = {toml_value(checklist.title)}
# hide    = ["{checklist.items[0].id if checklist.items else "step-id"}"]   # bundled steps that you do not want
# extends = false                        # only the steps below count

# Take away the # in front of what you need. The id of a step above changes that step.
# [[checklist.item]]
# id    = "my-question"
# text  = "Would I bet on this result?"
# group = "My questions"
"""


def new_subject_text(subject: str, title: str, track: str) -> str:
    """Return the text a new subject starts from, which passes `check`.

    Raises UsageError for an id, a title or a track that no file may have.
    """
    if not SUBJECT_ID.fullmatch(subject) or len(subject) > 200:
        raise UsageError(
            f"`{one_line(subject)[:60]}` is not a valid id of a subject",
            hint="use lower-case words joined by hyphens, with dots between parts: `my.tensors`",
        )
    if track not in TRACKS:
        raise UsageError(f"no track `{one_line(track)[:60]}`", hint="tracks are " + ", ".join(TRACKS))
    if not title.strip() or "\n" in title or first_hostile(title):
        raise UsageError("a title is one line of text", hint='write it in quotes: `"Tensors for my job"`')
    quoted = toml_value(title.replace("\t", " "))
    return f"""\
# A subject of your own. `mlcoach curriculum check` looks it over; ids are for ever, so choose them well.
schema  = 1
id      = "{subject}"
title   = {quoted}
track   = "{track}"
summary = "What this subject covers, in a sentence."

[resources.my-book]
title = "Title of the book"
kind  = "book"                           # book course video site paper tool practice
cost  = "free"                           # free audit paid login

[[unit]]
id         = "first"                     # full id: {subject}.first
title      = "The first unit"
requires   = []                          # ids of units needed first, such as "math.la.vectors"
hours      = 4                           # 2 to 25
lane       = "concept"                   # concept or build
why        = "What it is good for."
objectives = ["explain the main idea in your own words"]
read       = [{{ id = "my-book-ch1", in = "my-book", at = "ch. 1", core = true }}]   # core: a step of the unit
recall     = "From memory: what is the main idea, and why does it work?"

  [[unit.card]]
  id = "main-idea"
  q  = 'A question with one answer. Single quotes keep backslashes: $\\lambda$'
  a  = 'Its answer.'

  [[unit.exercise]]
  id      = "first-try"
  title   = "Try it"
  kind    = "problem"                    # code paper explain quiz problem project
  minutes = 30
  prompt  = '''
What to do, with all the data it needs.
'''
  hints   = ["a first step"]
  check   = "How you know that you are right."
"""


def set_in_overlay(text: str, unit: str, item: str, keys: Mapping[str, Value], kind: str = "card") -> str:
    """Return the text of an overlay with keys of one card or exercise set, and all else as it was.

    `unit` and `item` may be full ids; `kind` is "card", "exercise" or "pretest". An item that the file
    itself brings is changed where it is; any other gets its `[change.UNIT.card.ITEM]`. A value of None
    takes a key away, so that the bundled one shows again. Raises InvalidFileError when the text is not TOML,
    UsageError for control characters.
    """
    unit, item = unit_of(unit).rpartition(".")[2], item.rpartition("/")[2]
    text = text.removeprefix("\ufeff")
    for key, value in keys.items():
        data = _parse(text)
        path = _own_item(data, unit, item, kind) or ("change", unit, kind, item)
        text = _without(text, path, key) if value is None else _with(text, path, key, toml_value(value))
    _parse(text)
    return text


def set_key(text: str, path: KeyPath, key: str, value: str) -> str:
    """Return the text of a file with one key of a table set to a value written as TOML, all else as it was.

    The key is set in its place, else behind the others of its table, else in a new table at the end. Raises
    InvalidFileError when the text is not TOML, or is written in a way that this cannot be done to: a table made by
    dotted keys, for one.
    """
    wanted = _parse(text)
    table: Any = wanted
    for part in path:
        table = table[part] if isinstance(part, int) else table.setdefault(part, {})
    table[key] = _parse(f"value = {value}")["value"]
    changed = _with(text, path, key, value)
    try:
        if _parse(changed) == wanted:
            return changed
    except InvalidFileError:
        pass
    name = ".".join(str(part) for part in path)
    raise InvalidFileError(f"`{key}` cannot be written to `{name}`", f"begin that table with a line `[{name}]`")


def toml_value(value: str | float | bool) -> str:
    """Return a value as TOML, a text with backslashes in single quotes where that can be.

    Raises UsageError for a text with control characters.
    """
    import tomli_w

    if isinstance(value, str) and (found := first_hostile(value)):
        raise UsageError(f"the text has a control character, {found}", hint="remove it and try again")
    if isinstance(value, str) and "\\" in value:
        if "\n" not in value and "'" not in value:
            return f"'{value}'"
        if "\n" in value and "'''" not in value and not value.endswith("'"):
            return f"'''\n{value}'''"
    return tomli_w.dumps({"value": value}, multiline_strings=True).partition(" = ")[2].rstrip("\n")


def _parse(text: str) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise InvalidFileError(
            f"the overlay cannot be changed while it has errors: {one_line(str(error))}",
            hint="`mlcoach curriculum check` shows the place",
        ) from error


def _own_item(data: dict[str, Any], unit: str, item: str, kind: str) -> KeyPath | None:
    """Return the path of an item that is complete in this file, or None."""
    units = data.get("unit")
    places: list[KeyPath] = [
        ("unit", index, kind)
        for index, table in enumerate(units if isinstance(units, list) else [])
        if isinstance(table, dict) and table.get("id") == unit
    ]
    for path in (*places, ("change", unit, "add", kind)):
        found: Any = data
        for part in path:
            found = found[part] if isinstance(part, int) else found.get(part) if isinstance(found, dict) else None
        for index, table in enumerate(found if isinstance(found, list) else []):
            if isinstance(table, dict) and table.get("id") == item:
                return (*path, index)
    return None


def _with(text: str, path: KeyPath, key: str, value: str) -> str:
    """Set one key of a table: in its place, else first in the table, else in a new table at the end."""
    locator = Locator(text)
    if span := locator.values.get((*path, key)):
        return text[: span.start] + value + text[span.end :]
    # The innermost table on the way that is there; what is written in braces must grow within them.
    depth = next((end for end in range(len(path), 0, -1) if path[:end] in locator.values), 0)
    span = locator.values.get(path[:depth])
    if span and text.startswith("{", span.start):
        inner = f"{key} = {value}"
        for name in reversed(path[depth:]):
            inner = f"{name} = {{ {inner} }}"
        body = text[span.start + 1 : span.end - 1].rstrip()
        return text[: span.start + 1] + body + (", " if body.strip() else " ") + inner + " " + text[span.end - 1 :]
    if span and depth == len(path) and text.startswith("[", span.start):
        end = text.find("\n", _last_pair(locator, path) or span.end)
        head, tail = (text + "\n", "") if end < 0 else (text[: end + 1], text[end + 1 :])
        return f"{head}{key} = {value}\n{tail}"
    header = ".".join(str(part) for part in path)
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[{header}]\n{key} = {value}\n"


def _last_pair(locator: Locator, path: KeyPath) -> int:
    """Return where the last `key = value` of a table ends, or 0. Tables inside it have headers."""
    ends = [
        value.end
        for inner, value in locator.values.items()
        if inner[:-1] == path and locator.keys[inner].end <= value.start
    ]
    return max(ends, default=0)


def _without(text: str, path: KeyPath, key: str) -> str:
    """Take one key out of a table: the lines it is on, or its part of what is in braces."""
    locator = Locator(text)
    name, value, table = (
        locator.keys.get((*path, key)),
        locator.values.get((*path, key)),
        locator.values.get(path),
    )
    if name is None or value is None:
        return text
    if table and text.startswith("{", table.start):
        before, after = text[: name.start].rstrip(" "), text[value.end :].lstrip(" ")
        if after.startswith(","):
            return f"{before} {after[1:].lstrip(' ')}"
        return f"{before.removesuffix(',')} {after}"
    start = text.rfind("\n", 0, name.start) + 1
    end = text.find("\n", value.end)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")
