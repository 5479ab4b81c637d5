"""Which machine this is: the id its system gives it, where it has one that tells it from every other."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "MLCOACH_MACHINE"
# Where asking takes longer than reading a small file, it is asked only when there is another reason to doubt.
IS_QUICK = sys.platform != "darwin"
_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
# A container has the id of its image, which every other container of that image has too.
_OF_A_CONTAINER = (Path("/.dockerenv"), Path("/run/.containerenv"))
_LONGEST = 200  # characters
_SECONDS = 5


def machine_id(environment: Mapping[str, str]) -> str:
    """Return the machine's id, "" where there is none. `MLCOACH_MACHINE` replaces it, for scripts and tests."""
    given = environment.get(VARIABLE)
    if given is not None:
        return given
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _of_macos()
    if "KUBERNETES_SERVICE_HOST" in environment or any(file.exists() for file in _OF_A_CONTAINER):
        return ""
    return next(filter(None, map(read_id, _FILES)), "")


def read_id(file: Path) -> str:
    """Return the id in a file, "" for none: an image that was not started yet says `uninitialized`."""
    try:
        with file.open(encoding="ascii") as opened:
            text = opened.read(_LONGEST).strip()
    except (OSError, ValueError):
        return ""
    return text if re.fullmatch(r"[0-9a-f]{32}", text) and text.strip("0") else ""


if sys.platform == "win32":

    def _of_windows() -> str:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""


def _of_macos() -> str:
    import subprocess

    command = ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"]
    try:
        said = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(rb'"IOPlatformUUID" = "([0-9A-Fa-f-]{36})"', said)
    return found[1].decode("ascii") if found else ""
