"""What starts the reminders: shown first, put in place whole or not at all, and taken away without a trace."""

import json
import plistlib
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from mlcoach.adapters.reminders import startup
from mlcoach.adapters.reminders.startup import System
from mlcoach.errors import MissingExtraError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.reminders import setup
from tests.conftest import Program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell for the stand-ins")

WORDS = ("/opt/ml coach/bin/python", "-m", "mlcoach", "remind", "run")
SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$HOME/../calls"
case "$*" in
  *show-environment) exit ${NO_SYSTEMD:-0} ;;
  *enable*) [ -z "$REFUSED" ] || { echo "Failed to enable: refused" >&2; exit 1; }
            mkdir -p "$HOME/.config/systemd/user/default.target.wants"
            ln -s ../mlcoach-remind.service "$HOME/.config/systemd/user/default.target.wants/" ;;
  *disable*) rm -f "$HOME/.config/systemd/user/default.target.wants/mlcoach-remind.service"
             rmdir "$HOME/.config/systemd/user/default.target.wants" 2>/dev/null; exit 0 ;;
esac
"""
CRONTAB = """#!/bin/sh
file="$HOME/../crontab.$USER"
case "$1" in
  -l) [ -z "$UNREADABLE" ] || { echo "you are not allowed to use this program" >&2; exit 1; }
      [ -f "$file" ] || { echo "no crontab for $USER" >&2; exit 1; }; cat "$file" ;;
  -r) rm "$file" ;;
  -) [ -z "$READ_ONLY" ] || { echo "crontab: /var/spool/cron: Read-only file system" >&2; exit 1; }; cat > "$file" ;;
esac
"""


class Machine:
    """A home, and a system that is asked through stand-ins for systemctl and crontab."""

    def __init__(self, folder: Path, *programs: str, platform: str = "linux", **told: str) -> None:
        self.folder, self.home, bin = folder, folder / "learner", folder / "bin"
        self.home.mkdir()
        bin.mkdir()
        for name, text in (("systemctl", SYSTEMCTL), ("crontab", CRONTAB)):
            if name in programs:
                (bin / name).write_text(text, encoding="utf-8")
                (bin / name).chmod(0o755)
        self.environment = {
            "HOME": str(self.home), "PATH": f"{bin}:/usr/bin:/bin" if programs else str(bin), "USER": "learner",
            "MLCOACH_HOME": str(self.home / "ml 100% coach"), **told,
        }  # fmt: skip
        self.system = System(platform, self.environment, WORDS)
        self.context = Context(self.environment)

    def tree(self) -> dict[str, str]:
        """Everything below the home, and the crontab."""
        found = {
            str(path.relative_to(self.folder)): str(path.readlink()) if path.is_symlink()
            else f"{stat.filemode(path.stat().st_mode)} {path.read_text(encoding='utf-8') if path.is_file() else ''}"
            for path in [*self.home.rglob("*"), *self.folder.glob("crontab.*")]
        }  # fmt: skip
        return dict(sorted(found.items()))

    @property
    def crontab(self) -> Path:
        return self.folder / "crontab.learner"


def test_a_systemd_unit_comes_and_goes(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "systemctl", "crontab")
    before = machine.tree()
    planned = setup.plan(machine.context, machine.system)
    assert (planned.action, planned.way, machine.tree()) == ("planned", "systemd", before)
    done = setup.install(machine.context, machine.system)
    assert done.text == planned.text
    unit = machine.home / ".config" / "systemd" / "user" / "mlcoach-remind.service"
    assert unit.read_text(encoding="utf-8") == planned.text
    assert unit.read_text(encoding="utf-8").replace(str(machine.home), "HOME") == snapshot("""\
[Unit]
Description=Reminders of mlcoach

[Service]
ExecStart="/opt/ml coach/bin/python" "-m" "mlcoach" "remind" "run"
Environment="MLCOACH_HOME=HOME/ml 100%% coach"
Restart=on-failure
RestartSec=60
# 2: reminders run already, so it is not tried again.
RestartPreventExitStatus=2

[Install]
WantedBy=default.target
""")
    assert (unit.parent / "default.target.wants" / unit.name).is_symlink()
    assert setup.installed(machine.context) is not None
    with pytest.raises(Exception, match="installed already"):
        setup.plan(machine.context, machine.system)
    assert setup.uninstall(machine.context, machine.system).action == "uninstalled"
    assert machine.tree() == before
    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert [call.removeprefix("--user ") for call in calls if "show" not in call] == [
        "daemon-reload", "enable --now mlcoach-remind.service", "disable --now mlcoach-remind.service", "daemon-reload",
    ]  # fmt: skip


def test_folders_that_were_there_or_are_used_stay(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "systemctl")
    (machine.home / ".config" / "systemd").mkdir(parents=True)
    before = machine.tree()
    setup.install(machine.context, machine.system)
    setup.uninstall(machine.context, machine.system)
    assert machine.tree() == before
    setup.install(machine.context, machine.system)
    other = machine.home / ".config" / "systemd" / "user" / "other.service"
    other.write_text("[Unit]\n", encoding="utf-8")
    setup.uninstall(machine.context, machine.system)
    assert other.exists()


def test_a_system_that_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "systemctl", REFUSED="1")
    before = machine.tree()
    with pytest.raises(MissingExtraError, match="Failed to enable: refused"):
        setup.install(machine.context, machine.system)
    assert machine.tree() == before
    assert setup.installed(machine.context) is None


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here (Debian package systemd)"
)
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    # Hostile words in paths: systemd must read them as they are.
    program = tmp_path / 'a "b" $HOME %h \\n' / "python"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    system = System(
        "linux", {"HOME": str(tmp_path), "MLCOACH_HOME": f'{tmp_path}/50% "x" $y'}, (str(program), *WORDS[1:])
    )
    unit = tmp_path / "mlcoach-remind.service"
    unit.write_text(startup.unit_text(system), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(unit)], capture_output=True, text=True, timeout=60,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "mlcoach-remind" in line or str(tmp_path) in line]
    assert (done.returncode, said) == (0, [])


def test_a_line_in_the_crontab_comes_and_goes(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "systemctl", "crontab", NO_SYSTEMD="1", DBUS_SESSION_BUS_ADDRESS="unix:path=/run/bus")
    before = machine.tree()
    setup.install(machine.context, machine.system)
    assert machine.crontab.read_text(encoding="utf-8").replace(str(machine.home), "HOME") == snapshot(
        "*/5 * * * * MLCOACH_HOME='HOME/ml 100\\% coach' DBUS_SESSION_BUS_ADDRESS=unix:path=/run/bus '/opt/ml coach/bin/python' -m mlcoach remind run >/dev/null 2>&1 # mlcoach remind\n"
    )
    assert setup.uninstall(machine.context, machine.system).action == "uninstalled"
    assert machine.tree() == before


@pytest.mark.parametrize("own", ["@daily backup\n", "MAILTO=me\n# mlcoach is fine\n@daily backup --x '50\\%'\n"])
def test_other_lines_of_the_crontab_stay(tmp_path: Path, own: str) -> None:
    machine = Machine(tmp_path, "crontab")
    machine.crontab.write_text(own, encoding="utf-8")
    setup.install(machine.context, machine.system)
    assert machine.crontab.read_text(encoding="utf-8").startswith(own)
    assert machine.crontab.read_text(encoding="utf-8").count("\n") == own.count("\n") + 1
    setup.uninstall(machine.context, machine.system)
    assert machine.crontab.read_text(encoding="utf-8") == own


@pytest.mark.parametrize("told", [{"READ_ONLY": "1"}, {"UNREADABLE": "1"}])
def test_a_crontab_that_cannot_be_written_or_read(tmp_path: Path, told: dict[str, str]) -> None:
    machine = Machine(tmp_path, "crontab", **told)
    machine.crontab.write_text("@daily backup\n", encoding="utf-8")
    before = machine.tree()
    with pytest.raises(MissingExtraError, match=r"Read-only|not allowed"):
        setup.install(machine.context, machine.system)
    assert machine.tree() == before


def test_the_line_survives_a_shell(tmp_path: Path) -> None:
    """cron turns `\\%` into `%` and gives the rest to /bin/sh."""
    system = System(
        "linux", {"HOME": str(tmp_path), "MLCOACH_HOME": str(tmp_path / "it's 5% $(x)")}, ("/bin/echo", "a b")
    )
    command = startup.crontab_line(system).split(" ", 5)[5].replace(r"\%", "%").replace(">/dev/null 2>&1", "; printenv")
    shown = subprocess.run(
        ["/bin/sh", "-c", "set -a; " + command.replace(" /bin/echo", "; /bin/echo")],
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert "a b\n" in shown.stdout
    assert f"MLCOACH_HOME={tmp_path}/it's 5% $(x)\n" in shown.stdout


def test_a_launchd_agent_comes_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(tmp_path, "crontab", platform="darwin")
    (tmp_path / "bin" / "launchctl").write_text('#!/bin/sh\necho "$@" >> "$HOME/../calls"\n', encoding="utf-8")
    (tmp_path / "bin" / "launchctl").chmod(0o755)
    monkeypatch.setenv("PATH", machine.environment["PATH"])
    before = machine.tree()
    done = setup.install(machine.context, machine.system)
    agent = plistlib.loads(Path(done.path).read_bytes())
    assert Path(done.path).relative_to(machine.home).as_posix() == "Library/LaunchAgents/org.mlcoach.remind.plist"
    assert agent["ProgramArguments"] == list(WORDS)
    assert agent["EnvironmentVariables"] == {"MLCOACH_HOME": str(machine.home / "ml 100% coach")}
    assert (agent["RunAtLoad"], agent["KeepAlive"]) == (True, {"SuccessfulExit": False})
    setup.uninstall(machine.context, machine.system)
    assert machine.tree() == before
    verbs = [line.split()[0] for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]
    assert verbs == ["bootstrap", "bootout"]


def test_windows_gets_the_command_to_run(tmp_path: Path) -> None:
    machine = Machine(tmp_path, platform="win32")
    planned = setup.plan(machine.context, machine.system)
    assert planned.action == "by hand"
    assert planned.text == snapshot(
        'schtasks /Create /SC ONLOGON /TN mlcoach-remind /TR "\\"/opt/ml coach/bin/python\\" -m mlcoach remind run"'
    )
    assert machine.tree() == {}


def test_a_machine_with_neither_says_what_to_do(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with pytest.raises(MissingExtraError) as caught:
        setup.plan(machine.context, machine.system)
    assert "remind run" in caught.value.hint
    assert machine.tree() == {}


@pytest.fixture
def cron(mlcoach: Program, tmp_path: Path) -> Machine:
    """The program on a machine with a crontab only."""
    machine = Machine(tmp_path, "crontab")
    mlcoach.environment |= {name: machine.environment[name] for name in ("HOME", "PATH", "USER")}
    return machine


def test_install_shows_it_first_and_asks(mlcoach: Program, cron: Machine) -> None:
    asked = mlcoach("remind install", tty=80, stdin="n\n")
    assert asked.out.startswith("This line is added to your crontab:\n  */5 * * * * ")
    assert asked.err == "Install this? (y/n) [y] nothing was changed\n"
    assert not cron.crontab.exists()
    assert "is not a terminal" in mlcoach("remind install", expect=2).err
    assert mlcoach("remind install", tty=80, stdin="\n").out.endswith(
        "Reminders are installed (crontab) and start by themselves.\nTake it away: mlcoach remind uninstall\n"
    )
    assert "Started by  crontab" in mlcoach("remind").out
    assert "already" in mlcoach("remind install --yes", expect=2).err
    assert mlcoach("remind uninstall").out == "Taken away: the line in the crontab.\n"
    assert not cron.crontab.exists()
    assert mlcoach("remind uninstall").out == "Nothing is installed.\n"


def test_scripts_get_what_was_installed(mlcoach: Program, cron: Machine) -> None:
    data = json.loads(mlcoach("remind install --yes --json").out)["data"]
    assert (data["action"], data["way"], data["path"]) == ("installed", "crontab", "")
    assert json.loads(mlcoach("remind --json").out)["data"]["installed"] == {"way": "crontab", "path": ""}


HOSTILE = "x\n* * * * * touch /tmp/owned"


@pytest.mark.parametrize("programs", [("systemctl", "crontab"), ("crontab",), ()])
@pytest.mark.parametrize("told", [{"MLCOACH_HOME": HOSTILE}, {"TZ": HOSTILE}, {"TZ": "a\x1b"}, {"XDG_DATA_HOME": "\r"}])
def test_a_value_that_could_become_a_line_of_its_own_is_refused(
    tmp_path: Path, programs: tuple[str, ...], told: dict[str, str]
) -> None:
    machine = Machine(tmp_path, *programs, platform="linux" if programs else "darwin", **told)
    before = machine.tree()
    with pytest.raises(UsageError, match=f"{next(iter(told))} contains (a line break or a tab|the control character)"):
        setup.install(machine.context, machine.system)
    assert machine.tree() == before
    assert not machine.crontab.exists()


def test_so_is_such_a_path_of_the_program(tmp_path: Path) -> None:
    machine = Machine(tmp_path, "crontab")
    with pytest.raises(UsageError, match="the path of mlcoach contains a line break"):
        setup.install(machine.context, machine.system._replace(words=("/opt/a\nb/python",)))
    assert not machine.crontab.exists()
