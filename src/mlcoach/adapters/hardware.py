"""What this machine has, by the standard library on Linux, macOS and Windows: memory, disk, cores, programs."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

GIGA = 1e9
_SECONDS = 5
_CONTAINER_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
NOTEBOOKS = ("jupyter-lab", "jupyter", "marimo", "code", "codium", "spyder")


class Graphics(NamedTuple):
    """A graphics card: its name, and its own memory in bytes (0: not known, or shared with the processor)."""

    name: str
    memory: int = 0


def memory_bytes() -> int:
    """Return the main memory that programs may use here, the limit of a container included; 0 where nothing tells."""
    whole = _whole_memory()
    limits = [limit for limit in map(_number_in, _CONTAINER_LIMITS) if 0 < limit < (whole or limit + 1)]
    return min([*limits, whole]) if whole else min(limits, default=0)


def _whole_memory() -> int:
    if sys.platform == "win32":
        return _of_windows()
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0


def _number_in(file: Path) -> int:
    try:
        text = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return 0
    return int(text) if text.isdecimal() and len(text) < 20 else 0


if sys.platform == "win32":

    def _of_windows() -> int:
        import ctypes

        class Status(ctypes.Structure):
            _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
                (name, ctypes.c_ulonglong)
                for name in ("total", "free", "page", "page_free", "virtual", "v_free", "ext")
            ]

        status = Status(length=ctypes.sizeof(Status))
        known = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total) if known else 0


def disk_bytes(folder: Path) -> tuple[int, int]:
    """Return (free, in all) bytes of the disk that a folder is or would be on; zeros where nothing tells."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), None)
    try:
        usage = shutil.disk_usage(there) if there else None
    except OSError:
        usage = None
    return (usage.free, usage.total) if usage else (0, 0)


def cores() -> int:
    """Return how many processor cores programs may use here, at least 1."""
    allowed = getattr(os, "sched_getaffinity", None)
    return (len(allowed(0)) if allowed else os.cpu_count()) or 1


def system_name() -> str:
    """Return the system and its processor: `Linux 6.1, x86_64`."""
    return ", ".join(filter(None, (f"{platform.system()} {platform.release()}".strip(), platform.machine())))


def graphics(environment: Mapping[str, str]) -> tuple[Graphics, ...]:
    """Return the graphics cards that frameworks can use, as nvidia-smi or the kind of machine tells; none is usual."""
    found = shutil.which("nvidia-smi", path=environment.get("PATH"))
    if found is None:
        is_apple = platform.system() == "Darwin" and platform.machine() == "arm64"
        return (Graphics("Apple graphics (Metal)"),) if is_apple else ()
    asked = [found, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    try:
        said = subprocess.run(asked, capture_output=True, timeout=_SECONDS, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    cards = []
    for line in said.decode(errors="replace").splitlines():
        name, _, megabytes = line.rpartition(",")
        if name.strip():
            cards.append(Graphics(name.strip(), int(float(megabytes) * 2**20) if _is_number(megabytes) else 0))
    return tuple(cards)


def _is_number(text: str) -> bool:
    return text.strip().replace(".", "", 1).isdecimal()


def program(names: tuple[str, ...], environment: Mapping[str, str]) -> str:
    """Return where the first of these programs is, "" for none."""
    return next(filter(None, (shutil.which(name, path=environment.get("PATH")) for name in names)), "")


def in_environment(environment: Mapping[str, str]) -> str:
    """Return the virtual environment that is active in this shell, "" for none."""
    return environment.get("VIRTUAL_ENV") or environment.get("CONDA_PREFIX") or ""
