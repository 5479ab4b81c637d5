"""Where an interactive screen is shown: redrawn in place, or as plain lines one after the other.

A screen is a list of named sections. On a terminal with colour all of them are drawn at every key, with the foot
always in sight and the body scrolled below it. Elsewhere (`NO_COLOR`, a dumb terminal, a screen reader) only what is
new is written, and nothing written is ever taken back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from mlcoach.domain.text import visible
from mlcoach.render.prose import folded
from mlcoach.render.screen import Lines, Screen, unspoken

SCROLL_KEYS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
NOTE = "note"  # the section that answers a key
SHORTEST_BODY = 3  # lines; on a lower terminal the foot gives way

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
HOME, CLEAR_LINE, CLEAR_BELOW = "\x1b[H", "\x1b[2K", "\x1b[J"


class Section(NamedTuple):
    """A part of a screen. `live` is one line that grows and shrinks as it is typed; `once` is said only once."""

    name: str
    lines: Lines
    foot: bool = False
    live: bool = False
    once: bool = False


class ScreenDriver(Protocol):
    """What a session is shown on."""

    @property
    def width(self) -> int:
        """The cells of a line as the terminal is now."""

    @property
    def color(self) -> bool:
        """Whether there is colour, on a screen that is redrawn."""

    def show(self, serial: int, sections: Sequence[Section]) -> None:
        """Show the sections of one screen; `serial` changes when another thing is shown."""

    def say(self, words: str) -> None:
        """Answer a key in words, where nothing else shows what became of it."""

    def pressed(self) -> None:
        """Take note that a key was pressed: what is answered to it is new, whatever was said before."""

    def scroll(self, key: str) -> bool:
        """Scroll if the key asks for it and return whether it did."""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Give the terminal back while something else uses it."""


def make_screen_driver(screen: Screen, *, plain: bool = False) -> "InPlace | Plain":
    """Return the driver that fits the terminal; with `plain`, lines that are never redrawn."""
    dumb = screen.environment.get("TERM") == "dumb"
    return InPlace(screen) if screen.color and screen.is_terminal and not (dumb or plain) else Plain(screen)


class InPlace:
    """Draws whole frames on the terminal's second page; the first one is back when it leaves."""

    color = True

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._top = 0
        self._below = 0  # lines
        self._page = 1
        self._shown: tuple[int, frozenset[str]] = (0, frozenset())
        self._last: tuple[int, Sequence[Section]] = (0, ())

    @property
    def width(self) -> int:
        """The cells of a line; the last column stays free, as terminals disagree on what happens there."""
        return max(1, self._screen.measure()[0] - 1)

    def __enter__(self) -> "InPlace":
        self._write(ENTER)
        return self

    def __exit__(self, *_: object) -> None:
        self._write(LEAVE)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Show the terminal's first page while something else uses it."""
        self._write(LEAVE)
        try:
            yield
        finally:
            self._write(ENTER)

    def show(self, serial: int, sections: Sequence[Section]) -> None:
        """Draw a frame; a section that was not there before is scrolled into sight."""
        self._last = (serial, sections)
        rows = self._screen.measure()[1]
        foot = [line for section in sections if section.foot for line in self._folded(section.lines)]
        foot = foot[: max(0, rows - SHORTEST_BODY)]
        body: Lines = []
        starts: dict[str, int] = {}
        for section in sections:
            if not section.foot and section.lines:
                body += [[]] if body else []
                starts[section.name] = len(body)
                body += self._folded(section.lines)
        room = max(1, rows - len(foot) - 1)
        self._find_top(serial, starts, len(body), room)
        self._below = max(0, len(body) - room - self._top)
        self._page = max(1, room - 2)  # a line above and one below stay in sight
        page = body[self._top : self._top + room]
        if self._top + room < len(body):
            page[-1] = [("↓ more below: space", "muted")]
        if self._top and page:
            page[0] = [("↑ more above", "muted")]
        page += [[] for _ in range(rows - len(foot) - len(page))]
        self._draw([*page, *foot])

    def say(self, words: str) -> None:
        """Say nothing: the screen shows it."""

    def pressed(self) -> None:
        """Do nothing: the whole screen is drawn again."""

    def scroll(self, key: str) -> bool:
        """Move the body by a line or by ten; space turns the page while there is more to read below."""
        if key == "space" and self._below:
            self._top += self._page
        elif key in SCROLL_KEYS:
            self._top = max(0, self._top + SCROLL_KEYS[key])
        else:
            return False
        self.show(*self._last)
        return True

    def _find_top(self, serial: int, starts: dict[str, int], length: int, room: int) -> None:
        before, known = self._shown
        names = frozenset(starts)
        if serial != before:
            self._top = 0
        elif fresh := names - known:
            first = min(starts[name] for name in fresh)
            if first < self._top:  # such as a hint, which stands above the tests
                self._top = max(0, first - 1)
            else:
                # All of the new is shown where it fits, else its beginning.
                self._top = max(self._top, min(max(0, first - 1), max(0, length - room)))
        self._top = max(0, min(self._top, length - room))
        self._shown = (serial, names)

    def _folded(self, lines: Lines) -> Lines:
        seen = self._screen.broken((unspoken(line) for line in lines), self.width)
        return [piece for line in seen for piece in folded(line, self.width)]

    def _draw(self, lines: Lines) -> None:
        painted = self._screen.painted(lines)
        self._write(HOME + "\n".join(CLEAR_LINE + line for line in painted) + CLEAR_BELOW)

    def _write(self, text: str) -> None:
        self._screen.out.write(text)
        self._screen.out.flush()


class Plain:
    """Writes what is new, line after line."""

    color = False  # a cursor or a running clock would be said again and again

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._serial = 0
        self._written: set[tuple[str, str]] = set()
        self._said: set[str] = set()
        self._live: str | None = None

    @property
    def width(self) -> int:
        """The cells of a line."""
        return self._screen.measure()[0]

    def __enter__(self) -> "Plain":
        return self

    def __exit__(self, *_: object) -> None:
        self._end_live()
        self._screen.out.flush()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """End a line that was begun."""
        self._end_live()
        self._screen.out.flush()
        yield

    def show(self, serial: int, sections: Sequence[Section]) -> None:
        """Write the sections that are new since the last time."""
        if serial != self._serial:
            # What became of the last key is heard before what comes next, or it seems to be said of that.
            sections = sorted(sections, key=lambda section: section.name != NOTE)
            self._serial = serial
            self._written.clear()
            self._end_live()
            self._screen.lines([[]])
        for section in sections:
            if section.live:
                continue
            text = "\n".join("".join(part for part, _ in line) for line in section.lines)
            if not section.lines or (section.name, text) in self._written or (section.once and text in self._said):
                continue
            self._written.add((section.name, text))
            self._said.add(text)
            self._end_live()
            self._screen.lines(section.lines)
        for section in sections:
            if section.live:
                self._write_live("".join(part for line in section.lines for part, _ in line))
        self._screen.out.flush()

    def pressed(self) -> None:
        """Let a note be said again: silence would leave open whether the key has counted."""
        self._written = {(name, text) for name, text in self._written if name != NOTE}

    def say(self, words: str) -> None:
        """Write a line at once."""
        self._end_live()
        self._screen.lines([[(words, "")]])
        self._screen.out.flush()

    def scroll(self, key: str) -> bool:
        """Leave scrolling to the terminal."""
        return key in SCROLL_KEYS

    def _write_live(self, text: str) -> None:
        shown = visible(text)
        out = self._screen.out
        if self._live is None:
            out.write(shown)
        elif shown.startswith(self._live):
            out.write(shown[len(self._live) :])
        else:
            # Not every terminal here can step back, so the line is said again.
            out.write("\n" + shown)
        self._live = shown

    def _end_live(self) -> None:
        if self._live is not None:
            self._screen.out.write("\n")
            self._live = None
