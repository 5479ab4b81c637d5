"""Fences of Linux around a process, set by system calls: Landlock for files and TCP, seccomp for sockets of any kind.

They guard against accidents, and against somebody else's exercise: nothing is read beyond the listed folders, nothing
written outside one, no socket is opened, no process outside is signalled. What they cannot do here is not pretended:
`guards` says what holds on this system.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

# System calls with the same number on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FIRST_RELEASE = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15  # since Landlock 2, 3 and 5
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_TCP = 0b11  # bind and connect, since Landlock 4
_SCOPES = 0b11  # abstract sockets and signals, since Landlock 6

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_IO_URING_SETUP = 425
# By processor: the number by which a filter knows it, and that of the system call `socket`.
_PROCESSORS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_REFUSED = 0x0005000D  # the call fails with EACCES
_ALLOWED = 0x7FFF0000


class Guards(NamedTuple):
    """What holds on this system: files outside, connections by TCP, sockets at all, signals to other processes."""

    files: bool
    tcp: bool
    sockets: bool
    signals: bool


class Fence(NamedTuple):
    """A fence that is ready: an open ruleset, 0 for none, and a filter of system calls, empty for none."""

    ruleset: int
    filter: bytes

    def enter(self) -> None:
        """Put this process, and all it ever starts, behind the fence. Raises OSError. Runs between fork and exec."""
        libc = linux_calls()
        if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no_new_privs")
        if self.ruleset:
            _allow(self.ruleset, Path("/proc/self"), _READ_FILE | _READ_DIR)  # sanitizers look at their own memory
        if self.ruleset and libc.syscall(_RESTRICT_SELF, self.ruleset, 0):
            raise OSError(ctypes.get_errno(), "landlock")
        if self.filter:
            text = ctypes.create_string_buffer(self.filter, len(self.filter))
            program = struct.pack("HP", len(self.filter) // 8, ctypes.addressof(text))
            held = ctypes.create_string_buffer(program, len(program))
            if libc.prctl(_SECCOMP, _FILTER, ctypes.addressof(held), 0, 0):
                raise OSError(ctypes.get_errno(), "seccomp")

    def close(self) -> None:
        """Close the ruleset here; processes behind the fence stay there."""
        if self.ruleset:
            os.close(self.ruleset)


@cache
def linux_calls() -> ctypes.CDLL:
    """Return the C library of this process, for calls that Python has no name for."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return library


@cache
def landlock_version() -> int:
    """Return the version of Landlock that the kernel has, 0 for none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(linux_calls().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)))


def guards() -> Guards:
    """Return what the fences guard on this system."""
    version = landlock_version()
    return Guards(version >= 1, version >= 4, bool(_socket_filter()), version >= 6)


def fence(read: Iterable[Path], write: Path) -> Fence | None:
    """Return a fence inside which `read` can be read and run, and `write` be written too; None without Landlock.

    Paths that are not there are left out. Raises OSError.
    """
    version = landlock_version()
    if not version:
        return None
    handled = _FIRST_RELEASE | _REFER * (version >= 2) | _TRUNCATE * (version >= 3) | _IOCTL_DEVICE * (version >= 5)
    fields = [handled, *([_TCP] if version >= 4 else []), *([_SCOPES] if version >= 6 else [])]
    attributes = struct.pack(f"{len(fields)}Q", *fields)
    ruleset = linux_calls().syscall(_CREATE_RULESET, ctypes.c_char_p(attributes), ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    for path in read:
        _allow(ruleset, path, (_EXECUTE | _READ_FILE | _READ_DIR) & handled)
    for device in ("/dev/null", "/dev/zero", "/dev/full"):
        _allow(ruleset, Path(device), _READ_FILE | _WRITE_FILE)
    _allow(ruleset, write, handled)
    return Fence(ruleset, _socket_filter())


def _allow(ruleset: int, path: Path, access: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = access if path.is_dir() else access & _OF_FILES
        rule = struct.pack("=Qi", allowed, opened)
        if linux_calls().syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.c_char_p(rule), 0):
            raise OSError(ctypes.get_errno(), f"landlock: {path}")
    finally:
        os.close(opened)


@cache
def _socket_filter() -> bytes:
    """Return the filter that refuses to open sockets, "" for processors whose numbers are not known here.

    Pairs of sockets, which programs use to talk to themselves, stay. So that nobody goes around it, calls with the
    numbers of another processor are refused, and so is io_uring, which opens sockets by itself.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in _PROCESSORS:
        return b""
    processor, socket = _PROCESSORS[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    steps = [
        (load, 0, 0, 4),
        (equal, 0, 5, processor),
        (load, 0, 0, 0),
        (at_least, 3, 0, 0x40000000),
        (equal, 2, 0, socket),
        (equal, 1, 0, _IO_URING_SETUP),
        (give, 0, 0, _ALLOWED),
        (give, 0, 0, _REFUSED),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
