"""The files of a repository, read and nothing else: nothing of it is run, and no link is followed.

What git would ignore by the .gitignore at its root is left out, as it is not what others see.
"""

import os
import stat
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path
from re import Pattern
from re import compile as compiled
from typing import NamedTuple

MOST_FILES = 100_000
LONGEST_TEXT = 1_000_000  # bytes of a file that are looked at
MOST_PATTERNS, LONGEST_PATTERN = 1_000, 300  # of what git ignores
# Not of the repository, whatever they hold.
SKIPPED_FOLDERS = frozenset({
    ".git", ".hg", ".svn", ".jj", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache",
    ".pytest_cache", ".tox", ".nox", ".ipynb_checkpoints", ".eggs",
})  # fmt: skip
TEXTS = frozenset({
    "", ".md", ".rst", ".txt", ".py", ".ipynb", ".r", ".rmd", ".qmd", ".jl", ".toml", ".cfg", ".ini", ".yml", ".yaml",
    ".json", ".env", ".sh", ".in", ".js", ".ts", ".cpp", ".cc", ".c", ".cu", ".h", ".java", ".go", ".rs", ".pem",
    ".key", ".example", ".conf", ".properties", ".html", ".tf",
})  # fmt: skip


class FoundFile(NamedTuple):
    """One file: its path within the repository with forward slashes, its size in bytes, its text where that is read."""

    path: str
    size: int
    text: str | None


class UnreadFile(NamedTuple):
    """What was left out, and why."""

    path: str
    reason: str


def repository_files(folder: Path) -> Iterator[FoundFile | UnreadFile]:
    """Yield the files below a folder, and what was left out of them, in the order of their names. Never raises OSError.

    Links are named, not followed; a pipe or a device is not opened.
    """
    ignored = _ignored(folder)
    count = 0
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            with os.scandir(place) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as error:
            yield UnreadFile(prefix.rstrip("/") or ".", error.strerror or "it cannot be read")
            continue
        folders = []
        for entry in entries:
            path = prefix + _printable(entry.name)
            try:
                if entry.is_symlink():
                    yield UnreadFile(path, "a link, which is not followed")
                elif entry.is_dir(follow_symlinks=False):
                    if entry.name not in SKIPPED_FOLDERS and not ignored(f"{prefix}{entry.name}/"):
                        folders.append((entry.path, f"{path}/"))
                elif not ignored(prefix + entry.name):
                    count += 1
                    if count > MOST_FILES:
                        yield UnreadFile(path, f"only the first {MOST_FILES:,} files are looked at")
                        return
                    yield _file(entry, path)
            except OSError as error:
                yield UnreadFile(path, error.strerror or "it cannot be read")
        waiting += reversed(folders)


def _file(entry: "os.DirEntry[str]", path: str) -> FoundFile | UnreadFile:
    about = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(about.st_mode):
        return UnreadFile(path, "neither a file nor a folder")
    if os.path.splitext(entry.name.lower())[1] not in TEXTS:  # noqa: PTH122 - ten thousand paths would be slow
        return FoundFile(path, about.st_size, None)
    content = b""
    if about.st_size:
        with Path(entry.path).open("rb", buffering=0) as file:
            # One that became a link to another file since is not read.
            if os.fstat(file.fileno()).st_ino != about.st_ino:
                return UnreadFile(path, "it was replaced meanwhile")
            content = file.read(LONGEST_TEXT)
    text = None if b"\0" in content[:8000] else content.decode("utf-8", errors="replace")
    return FoundFile(path, about.st_size, text)


def _printable(name: str) -> str:
    """Return a name as text: bytes that are not UTF-8 become signs of their own."""
    return os.fsencode(name).decode("utf-8", errors="replace")


class _Ignored:
    """What the .gitignore at the root leaves out: the patterns that people write, not all that git knows."""

    def __init__(self, text: str) -> None:
        self._patterns: list[tuple[bool, Pattern[str]]] = []
        for line in text.splitlines()[:MOST_PATTERNS]:
            pattern = line.strip()
            if not pattern or pattern.startswith("#") or len(pattern) > LONGEST_PATTERN:
                continue
            keeps = pattern.startswith("!")
            pattern = pattern.lstrip("!")
            whole = pattern.strip("/")
            if not whole:
                continue
            body = translate(whole).removeprefix("(?s:").removesuffix(r")\Z").removesuffix(r")\z")
            below = r"/(?s:.*)" if pattern.endswith("/") else r"(?:/(?s:.*))?"
            before = "" if "/" in pattern.rstrip("/") else r"(?:(?s:.*)/)?"
            self._patterns.append((keeps, compiled(f"(?s:{before}{body}{below})\\Z")))

    def __call__(self, path: str) -> bool:
        found = False
        for keeps, pattern in self._patterns:
            if pattern.match(path):
                found = not keeps
        return found


def _ignored(folder: Path) -> _Ignored:
    path = folder / ".gitignore"
    try:
        is_plain = stat.S_ISREG(path.lstat().st_mode)
        return _Ignored(path.read_bytes()[:LONGEST_TEXT].decode("utf-8", errors="replace") if is_plain else "")
    except OSError:
        return _Ignored("")
