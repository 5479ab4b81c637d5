"""Having the system start the reminders: a systemd user unit, a launchd agent, or a line in the crontab.

What is put in place is known before anything is written, and taking it away leaves files, folders and crontab as they
were.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mlcoach.domain.text import first_hostile
from mlcoach.errors import MissingExtraError, UsageError

LABEL = "org.mlcoach.remind"
UNIT = "mlcoach-remind.service"
MARK = "# mlcoach remind"
PATIENCE = 30  # seconds for the system to answer
# What the reminders need to know of this shell, where it is set.
KEPT = ("MLCOACH_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TZ")


class System(NamedTuple):
    """The machine: its platform, the environment, the words that start the reminders."""

    platform: str
    environment: Mapping[str, str]
    words: tuple[str, ...] = (sys.executable, "-m", "mlcoach", "remind", "run")

    @property
    def home(self) -> Path:
        """The learner's home folder."""
        given = self.environment.get("HOME")
        return Path(given) if given else Path.home()

    def find(self, program: str) -> str:
        """Return where a program is, or ""."""
        return shutil.which(program, path=self.environment.get("PATH", os.defpath)) or ""

    def run(self, words: Sequence[str], given: str | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a program of the system; one that does not answer counts as one that failed."""
        try:
            return subprocess.run(
                words, env=dict(self.environment), input=given, capture_output=True, text=True, timeout=PATIENCE,
                errors="replace",
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return subprocess.CompletedProcess(words, 1, "", str(error))


class Setup(NamedTuple):
    """What starts the reminders here. `way` is systemd, launchd, crontab or by hand.

    `path` is the file written ("" for a crontab), `text` its content or the line; `on` and `off` are commands run
    after it was written and before it is removed.
    """

    way: str
    path: str
    text: str
    on: tuple[tuple[str, ...], ...] = ()
    off: tuple[tuple[str, ...], ...] = ()


def find_setup(system: System) -> Setup:
    """Return how this machine can start the reminders. Raises MissingExtraError where it cannot."""
    if system.platform == "win32":
        words = subprocess.list2cmdline(system.words)
        return Setup("by hand", "", f"schtasks /Create /SC ONLOGON /TN mlcoach-remind /TR {_in_quotes(words)}")
    if system.platform == "darwin":
        return _launchd(system)
    if (control := system.find("systemctl")) and system.run([control, "--user", "show-environment"]).returncode == 0:
        return _systemd(system, control)
    if system.find("crontab"):
        return Setup("crontab", "", crontab_line(system))
    raise MissingExtraError(
        "neither systemd for users nor a crontab is here to start the reminders",
        "keep `mlcoach remind run` open in a terminal",
    )


def _systemd(system: System, control: str) -> Setup:
    base = system.environment.get("XDG_CONFIG_HOME") or str(system.home / ".config")
    path = Path(base) / "systemd" / "user" / UNIT
    return Setup(
        "systemd",
        str(path),
        unit_text(system),
        on=((control, "--user", "daemon-reload"), (control, "--user", "enable", "--now", UNIT)),
        off=((control, "--user", "disable", "--now", UNIT),),
    )


def unit_text(system: System) -> str:
    """Return the systemd user unit."""
    # Quotes and the like may be in any word but the first.
    _refuse_hostile(*(("the path of mlcoach", word) for word in system.words))
    words = ("/usr/bin/env", *system.words) if set(system.words[0]) & set("\"'\\$%") else system.words
    given = "".join(f"Environment={_for_systemd(f'{name}={value}')}\n" for name, value in _kept(system))
    return (
        "[Unit]\nDescription=Reminders of mlcoach\n\n[Service]\n"
        f"ExecStart={' '.join(_for_systemd(word, command=True) for word in words)}\n{given}"
        "Restart=on-failure\nRestartSec=60\n"
        "# 2: reminders run already, so it is not tried again.\nRestartPreventExitStatus=2\n\n"
        "[Install]\nWantedBy=default.target\n"
    )


def _launchd(system: System) -> Setup:
    import plistlib

    path = system.home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    _refuse_hostile(*(("the path of mlcoach", word) for word in system.words))
    agent = {
        "Label": LABEL,
        "ProgramArguments": list(system.words),
        "EnvironmentVariables": dict(_kept(system)),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
    }
    domain = f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"
    return Setup(
        "launchd",
        str(path),
        plistlib.dumps(agent).decode(),
        on=(("launchctl", "bootstrap", domain, str(path)),),
        off=(("launchctl", "bootout", f"{domain}/{LABEL}"),),
    )


def crontab_line(system: System) -> str:
    """Return the line of the crontab. It starts the reminders where they do not run already, soon after each boot."""
    import shlex

    kept = [*_kept(system)]
    if bus := system.environment.get("DBUS_SESSION_BUS_ADDRESS"):
        kept.append(("DBUS_SESSION_BUS_ADDRESS", bus))
        _refuse_hostile(kept[-1])
    _refuse_hostile(*(("the path of mlcoach", word) for word in system.words))
    given = [f"{name}={shlex.quote(value)}" for name, value in kept]
    words = " ".join([*given, *map(shlex.quote, system.words)])
    # In a crontab a bare percent sign ends the command.
    return f"*/5 * * * * {words} >/dev/null 2>&1 {MARK}".replace("%", r"\%")


def read_crontab(system: System) -> str:
    """Return the crontab as it is, "" when there is none. Raises MissingExtraError when it cannot be read."""
    done = system.run(["crontab", "-l"])
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise MissingExtraError(
            f"the crontab cannot be read: {done.stderr.strip()[:200] or 'no reason given'}", "nothing was changed"
        )
    return "" if done.returncode else done.stdout


def write_crontab(system: System, text: str) -> None:
    """Replace the crontab; an empty text removes it. Raises MissingExtraError when the system refuses."""
    done = system.run(["crontab", "-"], text) if text else system.run(["crontab", "-r"])
    if done.returncode:
        raise MissingExtraError(
            f"the crontab cannot be written: {done.stderr.strip()[:200] or 'no reason given'}",
            "nothing was changed; keep `mlcoach remind run` open in a terminal",
        )


def without_our_line(crontab: str) -> str:
    """Return a crontab without the line that starts the reminders."""
    return "".join(line for line in crontab.splitlines(keepends=True) if not line.rstrip().endswith(MARK))


def _kept(system: System) -> list[tuple[str, str]]:
    """Return the variables to write down. Raises UsageError for one that could become a line of its own there."""
    kept = [(name, system.environment[name]) for name in KEPT if system.environment.get(name)]
    _refuse_hostile(*kept)
    # The reminders start in another folder than this shell.
    return [(name, os.path.abspath(value) if name == "MLCOACH_HOME" else value) for name, value in kept]  # noqa: PTH100


def _refuse_hostile(*values: tuple[str, str]) -> None:
    for name, value in values:
        if hostile := first_hostile(value.replace("\n", "\r").replace("\t", "\r")):
            character = "a line break or a tab" if hostile == "U+000D" else f"the control character {hostile}"
            raise UsageError(
                f"{name} contains {character}, which cannot be written where reminders are started",
                "give it another value, or keep `mlcoach remind run` open in a terminal",
            )


def _for_systemd(word: str, *, command: bool = False) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped.replace("$", "$$") if command else escaped}"'


def _in_quotes(words: str) -> str:
    return '"' + words.replace('"', '\\"') + '"'
