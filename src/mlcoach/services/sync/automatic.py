"""Sync by itself: after a command that wrote, in a process of its own, at most every five minutes. Nobody waits for it.

A command that comes sooner has one wait for the end of these minutes, so that the last entry of an evening goes too.
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
    """Start a sync in the background, at once or at the end of the five minutes, and return whether it was started."""
    if not any(path.exists() for path in (context.places.sync / "place.json", context.places.group / "member.json")):
        return False
    known = progress.read(context)
    now, between = context.instant.microseconds, BETWEEN_SECONDS * MICROSECONDS
    wait = known.tried + between - now if 0 <= now - known.tried < between else 0
    if not wait:
        progress.remember_try(context)
    elif now < known.planned <= now + between:
        return False  # one waits already
    else:
        progress.remember_plan(context, now + wait)
    return _start({**os.environ, **context.environment}, -(-wait // MICROSECONDS))


def _start(environment: dict[str, str], wait: int) -> bool:
    """Start the process, which waits for so many seconds first."""
    command = [sys.executable, *COMMAND, *([f"--wait={wait}"] if wait else [])]
    try:
        if hasattr(os, "posix_spawn"):
            # Without the module `subprocess`, which takes longer to import than this does.
            nothing = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
            try:
                os.posix_spawn(sys.executable, command, environment, file_actions=nothing, setsid=True)
            except NotImplementedError:  # not every system can begin a session so; a group of its own will do
                os.posix_spawn(sys.executable, command, environment, file_actions=nothing, setpgroup=0)
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
    except (OSError, ValueError):
        return False
    return True


def switch(context: "Context", *, on: bool) -> "SyncAutomaticView":
    """Let sync run by itself, or not. Undo takes it back, as with any setting."""
    from mlcoach.services.sync.places import address_of
    from mlcoach.services.upkeep import config
    from mlcoach.views.sync.status import SyncAutomaticView

    config.change(context, "sync.auto", ["true" if on else "false"])
    return SyncAutomaticView(on, address_of(context))
