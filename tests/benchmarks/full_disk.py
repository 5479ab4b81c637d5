"""A disk that fills up at every write: does a command that says so change nothing, and keep what it acknowledged?

    python -m tests.benchmarks.full_disk [--small-disk] [--commands NAME…]

lets the writes of each command fail, one place after the other: from there on all that need space, or that one alone.
With `--small-disk` the home is on a file system of a few megabytes that is full but for some pages, from none up to as
many as the command needs; that takes the right to mount one. Prints one JSON document; the exit code is 0 when every
command either succeeded or left all as it was.
"""

import argparse
import errno
import json
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.benchmarks.writing_commands import COMMANDS, Ended, Home, preload

PAGE = 4096  # bytes
DISK = 12_000_000  # bytes
MOST_PLACES, MOST_PAGES = 120, 200
CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NEED_SPACE = ("open", "write", "os.link", "os.mkdir", "journal")
COUNTED = (*NEED_SPACE, "os.rename", "os.chmod")


class FailingWrites:
    """Lets the write number `at` fail in this process, and with `full` all that need space from there on."""

    def __init__(self, home: Path, at: int, *, full: bool) -> None:
        self.home, self.at, self.full = str(home), at, full
        self.number = 0
        self.reached = home.parent / "reached"
        self.reached.unlink(missing_ok=True)

    def __call__(self) -> None:
        """Begin. It lasts as long as the process, since a hook cannot be taken away again."""
        from mlcoach.services import record

        append, fsync = record.append, os.fsync

        def failing_append(*arguments: Any, **more: Any) -> Any:
            if self._fails("journal"):
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error
            return append(*arguments, **more)

        def failing_fsync(handle: int) -> None:
            if not stat.S_ISDIR(os.fstat(handle).st_mode) and self._fails("write"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            fsync(handle)

        record.append, os.fsync = failing_append, failing_fsync
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in COUNTED or not str(arguments[0]).startswith(self.home):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & CHANGES):
            return
        if self._fails(event):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))

    def _fails(self, event: str) -> bool:
        self.number += 1
        fails = self.number == self.at or (self.full and self.number > self.at and event in NEED_SPACE)
        if fails and not self.reached.exists():
            os.close(os.open(self.reached, os.O_CREAT | os.O_WRONLY))
        return fails


def run_failing(names: list[str]) -> dict[str, Any]:
    """Let the writes of these commands fail, and return what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        preload(Path(folder) / "warm")
        home = Home(Path(folder) / "home")
        wrong: list[str] = []
        counts = {"commands": len(names), "places": 0, "refused": 0, "done": 0}
        for name in names:
            for full in (True, False):
                for at in range(1, MOST_PLACES):
                    failing = FailingWrites(home.folder, at, full=full)
                    kind = f"{name}, place {at}{' and all behind' if full else ''}"
                    done = _try(home, name, kind, wrong, counts, failing)
                    if not failing.reached.exists():
                        wrong += [] if done else [f"{name}: refused with nothing in its way"]
                        break
                    counts["places"] += 1
        return {**counts, "wrong": wrong, **home.examine()}


def _try(
    home: Home,
    name: str,
    kind: str,
    wrong: list[str],
    counts: dict[str, int],
    within: Callable[[], object] | None,
    around: Callable[[Callable[[], Ended]], Ended] = lambda run: run(),
) -> bool:
    """Run a command with something failing, and note what is wrong afterwards; return whether it succeeded."""
    command, word = COMMANDS[name], home.word()
    home.prepare(command)
    before = home.state()
    ended = around(lambda: home.run(command.words, word, command.edits, within=within))
    if ended.code == 0:
        counts["done"] += 1
        if not home.is_there(command.place, word):
            wrong.append(f"{kind}: acknowledged and not there")
        return True
    counts["refused"] += 1
    if ended.code in (None, 1, 99):
        wrong.append(f"{kind}: {ended.code} {ended.out}")
    after = home.state()
    if after != before:
        files = [
            file
            for file in {*before["files"], *after["files"]}
            if before["files"].get(file) != after["files"].get(file)
        ]
        what = ", ".join(sorted(files)) or "the journal"
        wrong.append(f"{kind}: {what} changed, and it said: {ended.out}")
    return False


def run_on_small_disk(names: list[str], disk: Path) -> dict[str, Any]:
    """Run these commands on a disk with ever more pages free, until each succeeds, and return what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        preload(Path(folder) / "warm")
    home = Home(disk / "home")
    ballast = disk / "ballast"
    wrong: list[str] = []
    counts = {"commands": len(names), "fillings": 0, "refused": 0, "done": 0}

    def on_full_disk(pages: int) -> Callable[[Callable[[], Ended]], Ended]:
        def around(run: Callable[[], Ended]) -> Ended:
            _fill(ballast, pages)
            try:
                return run()
            finally:
                ballast.unlink()

        return around

    for name in names:
        for pages in range(MOST_PAGES):
            counts["fillings"] += 1
            if _try(home, name, f"{name}, {pages} pages free", wrong, counts, None, on_full_disk(pages)):
                break
        else:
            wrong.append(f"{name}: did not succeed with {MOST_PAGES} pages free")
        # Enough is free again for what comes.
        for path in home.folder.glob("data/backups/*.db"):
            path.unlink()
    return {**counts, "wrong": wrong, **home.examine()}


def _fill(ballast: Path, pages: int) -> None:
    """Fill the disk but for so many pages."""
    handle, size = os.open(ballast, os.O_WRONLY | os.O_CREAT), 0
    with suppress(OSError):
        while True:
            size += os.write(handle, bytes(PAGE))
    os.ftruncate(handle, max(0, size // PAGE - pages) * PAGE)
    os.close(handle)


def is_good(result: dict[str, Any]) -> bool:
    """Return whether every command succeeded or left all as it was."""
    return not result["wrong"] and result["integrity"] == "ok" and not result["doctor"]


def main() -> int:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--small-disk", action="store_true")
    parser.add_argument("--mounted", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--commands", nargs="+", metavar="NAME", choices=COMMANDS, default=list(COMMANDS))
    options = parser.parse_args()
    if options.small_disk and not options.mounted:
        with tempfile.TemporaryDirectory() as folder:
            # In a namespace of its own, so that the file system is gone with the process.
            mounting = f'mount -t tmpfs -o size={DISK} tmpfs {folder} && exec "$@"'
            arguments = [sys.executable, "-m", "tests.benchmarks.full_disk", "--small-disk", "--mounted", folder]
            command = ["unshare", "-rm", "sh", "-c", mounting, "sh", *arguments, "--commands", *options.commands]
            return subprocess.run(command, check=False).returncode
    names = options.commands
    result = run_on_small_disk(names, options.mounted) if options.small_disk else run_failing(names)
    print(json.dumps(result, indent=1))
    return 0 if is_good(result) else 1


if __name__ == "__main__":
    sys.exit(main())
