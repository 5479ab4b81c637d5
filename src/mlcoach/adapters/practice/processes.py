"""Somebody's program as a process: with limits, behind a fence, and gone without a trace when its time is over."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any, Literal, NamedTuple

from mlcoach.adapters.practice import supervisor
from mlcoach.adapters.practice.fences import Fence, linux_calls

PRINTED_MB = 16  # a file, and what the program prints, may grow to this
FOLDER_MB = 256  # all files of a run
PROCESSES = 32
OPEN_FILES = 256
LOOKED_AFTER = 0.2  # seconds, from which on memory and processes are counted every so many
GLANCE = 0.02  # seconds between glances at how many threads the machine has, which cost next to nothing
_NAP = 0.001

Reason = Literal["ended", "time", "memory", "processes", "disk"]


class Limits(NamedTuple):
    """What a program may use: seconds by the clock, megabytes of memory; whether memory is limited by its addresses.

    A program with sanitizers reserves terabytes of addresses; what it uses is counted as it runs.
    """

    seconds: float
    memory_mb: int
    by_address: bool = True


class Ended(NamedTuple):
    """How a program ended: by itself with a code (negative for a signal), or because a limit was reached."""

    code: int
    reason: Reason
    seconds: float


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits,
    fence: Fence | None = None,
    printed: str = "printed",
) -> Ended:
    """Run a program in a folder until it ends or reaches a limit; nothing of it runs on when this returns.

    What it prints goes into the file `printed` of the folder. Raises OSError where it cannot be started.
    """
    began = perf_counter()
    with (folder / printed).open("wb") as out:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            **_started(limits, fence),
        )
    reason: Reason = "ended"
    try:
        reason = _wait(process, folder, limits)
    finally:
        _end(process)
    code = process.returncode
    return Ended(128 - code if supervisor.is_here() and code > 128 else code, reason, perf_counter() - began)


def _started(limits: Limits, fence: Fence | None) -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"preexec_fn": _prepared(limits, fence), "start_new_session": True}


def _prepared(limits: Limits, fence: Fence | None) -> Callable[[], None]:
    """Return what the child does before it becomes the program."""
    import resource

    mega = 1024 * 1024
    hard = {
        resource.RLIMIT_CPU: int(limits.seconds) + 2,
        resource.RLIMIT_FSIZE: PRINTED_MB * mega,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if limits.by_address:
        hard[resource.RLIMIT_AS] = limits.memory_mb * mega
    threads = _threads()

    def prepare() -> None:
        if supervisor.is_here():
            supervisor.supervise()
            alone = supervisor.lose_rights(linux_calls()) or os.getpid() == 1
            # Of a user's processes all are counted; in a namespace of its own the count begins anew.
            hard[resource.RLIMIT_NPROC] = PROCESSES + (0 if alone else threads)
        for limit, value in hard.items():
            most = resource.getrlimit(limit)[1]
            value = value if most == resource.RLIM_INFINITY else min(value, most)
            with suppress(OSError, ValueError):  # macOS knows no limit of addresses
                resource.setrlimit(limit, (value, value))
        if fence is not None:
            fence.enter()

    return prepare


def _wait(process: "subprocess.Popen[bytes]", folder: Path, limits: Limits) -> Reason:
    """Wait until the program ends or has reached a limit, and return which."""
    deadline = monotonic() + limits.seconds
    look = monotonic() + LOOKED_AFTER
    waiting = _Waiting(process)
    try:
        before = _threads()
        while not waiting.ended(min(deadline, look, monotonic() + GLANCE) - monotonic()):
            now = monotonic()
            if now >= deadline:
                return "time"
            if now >= look or _threads() > before + PROCESSES:
                if reached := _reached(process.pid, folder, limits):
                    return reached
                # Looking takes some milliseconds where there are many processes: never more than a tenth of the time.
                look = monotonic() + max(LOOKED_AFTER / 2, 10 * (monotonic() - now))
    finally:
        waiting.close()
    return "ended"


class _Waiting:
    """Waiting for a process without asking over and over, where the system can tell."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._handle = -1
        if hasattr(os, "pidfd_open"):
            with suppress(OSError):
                self._handle = os.pidfd_open(process.pid)

    def ended(self, seconds: float) -> bool:
        if self._handle >= 0:
            import select

            select.select([self._handle], [], [], max(0.0, seconds))
        else:
            until = monotonic() + seconds
            while self._process.poll() is None and monotonic() < until:
                sleep(_NAP)
        return self._process.poll() is not None

    def close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)


def _threads() -> int:
    """Return how many threads the whole machine has, 0 where that is not known."""
    try:
        with Path("/proc/loadavg").open("rb") as load:
            return int(load.read().split()[3].partition(b"/")[2])
    except (OSError, ValueError, IndexError):
        return 0


def _reached(root: int, folder: Path, limits: Limits) -> Reason | None:
    """Return which limit the processes that came of one have reached together, if any."""
    of = supervisor.parents()
    ours = {root}
    grown = True
    while grown:
        more = {process for process, parent in of.items() if parent in ours} - ours
        ours |= more
        grown = bool(more)
    if len(ours) > PROCESSES:
        return "processes"
    if sum(map(_resident, ours - {root})) > limits.memory_mb * 1024 * 1024:
        return "memory"
    if _size(folder) > FOLDER_MB * 1024 * 1024:
        return "disk"
    return None


def _resident(process: int) -> int:
    """Return the bytes of memory that a process holds, 0 where that is not known."""
    try:
        with Path(f"/proc/{process}/statm").open("rb") as found:
            return int(found.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _size(folder: Path) -> int:
    total = 0
    for entry in folder.rglob("*"):
        with suppress(OSError):
            total += entry.lstat().st_size
    return total


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and all that it started, as far as this system lets us."""
    if process.poll() is not None and supervisor.is_here():
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    elif supervisor.is_here():
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=2)
    else:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
