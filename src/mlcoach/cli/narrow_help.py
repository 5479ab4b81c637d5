"""Help that fits the terminal: Typer's own is never narrower than fifty columns, and breaks commands anywhere."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mlcoach.cli.paging import help_by_pages
from mlcoach.domain.commands import broken_command

if TYPE_CHECKING:
    from mlcoach.cli.app import App

WIDEST, NARROWEST = 78, 52  # columns of help; on fewer than the latter Typer's own would run over the edge
EXAMPLE = "Example: "


@contextmanager
def fitted_help(command: Any, app: "App", words: Sequence[str]) -> Iterator[None]:
    """Let the help of a command, and of all below it, fit the terminal while the block runs."""
    columns = app.screen.columns
    with narrowed(command, columns if columns < NARROWEST else min(columns - 2, WIDEST)), help_by_pages(app, words):
        yield


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

        def write_text(self, text: str) -> None:
            """Write a text; an example that is too long for its line is on its own, so that it can be copied."""
            indent = " " * self.current_indent
            room = columns - len(indent)
            example = " ".join(text.split())
            is_one = example.startswith(f"{EXAMPLE}mlcoach ") and not any(sign in example for sign in (", or", "; "))
            if not is_one or len(example) <= room:
                super().write_text(text)
                return
            self.write(f"{indent}{EXAMPLE.rstrip()}\n")
            for number, part in enumerate(broken_command(example.removeprefix(EXAMPLE), room, room - 2)):
                self.write(f"{indent}{'  ' * (number > 0)}{part}\n")

    context.formatter_class = NarrowFormatter
    try:
        yield
    finally:
        context.formatter_class = usual
