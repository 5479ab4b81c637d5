"""The learner's work folder (`work`): a folder for each exercise, whose file is written once, never overwritten."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Exercise

MOST_FILES = 20  # beside the exercise's own, which tests take along
MOST_CHECKED = 200  # files that a command checks
LARGEST_FILE = 1_000_000  # bytes
MOST_KEPT = 1_000  # of files that a reset sets aside
HOW = "choose another folder: `mlcoach config set work FOLDER`"


def file_of(work: Path, exercise: "Exercise") -> Path:
    """Return where the learner writes an exercise: a file, or the folder that a command checks."""
    assert exercise.code is not None
    unit, _, name = exercise.id.partition("/")
    return work / unit / name / exercise.code.file


def begin(work: Path, exercise: "Exercise") -> bool:
    """Write the starter where there is no file yet, and return whether it was written.

    A file that is there is the learner's and stays. Raises UsageError where it cannot be written.
    """
    assert exercise.code is not None
    path = file_of(work, exercise)
    try:
        if not exercise.code.file:
            there = path.is_dir()
            path.mkdir(parents=True, exist_ok=True)
            return not there
    except OSError as error:
        raise _unwritable(path, error) from None
    return write_once(path, exercise.code.starter)


def write_once(path: Path, text: str) -> bool:
    """Write a text where there is no file yet, and return whether it was written. Raises UsageError as `begin` does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if path.is_file():
            return False
        raise UsageError(f"`{path}` is not a file, so the exercise cannot be written there", "move it away") from None
    except OSError as error:
        raise _unwritable(path, error) from None
    return True


def reset(work: Path, exercise: "Exercise") -> Path | None:
    """Begin anew with the starter, and return where the old file was kept, None where there was none.

    Raises UsageError where it cannot be written.
    """
    path = file_of(work, exercise)
    kept = None
    try:
        if path.exists():
            kept = next(
                place
                for number in range(1, MOST_KEPT)
                if not (place := path.with_name(f"{path.name}.{number}")).exists()
            )
            path.rename(kept)
    except StopIteration:
        raise UsageError(f"there are {MOST_KEPT:,} old files beside `{path}`", "move some away") from None
    except OSError as error:
        raise _unwritable(path, error) from None
    begin(work, exercise)
    return kept


def files_of(work: Path, exercise: "Exercise") -> dict[str, bytes]:
    """Return what the tests run on: the exercise's file, and files of its language beside it.

    Raises UsageError where the file is gone or cannot be read.
    """
    path = file_of(work, exercise)
    try:
        if path.is_dir():
            return {str(each.relative_to(path)): _content(each) for each in _checked_files(path)}
        found = {path.name: _content(path)}
        beside = sorted(entry for entry in path.parent.iterdir() if entry.suffix in (path.suffix, ".h", ".hpp"))
        for other in beside[: MOST_FILES + 1]:
            if other != path and other.is_file() and other.stat().st_size <= LARGEST_FILE:
                found[other.name] = _content(other)
    except FileNotFoundError:
        raise UsageError(
            f"`{path}` is not there", f"`mlcoach practice {exercise.id}` writes what to begin with"
        ) from None
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read: {error.strerror}", "look at its rights") from None
    return found


def stamp_of(work: Path, exercise: "Exercise") -> tuple[int, int, int] | None:
    """Return what changes when the file is saved, None while it is not there (some editors save by renaming)."""
    path = file_of(work, exercise)
    try:
        if path.is_dir():
            stats = [each.stat() for each in _checked_files(path)]
            return max((each.st_mtime_ns for each in stats), default=0), sum(s.st_size for s in stats), len(stats)
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _checked_files(folder: Path) -> list[Path]:
    """Return the files that a command checks, those of folders within too; no hidden ones and no links."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__")))
        entries = [Path(place, name) for name in sorted(names) if not name.startswith(".")]
        found += [each for each in entries if not each.is_symlink() and each.stat().st_size <= LARGEST_FILE]
        if len(found) >= MOST_CHECKED:
            break
    return found[:MOST_CHECKED]


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write `{path}`: {error.strerror}", HOW)
