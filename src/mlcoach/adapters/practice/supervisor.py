"""A process between this program and what it runs, on Linux: when it ends, nothing of what it started is left.

A child that calls setsid leaves its process group, so killing the group is not enough. Where the kernel allows it the
program is the first process of a namespace of its own, with which all others in it end. Elsewhere the supervisor is
the one to whom orphans come, and it ends them one by one.
"""

import ctypes
import os
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

from mlcoach.adapters.practice.fences import linux_calls

_DEATH_SIGNAL, _SUBREAPER = 1, 36
_NEW_USERS, _NEW_PROCESSES = 0x10000000, 0x20000000
_KEEP_CAPABILITIES, _AMBIENT, _RAISE, _CAPABILITIES = 8, 47, 2, 0x20080522
NOBODY = 64_123  # a user that no system has: its processes are those of a run
ROUNDS = 100_000  # of looking for what is left, so that a bug here never stays for ever
_WAITED_FOR = {signal.SIGTERM, signal.SIGCHLD}


def supervise() -> None:
    """Return in the process that becomes the program, as a child of this one, which stays and watches over it.

    Runs between fork and exec. What watches ends with the code of the program, by 128 and the number of a signal where
    one ended it; told to terminate, it ends the program and all that came of it.
    """
    libc, parent = linux_calls(), os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, _WAITED_FOR)
    libc.prctl(_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    enter_namespace(libc)
    child = os.fork()
    if child:
        _watch(child)
    libc.prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    os.setsid()
    # The first process of a namespace sees no parent.
    if os.getppid() not in (parent, 0):
        os._exit(1)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _WAITED_FOR)


def enter_namespace(libc: ctypes.CDLL) -> bool:
    """Let the next child be the first process of a namespace of its own; return whether the kernel allows it."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        return not libc.unshare(_NEW_PROCESSES)
    if libc.unshare(_NEW_USERS | _NEW_PROCESSES):
        return False
    with suppress(OSError):  # without it the program only does not know its own name
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


def lose_rights(libc: ctypes.CDLL) -> bool:
    """Let root become nobody who may only open files, as no limit of processes binds root; return whether it was done.

    Which files those are, the fence says. Runs between fork and exec.
    """
    if os.getuid() != 0:
        return False
    libc.prctl(_KEEP_CAPABILITIES, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITIES, 0))
    files = 1 << 1 | 1 << 2  # opening files whatever their mode says
    held = ctypes.create_string_buffer(struct.pack("6I", files, files, files, 0, 0, 0))
    if libc.capset(header, held):
        return False
    for number in (1, 2):
        libc.prctl(_AMBIENT, _RAISE, number, 0, 0)
    return True


def _watch(child: int) -> None:
    """Wait for the program, or for the word to end it, and then end all that is left. Never returns."""
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    code = 1
    while True:
        if signal.sigwait(_WAITED_FOR) == signal.SIGTERM:
            break
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            break
    for _ in range(ROUNDS):
        try:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
        except ChildProcessError:  # orphans would be children of this one: there are none
            break
        for process in children(os.getpid()):
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
    os._exit(code if code >= 0 else 128 - code)


def children(parent: int) -> list[int]:
    """Return the processes whose parent is this one."""
    return [process for process, of in parents().items() if of == parent]


def parents() -> dict[int, int]:
    """Return the parent of every process of the machine, as /proc tells it; none where there is no /proc."""
    found: dict[int, int] = {}
    with suppress(OSError), os.scandir("/proc") as entries:
        for entry in entries:
            if entry.name.isdigit():
                with suppress(OSError, ValueError, IndexError):
                    stat = Path(entry.path, "stat").read_bytes()
                    # The name of the program, in brackets, may hold anything.
                    found[int(entry.name)] = int(stat.rpartition(b")")[2].split()[1])
    return found


def is_here() -> bool:
    """Return whether this system has what a supervisor needs."""
    return sys.platform.startswith("linux")
