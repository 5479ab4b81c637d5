"""Where curriculum files are, and the marks of a changed file. On the hot path: os and pathlib only."""

import os
from pathlib import Path
from typing import NamedTuple

from mlcoach.errors import InvalidFileError

TABLES = ".toml"
SOURCES = (".py", ".cpp")


class FileStamp(NamedTuple):
    """A curriculum file as the folder lists it; any difference makes the compiled curriculum stale."""

    name: str  # relative to its folder, with forward slashes
    size: int  # bytes
    modified: int  # nanoseconds since the epoch


def bundled_folder() -> Path:
    """Return the folder of the bundled subjects: inside the wheel, or beside `src` in a checkout.

    Raises InvalidFileError when the installation has none.
    """
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "curricula", package.parent.parent / "curricula"):
        if folder.is_dir():
            return folder
    raise InvalidFileError(
        f"the bundled curriculum is missing beside {package}",
        hint="install mlcoach again: `pip install --force-reinstall mlcoach`",
    )


def list_files(folder: Path) -> tuple[FileStamp, ...]:
    """Return the stamps of all `*.toml` files below a folder, sorted by name; none when there is no folder.

    Hidden files and folders are passed over (editors leave swap files), and linked folders are not entered,
    so a link cannot make a loop.
    """
    return _listed(folder, TABLES)


def list_with_sources(folder: Path) -> tuple[FileStamp, ...]:
    """Return the stamps of the same files and of the sources of code exercises that stand beside them."""
    return _listed(folder, (TABLES, *SOURCES))


def _listed(folder: Path, endings: str | tuple[str, ...]) -> tuple[FileStamp, ...]:
    stamps: list[FileStamp] = []
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{prefix}{entry.name}/"))
                    elif entry.name.endswith(endings) and entry.is_file():
                        about = entry.stat()
                        stamps.append(FileStamp(prefix + entry.name, about.st_size, about.st_mtime_ns))
        except OSError:
            # A folder that is missing or may not be read holds nothing we can use.
            continue
    stamps.sort()
    return tuple(stamps)
