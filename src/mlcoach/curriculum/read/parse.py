"""A curriculum file on disk -> Source: read, parsed, held against the format, its texts looked through."""

import re
from pathlib import Path
from typing import Any

import tomli
from pydantic import ValidationError

from mlcoach.curriculum.check.cards import look_at_cards
from mlcoach.curriculum.read.code_folder import read_folders_of_code
from mlcoach.curriculum.read.error_messages import explain
from mlcoach.curriculum.read.error_recovery import recovered
from mlcoach.curriculum.read.locate import Spot
from mlcoach.curriculum.read.model import SCHEMA_VERSION, LooseFile, OverlayFile, SubjectFile
from mlcoach.curriculum.read.problems import shown
from mlcoach.curriculum.read.source import Source
from mlcoach.curriculum.read.texts import look_through

LARGEST_FILE = 2_000_000  # bytes
DEEPEST = 12  # the format needs 7 levels
# tomli takes time that grows with the square of the number of parts in a dotted key.
MOST_DOTS_IN_A_LINE = 5_000

START = Spot(1, 1, 1)
POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
SUBJECT_KEYS = frozenset(SubjectFile.model_fields) - frozenset(LooseFile.model_fields)
# What tomli says (its beginning) -> what helps.
SYNTAX_HINTS = (
    ("unescaped", "single quotes keep backslashes as they are: '…\\lambda…'"),
    ("escaped character", "single quotes keep backslashes as they are: '…\\lambda…'"),
    ("invalid hex value", "single quotes keep backslashes as they are: '…\\lambda…'"),
    ("cannot", "write it once; `[unit]` and `[[unit]]` cannot be mixed"),
    ("duplicate inline", "this key is there already; write it once"),
    ("invalid value", "text is written in quotes, numbers and true or false do not"),
    ("expected newline", "one `key = value` on each line; a quote inside '…' ends the text"),
    ("expected '='", 'a line is `key = value`, such as `title = "Linear algebra"`'),
    ("unclosed array", "close the list with `]`, with commas between its entries"),
    ("invalid statement", "a line is `key = value`, a `[table]`, or a `# comment`"),
    ("illegal character '\\n'", "close it with the quote it began with; longer texts are written in '''…'''"),
    ("illegal character", "remove the control character"),
)
UNTERMINATED = ("unterminated string", "expected \"'''\"")


def read_source(path: Path, own: bool, position: int) -> Source:
    """Return the file as far as it can be understood, with all problems it has by itself."""
    source = Source(path, own, position)
    if _read_text(source):
        _understand(source)
    return source


def read_text(path: Path, text: str) -> Source:
    """Return a text as though it stood in the learner's file of that name."""
    source = Source(path, own=True, position=0, text=text)
    _understand(source)
    return source


def _understand(source: Source) -> None:
    if _parse_toml(source) and _check_schema(source):
        look_through(source)
        unread = read_folders_of_code(source)
        _validate(source)
        source.refused |= unread
        look_at_cards(source)


def _read_text(source: Source) -> bool:
    try:
        with source.path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        source.note("unreadable", START, f"cannot read this file: {error.strerror or error}")
        return False
    if len(raw) > LARGEST_FILE:
        source.note("too-large", START, "this file is over 2 MB and is not read", "split it into several files")
        return False
    try:
        # Some editors begin a file with a byte order mark, others end lines with CR LF.
        source.text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8", "replace")) + 1
        source.note("encoding", Spot(line, column, 1), "this file is not UTF-8", "save it as UTF-8 in your editor")
        return False
    return True


def _parse_toml(source: Source) -> bool:
    for number, line in enumerate(source.lines, 1):
        if line.count(".") > MOST_DOTS_IN_A_LINE:
            source.note("too-deep", Spot(number, 1, 1), "this line has too many dots to be read as TOML")
            return False
    try:
        source.data = tomli.loads(source.text)
    except tomli.TOMLDecodeError as error:
        _note_syntax(source, str(error))
        return False
    except RecursionError:
        source.note("too-deep", START, "this file is nested too deeply", "the format needs no such depth")
        return False
    except ValueError:
        # Python refuses to read integers of more than 4300 digits.
        long = re.search(r"\d{4300}", source.text.replace("_", ""))
        line_number = source.text.replace("_", "").count("\n", 0, long.start()) + 1 if long else 1
        source.note("syntax", Spot(line_number, 1, 1), "a number here has too many digits")
        return False
    if _depth_exceeds(source.data, DEEPEST):
        source.data = {}
        source.note("too-deep", START, "this file is nested too deeply", "the format needs no such depth")
        return False
    return True


def _note_syntax(source: Source, said: str) -> None:
    """Note what tomli says; where, it tells in words only (before Python 3.14)."""
    found = POSITION.search(said)
    message = said[: found.start()] if found else said
    message = message[:1].lower() + message[1:]
    if found and found[1]:
        spot = Spot(int(found[1]), int(found[2]), 1)
    else:
        last = len(source.text.rstrip().split("\n"))
        spot = Spot(last, len(source.lines[last - 1].rstrip()) + 1, 1)
    hint = next((text for start, text in SYNTAX_HINTS if message.startswith(start)), "")
    line = source.lines[spot.line - 1] if spot.line <= len(source.lines) else ""
    if message.startswith("unescaped"):
        # tomli's position is behind the backslash and its letter.
        spot = Spot(spot.line, max(1, spot.column - 2), 2)
    elif message.startswith("illegal character '\\n'"):
        message = "a string is not closed on its line"
    elif message.startswith("unclosed array"):
        message = "a list before this place is not closed"
    elif message.startswith(("cannot overwrite", "cannot declare")):
        spot = Spot(spot.line, len(line) - len(line.lstrip()) + 1, len(line.strip()) or 1)
        name = line.strip().lstrip("[").replace("]", "=").partition("=")[0].strip()
        message = f"`{name}` is there already"
    elif message.startswith(UNTERMINATED):
        opening = max(source.text.rfind('"""'), source.text.rfind("'''"))
        if opening >= 0:
            number = source.text.count("\n", 0, opening) + 1
            spot = Spot(number, opening - source.text.rfind("\n", 0, opening), 3)
            message, hint = "a string that begins here is never closed", "close it with the same three quotes"
    source.note("syntax", spot, shown(message, 200), hint)


def _depth_exceeds(data: object, limit: int) -> bool:
    level: list[Any] = [data]
    for _ in range(limit):
        deeper: list[Any] = []
        for value in level:
            inner = value.values() if isinstance(value, dict) else value
            deeper += [part for part in inner if isinstance(part, dict | list)]
        if not deeper:
            return False
        level = deeper
    return True


def _check_schema(source: Source) -> bool:
    version = source.data.get("schema")
    if version is None:
        source.note("missing-key", START, "this file has no `schema`", "write `schema = 1` above everything else")
        source.data["schema"] = SCHEMA_VERSION
        return True
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        return True
    if version > SCHEMA_VERSION:
        source.note(
            "newer-schema",
            source.locator.value(("schema",)),
            f"this file is written for a newer mlcoach: schema {shown(version, 20)}, and this one reads "
            f"schema {SCHEMA_VERSION}",
            "update mlcoach: `pip install --upgrade mlcoach`",
        )
        return False
    return True


def _validate(source: Source) -> None:
    data = source.data
    if "id" in data and "over" in data:
        source.note(
            "bad-value",
            source.locator.key(("over",)),
            "a file is a subject (`id`) or an overlay (`over`), not both",
            "remove `id` to change a subject that exists; remove `over` to write one of your own",
        )
        data = {key: value for key, value in data.items() if key != "id"}
    kind: type[LooseFile] = LooseFile
    if "over" in source.data:
        kind = OverlayFile
    elif SUBJECT_KEYS & source.data.keys():
        kind = SubjectFile
    # What is left after repairing may show new errors that the old ones hid, so a few rounds.
    for attempt in range(5):
        try:
            source.model = kind.model_validate(data)
            return
        except ValidationError as error:
            errors = error.errors(include_url=False, include_context=True)
        if attempt == 0:
            explain(source, kind, errors)
            source.refused = {each["loc"][:end] for each in errors for end in range(len(each["loc"]) + 1)}
        data = recovered(data, errors)
