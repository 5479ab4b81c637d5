"""A long text page by page where nothing is redrawn, and the help of commands, which Typer prints by itself."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.render.screen import Screen

FEWEST = 3  # lines of a page, on the lowest terminal
MORE = "enter goes on, q leaves:"
LEAVE = ("q", "quit")


def show_by_pages(screen: "Screen", text: str) -> None:
    """Write a text, and wait for enter wherever a page is full; what was written stays as it is.

    The end of the input writes the rest.
    """
    columns, rows = screen.measure()
    room = max(FEWEST, rows - 2)  # the question has a line, and one stays in sight
    used, waits = 0, True
    for line in text.splitlines(keepends=True):
        taken = max(1, -(-len(line.rstrip("\n")) // max(1, columns)))
        if waits and used and used + taken > room:
            screen.out.flush()
            screen.prompt(f"{MORE} ")
            answer = sys.stdin.readline()
            if answer.strip().lower() in LEAVE:
                return
            used, waits = 0, bool(answer)
        screen.out.write(line)
        used += taken


@contextmanager
def help_by_pages(app: "App", words: "Sequence[str]") -> Iterator[None]:
    """Show what Typer prints while the block runs as a screen of our own, where the words ask for help."""
    if not asks_for_help(words):
        yield
        return
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            yield
    finally:
        app.show_text(printed.getvalue())


def asks_for_help(words: "Sequence[str]") -> bool:
    """Return whether there is `--help` among the words of a command, before `--`."""
    said = words[: words.index("--")] if "--" in words else words
    return any(word in ("-h", "--help") for word in said)
