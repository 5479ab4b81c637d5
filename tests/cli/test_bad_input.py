"""What goes wrong gives one clear message and its exit code, and changes nothing."""

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROGRAM, Program

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("log 0", 2, "`0`"),
        ("log 0m vectors", 2, "`0m`"),
        ("log -- -5m", 2, "`-5m`"),
        ("log -5m", 2, "a duration must be more than 0"),
        ("log -1h30m vectors", 2, "a duration must be more than 0"),
        ("log --minutes", 2, "no such option: --minutes"),
        ("log 25h", 2, "over 24 h"),
        ("log 30x vectors", 2, "`30x`"),
        ("log 45m nowhere", 3, "no unit `nowhere`"),
        ("log 45m math.la.egien", 3, "did you mean `math.la.eigen`?"),
        ("log 45m basics", 2, "1  math.prob.basics  Probability"),
        ("log 45m math.la", 2, "1  math.la.vectors"),
        ("log 45m --date tomorrow", 2, "still to come"),
        ("log 45m --date 2027-01-01", 2, "still to come"),
        ("log 45m --date someday", 2, "someday"),
        ("log 45m paper:1706.03762", 3, "mlcoach paper add 1706.03762"),
        ("log vectors --note forgotten", 2, "vectors"),
        ("log --note 'left\u202eright'", 2, "U+202E"),
        ("log --note forgotten --date tomorrow", 2, "still to come"),
        ("stop", 2, "no timer is running"),
        ("cancel", 2, "no timer is running"),
        ("skip", 2, "missing argument"),
        ("done math.la.vectors/nowhere", 3, "nowhere"),
        ("done nowhere", 3, "no unit `nowhere`"),
        ("rest sun..fri-ish", 2, "fri-ish"),
        ("rest 2026-12-01..2028-12-01", 2, "more than a year"),
        ("plan --days 0", 2, "--days"),
        ("today --minutes 30x", 2, "`30x`"),
        ("tdoay", 2, "did you mean `mlcoach today`?"),
        ("today --colour never", 2, "--colour"),
        ("--color sometimes today", 2, "auto, always or never"),
        ("log 45m -n 'a\x1b[31mred'", 2, "U+001B"),
        ("log 45m -n 'left\u202eright'", 2, "U+202E"),
        ("done vectors -n 'bell\x07'", 2, "U+0007"),
    ],
)
def test_refused(mlcoach: Program, line: str, code: int, said: str) -> None:
    result = mlcoach(line, expect=code)
    assert said in result.err
    assert result.err.count("error:") == 1
    assert "\x1b" not in result.err
    assert result.out == ""
    assert mlcoach.files() == set()


def test_done_alone_where_no_step_is_under_way(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "goal = 0\n")
    result = mlcoach("done", expect=2)
    assert "no step is under way" in result.err
    assert "mlcoach done UNIT" in result.err
    assert mlcoach.files() == {"config/config.toml"}


def test_a_line_alone_closes_the_day_and_its_minutes_count_once(mlcoach: Program) -> None:
    assert json.loads(mlcoach("log --note remembered --json").out)["data"]["minutes"] == 3
    assert json.loads(mlcoach("log --note again --json").out)["data"]["minutes"] == 0


def test_a_note_of_ten_thousand_characters_is_the_longest(mlcoach: Program) -> None:
    mlcoach(f"log 5m -n {'x' * 10_000}")
    assert "at most 10,000" in mlcoach(f"log 5m -n {'x' * 10_001}", expect=2).err


def test_markup_in_a_note_is_text(mlcoach: Program) -> None:
    mlcoach("log 5m -n '[bold]not bold[/bold]'")
    mlcoach.environment["NO_COLOR"] = ""
    assert "[bold]not bold[/bold]" in mlcoach("--color always log").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gaol = 90\n", "unknown setting `gaol`"),
        ("goal = 'much'\n", "`goal` must be a whole number"),
        ("goal = \n", "not valid TOML"),
        ("path = 'corr'\n", "no path `corr`"),
        ("zone = 'Europe/Kiew'\n", "`zone`"),
        ("retention = 1.5\n", "`retention` must be a number from 0.70 to 0.99"),
    ],
)
def test_a_wrong_config_names_the_place(mlcoach: Program, text: str, said: str) -> None:
    mlcoach.write("config/config.toml", text)
    result = mlcoach("today", expect=4)
    assert said in result.err
    assert "hint:" in result.err


def test_a_wrong_key_is_shown_with_a_caret_and_the_nearest(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "# mine\ngaol = 90\n")
    error = mlcoach("today", expect=4).err
    assert f"{mlcoach.config}:2:1" in error
    assert "2 | gaol = 90" in error
    assert "  | ^^^^" in error
    assert "did you mean `goal`?" in error


def test_a_damaged_database(mlcoach: Program) -> None:
    mlcoach.write("data/mlcoach.db", "this is no database, " * 200)
    for line in ("today", "log 5m", "status"):
        result = mlcoach(line, expect=5)
        assert "mlcoach doctor" in result.err
        assert "mlcoach restore" in result.err
    assert (mlcoach.home / "data" / "mlcoach.db").read_text(encoding="utf-8").startswith("this is no database")


def test_a_database_of_a_newer_program(mlcoach: Program) -> None:
    mlcoach("log 5m")
    connection = sqlite3.connect(mlcoach.home / "data" / "mlcoach.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for line in ("today", "log 5m"):
        assert "newer mlcoach" in mlcoach(line, expect=5).err
    assert json.loads(mlcoach("today --json", expect=5).out)["data"]["code"] == "store"


@pytest.mark.skipif(AS_ROOT or sys.platform == "win32", reason="permissions do not bind this user")
def test_a_read_only_home(mlcoach: Program) -> None:
    mlcoach("log 5m")
    folders = [mlcoach.home / "data", mlcoach.home]
    for folder in folders:
        folder.chmod(0o500)
    (mlcoach.home / "data" / "mlcoach.db").chmod(0o400)
    try:
        assert "0:05" in mlcoach("status").out
        assert "writable" in mlcoach("log 5m", expect=5).err
    finally:
        for folder in reversed(folders):
            folder.chmod(0o700)


def test_a_home_that_cannot_be_made(mlcoach: Program, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("", encoding="utf-8")
    mlcoach.home = blocked
    assert mlcoach("today").code == 0
    assert "MLCOACH_HOME" in mlcoach("log 5m", expect=5).err


@pytest.mark.parametrize("told", ["yesterday", "2026-11-23T08:00:00", "0001-01-01T00:00:00+00:00"])
def test_a_clock_that_cannot_be_read(mlcoach: Program, told: str) -> None:
    mlcoach.environment["MLCOACH_NOW"] = told
    assert "MLCOACH_NOW" in mlcoach("today", expect=2).err


def test_a_clock_that_went_back_warns_once(mlcoach: Program) -> None:
    mlcoach("log 30m")
    mlcoach.later(days=-3)
    first = mlcoach("log 30m vectors")
    assert "the clock went back" in first.err
    assert "Fri 20 Nov" in first.out
    assert mlcoach("log 30m vectors").err == ""
    mlcoach.later(days=3)
    assert "streak 1" in mlcoach("status").out


@pytest.mark.parametrize(("seconds", "warned"), [(0, False), (5 * 60, False), (5 * 60 + 1, True)])
def test_a_clock_that_is_set_back_by_a_few_minutes_is_worth_no_word(
    mlcoach: Program, seconds: int, warned: bool
) -> None:
    mlcoach("log 30m")
    mlcoach.later(seconds=-seconds)
    assert ("the clock went back" in mlcoach("log 5m").err) is warned


@pytest.mark.parametrize("line", ["log 30m --date 0001-01-01", "done vectors --date 1969-12-31"])
def test_a_day_before_there_were_clocks(mlcoach: Program, line: str) -> None:
    assert "1970" in mlcoach(line, expect=2).err
    assert mlcoach.files() == set()


@pytest.mark.parametrize("at", ["25:00", "9", "9:5", "x:30", "\x1b[31m", "\u0663:30", "000021:30", "20:00:00"])
def test_a_time_of_day_that_is_none(mlcoach: Program, at: str) -> None:
    mlcoach("start")
    mlcoach.later(hours=2)
    result = mlcoach(f"stop --at '{at}'", expect=2)
    assert "HH:MM" in result.err
    assert "\x1b" not in result.err


def test_json_holds_no_character_that_steers_a_terminal(mlcoach: Program) -> None:
    text = mlcoach("log '5\x9b\u202em' --json", expect=2).out
    assert "\\u202e" in text
    assert "\u202e" not in text
    assert json.loads(text)["data"]["code"] == "usage"


def run_with_streams(home: Path, line: str, redirection: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = f"exec {shlex.join(PROGRAM)} {line} {redirection}"
    told = {**os.environ, "MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00", **environment}
    return subprocess.run(["sh", "-c", command], env=told, capture_output=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_streams_that_are_closed(mlcoach: Program) -> None:
    for redirection in (">&-", "2>&-", "<&-", ">&- 2>&- <&-"):
        result = run_with_streams(mlcoach.home, "status", redirection)
        assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_json_is_whole_where_the_terminal_knows_only_ascii(mlcoach: Program) -> None:
    mlcoach("log 5m -n 'Größe'")
    result = run_with_streams(mlcoach.home, "log --json", "", PYTHONIOENCODING="ascii")
    assert json.loads(result.stdout)["data"]["entries"][0]["note"] == "Größe"


def test_json_before_the_subcommand_is_heard(mlcoach: Program) -> None:
    for line, kind in (
        ("paper --json list", "paper_list"),
        ("curriculum --json list", "curriculum_list"),
        ("config --json show", "config"),
    ):
        assert json.loads(mlcoach(line).out)["kind"] == kind


@pytest.mark.parametrize(
    ("edit", "named", "remedy"),
    [
        ("UPDATE day SET units = '[1'", "day 2026-11-23 is not what the journal says", "mlcoach doctor --rebuild"),
        ("UPDATE event SET data = '[]' WHERE kind = 'time_logged'", ", which cannot be read", "mlcoach restore"),
        ("UPDATE meta SET value = 'x' WHERE name = 'device'", "", ""),
        ("DROP TABLE single", "no such table: single", "mlcoach restore"),
    ],
)
def test_what_comes_of_damage_is_damage_and_not_a_mistake_of_the_program(
    mlcoach: Program, edit: str, named: str, remedy: str
) -> None:
    mlcoach("log 10m eigen")
    mlcoach("grade math.la.eigen/eig-def good")
    connection = sqlite3.connect(mlcoach.home / "data" / "mlcoach.db", isolation_level=None)
    connection.execute(edit)
    connection.close()
    results = [mlcoach(line, expect=None) for line in ("stats", "log", "week", "undo --list", "log 5m", "done eigen")]
    assert {result.code for result in results} <= {0, 5}
    if named:
        failed = [result.err for result in results if result.code == 5]
        assert failed
        assert all("is damaged" in text for text in failed)
        assert any(named in text and remedy in text for text in failed), failed
        assert json.loads(mlcoach("doctor --json", expect=5).out)["data"]["ok"] is False


def test_a_mistake_of_the_program_stays_one_where_the_store_is_whole(
    mlcoach: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    mlcoach("log 10m eigen")

    def fail(*_: object) -> None:
        raise KeyError("mistake")

    monkeypatch.setattr("mlcoach.services.habit.stats.stats", fail)
    assert "mlcoach itself is wrong here" in mlcoach("stats", expect=1).err
