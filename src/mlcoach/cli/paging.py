"""A long text page by page, where nothing that was written is redrawn."""

import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from mlcoach.render.screen import Screen

FEWEST = 3  # lines of a page, on the lowest terminal
MORE = "enter goes on, q and enter leave:"
LEAVE = ("q", "quit")


def show_by_pages(screen: "Screen", text: str, stream: TextIO, *, below: int = 1) -> None:
    """Write a text, and wait for enter wherever a page is full; what was written stays as it is.

    `below` are the lines of a question that follows it: a page leaves room for them. The end of the input writes the
    rest.
    """
    columns, rows = screen.measure()
    room = max(FEWEST, rows - 1 - below)  # the question has its lines, and one stays in sight
    used, waits = 0, True
    for line in text.splitlines(keepends=True):
        taken = max(1, -(-len(line.rstrip("\n")) // max(1, columns)))
        if waits and used and used + taken > room:
            stream.flush()
            screen.prompt(f"{MORE} ")
            answer = sys.stdin.readline()
            if answer.strip().lower() in LEAVE:
                return
            used, waits = 0, bool(answer)
        stream.write(line)
        used += taken
