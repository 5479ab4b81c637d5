"""One holder at a time: a file that the system itself frees when its holder is gone."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDEADLK, EWOULDBLOCK
from pathlib import Path
from typing import IO

from mlcoach.errors import StoreError
from mlcoach.private_files import make_folder, tighten

_HELD = (EACCES, EAGAIN, EWOULDBLOCK, EDEADLK)  # what another holder is called by this or that system
WAIT_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.01


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the file for as long as the block lasts; yields False at once when another process holds it.

    Raises StoreError where the file cannot be made.
    """
    with _opened(path) as file:
        if not _lock(file):
            yield False
            return
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield True
        file.truncate(0)


@contextmanager
def awaited(path: Path, seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the file for as long as the block lasts, after whoever holds it now. It is removed afterwards.

    Raises StoreError where the file cannot be made, and when the others take longer than `seconds`.
    """
    file = _wait_for(path, seconds)
    try:
        yield
    finally:
        # Removed while it is held: who waits for it sees that it is no longer the file of that name.
        with suppress(OSError):
            path.unlink()
        file.close()


def _wait_for(path: Path, seconds: float) -> IO[str]:
    until = time.monotonic() + seconds
    while True:
        file = _opened(path)
        try:
            if _lock(file) and _is_still(path, file):
                return file
        except BaseException:
            file.close()
            raise
        file.close()
        if time.monotonic() > until:
            raise StoreError(
                "another mlcoach has been changing your files for a minute",
                "wait until it is done, then try again; nothing was changed",
            )
        time.sleep(LOOK_AGAIN_SECONDS)


def _is_still(path: Path, file: IO[str]) -> bool:
    """Return whether the open file is the one that has the name now."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _opened(path: Path) -> IO[str]:
    try:
        make_folder(path.parent)
        file = path.open("a+", encoding="ascii")
    except OSError as error:
        raise StoreError(
            f"cannot write `{path}`: {error.strerror}", "make room, or its folder writable; nothing was changed"
        ) from error
    tighten(path)
    return file


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
    except OSError as error:
        # A file system without locks leaves only what is compared before a file is replaced.
        return error.errno not in _HELD
    return True
