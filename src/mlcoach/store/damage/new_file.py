"""A file for what no store can take any more: private, new, and on the disk when this returns."""

import os
from pathlib import Path


def write_new(path: Path, text: str) -> None:
    """Write a text to a file that is not there yet. Raises OSError, FileExistsError where it is; then nothing stays."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
