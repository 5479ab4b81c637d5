"""Single keys from the terminal, without waiting for a line. The terminal is put back however the program ends."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, TextIO

from mlcoach.domain.keys import TOGETHER_SECONDS, WORDS, PressedKey, TypedWords

# How long the rest of an arrow key may take; a lone escape is known only after this.
ESCAPE_SECONDS = 0.05

NAMED = {
    "\r": "enter", "\n": "enter", " ": "space", "\x7f": "backspace", "\x08": "backspace", "\x03": "ctrl-c",
    "\x1c": "ctrl-c", "\x04": "end", "\x1a": "ctrl-z", "\x15": "escape", "\x0c": "resize", "\x1b": "escape",
}  # fmt: skip
SEQUENCES = {
    "[A": "up", "[B": "down", "OA": "up", "OB": "down", "[5~": "pageup", "[6~": "pagedown", "OM": "enter",
}  # fmt: skip


class Keys:
    """An iterator of key names: a character in lower case, or space, enter, backspace, escape, up, down, pageup,
    pagedown, ctrl-c, ctrl-z, resize (the window changed) and end (the input is closed).

    A context manager. Where the input is not a terminal after all, its characters are taken one by one. With `patience`
    (seconds) a terminal at which nothing is pressed says tick, so that a clock can go on.

    With `screen`, one of `domain.keys.SCREENS`, each key of words that are typed at a terminal is `words`, but while
    `takes_text` says that a text is being typed.
    """

    def __init__(self, stream: TextIO, patience: float | None = None, screen: str = "") -> None:
        self._stream = stream
        self._patience = patience
        self._source: _Source = _Characters(stream)
        self._words = TypedWords(screen) if screen else None
        self._ahead: list[tuple[str, float]] = []  # a key that was waited for, and when it came
        self.takes_text: Callable[[], bool] = lambda: False
        self.takes_grade_of_number: Callable[[], bool] = lambda: False  # a digit may then begin a number once more

    def __enter__(self) -> "Keys":
        self._source = _open(self._stream)
        self._source.patience = self._patience
        self._source.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._source.stop()

    def __iter__(self) -> Iterator[str]:
        while True:
            yield self.read()

    def read(self) -> str:
        """Return the next key; one that has no name here is an empty text."""
        key, at = self._ahead.pop() if self._ahead else self._next()
        words = self._words
        if words is None or not self._source.keeps_time or key == "tick" or self.takes_text():
            return key
        following = ""
        if words.waits(key) or (key.isdecimal() and self.takes_grade_of_number()):
            self._source.patience = TOGETHER_SECONDS
            following, then = self._next()
            self._source.patience = self._patience
            if following == "tick":
                following = ""
            else:
                self._ahead.append((following, then))
        return WORDS if words.are(key, at, following) else key

    def _next(self) -> tuple[str, float]:
        try:
            return self._source.read(), time.monotonic()
        except KeyboardInterrupt:
            return "ctrl-c", time.monotonic()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave the terminal to another program for a while."""
        self._source.stop()
        try:
            yield
        finally:
            self._source.start()

    def suspend(self) -> None:
        """Stop the program until the shell brings it back, as Ctrl-Z does elsewhere."""
        if hasattr(signal, "SIGTSTP"):
            with self.paused():
                os.kill(os.getpid(), signal.SIGTSTP)


@contextmanager
def unseen(stream: TextIO) -> Iterator[None]:
    """Let a line be typed without showing it, where the stream is a terminal that can be told so."""
    try:
        import termios

        descriptor = stream.fileno()
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError):
        yield
        return
    except termios.error:
        yield
        return
    hidden = [*before]
    hidden[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSADRAIN, hidden)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


class _Source:
    """Where keys come from. `patience` is how long a terminal waits for one before it says tick; None is for ever."""

    patience: float | None = None
    keeps_time = True  # whether a key is read when it is pressed

    def start(self) -> None:
        """Take over the terminal."""

    def stop(self) -> None:
        """Give it back."""

    def read(self) -> str:
        """Return the next key."""
        raise NotImplementedError


class _Characters(_Source):
    """A stream of characters: no terminal, or none that can be asked."""

    keeps_time = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def read(self) -> str:
        character = self._stream.read(1)
        return _name(character) if character else "end"


def _name(character: str) -> str:
    if character in NAMED:
        return NAMED[character]
    if not character.isprintable():
        return ""
    return PressedKey(character) if character.isupper() else character


def _open(stream: TextIO) -> _Source:
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return _Characters(stream)
    if sys.platform == "win32":
        return _Console() if os.isatty(descriptor) else _Characters(stream)
    else:  # noqa: RET505 - the type checker leaves out what the other system has not
        import termios

        try:
            termios.tcgetattr(descriptor)
        except termios.error:
            return _Characters(stream)
        return _Terminal(descriptor)


if sys.platform == "win32":

    class _Console(_Source):
        """The console of Windows."""

        def read(self) -> str:
            import msvcrt

            deadline = time.monotonic() + (self.patience or 0)
            while self.patience is not None and not msvcrt.kbhit():
                if time.monotonic() > deadline:
                    return "tick"
                time.sleep(ESCAPE_SECONDS)
            character = msvcrt.getwch()
            if character in "\x00\xe0":
                return {"H": "up", "P": "down", "I": "pageup", "Q": "pagedown"}.get(msvcrt.getwch(), "")
            return _name(character)

else:

    class _Terminal(_Source):
        """A terminal of POSIX: no echo, no waiting for a line, Ctrl-C as a key so that no write is cut in half."""

        def __init__(self, descriptor: int) -> None:
            self._descriptor = descriptor
            self._before: list[Any] | None = None
            self._handlers: dict[int, Any] = {}
            self._wake = (-1, -1)
            self._woken_before = -1

        def start(self) -> None:
            import termios

            self._before = termios.tcgetattr(self._descriptor)
            changed = termios.tcgetattr(self._descriptor)
            changed[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
            changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
            self._wake = os.pipe()
            os.set_blocking(self._wake[1], False)
            # A signal just before the wait would be seen only with the next key: each writes into the pipe as well.
            self._woken_before = signal.set_wakeup_fd(self._wake[1], warn_on_full_buffer=False)
            for number, handler in (
                (signal.SIGWINCH, _on_resize),
                (signal.SIGTERM, _on_end),
                (signal.SIGHUP, _on_end),
            ):
                self._handlers[number] = signal.signal(number, handler)
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, changed)

        def stop(self) -> None:
            import termios

            if self._before is None:
                return
            # A terminal that went away cannot be put back.
            with suppress(termios.error):
                termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)
            self._before = None
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(self._woken_before)
            for end in self._wake:
                os.close(end)

        def read(self) -> str:
            import select

            ready, _, _ = select.select([self._descriptor, self._wake[0]], [], [], self.patience)
            if not ready:
                return "tick"
            if self._wake[0] in ready:
                os.read(self._wake[0], 1024)
                return "resize"
            first = self._byte()
            if not first:
                return "end"
            if first == b"\x1b":
                return self._escape()
            return _name(self._character(first))

        def _byte(self, patience: float | None = None) -> bytes:
            """Return the next byte; none at the end, or when it does not come within the seconds given."""
            import select

            if patience is not None and not select.select([self._descriptor], [], [], patience)[0]:
                return b""
            try:
                return os.read(self._descriptor, 1)
            except OSError:
                return b""

        def _character(self, first: bytes) -> str:
            """Return the character of UTF-8 that a byte begins."""
            length = 1 if first[0] < 0xC0 else 2 if first[0] < 0xE0 else 3 if first[0] < 0xF0 else 4
            whole = first + b"".join(self._byte(ESCAPE_SECONDS) for _ in range(length - 1))
            return whole.decode(errors="replace")

        def _escape(self) -> str:
            """Return the key of an escape sequence, read to its end so that no part of it counts as keys."""
            kind = self._byte(ESCAPE_SECONDS)
            if not kind:
                return "escape"
            text = kind.decode(errors="replace")
            if kind not in b"[O":
                return ""
            while byte := self._byte(ESCAPE_SECONDS):
                text += byte.decode(errors="replace")
                if 0x40 <= byte[0] <= 0x7E:
                    break
            return SEQUENCES.get(text, "")


def _on_resize(number: int, frame: FrameType | None) -> None:
    """Do nothing: that the signal came is what wakes the wait for a key."""


def _on_end(number: int, frame: FrameType | None) -> None:
    """End as the signal asks, but by way of all that must be put back."""
    raise SystemExit(128 + number)
