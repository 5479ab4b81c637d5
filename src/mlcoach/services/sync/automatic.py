"""Sync by itself: after a command that wrote, in a process of its own, at most every five minutes. Nobody waits for it.

What begins it is part of that command, so it does little and never raises; what it finds is for `status` and `doctor`.
"""

import os
import sys
from typing import TYPE_CHECKING

from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.services.sync import progress

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.views.sync.status import SyncAutomaticView

BETWEEN_SECONDS = 5 * 60
COMMAND = ("-m", "mlcoach", "sync", "--background")


def begin(context: "Context") -> bool:
    """Start a sync in the background where it is time for one, and return whether it was started."""
    tried = progress.read(context).tried
    now = context.instant.microseconds
    if 0 <= now - tried < BETWEEN_SECONDS * MICROSECONDS or not (context.places.sync / "place.json").exists():
        return False
    progress.remember_try(context)
    return _start({**os.environ, **context.environment})


def _start(environment: dict[str, str]) -> bool:
    command = [sys.executable, *COMMAND]
    try:
        if hasattr(os, "posix_spawn"):
            # Without the module `subprocess`, which takes longer to import than this does.
            nothing = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
            os.posix_spawn(sys.executable, command, environment, file_actions=nothing, setsid=True)
            return True
        import subprocess

        detached = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        subprocess.Popen(
            command,
            env=environment,
            creationflags=detached,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, ValueError, NotImplementedError):
        return False
    return True


def switch(context: "Context", *, on: bool) -> "SyncAutomaticView":
    """Let sync run by itself, or not. Undo takes it back, as with any setting."""
    from mlcoach.services.sync.places import address_of
    from mlcoach.services.upkeep import config
    from mlcoach.views.sync.status import SyncAutomaticView

    config.change(context, "sync.auto", ["true" if on else "false"])
    return SyncAutomaticView(on, address_of(context))
