"""Which Python runs the learner's code, and what it has."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mlcoach.errors import UsageError

OLDEST = (3, 8)
PATIENCE = 20  # seconds for a Python to say its name
_ASK = (
    "import sys, importlib.util as u, os; "
    "has = lambda m: u.find_spec(m) is not None; "
    "print(repr((list(sys.version_info[:3]), sys.executable, "
    "[p for p in {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path} if p and os.path.exists(p)], "
    "[m for m in sys.argv[1:] if not has(m)])))"
)


class Interpreter(NamedTuple):
    """A Python. `chosen` says why it is this one, `folders` what it reads, `missing` the modules asked for in vain."""

    path: Path
    chosen: str
    version: tuple[int, ...]
    folders: tuple[Path, ...] = ()
    missing: tuple[str, ...] = ()


def interpreter_for(setting: str, work: Path, environment: Mapping[str, str], needs: Sequence[str] = ()) -> Interpreter:
    """Return the Python that runs the learner's code: the first there is of setting, environment, work folder and PATH.

    Raises UsageError where the one that the setting names does not run.
    """
    for chosen, path in candidates(setting, work, environment):
        found = _asked(chosen, path, needs)
        if found is not None:
            return found
        if setting and chosen.startswith("the setting"):
            raise UsageError(
                f"the setting `python` is `{setting}`, which does not run as Python {OLDEST[0]}.{OLDEST[1]} or newer",
                "`mlcoach config unset python` takes the next best",
            )
    return Interpreter(Path(sys.executable), "the one mlcoach runs on", tuple(sys.version_info[:3]))


def candidates(setting: str, work: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    """Yield the Pythons that may be meant, each with the reason for it, the best one first."""
    search = environment.get("PATH")
    inner = Path("Scripts/python.exe") if sys.platform == "win32" else Path("bin/python")
    if setting:
        named = Path(setting).expanduser()
        yield "the setting `python`", Path(shutil.which(setting, path=search) or named)
    if active := environment.get("VIRTUAL_ENV"):
        yield "the active environment", Path(active) / inner
    if (own := work / ".venv" / inner).exists():
        yield "the environment of the work folder", own
    if on_path := shutil.which("python3", path=search) or shutil.which("python", path=search):
        yield "python3 on PATH", Path(on_path)
    yield "the one mlcoach runs on", Path(sys.executable)


def _asked(chosen: str, path: Path, needs: Sequence[str]) -> Interpreter | None:
    """Ask a Python what it is; None where it does not answer or is too old."""
    import ast

    try:
        ran = subprocess.run(
            [str(path), "-E", "-c", _ASK, *needs],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
            check=True,
        )
        version, executable, folders, missing = ast.literal_eval(ran.stdout.strip())
    except (OSError, ValueError, SyntaxError, subprocess.SubprocessError):
        return None
    if tuple(version) < OLDEST:
        return None
    return Interpreter(Path(executable or path), chosen, tuple(version), tuple(map(Path, folders)), tuple(missing))


def environment_command(work: Path, missing: Sequence[str]) -> str:
    """Return the one command that makes an environment in the work folder with these modules in it."""
    folder = work / ".venv"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    return f"python3 -m venv {_quoted(folder)} && {_quoted(python)} -m pip install {' '.join(missing)}"


def _quoted(path: Path) -> str:
    text = str(path)
    return (
        text if text.replace("/", "").replace(".", "").replace("-", "").replace("_", "").isalnum() else json.dumps(text)
    )
