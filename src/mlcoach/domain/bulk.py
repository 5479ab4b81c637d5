"""Work on very many values at once."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OnProgress = Callable[[int, int], None]
"""Called with (steps done, steps in all) while long work goes on."""


def silent(done: int, total: int) -> None:
    """Report no progress."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python's search for circular references off while the block runs.

    Hundreds of thousands of tuples that stay alive are looked through again and again needlessly: a quarter of the
    time of an import.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
