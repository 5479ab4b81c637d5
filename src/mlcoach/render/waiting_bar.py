"""A bar for what takes long, on a terminal only."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from mlcoach.domain.bulk import OnProgress
from mlcoach.render.screen import Screen

LONG = 1000  # steps that a person notices


@contextmanager
def waiting_bar(screen: Screen, words: str, least: int = 0) -> Iterator[OnProgress]:
    """Show a bar on stderr while the block runs; what the block is given moves it. It goes away at the end.

    With `least` it comes only when there are that many steps: most blocks of that kind are short.
    """
    if not screen.error_is_terminal or screen.wants_plain():
        yield lambda done, total: None
        return
    if least:
        with ExitStack() as opened:
            bars: list[OnProgress] = []

            def tell_late(done: int, total: int) -> None:
                if total >= least and not bars:
                    bars.append(opened.enter_context(waiting_bar(screen, words)))
                for tell in bars:
                    tell(done, total)

            yield tell_late
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
