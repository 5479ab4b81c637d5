"""The folder that a run happens in: a copy of the learner's files, behind a fence, thrown away afterwards."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from mlcoach.adapters.practice import bubblewrap, fences, supervisor
from mlcoach.adapters.practice.processes import Ended, Limits, run

# What any program reads to start, and to know its machine.
SYSTEM = (
    "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/alternatives",
    "/nix/store", "/gnu/store", "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu",
)  # fmt: skip
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class Scratch:
    """A folder for runs, with its fence. A context manager: on leaving it the folder is gone."""

    def __init__(self, read: Iterable[Path], fenced: bool = True) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mlcoach-")).resolve()
        if supervisor.is_here() and os.getuid() == 0:
            os.chown(self.folder, supervisor.NOBODY, supervisor.NOBODY)  # as what runs in it
        self._read = [*map(Path, SYSTEM), *(path for path in map(Path.resolve, read) if _is_narrow(path))]
        self._fence = fences.fence(self._read, self.folder) if fenced else None
        self._wrapped = fenced and self._fence is None and bubblewrap.works()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw the folder away."""
        if self._fence is not None:
            self._fence.close()
            self._fence = None
        _thrown_away(self.folder)

    def fill(self, files: Mapping[str, bytes]) -> None:
        """Let exactly these files be in the folder; what a run before left is gone."""
        for entry in list(self.folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                _thrown_away(entry)
            else:
                entry.unlink()
        for name, content in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(content)

    def run(self, command: list[str], limits: Limits, printed: str = "printed") -> Ended:
        """Run a program in the folder; see `processes.run`."""
        if self._wrapped:
            command = bubblewrap.wrapped(command, self._read, self.folder)
        return run(command, self.folder, environment(self.folder), limits, self._fence, printed)


def environment(folder: Path) -> dict[str, str]:
    """Return the variables that a run sees: none of the learner's, in which there may be keys."""
    found = dict.fromkeys(THREADS, "1")
    found |= {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "MPLBACKEND": "Agg",
    }  # fmt: skip
    if sys.platform == "win32":
        kept = ("SYSTEMROOT", "PATH", "TEMP", "TMP")
        found |= {name: os.environ[name] for name in kept if name in os.environ}
    return found


def _is_narrow(path: Path) -> bool:
    """Return whether a folder holds a Python and its packages, and not the learner's home with everything else."""
    home = Path.home().resolve()
    return path != home and path not in home.parents


def _thrown_away(folder: Path) -> None:
    def again(function: object, path: str, error: object) -> None:
        # A program may have taken its own rights away.
        with suppress(OSError):
            entry = Path(path)
            entry.parent.chmod(0o700)
            entry.chmod(0o700)
            if entry.is_dir():
                entry.rmdir()
            else:
                entry.unlink()

    shutil.rmtree(folder, onerror=again)
    if folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
