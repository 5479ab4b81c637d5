"""The grammar of BibTeX: a text -> its blocks, as BibTeX itself reads them, and more kindly where it would stop.

BibTeX counts every brace, also one behind a backslash, and reads an `@` inside of braces or quotes as text. Where a
block has no end it goes on at the next line that begins one, so that one broken entry never costs the others.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

MOST_SWALLOWED = 10  # lines that look like the beginning of an entry inside of another one's text
LONGEST_SHOWN = 40  # characters of a file in a message
_START = re.compile(r"@[ \t]*([A-Za-z][\w:.+/-]*)\s*([{(])")
_LINE_START = re.compile(r"^[ \t]*(?=@[ \t]*[A-Za-z][\w:.+/-]*\s*[{(])", re.MULTILINE)
_COMMENTED = re.compile(r"[^\n]*%")
_BRACES = re.compile(r"[{}]")
_FREE_BRACES = re.compile(r"(?<!\\)[{}]")
_QUOTES = re.compile(r"[{}\"]")
_FREE_QUOTES = re.compile(r"(?<!\\)[{}\"]")
_KEY = re.compile(r"[^,={}\n]*")
_ROUND_KEY = re.compile(r"[^,={}\n)]*")
_NAME = re.compile(r"([^\s\"#%(),={}@][^\n\"#%(),={}@]*?)[ \t]*\s*=\s*")
_BARE = re.compile(r"[^,#{}\"\n]*")
_ROUND_BARE = re.compile(r"[^,#{}\"\n)]*")
_GAP = re.compile(r"(?:[\s,]+|%[^\n]*)*")
_BLANK = re.compile(r"(?:\s+|%[^\n]*)*")


class Value(NamedTuple):
    """A field: its name and the parts that `#` joins, each as written with its braces or quotes."""

    name: str
    parts: tuple[str, ...]


class BibtexBlock(NamedTuple):
    """One block of a file. `kind` is its word in small letters, `line` counts from 1.

    `text` is the whole block as written, for comments and preambles. `reason` says why it cannot be read (then the rest
    is as far as it was read), `doubts` what was read kindly.
    """

    kind: str
    line: int
    key: str = ""
    fields: tuple[Value, ...] = ()
    text: str = ""
    reason: str = ""
    doubts: tuple[str, ...] = ()


def blocks(text: str) -> Iterator[BibtexBlock]:
    """Yield the blocks of a text in its order. What is between them is a comment to BibTeX, and left out."""
    beginnings = [match.end() for match in _LINE_START.finditer(text)]
    place, line, counted = 0, 1, 0
    while start := _next_start(text, place, beginnings):
        line += text.count("\n", counted, start.start())
        counted = start.start()
        block, end = _Reader(text, start, line, beginnings).block()
        yield block
        if block.reason:
            # On to the next line that begins a block; what stands before it belongs to the broken one.
            later = bisect_right(beginnings, start.start())
            end = beginnings[later] if later < len(beginnings) else len(text)
        place = end


def _next_start(text: str, place: int, beginnings: list[int]) -> "re.Match[str] | None":
    """Return where the next block begins: behind the one before, or at the beginning of a line."""
    behind = _BLANK.match(text, place)
    if behind and (match := _START.match(text, behind.end())):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if place > line_start or not _COMMENTED.match(text, line_start, match.start()):
            return match
    later = bisect_right(beginnings, place - 1)
    return _START.match(text, beginnings[later]) if later < len(beginnings) else None


class _BrokenError(Exception):
    """Why a block cannot be read: a clause."""


class _Reader:
    """Reads one block."""

    def __init__(self, text: str, start: "re.Match[str]", line: int, beginnings: list[int]) -> None:
        self._text = text
        self._start = start
        self._line = line
        self._beginnings = beginnings
        self._round = start[2] == "("
        self._closing = ")" if self._round else "}"
        later = bisect_right(beginnings, start.start())
        self._limit = beginnings[later] if later < len(beginnings) else len(text)
        last = later + MOST_SWALLOWED
        self._end = beginnings[last] if last < len(beginnings) else len(text)
        self._free = False  # whether a brace behind a backslash is a letter
        self._key = ""
        self._fields: list[Value] = []
        self._doubts: list[str] = []

    def block(self) -> tuple[BibtexBlock, int]:
        """Return the block and where the text goes on."""
        kind = self._start[1].lower()
        try:
            if kind in ("comment", "preamble"):
                end = self._balanced(self._start.end() - 1, "it") if not self._round else self._round_end()
                return BibtexBlock(kind, self._line, text=self._text[self._start.start() : end]), end
            end = self._whole(kind)
        except _BrokenError as error:
            if kind == "comment":  # one that is not closed is a line that nobody reads
                newline = self._text.find("\n", self._start.end())
                return BibtexBlock(kind, self._line), newline if newline >= 0 else len(self._text)
            try:
                end = self._kindly(kind)
            except _BrokenError:
                return BibtexBlock(kind, self._line, self._key, tuple(self._fields), reason=str(error)), self._limit
        return BibtexBlock(kind, self._line, self._key, tuple(self._fields), doubts=tuple(self._doubts)), end

    def _kindly(self, kind: str) -> int:
        """Read it with braces behind a backslash as letters: BibTeX does not, some who write files do."""
        key, fields, doubts = self._key, self._fields, self._doubts
        self._free, self._key, self._fields, self._doubts = True, "", [], []
        self._end = self._limit
        try:
            if not re.compile(r"\\[{}\"]").search(self._text, self._start.end(), self._limit):
                raise _BrokenError
            end = self._whole(kind)
        except _BrokenError:
            self._key, self._fields, self._doubts = key, fields, doubts
            raise
        self._doubts.append("has braces or quotes behind a backslash that do not match; the export leaves them out")
        return end

    def _whole(self, kind: str) -> int:
        place = self._start.end()
        if kind != "string":
            place = self._read_key(place)
        return self._read_fields(place)

    def _round_end(self) -> int:
        end = self._text.find(")", self._start.end(), self._limit)
        if end < 0:
            raise _BrokenError("it has no end")
        return end + 1

    def _read_key(self, place: int) -> int:
        match = (_ROUND_KEY if self._round else _KEY).match(self._text, place)
        end = match.end() if match else place
        said = self._text[place:end].strip()
        if not said and end < self._end and self._text[end] == "\n":
            return self._read_key(end + 1)
        after = self._text[end : end + 1]
        if after == "\n":
            end = self._past(_BLANK, end)
            after = self._text[end : end + 1]
            if after not in (",", self._closing):
                self._doubts.append("has no comma behind its key")
                self._key = said
                return end
        if after == "=":
            words = said.split()
            if not words:
                raise _BrokenError("it begins with `=`")
            self._key = " ".join(words[:-1])
            if self._key:
                self._doubts.append("has no comma behind its key")
            return self._text.rindex(words[-1], place, end)
        if after in (",", self._closing) and after:
            self._key = said
            return end
        raise _BrokenError(f"its key is followed by {_shown(after)}")

    def _read_fields(self, place: int) -> int:
        while True:
            place = self._past(_GAP, place)
            if self._text.startswith(self._closing, place):
                return place + 1
            match = _NAME.match(self._text, place, self._end)
            if match is None:
                found = _shown(self._text[place : place + LONGEST_SHOWN].partition("\n")[0])
                behind = f"behind `{self._fields[-1].name}` " if self._fields else ""
                raise _BrokenError(f"{behind}a field or `{self._closing}` is expected, not {found}")
            if match.start() >= self._limit:
                raise _BrokenError(self._not_closed("it"))
            name = match[1].strip()
            parts, place = self._read_value(name, match.end())
            self._fields.append(Value(name, parts))
            after = self._past(_BLANK, place)
            if not self._text.startswith((",", self._closing), after):
                following = _NAME.match(self._text, after, self._end)
                if following is None or after >= self._limit:
                    found = _shown(self._text[after : after + LONGEST_SHOWN].partition("\n")[0])
                    raise _BrokenError(f"behind `{name}` a comma or `{self._closing}` is expected, not {found}")
                self._doubts.append(f"has no comma before `{following[1].strip()}`")

    def _read_value(self, name: str, place: int) -> tuple[tuple[str, ...], int]:
        parts: list[str] = []
        while True:
            begin = place
            if self._text.startswith("{", place):
                place = self._balanced(place, f"`{name}`")
            elif self._text.startswith('"', place):
                place = self._quoted(place, name)
            else:
                match = (_ROUND_BARE if self._round else _BARE).match(self._text, place, self._end)
                place = match.end() if match else place
            if part := self._text[begin:place].strip():
                parts.append(part)
            after = self._past(_BLANK, place)
            if not self._text.startswith("#", after):
                return tuple(parts) or ("{}",), place
            place = self._past(_BLANK, after + 1)

    def _balanced(self, place: int, what: str) -> int:
        """Return the place behind the brace that closes the one at `place`."""
        depth = 0
        for match in (_FREE_BRACES if self._free else _BRACES).finditer(self._text, place, self._end):
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                self._mind(match.end(), what)
                return match.end()
        raise _BrokenError(self._not_closed(what))

    def _quoted(self, place: int, name: str) -> int:
        """Return the place behind the quote that closes the one at `place`; quotes inside of braces are text."""
        depth = 0
        for match in (_FREE_QUOTES if self._free else _QUOTES).finditer(self._text, place + 1, self._end):
            if match[0] == '"':
                if depth == 0:
                    self._mind(match.end(), f"`{name}`")
                    return match.end()
            else:
                depth += 1 if match[0] == "{" else -1
                if depth < 0:
                    raise _BrokenError(f"`{name}` closes a brace that it does not open")
        raise _BrokenError(self._not_closed(f"`{name}`"))

    def _mind(self, end: int, what: str) -> None:
        """Say that a text holds what looks like an entry: it may be one whose neighbour lost a brace."""
        if end > self._limit:
            line = self._line + self._text.count("\n", self._start.start(), self._limit)
            self._doubts.append(f"holds what looks like an entry of its own in {what} (line {line}), read as its text")
            later = bisect_right(self._beginnings, end)
            self._limit = self._beginnings[later] if later < len(self._beginnings) else len(self._text)

    def _not_closed(self, what: str) -> str:
        line = self._line + self._text.count("\n", self._start.start(), self._limit)
        where = "at the end of the file" if self._limit == len(self._text) else f"before line {line}"
        return f"{what} is not closed {where}"

    def _past(self, pattern: "re.Pattern[str]", place: int) -> int:
        match = pattern.match(self._text, place)
        return match.end() if match else place


def _shown(text: str) -> str:
    return f"`{text.strip()}`" if text.strip() else "the end"
