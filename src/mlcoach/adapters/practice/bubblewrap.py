"""The fence where the kernel has no Landlock: bubblewrap, if it is there and a probe says that it works."""

import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

PATIENCE = 5  # seconds
_BEFORE = ("--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev")


@cache
def works() -> bool:
    """Return whether bubblewrap can fence a program here; on some systems it is installed and not allowed to."""
    if not sys.platform.startswith("linux") or (program := shutil.which("bwrap")) is None:
        return False
    try:
        probe = [program, *_BEFORE, "--ro-bind", "/", "/", "true"]
        return subprocess.run(probe, capture_output=True, timeout=PATIENCE, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def wrapped(command: Sequence[str], read: Iterable[Path], write: Path) -> list[str]:
    """Return the command that runs another one seeing only what it may read, and its own folder."""
    seen = [("--ro-bind-try", str(path), str(path)) for path in read if not str(path).startswith(("/dev", "/proc"))]
    bound = [part for triple in seen for part in triple]
    return [
        shutil.which("bwrap") or "bwrap", *_BEFORE, *bound, "--bind", str(write), str(write), "--chdir", str(write),
        "--", *command,
    ]  # fmt: skip
