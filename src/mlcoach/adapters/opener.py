"""The system's viewer: it gets a page or a file, and the terminal is ours again at once."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mlcoach.errors import MissingExtraError, UsageError

OPENERS = ("xdg-open", "wslview", "gio")
PATIENCE = 1.0  # seconds in which a viewer that finds nothing to open with says so
# Viewers outlive this program, so they are not waited for; kept, or Python would complain of that.
_started: list[Any] = []


def open_in_viewer(target: str, environment: Mapping[str, str]) -> None:
    """Open an http(s) address or an existing file. Raises MissingExtraError where the system has no viewer for it."""
    import subprocess

    if urlsplit(target).scheme not in ("http", "https") and not Path(target).is_absolute():
        raise UsageError(f"`{target[:200]}` is neither a page nor a file", "give its address: `mlcoach paper add`")
    if sys.platform == "win32":
        os.startfile(target)
        return
    command = _command(environment, target)
    try:
        viewer = subprocess.Popen(
            [*command, target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise MissingExtraError(
            f"the viewer `{command[0]}` did not start: {error.strerror}", f"open {target}"
        ) from error
    _started.append(viewer)
    try:
        failed = viewer.wait(PATIENCE) != 0
    except subprocess.TimeoutExpired:
        return  # it goes on: that is a viewer
    if failed:
        raise MissingExtraError(f"`{Path(command[0]).name}` found no program for it", f"open {target}")


def _command(environment: Mapping[str, str], target: str) -> list[str]:
    search = environment.get("PATH")
    if sys.platform == "darwin":
        return ["open"]
    for name in OPENERS:
        if shutil.which(name, path=search):
            found = shutil.which(name, path=search) or name
            return [found, "open"] if name == "gio" else [found]
    raise MissingExtraError("this system names no viewer", f"open {target} by hand; on Linux `xdg-open` is looked for")
