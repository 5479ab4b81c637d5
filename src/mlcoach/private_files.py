"""Folders and files that only the learner can read, whatever the umask: journal, settings, notes, exports, logs.

A file that is being written has the number of its process in its name until it is whole; what a process that was killed
left of one is removed when the folder is written to again.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import TextIO

FOLDER, FILE = 0o700, 0o600
PARTIAL, OLD = "partial", "old"


def make_folder(folder: Path) -> None:
    """Make a folder and those it is in, and tighten it where it is there already. Raises OSError."""
    if folder.is_dir():
        tighten(folder)
        return
    missing = [folder, *(parent for parent in folder.parents if not parent.exists())]
    for one in reversed(missing):
        one.mkdir(mode=FOLDER, exist_ok=True)


def tighten(path: Path) -> None:
    """Take the rights of others away; what cannot be changed, or is not there, stays as it is."""
    with suppress(OSError):
        mode = path.stat().st_mode & 0o7777
        if mode & 0o077:
            path.chmod(mode & 0o700)


def append_to(path: Path) -> TextIO:
    """Open a log to add lines to it. Raises OSError."""
    make_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE)
    tighten(path)
    return os.fdopen(handle, "a", encoding="utf-8", errors="replace")


def keep_in_cache(path: Path, content: bytes) -> None:
    """Replace a file of the cache. One that cannot be written costs time, nothing else, so no error is raised."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{PARTIAL}")
    try:
        make_folder(path.parent)
        for left in abandoned(path.parent, path.name):
            left.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE), "wb") as file:
                file.write(content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError:
        pass


def abandoned(folder: Path, name: str = "") -> list[Path]:
    """Return what processes that were killed left in a folder, of one file where a name is given.

    They are called `.NAME.PROCESS.partial` and `.NAME.PROCESS-N.old`.
    """
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            parts = entry.name.rsplit(".", 2)
            if len(parts) < 3 or parts[2] not in (PARTIAL, OLD) or not parts[0].startswith("."):
                continue
            process = parts[1].partition("-")[0]
            of_file = name in ("", parts[0].removeprefix("."))
            if of_file and process.isdecimal() and not _is_another_running(int(process)):
                found.append(folder / entry.name)
    return found


def _is_another_running(process: int) -> bool:
    if process == os.getpid():
        return False  # of an earlier process with this number: containers count from 1
    if os.name != "posix":
        return False  # a file that is open there cannot be removed
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True
