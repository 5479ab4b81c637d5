"""Documents that a command makes: written to a file the learner names, whole or not at all."""

import os
from pathlib import Path

from mlcoach.errors import UsageError


def write_document(path: Path, content: bytes) -> None:
    """Write a document to a file, replacing what stood there. Raises UsageError when it cannot be written.

    It is no file of the program's: nothing is recorded, and undo does not touch it.
    """
    target = path.expanduser()
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        if target.is_dir():
            raise UsageError(f"`{path}` is a folder", "name a file")
        if target.exists() and not target.is_file():  # a pipe or a device takes what it gets
            target.write_bytes(content)
            return
        try:
            partial.write_bytes(content)
            partial.replace(target.resolve())
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write `{path}`: {error.strerror}", "name a file in a folder that is there") from error
