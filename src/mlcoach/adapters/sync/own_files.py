"""The learner's files that are carried, as they lie on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path

from mlcoach.domain.sync.versions import is_carried

LARGEST_FILE = 10_000_000  # bytes
DEEPEST = 8  # folders below one that is carried


def read_whole(path: Path) -> bytes | None:
    """Return what is in a file, a byte too much of one that is too large, None for no file. Raises OSError."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return None


def below(folder: Path, name: str, depth: int) -> Iterator[str]:
    """Yield the names of carried files in a folder and, to a depth, below; links to folders are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if depth and not entry.name.startswith("."):
                yield from below(folder / entry.name, path, depth - 1)
        elif is_carried(path) and entry.is_file():
            yield path
