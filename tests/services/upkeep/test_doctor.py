"""`doctor` and the commands that bring a store back: each finding, each exit code, and nothing changed by looking."""

import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from mlcoach.services.upkeep import environment_checks
from mlcoach.store.migrations import NEWEST
from tests.conftest import Compiled, Program


def examine(mlcoach: Program, expect: int = 0, words: str = "") -> dict[str, Any]:
    """Run doctor and return its findings by name; fails when it changed a file or promised another exit code."""
    before = {name: (mlcoach.home / name).read_bytes() for name in mlcoach.files()}
    found = dict(json.loads(mlcoach(f"doctor --json {words}", expect=expect).out)["data"])
    if not words:
        assert {name: (mlcoach.home / name).read_bytes() for name in mlcoach.files()} == before
    assert found["ok"] == (expect == 0) == all(check["ok"] for check in found["checks"])
    return {check["name"]: check for check in found["checks"]}


def change(mlcoach: Program, *statements: str) -> None:
    """Change the database behind the program's back."""
    connection = sqlite3.connect(mlcoach.home / "data" / "mlcoach.db", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.fixture(scope="module")
def home_in_use(tmp_path_factory: pytest.TempPathFactory, compiled_cache: Compiled) -> Path:
    """A home with a few entries of every kind, made once."""
    home = tmp_path_factory.mktemp("used") / "home"
    shutil.copytree(compiled_cache.cache, home / "cache")
    for line in (
        "log 45m eigen", "done vectors", "grade math.la.eigen/eig-def good", "paper add 1706.03762", "start",
        "rest fri", "log 5m", "undo",
    ):  # fmt: skip
        Program(home)(line)
    return home


@pytest.fixture
def used(home_in_use: Path, tmp_path: Path) -> Program:
    """A copy of the home in use that does not know that it is one."""
    program = Program(Path(shutil.copytree(home_in_use, tmp_path / "home")))
    change(program, "DELETE FROM meta WHERE name = 'home'")
    return program


@pytest.fixture(autouse=True)
def curriculum_unread(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests that are about something else the look at every curriculum file."""
    if "curriculum" not in request.node.name:
        monkeypatch.setattr(
            environment_checks, "curriculum", lambda _: environment_checks.good("curriculum", "not looked at")
        )


def test_an_empty_home_is_well_and_stays_empty(mlcoach: Program):
    found = examine(mlcoach)
    assert set(found) >= {
        "versions",
        "places",
        "settings",
        "curriculum",
        "database",
        "clock",
        "backups",
        "editor",
        "mode",
    }
    assert found["database"]["detail"].startswith("none yet")
    assert mlcoach.files() == set()


def test_a_home_in_use_is_well(used: Program):
    found = examine(used)
    assert {name for name, check in found.items() if check["level"] != "good"} <= {"editor"}
    assert f"schema version {NEWEST}" in found["database"]["detail"]
    assert "mlcoach-20261123T190000Z" in found["backups"]["detail"]


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE day SET seconds = 1", "day 2026-11-23"),
        ("DELETE FROM unit WHERE key = 'math.la.eigen'", "unit math.la.eigen"),
        ("UPDATE item SET stability = stability * (1 + 1e-8)", "item math.la.eigen/eig-def"),
        ("UPDATE paper SET status = 'finished'", "paper arxiv:1706.03762"),
        ("DELETE FROM single WHERE key = 'timer'", "timer"),
        ("INSERT INTO unit VALUES ('never.heard', 'passed', '', '', '', 0, '{}', 0, '')", "unit never.heard"),
        ("DELETE FROM event_key WHERE kind = 'item'", "entry "),
        ("INSERT INTO event_key SELECT 'unit', 'math.la.systems', min(number) FROM event", "entry "),
        ("DELETE FROM revoked", "day 2026-11-23"),
        ("INSERT OR REPLACE INTO single VALUES ('streak', '[740000,9,9,0,0,0.5]')", "checkpoint of the streak"),
        ("UPDATE correction SET data = '[]'", "correction of memory"),
        ("DELETE FROM correction", "correction of memory"),
    ],
)
def test_rows_that_are_not_their_folds_are_named_and_rebuilt(used: Program, damage: str, named: str):
    whole = used("status --json").out
    change(used, damage)
    rows = examine(used, expect=5)["rows"]
    assert named in rows["detail"]
    assert "mlcoach doctor --rebuild" in rows["more"][-1]
    examine(used, words="--rebuild")
    assert used("status --json").out == whole


def test_last_digits_may_be_those_of_another_machine(used: Program):
    def nudged(data: str) -> str:
        return json.dumps(json.loads(data, parse_float=lambda digits: float(digits) * (1 + 3e-16)))

    connection = sqlite3.connect(used.home / "data" / "mlcoach.db", isolation_level=None)
    connection.create_function("nudged", 1, nudged)
    before = connection.execute("SELECT stability, data FROM item, correction").fetchall()
    connection.execute("UPDATE item SET stability = stability * (1 + 3e-16), difficulty = difficulty * (1 - 3e-16)")
    connection.execute("UPDATE correction SET data = nudged(data)")
    assert connection.execute("SELECT stability, data FROM item, correction").fetchall() != before
    connection.close()
    assert examine(used)["rows"]["level"] == "good"


def test_an_entry_that_cannot_be_read_is_named_and_stops_a_rebuild(used: Program):
    change(used, "UPDATE event SET data = '{' WHERE kind = 'time_logged'")
    assert "cannot be read" in examine(used, expect=5)["rows"]["detail"]
    before = (used.home / "data" / "mlcoach.db").read_bytes()
    assert "nothing was rebuilt" in used("doctor --rebuild", expect=5).err
    assert (used.home / "data" / "mlcoach.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database " * 500, None])
def test_a_damaged_file_is_named_and_left_alone(used: Program, content: bytes | None):
    path = used.home / "data" / "mlcoach.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3] if content is None else content)
    found = examine(used, expect=5)
    broken = [check for check in found.values() if not check["ok"]]
    assert {check["name"] for check in broken} <= {"database", "integrity", "rows", "orphans", "ticks"}
    assert any("mlcoach restore" in line for check in broken for line in check["more"])


def test_what_sqlite_finds_is_reported(used: Program):
    # A row behind the back of an index: the file is readable, and wrong.
    change(
        used,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX item_unit ON item (first_day, unit)' WHERE name = 'item_unit'",
    )
    assert "the file is damaged" in examine(used, expect=5)["integrity"]["detail"]


def test_a_reference_into_nothing_is_reported(used: Program):
    change(used, "INSERT INTO event_key VALUES ('unit', 'x', 99999)")
    assert "points to a row of event that is not there" in examine(used, expect=5)["integrity"]["more"][0]


def test_a_newer_an_older_and_an_empty_database(used: Program):
    change(used, f"PRAGMA user_version = {NEWEST + 1}")
    assert "written by a newer mlcoach" in examine(used, expect=5)["database"]["detail"]
    path = used.home / "data" / "mlcoach.db"
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    assert "another program" in examine(used, expect=5)["database"]["detail"]


@pytest.mark.parametrize("content", [b"", b"x", None])
def test_a_store_that_is_gone_is_a_beginning_only_where_no_backup_knows_better(used: Program, content: bytes | None):
    path = used.home / "data" / "mlcoach.db"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    found = examine(used, expect=5)["database"]
    assert "but the backup mlcoach-20261123T190000Z holds 1 entry" in found["detail"]
    assert "mlcoach restore" in found["more"][0]
    (used.home / "data" / "backups" / "mlcoach-20261123T190000Z.db").unlink()
    assert examine(used)["database"]["ok"]


def test_broken_settings_are_four_and_everything_else_is_still_looked_at(used: Program):
    used.write("config/config.toml", "goal = 90\ngaol = 3\n")
    found = examine(used, expect=4)
    assert "unknown setting `gaol`" in found["settings"]["detail"]
    assert f"{used.config}:2:1" in found["settings"]["more"]
    assert found["rows"]["ok"]
    used.write("config/config.toml", 'path = "cor"\n')
    assert "no path `cor`" in examine(used, expect=4)["settings"]["detail"]
    change(used, "UPDATE day SET seconds = 1")
    examine(used, expect=5)


def test_the_curriculum_is_looked_at_and_a_broken_file_is_four(used: Program):
    assert "14 units" in examine(used)["curriculum"]["detail"]
    used.write("config/curriculum/mine.toml", "schema = 1\nid = \n")
    found = examine(used, expect=4)
    assert "mine.toml:2" in found["curriculum"]["more"][0]


def test_progress_of_what_is_gone_is_kept_and_counted(used: Program):
    used.write("config/curriculum/mine.toml", MINE)
    used("log 5m own.tensors.first")
    used("grade own.tensors.first/one good")
    assert examine(used)["orphans"]["level"] == "good"
    (used.home / "config" / "curriculum" / "mine.toml").unlink()
    found = examine(used)["orphans"]
    assert found["level"] == "advice"
    assert found["detail"] == "1 card or exercise and 1 unit with progress, gone from the curriculum"
    assert found["more"][:2] == ["own.tensors.first/one", "own.tensors.first"]


def test_a_clock_behind_the_last_entry_is_reported(used: Program):
    used.later(days=-3)
    found = examine(used)["clock"]
    assert found["level"] == "advice"
    assert "3 days later" in found["detail"]


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_database_that_others_can_read_is_reported(used: Program):
    assert examine(used)["mode"]["level"] == "good"
    (used.home / "data" / "mlcoach.db").chmod(0o644)
    found = examine(used)["mode"]
    assert (found["level"], "chmod 600" in found["more"][0]) == ("advice", True)


def test_no_editor_is_worth_a_word(used: Program, tmp_path: Path):
    used.environment = {"PATH": str(tmp_path)}
    assert examine(used)["editor"]["level"] == "advice"


def test_a_terminal_sees_a_bar_and_then_the_findings(used: Program):
    result = used("doctor", tty=80)
    assert "Comparing rows with the journal" in result.err
    assert result.out.endswith("All is well.\n") or "worth a look: editor" in result.out


# Backups --------------------------------------------------------------------------------------------------------


def test_backup_prints_the_path_of_a_copy(used: Program):
    used.later(minutes=5)
    path = Path(used("backup").out.strip())
    assert path == used.home / "data" / "backups" / "mlcoach-20261123T190500Z.db"
    assert path.exists()


def test_without_a_store_there_is_nothing_to_copy_or_restore(mlcoach: Program):
    assert "nothing to copy yet" in mlcoach("backup").out
    assert json.loads(mlcoach("backup --json").out)["data"] == {"path": None}
    assert "No backups yet" in mlcoach("restore").out
    assert mlcoach.files() == set()


def test_restore_lists_what_each_holds(used: Program):
    used.later(days=1)
    used("log 1h")
    listed = json.loads(used("restore --json").out)["data"]["backups"]
    assert [(one["name"], one["last_day"], one["entries"], one["minutes"]) for one in listed] == [
        ("mlcoach-20261124T190000Z", "2026-11-24", 9, 105),
        ("mlcoach-20261123T190000Z", "2026-11-23", 1, 45),
    ]


@pytest.mark.parametrize("damaged", [False, True])
def test_restore_brings_a_backup_back_and_names_what_it_replaced(used: Program, damaged: bool):
    used("log 2h")
    path = used.home / "data" / "mlcoach.db"
    if damaged:
        path.write_bytes(b"not a database " * 500)
    result = used("restore mlcoach-20261123T190000Z --yes")
    kept = used.home / "data" / "backups" / "replaced-20261123T190000Z.db"
    assert str(kept) in result.out
    assert kept.exists()
    assert json.loads(used("status --json").out)["data"]["minutes"]["done"] == 45
    examine(used)
    held = {one["name"]: one["minutes"] for one in json.loads(used("restore --json").out)["data"]["backups"]}
    assert held["replaced-20261123T190000Z"] == (0 if damaged else 165)


def test_restore_asks_first(used: Program):
    assert "--yes" in used("restore mlcoach-20261123T190000Z", expect=2).err
    before = used.files()
    result = used("restore mlcoach-20261123T190000Z", tty=80, stdin="\n")
    assert "Put back mlcoach-20261123T190000Z (1 entry until Mon 23 Nov, 45m)?" in result.err
    assert used.files() == before
    used("restore mlcoach-20261123T190000Z", tty=80, stdin="y\n")
    assert len(used.files()) == len(before) + 1


def test_an_unknown_backup_gets_the_nearest(used: Program):
    assert "did you mean `mlcoach-20261123T190000Z`?" in used("restore mlcoach-20261123T1900 --yes", expect=3).err


MINE = """\
schema = 1
id = "own.tensors"
title = "Tensors"
track = "math"

[[unit]]
id = "first"
title = "First"
why = "because"
hours = 3
lane = "concept"
objectives = ["know one"]
recall = "one"

[[unit.card]]
id = "one"
q = "One?"
a = "One."
"""


def test_entries_of_a_later_release_are_counted_kept_and_taken_back(used: Program):
    future = Path(__file__).parents[2] / "fixtures" / "future.jsonl"
    assert json.loads(used(f"import journal {future} --json").out)["data"]["added"] == 3
    found = examine(used)
    assert found["unread"]["detail"] == (
        "2 entries of kinds this release does not know: they are kept, and read after an update"
    )
    assert found["rows"]["level"] == "good"
    used("doctor --rebuild")
    assert future.read_text(encoding="utf-8") in used("export journal").out
    # The home of a later release that is used with this one again.
    before = json.loads(used("status --json").out)["data"]["minutes"]["done"]
    used("log 25m eigen")
    change(
        used,
        "UPDATE event SET kind = 'future_thing' WHERE kind = 'time_logged' AND number = (SELECT max(number) FROM event)",
        "UPDATE meta SET value = value || ' future_thing' WHERE name = 'vocabulary'",
    )
    assert "the next command reads" in examine(used)["database"]["detail"]
    assert json.loads(used("status --json").out)["data"]["minutes"]["done"] == before
    assert examine(used)["rows"]["level"] == "good"
    said = "an entry of a kind that this release does not know (future_thing)"
    assert said in " ".join(used("undo --list").out.split())
    assert said in " ".join(used("undo").out.split())
    assert said in " ".join(used("redo").out.split())
