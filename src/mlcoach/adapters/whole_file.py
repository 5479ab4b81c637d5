"""A file replaced as a whole, with a way back that needs no disk space: until then the old one has a second name.

The new text goes to a file beside it, is forced to the disk and takes the old one's place, so that at any time there
is the old text or the new. Both files beside it are hidden and carry the number of the process; those of a process that
was killed are removed when the same file is written again.
"""

import itertools
import os
from contextlib import suppress
from errno import EDQUOT, EEXIST, ENOSPC, EROFS
from pathlib import Path
from typing import NamedTuple

from mlcoach.errors import StoreError, UsageError
from mlcoach.private_files import FILE, OLD, PARTIAL, abandoned

_FULL = (ENOSPC, EDQUOT)
_numbers = itertools.count(1)
_in_use: set[Path] = set()  # second names that this process still needs


class ChangedMeanwhileError(UsageError):
    """A file is no longer what the command read: another program saved it in between."""


class Replaced(NamedTuple):
    """A file that was replaced, for putting it back: `kept` is its second name (None for a file that was not there).

    `came` is what stands there now (None for no file).
    """

    path: Path
    content: bytes | None
    kept: Path | None
    came: "Stamp | None"


class Stamp(NamedTuple):
    """What tells one state of a file from another without reading it."""

    device: int
    inode: int
    size: int
    modified: int


def read(path: Path) -> bytes | None:
    """Return what is in a file, None for no file. Raises StoreError."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"cannot read `{path}`: {error.strerror}", "nothing was changed") from error


def replace(path: Path, content: bytes | None, *, before: bytes | None, private: bool = True) -> Replaced:
    """Replace a file that says `before` (None for no file) by `content` (None removes it); its folder must be there.

    A link stays a link: what it points to is replaced. With `private` nobody else may read it afterwards, else an
    existing file keeps its rights. Call `settle` or `put_back` with what is returned. Raises ChangedMeanwhileError when
    the file says something else, StoreError when it cannot be written; then it is as it was.
    """
    target = path.resolve()
    partial = target.with_name(f".{target.name}.{os.getpid()}.{PARTIAL}")
    kept: Path | None = None
    looked: Stamp | None = None
    came: Stamp | None = None
    try:
        for left in _left_by_killed(target):
            left.unlink(missing_ok=True)
        looked = _stamp(target)
        mode = FILE if looked is None else target.stat().st_mode & (0o700 if private else 0o7777)
        _refuse_changed(path, target, before)
        try:
            if content is not None:
                _write(partial, content, mode)
                came = _stamp(partial)
            if looked is not None:
                kept = _second_name(target)
            if _stamp(target) != looked:
                raise _changed(path)
            _take_place(path, target, partial, kept, content)
            # Saved in place at the very last instant, the old file has the newer words under its second name.
            if kept is not None and _content(kept) != before:
                raise _changed(path)
        finally:
            partial.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except BaseException as error:
        is_back = _take_back(target, looked, came, kept)
        if isinstance(error, OSError):
            hint = _remedy(error) if is_back else f"look at it: what it said before is in {kept or 'no file'}"
            raise StoreError(f"cannot write `{path}`: {error.strerror}", hint) from error
        raise
    return Replaced(path, before, kept, came)


def settle(replaced: Replaced) -> None:
    """Let what was written stay."""
    if replaced.kept is not None:
        _drop(replaced.kept)


def put_back(replaced: Replaced) -> bool:
    """Put back what stood there, and return whether it stands there again. Never raises, and needs no disk space.

    What another program saved over it meanwhile stays: it may hold words that are nowhere else.
    """
    try:
        target = replaced.path.resolve()
        if _stamp(target) != replaced.came:
            settle(replaced)
            return False
        if replaced.kept is None:
            target.unlink(missing_ok=True)
        else:
            replaced.kept.replace(target)
            _in_use.discard(replaced.kept)
        _sync_folder(target.parent)
    except OSError:
        return False
    return True


def set_aside(target: Path) -> list[Path]:
    """Return the second names that killed processes left beside a file: what was in it before them."""
    return [path for path in _left_by_killed(target) if path.suffix == f".{OLD}"]


def bring_back(target: Path, old: Path) -> None:
    """Let a file be again what a killed process set aside. Raises StoreError."""
    try:
        old.replace(target)
    except OSError as error:
        raise StoreError(f"cannot write `{target}`: {error.strerror}", _remedy(error)) from error


def _left_by_killed(target: Path) -> list[Path]:
    return [path for path in abandoned(target.parent, target.name) if path not in _in_use]


def _take_place(path: Path, target: Path, partial: Path, kept: Path | None, content: bytes | None) -> None:
    """Let the new file take the place of the old one."""
    if content is None:
        target.unlink(missing_ok=True)
    elif kept is None:
        try:
            # Made under its name only where there is none: what another program saves now is not lost.
            os.link(partial, target)
        except FileExistsError:
            raise _changed(path) from None
        except (OSError, NotImplementedError):  # not every file system has links
            partial.replace(target)
    else:
        partial.replace(target)


def _take_back(target: Path, looked: Stamp | None, came: Stamp | None, kept: Path | None) -> bool:
    """Undo what was done before an error, however far it came, and return whether that was possible. Never raises."""
    try:
        found = _stamp(target)
        if found == came and found != looked:
            if kept is None:
                target.unlink(missing_ok=True)
            else:
                kept.replace(target)
    except OSError:
        return False
    if kept is not None:
        _drop(kept)
    return True


def _write(partial: Path, content: bytes, mode: int) -> None:
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.chmod(mode)


def _second_name(target: Path) -> Path:
    """Give a file a second name beside it, or a copy where the file system has no links. Raises OSError."""
    kept = target.with_name(f".{target.name}.{os.getpid()}-{next(_numbers)}.{OLD}")
    try:
        _in_use.add(kept)
        kept.unlink(missing_ok=True)
        try:
            os.link(target, kept)
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno in (*_FULL, EROFS, EEXIST):
                raise
            _write(kept, target.read_bytes(), target.stat().st_mode & 0o7777)
    except BaseException:
        _drop(kept)
        raise
    return kept


def _drop(kept: Path) -> None:
    with suppress(OSError):
        kept.unlink(missing_ok=True)
    _in_use.discard(kept)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _refuse_changed(path: Path, target: Path, before: bytes | None) -> None:
    if read(target) != before:
        raise _changed(path)


def _changed(path: Path) -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        f"`{path}` was changed by another program at the same moment", "nothing was changed; try again"
    )


def _remedy(error: OSError) -> str:
    if error.errno in _FULL:
        return "the disk is full: free some space; nothing was changed"
    return "make its folder writable; nothing was changed"


def _sync_folder(folder: Path) -> None:
    """Force the folder's entry to the disk, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
