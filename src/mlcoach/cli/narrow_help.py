"""Help on a narrow terminal: Typer's own is never narrower than fifty columns."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


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
            super().write_dl(rows, min(col_max, columns // 4), col_spacing)

    context.formatter_class = NarrowFormatter
    try:
        yield
    finally:
        context.formatter_class = usual
