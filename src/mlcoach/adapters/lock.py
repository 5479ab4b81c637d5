"""One holder at a time: a file that the system itself frees when its holder is gone."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mlcoach.errors import StoreError


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the file for as long as the block lasts; yields False at once when another process holds it.

    Raises StoreError where the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("a+", encoding="ascii")
    except OSError as error:
        raise StoreError(f"cannot write `{path}`: {error.strerror}", "make its folder writable") from error
    with opened as file:
        if not _lock(file):
            yield False
            return
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield True
        file.truncate(0)


def holder(path: Path) -> int:
    """Return the process that holds the file, 0 when none does. Nothing is created."""
    try:
        with path.open("r+", encoding="ascii") as file:
            if _lock(file):
                return 0
            return int(file.read(20) or 0)
    except (OSError, ValueError):
        return 0


def _lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1000)  # beyond the process id, which others may read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
