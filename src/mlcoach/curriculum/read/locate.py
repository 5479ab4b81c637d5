"""Key path -> line and column in a TOML text. tomllib and pydantic know the key, people need the place.

Only texts that tomllib has accepted come here, and only once something is wrong with one, so the scanner
checks nothing: it walks headers, keys and values and notes where each begins and ends.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

KeyPath = tuple[str | int, ...]

SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
BLANK = re.compile(r"[ \t]*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
# In the order they must be tried. A multi-line string may end in one or two quotes of its own.
VALUES = (
    re.compile(r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}', re.DOTALL),
    re.compile(r"'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}"),
    re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'),
    re.compile(r"'[^'\n]*'"),
    re.compile(r"[^,\]}#\n]+"),
)
LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class Span(NamedTuple):
    """Offsets of a piece of text, end exclusive."""

    start: int
    end: int


class Spot(NamedTuple):
    """A place people can find: line and column from 1, in characters; `length` stays on that line."""

    line: int
    column: int
    length: int


def unescape(escape: str) -> str:
    """Return the character that an escape of a double-quoted TOML string stands for."""
    if escape[1] in "uU":
        return chr(int(escape[2:], 16))
    return LETTERS.get(escape[1], "")


class Locator:
    """Where every key and value of one TOML text is.

    A path is the way through the parsed value: `("unit", 2, "read", 0, "in")`. A table's value is its header.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: dict[KeyPath, Span] = {}
        self.values: dict[KeyPath, Span] = {}
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._lengths: dict[KeyPath, int] = {}
        self._position = 0
        # What is beyond the deepest nesting Python can follow has no place of its own.
        try:
            self._scan()
        except RecursionError:
            return

    def key(self, path: KeyPath) -> Spot:
        """Return the place of a key, or of the nearest table around it that has one."""
        return self._nearest(path, self.keys, self.values)

    def value(self, path: KeyPath) -> Spot:
        """Return the place of a value, or of the nearest table around it that has one."""
        return self._nearest(path, self.values, self.keys)

    def spot(self, span: Span) -> Spot:
        """Return the line, the column and the length on that line of a span."""
        line = bisect_right(self._line_starts, span.start)
        begin = self._line_starts[line - 1]
        end = self.text.find("\n", span.start, span.end)
        return Spot(line, span.start - begin + 1, max(1, (span.end if end < 0 else end) - span.start))

    def _nearest(self, path: KeyPath, first: dict[KeyPath, Span], second: dict[KeyPath, Span]) -> Spot:
        for end in range(len(path), 0, -1):
            span = first.get(path[:end]) or second.get(path[:end])
            if span:
                return self.spot(span)
        return Spot(1, 1, 1)

    def _scan(self) -> None:
        table: KeyPath = ()
        while True:
            self._skip(SPACE)
            if self._position >= len(self.text):
                return
            if self.text[self._position] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.text, self._position):
            self._position = found.end()

    def _header(self) -> KeyPath:
        start = self._position
        brackets = 2 if self.text.startswith("[[", start) else 1
        self._position += brackets
        parts = self._key_parts()
        self._position += brackets
        header = Span(start, self._position)
        path: KeyPath = ()
        for name, span in parts[:-1]:
            path = (*path, name)
            self.keys.setdefault(path, span)
            self.values.setdefault(path, span)
            # [unit.x] below [[unit]] belongs to the last unit.
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        name, span = parts[-1]
        path = (*path, name)
        self.keys.setdefault(path, span)
        self.values.setdefault(path, header)
        if brackets == 2:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            path = (*path, self._lengths[path] - 1)
            self.keys[path] = self.values[path] = header
        return path

    def _pair(self, table: KeyPath) -> None:
        path = table
        for name, span in self._key_parts():
            path = (*path, name)
            self.keys.setdefault(path, span)
            # What a dotted key makes on its way is a table: the best value it has is its name.
            self.values.setdefault(path, span)
        self._position += 1  # the equals sign
        self._skip(BLANK)
        self._value(path)

    def _key_parts(self) -> list[tuple[str, Span]]:
        """Read `a."b c".'d'` and leave the position behind it and the blanks that follow."""
        parts: list[tuple[str, Span]] = []
        while True:
            self._skip(BLANK)
            start = self._position
            pattern = {'"': VALUES[2], "'": VALUES[3]}.get(self.text[start], BARE_KEY)
            found = pattern.match(self.text, start)
            # Guards against going round for ever on a text tomllib would not have accepted.
            self._position = found.end() if found else start + 1
            raw = self.text[start : self._position]
            name = raw[1:-1] if raw[0] in "\"'" else raw
            if raw[0] == '"':
                name = ESCAPE.sub(lambda escape: unescape(escape[0]), name)
            parts.append((name, Span(start, self._position)))
            self._skip(BLANK)
            if not self.text.startswith(".", self._position):
                return parts
            self._position += 1

    def _value(self, path: KeyPath) -> None:
        start = self._position
        opening = self.text[start]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            found = next(found for pattern in VALUES if (found := pattern.match(self.text, start)))
            self._position = start + len(found[0].rstrip())
        self.values[path] = Span(start, self._position)

    def _array(self, path: KeyPath) -> None:
        self._position += 1
        index = 0
        while True:
            self._skip(SPACE)
            if self.text[self._position] == "]":
                break
            self._value((*path, index))
            index += 1
            self._skip(SPACE)
            if self.text[self._position] == ",":
                self._position += 1
        self._position += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._position += 1
        while True:
            self._skip(SPACE)
            if self.text[self._position] == "}":
                break
            self._pair(path)
            self._skip(SPACE)
            if self.text[self._position] == ",":
                self._position += 1
        self._position += 1
