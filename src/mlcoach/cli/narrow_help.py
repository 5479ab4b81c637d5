"""Help that fits the terminal: Typer's own is never narrower than fifty columns, and breaks commands anywhere."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

from mlcoach.domain.help.commands import broken_command

if TYPE_CHECKING:
    from mlcoach.cli.app import App

WIDEST, NARROWEST = 78, 52  # columns of help; on fewer than the latter Typer's own would run over the edge
_EXAMPLE = re.compile(r"^( *Example: )(mlcoach (?:[^\n]+(?:\n|\Z))+)", re.MULTILINE)


@contextmanager
def fitted_help(command: Any, app: "App", words: Sequence[str]) -> Iterator[None]:
    """Let the help of a command, and of all below it, fit the terminal while the block runs.

    Help that is asked for is then shown as a screen of our own: Typer prints it all at once.
    """
    columns = app.screen.columns
    columns = columns if columns < NARROWEST else min(columns - 2, WIDEST)
    printed = StringIO()
    try:
        with narrowed(command, columns), redirect_stdout(printed):
            yield
    finally:
        app.show_text(with_whole_examples(printed.getvalue(), columns))


def with_whole_examples(text: str, columns: int) -> str:
    """Return the help of a command with an example that takes several lines broken so that a shell reads it as one."""

    def whole(found: re.Match[str]) -> str:
        lead, example = found[1], " ".join(found[2].split())
        if "\n" not in found[2].rstrip() or example.count("mlcoach ") > 1 or "; " in example:
            return found[0]
        indent = " " * (len(lead) - len(lead.lstrip()) + 2)
        if columns < NARROWEST:  # on a line of its own it may need no other
            lead = f"{lead.rstrip()}\n{indent[2:]}"
        first = columns - len(lead.rpartition("\n")[2])
        parts = broken_command(example, first, columns - len(indent))
        return lead + f"\n{indent}".join(parts) + "\n"

    return _EXAMPLE.sub(whole, text)


@contextmanager
def narrowed(command: Any, columns: int) -> Iterator[None]:
    """Let the help of a command, and of all below it, have so many columns while the block runs."""
    context = command.context_class
    usual = context.formatter_class

    class NarrowFormatter(usual):  # type: ignore[misc, valid-type]
        """Lays out help in few columns: what is told of an option stands below it where there is no room beside."""

        def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
            super().__init__(indent_increment, columns, max_width)

        def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
            super().write_dl(rows, min(col_max, columns // 4) if columns < NARROWEST else col_max, col_spacing)

    context.formatter_class = NarrowFormatter
    try:
        yield
    finally:
        context.formatter_class = usual
