"""A place in a folder that something else carries: Syncthing, Dropbox, a network drive, a stick."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from mlcoach.adapters import whole_file
from mlcoach.adapters.sync.place import (
    LARGEST,
    MOST_FILES,
    SYNC_CONFLICT,
    Listing,
    PlaceGoneError,
    PlaceRefusesError,
    StrangeFile,
    UnreadableError,
)
from mlcoach.errors import MlcoachError
from mlcoach.private_files import make_folder

_CONFLICT = re.compile(r"\.sync-conflict-|conflicted copy|\(conflict|_conf\(|-conflict-\d{8}", re.IGNORECASE)
_DEEPEST = 3  # folders below the place


class FolderPlace:
    """The files of one folder. Links are not followed, hidden files are other programs' own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def address(self) -> str:
        """The path of the folder."""
        return str(self._folder)

    def listing(self) -> Listing:
        """Return what is there now. Raises PlaceGoneError where the folder cannot be read."""
        sizes: dict[str, int] = {}
        strange: list[StrangeFile] = []
        try:
            for name, found in self._walk(self._folder, ""):
                if len(sizes) + len(strange) >= MOST_FILES:
                    raise PlaceGoneError(f"`{self.address}` has more files than a place can have", "look what they are")
                if _CONFLICT.search(name):
                    strange.append(StrangeFile(name, SYNC_CONFLICT))
                elif not stat.S_ISREG(found.st_mode):
                    strange.append(StrangeFile(name, "a link or a device, which is not followed"))
                elif found.st_size > LARGEST:
                    strange.append(StrangeFile(name, "larger than any file of a place"))
                else:
                    sizes[name] = found.st_size
        except OSError as error:
            raise PlaceGoneError(
                f"cannot read the place `{self.address}`: {error.strerror}", "is the drive there, and the folder?"
            ) from error
        return Listing(sizes, strange)

    def _walk(self, folder: Path, above: str, depth: int = 0) -> Iterator[tuple[str, os.stat_result]]:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                name = f"{above}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if depth < _DEEPEST:
                        yield from self._walk(folder / entry.name, f"{name}/", depth + 1)
                    continue
                try:
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # carried away at this moment
                    continue
                yield name, found

    def get(self, name: str) -> bytes:
        """Return a file. Raises UnreadableError for one that cannot be read."""
        path = self._folder / name
        try:
            found = path.lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
                raise UnreadableError("not a file of a place")
            with path.open("rb") as file:
                return file.read(LARGEST)
        except OSError as error:
            raise UnreadableError(f"it cannot be read: {error.strerror}") from error

    def put(self, name: str, content: bytes, *, again: bool = False) -> None:
        """Put a file; one that is there stays, unless it is to be put `again`. Raises PlaceRefusesError."""
        path = self._folder / name
        try:
            there = path.exists()
            if there and not again:
                return
            if not path.parent.is_dir():
                make_folder(path.parent)
            before = path.read_bytes() if there else None
            whole_file.settle(whole_file.replace(path, content, before=before))
        except OSError as error:
            raise self._refusal(error.strerror or str(error)) from error
        except MlcoachError as error:
            reason = error.__cause__.strerror if isinstance(error.__cause__, OSError) else error.message
            raise self._refusal(reason or error.message) from error

    def remove(self, name: str) -> None:
        """Remove a file. Raises PlaceRefusesError."""
        try:
            (self._folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise self._refusal(error.strerror or str(error)) from error

    def finish(self) -> None:
        """Do nothing: whatever carries the folder does the rest."""

    def _refusal(self, reason: str) -> PlaceRefusesError:
        hint = "make room there, or the folder writable; all of it is kept here and goes with the next sync"
        return PlaceRefusesError(f"the place `{self.address}` cannot be written: {reason}", hint)
