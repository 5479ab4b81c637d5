"""Reminders over a fortnight: a real scheduler, a clock that is driven, and everything that gets in between."""

import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mlcoach.adapters.lock import held, holder
from mlcoach.services.context import Context
from mlcoach.services.reminders import remind
from mlcoach.views.reminders import RemindedView
from tests.conftest import Program

TWICE = "Test/Twice"


@pytest.fixture
def twice(tmp_path: Path) -> Iterator[ZoneInfo]:
    """A zone like Berlin's whose clocks go back on 25 October 2026 and forward again a week later."""
    rule = b"CEST-2CET-1,M11.1.0/2,M10.4.0/3"  # summer time from the first Sunday of November on, a year round
    head = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    block = struct.pack(">lbb", 7200, 0, 0) + b"CET\0"
    file = tmp_path / "zones" / TWICE
    file.parent.mkdir(parents=True)
    file.write_bytes((head + block) * 2 + b"\n" + rule.replace(b"CEST-2CET-1", b"CET-1CEST-2") + b"\n")
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path / "zones", *before])
    yield ZoneInfo(TWICE)
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache(only_keys=[TWICE])


class Drive:
    """Stands in for the event that a scheduler waits on: waiting moves the clock, and the world with it."""

    def __init__(self, clock: Any, until: datetime) -> None:
        self.clock, self.until = clock, until
        self.script: dict[datetime, Callable[[], object]] = {}
        self.sleeps: dict[datetime, timedelta] = {}
        self.scheduler: Any = None
        self.awake = False

    def wait(self, seconds: float) -> None:
        if self.awake:
            return
        then = datetime.now(UTC) + timedelta(seconds=max(seconds, 0))
        for instant in sorted(self.script):
            if instant <= then:
                self.clock.move_to(instant)
                self.script.pop(instant)()
        for instant in sorted(self.sleeps):
            if instant <= then:  # the machine sleeps: this wait goes on where it stopped
                then += self.sleeps.pop(instant)
        if then >= self.until:
            self.scheduler.shutdown(wait=False)
            return
        self.clock.move_to(then)

    def is_set(self) -> bool:
        return self.awake

    def clear(self) -> None:
        self.awake = False

    def set(self) -> None:
        self.awake = True


def live(
    mlcoach: Program, begin: datetime, until: datetime, script: dict[datetime, Callable[[], object]] | None = None,
    sleeps: dict[datetime, timedelta] | None = None,
) -> list[str]:  # fmt: skip
    """Run the reminders between two moments and return what they said, as `Sun 25 Oct 20:00 slot`."""
    said: list[str] = []
    environment = {"MLCOACH_HOME": str(mlcoach.home)}

    def say(context: Context, view: RemindedView) -> str:
        said.append(f"{datetime.fromisoformat(view.at):%a %d %b %H:%M} {' '.join(view.kinds)}")
        return "terminal"

    with time_machine.travel(begin, tick=False) as clock:
        drive = Drive(clock, until)
        drive.script, drive.sleeps = dict(script or {}), dict(sleeps or {})
        scheduler = remind.run(lambda: Context(environment), say, said.append)
        drive.scheduler, scheduler._event = scheduler, drive
        scheduler.start()
    return said


def local(zone: ZoneInfo, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_the_zone_changes_its_clocks_twice_in_a_fortnight(twice: ZoneInfo) -> None:
    noons = [datetime(2026, 10, day, 12, tzinfo=twice) for day in (24, 25)] + [datetime(2026, 11, 1, 12, tzinfo=twice)]
    assert [noon.utcoffset() for noon in noons] == [timedelta(hours=2), timedelta(hours=1), timedelta(hours=2)]


@pytest.mark.slow
def test_a_fortnight(mlcoach: Program, twice: ZoneInfo) -> None:
    config = f'zone = "{TWICE}"\nremind_late = "21:30"\npaper_days = []\n'
    mlcoach.write("config/config.toml", config)
    mlcoach.environment["TZ"] = TWICE

    def told(line: str) -> Callable[[], object]:
        def command() -> None:
            mlcoach.now = datetime.now(twice)
            mlcoach(line)

        return command

    mlcoach.at("2026-10-19T12:00:00+02:00")
    mlcoach("log 2h --date yesterday")
    script = {
        local(twice, "2026-10-19T21:00"): told("log 25m"),  # the floor in time, so no late reminder
        local(twice, "2026-10-20T19:00"): told("log 2h"),  # the goal before the slot
        local(twice, "2026-10-22T09:00"): told("rest 2026-10-22..2026-10-23"),
        local(twice, "2026-10-24T21:00"): told("log 2h"),
        local(twice, "2026-10-25T21:00"): told("log 20m"),
        local(twice, "2026-10-26T19:55"): told("start"),  # on time: studying already
        local(twice, "2026-10-28T09:00"): told("stop --at 21:00"),
        local(twice, "2026-10-28T09:05"): told("log 20m --date yesterday"),
        local(twice, "2026-10-28T22:00"): told("log 20m"),
        local(twice, "2026-10-28T12:00"): lambda: mlcoach.write(
            "config/config.toml", config + 'slot = "18:00"\nquiet = "17:30..18:45"\n'
        ),
        local(twice, "2026-10-30T12:00"): lambda: mlcoach.write(
            "config/config.toml", config + "reminders = ['slot']\n"
        ),
    }
    sleeps = {local(twice, "2026-10-29T13:00:30"): timedelta(hours=9)}
    said = live(mlcoach, local(twice, "2026-10-19T12:00"), local(twice, "2026-11-02T12:00"), script, sleeps)
    assert said == [
        "Mon 19 Oct 20:00 slot",
        # Tuesday: the goal was reached at seven.
        "Wed 21 Oct 20:00 slot",
        "Wed 21 Oct 21:30 streak",
        # Thursday and Friday: rest.
        "Sat 24 Oct 20:00 slot",
        "Sun 25 Oct 20:00 slot week",  # the clocks went back that morning
        "Tue 27 Oct 07:00 timer",  # on Monday three hours were over in the quiet hours
        "Wed 28 Oct 18:45 slot",  # the new slot lies in the new quiet hours
        "Wed 28 Oct 21:30 streak",
        "Thu 29 Oct 22:01 streak",  # slept from one in the afternoon on: one reminder for all
        "Fri 30 Oct 20:00 slot",  # the slot is back, the other kinds are switched off
        "Sat 31 Oct 20:00 slot",
        "Sun 01 Nov 20:00 slot",  # the clocks went forward that morning
    ]


def test_a_restart_repeats_nothing_and_misses_nothing(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "UTC"\npaper_days = []\n')
    mlcoach.environment["TZ"] = "UTC"
    mlcoach.at("2026-11-23T12:00:00+00:00")("log 2h --date yesterday")
    day = datetime(2026, 11, 23, tzinfo=UTC)
    assert live(mlcoach, day.replace(hour=19), day.replace(hour=20, minute=5)) == ["Mon 23 Nov 20:00 slot"]
    assert live(mlcoach, day.replace(hour=20, minute=6), day.replace(hour=20, minute=30)) == []
    # Off from half past eight on, back at ten.
    assert live(mlcoach, day.replace(hour=22), day.replace(hour=22, minute=20)) == ["Mon 23 Nov 22:00 streak"]
    # A clock that is set back an hour tells nothing twice.
    assert live(mlcoach, day.replace(hour=19, minute=30), day.replace(hour=22, minute=20)) == []


def test_a_broken_config_is_reported_once_and_read_again_when_repaired(mlcoach: Program) -> None:
    good = 'zone = "UTC"\npaper_days = []\n'
    mlcoach.write("config/config.toml", "slot = 25\n")
    day = datetime(2026, 11, 23, tzinfo=UTC)
    script = {day.replace(hour=20, minute=10): lambda: mlcoach.write("config/config.toml", good)}
    mlcoach.write("config/config.toml", good)
    script[day.replace(hour=19, minute=55)] = lambda: mlcoach.write("config/config.toml", "slot = 25\n")
    said = live(mlcoach, day.replace(hour=19), day.replace(hour=21), script)
    assert [line.partition(";")[0] for line in said] == [
        "`slot` must be a time of day like `20:00`", "Mon 23 Nov 20:10 slot",
    ]  # fmt: skip


def test_a_damaged_memory_is_no_obstacle(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "UTC"\npaper_days = []\n')
    day = datetime(2026, 11, 23, tzinfo=UTC)
    for text in ("", "[]", '{"since": "x"}', '{"since": "2026-11-23T19:00:00", "told": 3, "timer": 0}', "\x00"):
        mlcoach.write("state/remind.json", text)
        assert live(mlcoach, day.replace(hour=19, minute=58), day.replace(hour=20, minute=2)) == [
            "Mon 23 Nov 20:00 slot"
        ]
        (mlcoach.home / "state" / "remind.json").unlink()


def test_a_locked_or_newer_store_waits_for_the_next_look(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "UTC"\npaper_days = []\n')
    mlcoach.write("data/mlcoach.db", "no database")
    day = datetime(2026, 11, 23, tzinfo=UTC)
    mend = {day.replace(hour=20, minute=5): (mlcoach.home / "data" / "mlcoach.db").unlink}
    said = live(mlcoach, day.replace(hour=19, minute=58), day.replace(hour=20, minute=10), mend)
    assert len(said) == 2
    assert "mlcoach.db" in said[0]
    assert said[1] == "Mon 23 Nov 20:05 slot"


def test_what_cannot_be_kept_is_still_reported_once(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "UTC"\npaper_days = []\n')
    mlcoach.write("state", "a file where a folder should be")
    day = datetime(2026, 11, 23, tzinfo=UTC)
    said = live(mlcoach, day.replace(hour=19, minute=58), day.replace(hour=20, minute=10))
    assert said[0] == "Mon 23 Nov 20:00 slot"
    assert len(said) == 2
    assert "cannot" in said[1]
    assert "state" in mlcoach("remind run", expect=5).err


def test_reading_writes_nothing_to_the_store(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "UTC"\n')
    day = datetime(2026, 11, 24, tzinfo=UTC)
    assert live(mlcoach, day.replace(hour=19, minute=58), day.replace(hour=20, minute=2)) == ["Tue 24 Nov 20:00 slot"]
    assert mlcoach.files() == {"config/config.toml", "state/remind.json"}


def test_reading_waits_for_no_writer_and_holds_none_up(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "UTC"\npaper_days = []\n')
    mlcoach.at("2026-11-23T12:00:00+00:00")("log 30m")
    day = datetime(2026, 11, 23, tzinfo=UTC)
    writer = sqlite3.connect(mlcoach.home / "data" / "mlcoach.db", isolation_level=None, timeout=0)
    writer.execute("BEGIN IMMEDIATE")
    script = {day.replace(hour=20): lambda: writer.execute("COMMIT") and writer.execute("BEGIN IMMEDIATE")}
    assert live(mlcoach, day.replace(hour=19, minute=58), day.replace(hour=20, minute=2), script) == [
        "Mon 23 Nov 20:00 slot"
    ]
    writer.execute("COMMIT")
    writer.close()


# One at a time, and which way ---------------------------------------------------------------------------------


def test_the_second_one_says_so_and_leaves(mlcoach: Program) -> None:
    lock = mlcoach.home / "state" / "remind.lock"
    code = "import sys; from pathlib import Path; from mlcoach.adapters.lock import held\nwith held(Path(sys.argv[1])) as alone: print(alone, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "True\n"
        assert mlcoach("remind run", expect=2).err.startswith(f"error: reminders run already (process {other.pid})\n")
        assert f"yes, process {other.pid}" in mlcoach("remind status").out
        other.stdin.close()
    assert holder(lock) == 0
    with held(lock) as alone:
        assert alone


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_it_runs_until_it_is_interrupted(mlcoach: Program) -> None:
    environment = {"PATH": "/usr/bin:/bin", "MLCOACH_HOME": str(mlcoach.home), "TZ": "UTC", "HOME": str(mlcoach.home)}
    # A shell that runs these tests in the background lets all that they start ignore interrupts.
    code = "import signal; signal.signal(2, signal.default_int_handler); from mlcoach.cli.main import run; run()"
    words = [sys.executable, "-c", code, "remind", "run"]
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == "reminding from now on; Ctrl-C ends it\n"
        running.send_signal(signal.SIGINT)
        assert running.stderr.read() == "reminders ended\n"
    assert running.returncode == 0
    assert holder(mlcoach.home / "state" / "remind.lock") == 0


def test_without_a_desktop_the_terminal_or_the_log(mlcoach: Program) -> None:
    mlcoach.environment["XDG_RUNTIME_DIR"] = str(mlcoach.home)
    if sys.platform.startswith("linux"):
        why = "no session bus (D-Bus) here"
        assert f"in the terminal that runs them: {why}" in mlcoach("remind status", tty=80).out.replace("\n", " ")
        assert mlcoach("remind test", tty=80).out == (
            "20:00  mlcoach reminds you here\n       This is a test; nothing is due.\n"
            "It went to this terminal. Why this way: mlcoach remind status\n"
        )
        assert mlcoach("remind test").out == "It went to the log. Why this way: mlcoach remind status\n"
        log = (mlcoach.home / "state" / "remind.log").read_text(encoding="utf-8")
        assert log == "2026-11-23T20:00:00+01:00 mlcoach reminds you here · This is a test; nothing is due.\n"


SERVER = """
import asyncio, sys
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method

class Notifications(ServiceInterface):
    @method()
    def GetCapabilities(self) -> "as":
        return ["body", "body-markup"]
    @method()
    def GetServerInformation(self) -> "ssss":
        return ["test", "test", "1", "1.2"]
    @method()
    def Notify(self, app: "s", replaces: "u", icon: "s", title: "s", body: "s", actions: "as", hints: "a{sv}", timeout: "i") -> "u":
        print(f"{app}|{title}|{body}", flush=True)
        return 1

async def main():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications("org.freedesktop.Notifications"))
    await bus.request_name("org.freedesktop.Notifications")
    print("ready", flush=True)
    await bus.wait_for_disconnect()

asyncio.run(main())
"""


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed (Debian package dbus)")
def test_on_a_desktop_it_is_a_notification(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        mlcoach.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        assert "the desktop does not answer" in mlcoach("remind status").out
        assert "to the log" in mlcoach("remind test").out
        with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == "ready\n"
            assert "on the desktop: the desktop shows notifications" in mlcoach("remind status").out
            assert "It went to the desktop." in mlcoach("remind test").out
            assert server.stdout.readline() == "mlcoach|mlcoach reminds you here|This is a test; nothing is due.\n"
            context = Context({**mlcoach.environment, "MLCOACH_HOME": str(mlcoach.home)})
            hostile = RemindedView("2026-11-23T20:00:00+00:00", "<b>x</b> \x1b[31m & y", ("a",), ("slot",), "")
            assert remind.deliver(context, hostile, terminal=lambda view: False) == "desktop"
            assert server.stdout.readline() == "mlcoach|‹b›x‹/b› \ufffd[31m + y|a\n"
            server.terminate()
        bus.terminate()


def test_the_log_cannot_be_steered(mlcoach: Program) -> None:
    context = Context({"MLCOACH_HOME": str(mlcoach.home)})
    remind.write_log(context, "two\nlines \x1b[31m")
    assert remind.log_of(context).read_text(encoding="utf-8") == "two lines \ufffd[31m\n"
