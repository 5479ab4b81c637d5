"""Undo and redo as a learner meets them: in words, one command at a time, files included."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.events import FileWritten, TimeLogged
from mlcoach.errors import StoreError
from mlcoach.services import files
from mlcoach.services.context import Context
from mlcoach.services.record import record
from mlcoach.services.upkeep import undo
from tests.conftest import MONDAY, Program


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": MONDAY}, "test")
    yield made
    made.close()


def data(result: Any) -> dict[str, Any]:
    return dict(json.loads(result.out)["data"])


def minutes(mlcoach: Program) -> int:
    return int(data(mlcoach("status --json"))["minutes"]["done"])


# Commands -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "command", "said"),
    [
        ([], "log 45m eigen", "45m on Eigenvalues, SVD, PCA, Mon 23 Nov"),
        ([], "log 45m --date fri", "45m, Fri 20 Nov"),
        ([], "start eigen", "a timer on Eigenvalues, SVD, PCA"),
        (["start eigen"], "stop", "1m on Eigenvalues, SVD, PCA, Mon 23 Nov"),
        (["start"], "cancel", "a timer thrown away"),
        ([], "done vectors", "Vectors, matrices, linear maps passed, Mon 23 Nov"),
        ([], "skip vectors", "Vectors, matrices, linear maps skipped, Mon 23 Nov"),
        (["done vectors"], "reopen vectors", "Vectors, matrices, linear maps back to learning, Mon 23 Nov"),
        ([], "rest fri..sun", "rest Fri 27 Nov to Sun 29 Nov"),
        (["rest fri"], "rest fri --clear", "rest taken off Fri 27 Nov"),
        (["log 5m"], "today --replan", "a new plan for Mon 23 Nov"),
        ([], "grade math.la.eigen/eig-def good", "good on math.la.eigen/eig-def, Mon 23 Nov"),
        ([], "paper add 1706.03762", "the paper Attention Is All You Need added"),
        (["paper add 1706.03762"], "paper note 1706.03762 'so it scales'", "a note on Attention Is All You Need"),
        (["paper add 1706.03762"], "paper drop 1706.03762", "the paper Attention Is All You Need dropped"),
        (
            ["paper add 1706.03762"],
            "paper finish 1706.03762 --verdict stop --minutes 10",
            "pass 1 of Attention Is All You Need ended in 10m (stop)",
        ),
        ([], "config set goal 60", "config.toml written"),
        (["config set goal 60"], "config unset goal", "config.toml written"),
        ([], "init --yes --known 'start vectors'", "config.toml written; 4 units marked"),
    ],
)
def test_what_it_takes_back_is_said_in_words_and_is_gone(mlcoach: Program, before: list[str], command: str, said: str):
    for line in before:
        mlcoach(line)
    looks = ["status --json", "log --json"]
    looks += [look for word, look in (("paper", "paper list --json"), ("rest", "rest --json")) if word in command]

    def seen() -> list[str]:
        settings = mlcoach.config.read_text() if mlcoach.config.exists() else ""
        return [settings, *(mlcoach(look).out for look in looks)]

    was = seen()
    mlcoach.later(minutes=1)
    mlcoach(command)
    did = seen()
    mlcoach.later(minutes=-1)
    assert data(mlcoach("undo --json"))["summary"] == said
    assert seen() == was
    assert data(mlcoach("redo --json"))["summary"] == said
    mlcoach.later(minutes=1)
    assert seen() == did


def test_the_document_says_command_instant_and_every_entry(mlcoach: Program):
    mlcoach('log 45m eigen --note "clicked"')
    mlcoach.later(hours=1)
    assert data(mlcoach("undo --json")) | {"summary": ""} == {
        "command": "log 45m eigen --note clicked",
        "at": "2026-11-23T20:00:00+01:00",
        "reverted": [
            {
                "id": data(mlcoach("redo --json"))["reverted"][0]["id"],
                "kind": "time_logged",
                "date": "2026-11-23",
                "text": "45m on Eigenvalues, SVD, PCA, Mon 23 Nov",
            }
        ],
        "summary": "",
    }


def test_undo_goes_back_step_by_step_and_redo_comes_forward_until_something_new(mlcoach: Program):
    for amount in (10, 20, 30):
        mlcoach(f"log {amount}m")
    for left in (30, 10, 0):
        mlcoach("undo")
        assert minutes(mlcoach) == left
    assert "Nothing to take back" in mlcoach("undo").out
    for amount in (10, 30, 60):
        mlcoach("redo")
        assert minutes(mlcoach) == amount
    assert "Nothing to bring back" in mlcoach("redo").out
    mlcoach("undo")
    mlcoach("log 1m")
    assert data(mlcoach("redo --json")) == {"command": None, "at": None, "reverted": [], "summary": ""}
    assert minutes(mlcoach) == 31


def test_one_entry_of_the_list_by_its_number(mlcoach: Program):
    for amount in (10, 20, 30):
        mlcoach(f"log {amount}m")
        mlcoach.later(minutes=1)
    listed = data(mlcoach("undo --list --json"))["steps"]
    assert [(step["n"], step["command"]) for step in listed] == [(1, "log 30m"), (2, "log 20m"), (3, "log 10m")]
    mlcoach("undo 2")
    assert minutes(mlcoach) == 40
    listed = data(mlcoach("undo --list --json"))["steps"]
    assert [step["command"] for step in listed] == ["log 30m", "log 10m"]
    assert len(data(mlcoach("undo --list 1 --json"))["steps"]) == 1
    error = mlcoach("undo 3", expect=3).err
    assert "there is no entry 3 to take back" in error
    for words in ("0", "x", "1.5"):
        mlcoach(f"undo {words}", expect=2)
    assert minutes(mlcoach) == 40


def test_one_entry_by_the_id_that_log_shows(mlcoach: Program):
    for amount in (10, 20, 30):
        mlcoach(f"log {amount}m")
        mlcoach.later(minutes=1)
    listed = mlcoach("log --ids").out.splitlines()
    assert listed[-1] == "Take one back: mlcoach undo ID"
    middle = listed[1].split()[-1]
    assert "Took back: log 20m" in mlcoach(f"undo {middle}").out
    assert minutes(mlcoach) == 40
    error = mlcoach(f"undo {middle}", expect=3).err
    assert f"the entry `{middle}` cannot be taken back here" in error
    assert "it is taken back already" in error
    assert "`mlcoach log` lists them with their ids" in mlcoach("undo nowhere-7", expect=3).err
    mlcoach(f"undo --list {middle}", expect=2)
    mlcoach("redo")
    assert minutes(mlcoach) == 60


def test_many_entries_of_one_command_are_counted(context: Context):
    record(context, *[TimeLogged(60 * number) for number in range(1, 5)])
    assert undo.undo(context).summary == "4 entries of time"


def test_undo_first_thing_in_the_morning_does_not_fix_the_plan_of_the_day(mlcoach: Program):
    mlcoach("done vectors")
    mlcoach.later(days=1)
    mlcoach("undo")
    units = [block["unit"] for block in data(mlcoach("today --json"))["blocks"]]
    assert "math.la.vectors" in units


def test_undo_leaves_the_plan_of_the_day_alone(mlcoach: Program):
    plan = data(mlcoach("today --json"))["blocks"]
    mlcoach("log 45m vectors")
    mlcoach("undo")
    assert data(mlcoach("today --json"))["blocks"] == plan


# Files ----------------------------------------------------------------------------------------------------------


def test_a_file_comes_back_as_it_was_and_goes_again_as_it_was(mlcoach: Program):
    mlcoach.write("config/config.toml", "# mine\ngoal = 90\n")
    mlcoach("config set goal 60")
    mlcoach("config set slot 19:00")
    mlcoach("undo")
    assert mlcoach.config.read_text() == "# mine\ngoal = 60\n"
    mlcoach("undo")
    assert mlcoach.config.read_text() == "# mine\ngoal = 90\n"
    mlcoach("redo")
    mlcoach("redo")
    assert mlcoach.config.read_text() == '# mine\ngoal = 60\nslot = "19:00"\n'


def test_a_file_that_was_not_there_is_removed_again(mlcoach: Program):
    mlcoach("config set goal 60")
    mlcoach("undo")
    assert not mlcoach.config.exists()
    mlcoach("redo")
    assert "goal = 60" in mlcoach.config.read_text()


def test_a_file_changed_since_is_left_as_it_is_and_the_copy_is_named(mlcoach: Program):
    mlcoach.write("config/config.toml", "goal = 90\n")
    mlcoach("config set goal 60")
    mlcoach.write("config/config.toml", "goal = 45 # by hand\n")
    error = mlcoach("undo", expect=2).err
    assert "has been changed since, so it was left as it is" in error
    copy = Path(error.rpartition("the text it would get is in ")[2].strip())
    assert copy.read_text() == "goal = 90\n"
    assert mlcoach.config.read_text() == "goal = 45 # by hand\n"
    # It stands in nobody's way: what came before can be named, and putting the file right lets undo go on.
    assert len(data(mlcoach("undo --list --json"))["steps"]) == 1
    mlcoach.write("config/config.toml", "goal = 60\n")
    mlcoach("undo")
    assert mlcoach.config.read_text() == "goal = 90\n"


def test_an_earlier_change_of_a_file_cannot_be_taken_out_from_under_a_later_one(mlcoach: Program):
    mlcoach("config set goal 60")
    mlcoach("config set slot 19:00")
    assert "has been changed since" in mlcoach("undo 2", expect=2).err
    assert 'slot = "19:00"' in mlcoach.config.read_text()


def test_of_a_command_that_did_more_the_rest_is_taken_back(mlcoach: Program):
    mlcoach("init --yes --known start")
    mlcoach.write("config/config.toml", "goal = 45\n")
    result = mlcoach("undo")
    assert "note:" in result.err
    assert "config.toml` has been changed since" in result.err
    assert mlcoach.config.read_text() == "goal = 45\n"
    shown = data(mlcoach("curriculum show start.why --json"))["unit"]
    assert shown["status"] in ("ready", "")


def test_a_file_put_back_by_hand_is_no_obstacle(mlcoach: Program):
    mlcoach.write("config/config.toml", "goal = 90\n")
    mlcoach("config set goal 60")
    mlcoach.write("config/config.toml", "goal = 90\n")
    mlcoach("undo")
    assert mlcoach.config.read_text() == "goal = 90\n"


def test_a_home_that_moved_keeps_its_undo(mlcoach: Program, tmp_path: Path):
    mlcoach("config set goal 60")
    mlcoach.home = mlcoach.home.rename(tmp_path / "elsewhere")
    mlcoach("undo")
    assert not mlcoach.config.exists()


def test_a_copy_that_is_missing_or_damaged_changes_nothing(mlcoach: Program):
    mlcoach.write("config/config.toml", "goal = 90\n")
    mlcoach("config set goal 60")
    for copy in (mlcoach.home / "data" / "backups" / "files").iterdir():
        copy.write_text("something else")
    assert "is missing or damaged" in mlcoach("undo", expect=5).err
    assert mlcoach.config.read_text() == "goal = 60\n"


class TestWriting:
    def test_it_is_whole_private_and_recorded(self, context: Context, home: Path) -> None:
        path = home / "config" / "curriculum" / "mine.toml"
        body = files.write_file(context, path, "schema = 1\n")
        assert body == FileWritten("config/curriculum/mine.toml", "", files._digest(b"schema = 1\n"))
        assert [file.name for file in path.parent.iterdir()] == ["mine.toml"]
        assert body is not None
        copy = files.copy_of(context, path, body.digest_after)
        assert copy.read_bytes() == b"schema = 1\n"
        if os.name == "posix":
            assert stat.S_IMODE(copy.stat().st_mode) == 0o600

    def test_the_same_text_writes_and_records_nothing(self, context: Context, home: Path) -> None:
        path = home / "config" / "mine.toml"
        files.write_file(context, path, "x = 1\n")
        before = path.stat().st_mtime_ns
        assert files.write_file(context, path, "x = 1\n") is None
        assert path.stat().st_mtime_ns == before
        assert len(undo.steps(context).steps) == 1

    def test_none_removes_a_file_and_undo_brings_it_back(self, context: Context, home: Path) -> None:
        path = home / "config" / "mine.toml"
        files.write_file(context, path, "x = 1\n")
        files.write_file(context, path, None)
        assert not path.exists()
        undo.undo(context)
        assert path.read_text() == "x = 1\n"

    @pytest.mark.skipif(os.name != "posix", reason="rights and links as POSIX has them")
    def test_a_link_stays_one_and_what_others_could_read_is_private_from_then_on(
        self, context: Context, home: Path, tmp_path: Path
    ) -> None:
        real = tmp_path / "dotfiles" / "config.toml"
        real.parent.mkdir()
        real.write_text("goal = 90\n")
        real.chmod(0o640)
        path = home / "config" / "config.toml"
        path.parent.mkdir()
        path.symlink_to(real)
        files.write_file(context, path, "goal = 60\n")
        assert path.is_symlink()
        assert real.read_text() == "goal = 60\n"
        assert stat.S_IMODE(real.stat().st_mode) == 0o600

    def test_when_the_journal_cannot_be_written_the_file_is_as_it_was(
        self, context: Context, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = home / "config" / "config.toml"
        path.parent.mkdir()
        path.write_text("goal = 90\n")

        def full(*_: object, **__: object) -> None:
            raise StoreError("the disk is full")

        monkeypatch.setattr(files, "record", full)
        with pytest.raises(StoreError):
            files.write_file(context, path, "goal = 60\n")
        assert path.read_text() == "goal = 90\n"
        assert [file.name for file in path.parent.iterdir()] == ["config.toml"]
        monkeypatch.undo()
        files.write_file(context, path, "goal = 60\n")
        monkeypatch.setattr(undo, "record", full)
        with pytest.raises(StoreError):
            undo.undo(context)
        assert path.read_text() == "goal = 60\n"

    def test_a_store_that_cannot_be_opened_stops_it_before_anything_is_touched(self, mlcoach: Program) -> None:
        mlcoach.write("data/mlcoach.db", "not a database, but long enough to look like something else" * 20)
        before = mlcoach.files()
        mlcoach("config set goal 60", expect=5)
        assert mlcoach.files() == before

    def test_a_folder_that_cannot_be_written_is_named(self, mlcoach: Program) -> None:
        mlcoach.write("config", "a file where the folder should be")
        assert "cannot write" in mlcoach("config set goal 60", expect=5).err
        assert minutes(mlcoach) == 0
        assert data(mlcoach("undo --list --json"))["steps"] == []
