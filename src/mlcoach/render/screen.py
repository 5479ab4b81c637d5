"""The one writer. Screens are lines of spans (text, style); here they become colour, or plain text.

Spans are data: no markup in them is ever interpreted and control characters are made visible, so text from files and
people cannot steer the terminal. Rich is imported only where colour is really used.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

from mlcoach.domain.text import harmless, visible
from mlcoach.render.spans import GOES_ON, SPOKEN, Line, Lines, Sentence, Span, drawn, is_drawn, undrawn, unspoken

# Whoever lays out lines needs these.
__all__ = ["GOES_ON", "SPOKEN", "Line", "Lines", "Span", "drawn", "is_drawn", "unspoken"]

UNDO: Line = [("Undo: mlcoach undo", "muted")]

# Styles by meaning. Colour never carries a meaning alone: every screen reads the same without it.
STYLES = {
    "": "",
    "title": "bold",
    "muted": "dim",
    "good": "green",
    "remembered": "bold green",
    "faded": "dim green",
    "warn": "yellow",
    "bad": "bold red",
    "accent": "cyan",
    "strong": "bold",
    "code": "cyan",
}
SGR = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "red": "31", "cyan": "36"}
# What our own marks become where only ASCII can be shown: the more there is, the darker the letter.
ASCII = str.maketrans(
    {
        "▁": "_", "▂": ".", "▃": ":", "▄": "=", "▅": "+", "▆": "*", "▇": "%", "█": "#", "░": ".", "·": ".", "○": "o",
        "●": "*", "❄": "*", "–": "-", "—": "-", "…": "~", "✓": "v", "✗": "x", "▸": ">", "→": ">", "“": '"', "”": '"',
        "’": "'", "×": "x", "↑": "^", "↓": "v", "−": "-", "±": "+", "•": "*", "↪": ">", "⋯": "~", "▏": "|", "─": "-",
        "★": "*", "├": "|", "└": "`", "│": "|", "▓": "%", "◆": "*", "‘": "'", "≈": "~", "≤": "<", "≥": ">", "←": "<",
    }
)  # fmt: skip
WIDEST = 100  # cells of a line of prose: a longer one is hard to read
PIPED_WIDTH = 80
# An arrow or the escape key pressed while typing is never text.
_KEY_PRESSES = re.compile(r"\x1b(?:\[[0-9;]*[ -/]*[@-~]|O.)?|[\x00-\x08\x0b-\x1a]")


class Screen:
    """Where a command prints. `width` is None when stdout is not a terminal, unless COLUMNS asks for less than 80:
    columns are then never cut."""

    def __init__(self, out: TextIO, err: TextIO, environment: Mapping[str, str], color: str = "auto") -> None:
        self.out = out
        self.err = err
        self.environment = environment
        self.is_terminal = _is_terminal(out)
        self.wants_plain: Callable[[], bool] = lambda: False  # words alone, nothing drawn
        # Says a command shorter where there is little room for it.
        self.fitting: Callable[[str, int], str] = lambda command, _: command
        self.interactive = _is_terminal(sys.stdin) and _is_terminal(err)
        self._piped = _given(environment, "COLUMNS") or PIPED_WIDTH
        # Who asks for narrow lines on a pipe gets the screens of a narrow terminal.
        narrow = self._piped if self._piped < PIPED_WIDTH else None
        self.width = self._columns() if self.is_terminal else narrow
        self.color = uses_color(color, environment, self.is_terminal)
        self.error_is_terminal = _is_terminal(err)
        self.error_color = uses_color(color, environment, self.error_is_terminal)

    @property
    def columns(self) -> int:
        """The cells that a line has: those of the terminal, or of what a pipe is given."""
        return self.width or self._piped

    @property
    def knows_unicode(self) -> bool:
        """Whether stdout can take every character, so that nothing needs to be replaced."""
        return (getattr(self.out, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")

    def measure(self) -> tuple[int, int]:
        """Return the columns and rows of the terminal as they are now; 80 and 24 where it does not say."""
        if given := _given(self.environment, "LINES"):
            return self._columns(), given
        try:
            rows = os.get_terminal_size(self.out.fileno()).lines
        except (OSError, ValueError):
            rows = 0
        return self._columns(), rows or 24

    def painted(self, lines: Iterable[Line]) -> list[str]:
        """Return each line as the text that the terminal needs to show it in colour."""
        return self._through_rich(unspoken(line) for line in lines).split("\n")[:-1]

    def lines(self, lines: Iterable[Line]) -> None:
        """Write lines to stdout."""
        self.out.write(self.rendered(lines))

    def rendered(self, lines: Iterable[Line]) -> str:
        """Return lines as the text that `lines` writes."""
        lines = self._fitted(lines)
        return self._through_rich(lines) if self.color else _brief(lines, color=False)

    def brief(self, lines: Iterable[Line]) -> None:
        """Write the few lines with which a small command answers to stdout."""
        self.out.write(_brief(self._fitted(lines), self.color))

    def text(self, text: str) -> None:
        """Write one finished text (JSON, a path) to stdout, without what could steer a terminal."""
        self.out.write(harmless(text) + "\n")

    def document(self, text: str) -> None:
        """Write a finished document to stdout, its line ends as they are, without what could steer a terminal."""
        self.package(harmless(text).encode())

    def package(self, content: bytes) -> None:
        """Write a finished file to stdout, byte for byte where the stream takes bytes."""
        binary = getattr(self.out, "buffer", None)
        if binary is None:
            self.out.write(content.decode())
            return
        self.out.flush()
        binary.write(content)
        binary.flush()

    def note(self, text: str) -> None:
        """Write a line for the person to stderr."""
        line: Line = next(iter(self._worded([[(text, "muted")]])), [])
        shown = self.broken([line], self._columns()) if _is_terminal(self.err) else [line]
        self.err.write(_brief(shown, self.error_color))

    def error(self, lines: Iterable[Line]) -> None:
        """Write lines to stderr, on a terminal broken at blanks."""
        self.err.write(self.error_text(lines))

    def error_text(self, lines: Iterable[Line]) -> str:
        """Return lines as the text that `error` writes."""
        lines = self._worded(lines)
        if self.error_is_terminal:
            lines = self.broken(lines, self._columns())
        return _brief(lines, self.error_color)

    def prompt(self, text: str) -> None:
        """Write a question to stderr, broken at blanks, without ending the line."""
        lettered = self._worded([(line, "")] for line in text.split("\n"))
        parts = self.broken(lettered, self._columns())
        question = "\n".join("".join(text for text, _ in line) for line in parts)
        self.err.write(visible(question))
        self.err.flush()

    def read_line(self) -> str:
        """Return the line the learner types, without keys that are not text. Raises KeyboardInterrupt at the end."""
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        return _KEY_PRESSES.sub("", line)

    def _fitted(self, lines: Iterable[Line]) -> Lines:
        """Return the lines broken at blanks where they are too long for the terminal, in letters that it knows."""
        return self.broken(self._worded(lines), self.columns, is_plain=self.wants_plain())

    def _worded(self, lines: Iterable[Line]) -> Iterable[Line]:
        """Return the lines as they are seen, or heard in plain mode, in letters that the terminal knows."""
        if not self.wants_plain():
            return self._lettered(unspoken(line) for line in lines)
        return self._lettered(undrawn(lines))

    def broken(self, lines: Iterable[Line], width: int, *, is_plain: bool = False) -> Lines:
        """Return the lines broken where they are longer than `width`.

        In words alone rows, code and commands stay whole; on a wide pipe commands do, for a program may read them.
        """
        lines = list(lines)
        if all(sum(len(text) for text, _ in line) <= width for line in lines):
            return lines
        from mlcoach.render.narrow.breaking import broken, is_code

        fitting = None if is_plain or (self.width is None and width >= PIPED_WIDTH) else self.fitting
        whole = [isinstance(line, Sentence) or (is_plain and is_code(line)) for line in lines]
        return [
            part
            for line, is_whole in zip(lines, whole, strict=True)
            for part in ([line] if is_whole else broken(line, width, rows=not is_plain, fitting=fitting))
        ]

    def _lettered(self, lines: Iterable[Line]) -> Iterable[Line]:
        """Return the lines in letters that the terminal knows."""
        if self.knows_unicode:
            return lines
        from mlcoach.render.ascii_text import ascii_text

        return [type(line)((ascii_text(text.translate(ASCII)), style) for text, style in line) for line in lines]

    def _through_rich(self, lines: Iterable[Line]) -> str:
        """Return lines coloured by Rich's styles; its console, which knows no finished lines, takes twice as long."""
        from rich.style import Style

        return "".join(
            "".join(Style.parse(STYLES.get(style, style)).render(visible(text)) for text, style in line) + "\n"
            for line in lines
        )

    def _columns(self) -> int:
        if given := _given(self.environment, "COLUMNS"):
            return given
        try:
            return os.get_terminal_size(self.out.fileno()).columns or 80
        except (OSError, ValueError):
            return 80


def prose_width(width: int | None) -> int:
    """Return the cells of a line of prose on a terminal of this width, or on a pipe."""
    return min(width, WIDEST) if width else PIPED_WIDTH


def _given(environment: Mapping[str, str], name: str) -> int:
    """Return a positive number of the environment, 0 where there is none."""
    text = environment.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _brief(lines: Iterable[Line], color: bool) -> str:
    """Return a few lines as text, coloured without Rich, whose import takes longer than such an answer."""
    paint = _coloured if color else lambda text, style: text
    return "".join("".join(paint(visible(text), style) for text, style in line).rstrip() + "\n" for line in lines)


def _coloured(text: str, style: str) -> str:
    codes = ";".join(SGR[part] for part in STYLES.get(style, "").split())
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def uses_color(color: str, environment: Mapping[str, str], is_terminal: bool) -> bool:
    """Return whether to colour: --color, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if color in ("always", "never"):
        return color == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # a closed stream
        return False
