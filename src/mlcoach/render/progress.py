"""A bar for what takes long, on a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mlcoach.render.screen import Screen

Told = Callable[[int, int], None]
"""Told (steps done, steps in all)."""


@contextmanager
def progress_bar(screen: Screen, words: str) -> Iterator[Told]:
    """Show a bar on stderr while the block runs; what the block is given moves it. It goes away at the end."""
    if not screen.error_is_terminal:
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(file=screen.err, no_color=not screen.error_color, markup=False, highlight=False)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
