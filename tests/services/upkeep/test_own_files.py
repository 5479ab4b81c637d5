"""Files of the learner's are changed by one command at a time, all or nothing, and never over an editor's words."""

import errno
import json
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters import settings_text, whole_file
from mlcoach.adapters.lock import awaited
from mlcoach.domain.events import UnitMarked
from mlcoach.errors import StoreError
from mlcoach.services import files, record
from mlcoach.services.context import Context
from mlcoach.services.upkeep import undo
from tests.conftest import MONDAY, PROGRAM, Program

posix = pytest.mark.skipif(os.name != "posix", reason="rights and kills as POSIX has them")
DEAD = 999_999_999  # a number that no process has


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": MONDAY}, "test")
    yield made
    made.close()


def steps(mlcoach: Program) -> list[str]:
    listed = json.loads(mlcoach("undo --list --json").out)["data"]["steps"]
    return [step["command"] for step in listed]


# Several commands -----------------------------------------------------------------------------------------------


def test_of_settings_that_are_set_at_once_none_is_lost(mlcoach: Program) -> None:
    mlcoach("log 1m")
    wanted = {"goal": 61, "floor": 11, "review_cap": 31, "new_cards": 7}
    environment = {**os.environ, "MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": MONDAY}
    running = [
        subprocess.Popen([*PROGRAM, "config", "set", key, str(value)], env=environment, stdout=subprocess.DEVNULL)
        for key, value in wanted.items()
    ]
    assert [process.wait(60) for process in running] == [0] * len(running)
    shown = json.loads(mlcoach("config show --json").out)["data"]["settings"]
    assert {one["name"]: one["value"] for one in shown} == wanted
    for _ in wanted:
        mlcoach("undo")
    assert not mlcoach.config.exists()


def test_a_command_waits_for_the_files_and_others_do_not(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    mlcoach("log 1m")
    monkeypatch.setattr(files, "awaited", lambda path: awaited(path, 0.05))
    with awaited(mlcoach.home / "data" / files.LOCK):
        assert "wait until it is done" in mlcoach("config set goal 60", expect=5).err
        mlcoach("log 1m")
        mlcoach("today")
    assert not mlcoach.config.exists()


# An editor ------------------------------------------------------------------------------------------------------


def test_what_is_saved_while_a_setting_changes_stays(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    mlcoach.write("config/config.toml", "goal = 90\n")
    changed_text = settings_text.changed_text
    saves = iter(["goal = 90 # saved by hand\nfloor = 15\n"])

    def saved_meanwhile(*arguments: Any) -> str:
        text = changed_text(*arguments)
        for by_hand in saves:
            mlcoach.write("config/config.toml", by_hand)
        return text

    monkeypatch.setattr(settings_text, "changed_text", saved_meanwhile)
    mlcoach("config set cue tea")
    assert mlcoach.config.read_text() == 'goal = 90 # saved by hand\nfloor = 15\ncue = "tea"\n'
    mlcoach("undo")
    assert mlcoach.config.read_text() == "goal = 90 # saved by hand\nfloor = 15\n"


def test_a_file_that_is_saved_again_and_again_is_left_alone(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    changed_text, number = settings_text.changed_text, 0

    def saved_meanwhile(*arguments: Any) -> str:
        nonlocal number
        number += 1
        text = changed_text(*arguments)
        mlcoach.write("config/config.toml", f"goal = {60 + number}\n")
        return text

    monkeypatch.setattr(settings_text, "changed_text", saved_meanwhile)
    error = mlcoach("config set cue tea", expect=2).err
    assert "was changed by another program at the same moment" in error
    assert mlcoach.config.read_text() == f"goal = {60 + files.TRIES}\n"
    assert steps(mlcoach) == []


@posix
def test_settings_changed_while_they_are_edited_are_not_overwritten(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach.write("config/config.toml", "goal = 90\n")
    editor = tmp_path / "editor.sh"
    editor.write_text(f"#!/bin/sh\necho 'floor = 15' >> {mlcoach.config}\necho 'cue = \"tea\"' >> $1\n")
    editor.chmod(0o755)
    mlcoach.environment["VISUAL"] = str(editor)
    error = mlcoach("config edit", tty=200, expect=2).err
    assert "was changed by something else while you edited it" in error
    assert mlcoach.config.read_text() == "goal = 90\nfloor = 15\n"
    kept = Path(error.rpartition("what you wrote is kept in ")[2].strip())
    assert kept.read_text() == 'goal = 90\ncue = "tea"\n'


# A full disk ----------------------------------------------------------------------------------------------------


def test_of_several_files_all_go_back_when_the_last_cannot_be_written(
    context: Context, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, new = (home / "config" / name for name in ("first", "second", "new"))
    first.parent.mkdir()
    first.write_text("1")
    second.write_text("2")
    link = os.link

    def full(source: Path, target: Path) -> None:
        if Path(source).name == "second":
            raise OSError(errno.ENOSPC, "No space left on device")
        link(source, target)

    monkeypatch.setattr(os, "link", full)
    wanted: dict[Path, str | bytes | None] = {first: "one", new: "new", second: "two"}
    with pytest.raises(StoreError, match="cannot write") as caught:
        files.change(context, lambda own: own.write(wanted))
    assert "nothing was changed" in caught.value.hint
    assert (first.read_text(), second.read_text(), new.exists()) == ("1", "2", False)
    assert undo.steps(context).steps == ()


def test_a_way_back_that_fails_too_is_said_and_names_the_copy(
    context: Context, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "config" / "config.toml"
    path.parent.mkdir()
    path.write_text("goal = 90\n")

    def gone(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    def full(*_: object, **__: object) -> None:
        monkeypatch.setattr(Path, "replace", gone)
        raise StoreError("the disk is full", "free some space")

    monkeypatch.setattr(files, "record", full)
    with pytest.raises(StoreError, match="the disk is full") as caught:
        files.write_file(context, path, "goal = 60\n")
    assert "could not be put back" in caught.value.hint
    assert Path(caught.value.hint.rpartition("what it said before is in ")[2]).read_text() == "goal = 90\n"


def test_ctrl_c_behind_the_entry_keeps_the_file_with_it(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(record, "back_up_when_due", interrupted)
    mlcoach("config set goal 60", expect=130)
    monkeypatch.undo()
    assert mlcoach("config get goal").out == "60\n"
    assert steps(mlcoach) == ["config set goal 60"]
    monkeypatch.setattr(record, "back_up_when_due", interrupted)
    mlcoach("undo", expect=130)
    monkeypatch.undo()
    assert not mlcoach.config.exists()
    assert steps(mlcoach) == []


# Kills ----------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The end of a process, of which nothing behind it knows."""


def killed_before_the_entry(mlcoach: Program, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the files as a kill does between file and journal."""

    def kill(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(files, "record", kill)
        patched.setattr(undo, "record", kill)
        patched.setattr(whole_file, "put_back", lambda replaced: True)
        patched.setattr(whole_file, "settle", lambda replaced: None)
        with pytest.raises(Killed):
            mlcoach(line)
    whole_file._in_use.clear()
    for path in mlcoach.home.rglob(".*.old"):
        path.rename(path.with_name(path.name.replace(f".{os.getpid()}-", f".{DEAD}-")))


def test_what_a_kill_left_without_an_entry_is_put_back(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    mlcoach("config set goal 60")
    killed_before_the_entry(mlcoach, "config set floor 15", monkeypatch)
    assert mlcoach.config.read_text().endswith("goal = 60\nfloor = 15\n")
    mlcoach("config set cue tea")
    assert mlcoach.config.read_text().endswith('goal = 60\ncue = "tea"\n')
    mlcoach("undo")
    killed_before_the_entry(mlcoach, "undo", monkeypatch)
    assert not mlcoach.config.exists()
    assert steps(mlcoach) == ["config set goal 60"]
    mlcoach("config set cue tea")
    assert mlcoach.config.read_text().endswith('goal = 60\ncue = "tea"\n')
    mlcoach("undo")
    mlcoach("undo")
    assert mlcoach.files() >= {"data/mlcoach.db"}
    assert not mlcoach.config.exists()
    assert list(mlcoach.home.rglob(".*")) == []


def test_what_was_saved_by_hand_after_a_kill_stays(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    mlcoach("config set goal 60")
    killed_before_the_entry(mlcoach, "config set floor 15", monkeypatch)
    mlcoach.write("config/config.toml", "goal = 60\nfloor = 16\n")
    mlcoach("config set cue tea")
    assert mlcoach.config.read_text() == 'goal = 60\nfloor = 16\ncue = "tea"\n'


@posix
def test_partial_files_of_the_killed_go_when_the_command_runs_again(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 1m")
    for line, folder, name in (
        ("report", "data", "report.html"),
        (f"export journal -o {tmp_path}/out.jsonl", "..", "out.jsonl"),
        ("config set goal 60", "config", "config.toml"),
        ("curriculum new my.other", "config/curriculum", "my-subject.toml"),
        ("config show", "cache", "settings.json"),
        ("backup", "data/backups", "mlcoach-20261123T190000Z.db"),
    ):
        left = (mlcoach.home / folder / f".{name}.{DEAD}.partial").resolve()
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_text("half")
        if line == "config show":  # what it compiled is new then
            mlcoach.write("config/config.toml", "goal = 61\n")
        mlcoach(line)
        assert not left.exists(), line


# Undo of what was edited by hand --------------------------------------------------------------------------------


def test_a_file_edited_by_hand_does_not_stand_in_the_way_of_what_came_before(mlcoach: Program) -> None:
    mlcoach("log 10m")
    mlcoach.later(minutes=1)
    mlcoach("config set floor 15")
    mlcoach.later(minutes=1)
    mlcoach("config set goal 60")
    mlcoach.write("config/config.toml", "goal = 45 # by hand\n")
    error = mlcoach("undo", expect=2).err
    assert "has been changed since, so it was left as it is" in error
    assert "`mlcoach undo 3` takes back what came before it (log 10m)" in " ".join(error.split())
    assert "Took back: log 10m" in mlcoach("undo 3").out
    assert mlcoach.config.read_text() == "goal = 45 # by hand\n"
    assert "takes back what came before" not in mlcoach("undo", expect=2).err


def test_of_several_files_those_edited_by_hand_are_kept_and_named(mlcoach: Program, context: Context) -> None:
    first, second = (mlcoach.home / "config" / name for name in ("first", "second"))
    files.change(context, lambda own: own.write({first: "1", second: "2"}))
    first.write_text("by hand")
    result = mlcoach("undo")
    assert "first` has been changed since, so it was left as it is" in result.err
    assert (first.read_text(), second.exists()) == ("by hand", False)
    assert steps(mlcoach) == []


def test_of_several_files_that_were_all_edited_nothing_is_marked_as_taken_back(
    mlcoach: Program, context: Context
) -> None:
    paths = [mlcoach.home / "config" / name for name in ("first", "second")]
    files.change(context, lambda own: own.write(dict.fromkeys(paths, "1")))
    for path in paths:
        path.write_text("by hand")
    mlcoach("undo", expect=2)
    assert len(steps(mlcoach)) == 1


def test_a_step_is_written_whole_or_not_at_all(context: Context, home: Path) -> None:
    body = files.write_file(context, home / "config" / "x.toml", "x = 1\n", (UnitMarked("math.la.eigen", "skipped"),))
    assert body is not None
    assert [len(step.summary.split("; ")) for step in undo.steps(context).steps] == [2]
    assert context.store.file_digest("config/x.toml") == body.digest_after
    undo.undo(context)
    assert context.store.file_digest("config/x.toml") == ""
    assert context.store.file_digest("config/y.toml") is None


# Rights ---------------------------------------------------------------------------------------------------------


@posix
def test_what_others_could_read_is_tightened_when_it_is_written(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("paper add 1706.03762")
    mlcoach("cards new eigen -q 'What?' -a 'That.'")
    mlcoach("config set goal 60")
    mlcoach("report")
    mlcoach(f"export journal -o {tmp_path}/out.jsonl")
    opened = [path for path in mlcoach.home.rglob("*") if path.relative_to(mlcoach.home).parts[0] != "cache"]
    for path in [*opened, tmp_path / "out.jsonl"]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    tmp_path.chmod(0o755)
    for line in ("cards new eigen -q 'Who?' -a 'She.'", "config set goal 61", "report", "backup"):
        mlcoach(line)
    mlcoach(f"export journal -o {tmp_path}/out.jsonl")
    kept = [path for path in opened if "files" not in path.parts[-2:]]  # copies are never written again
    loose = [str(path) for path in [*kept, tmp_path / "out.jsonl"] if path.exists() and path.stat().st_mode & 0o077]
    assert loose == []
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755, "a folder of others is not ours to close"
