"""The device belongs to the machine: copies are noticed once, before their first write, and never write under one name.

Machines are named by MLCOACH_MACHINE; "" is one without an id.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters import machine
from mlcoach.adapters.machine import machine_id, read_id
from tests.conftest import PROGRAM, Program

COPIED = "this home was copied, moved or carried"


def devices(mlcoach: Program) -> list[str]:
    """Return the device of each entry of time, in the order in which they were written here."""
    connection = sqlite3.connect(mlcoach.home / "data" / "mlcoach.db")
    found = connection.execute("SELECT device FROM event WHERE kind = 'time_logged' ORDER BY number").fetchall()
    connection.close()
    return [device for (device,) in found]


def on(mlcoach: Program, name: str) -> Program:
    mlcoach.environment["MLCOACH_MACHINE"] = name
    return mlcoach


def copied(mlcoach: Program, home: Path) -> Program:
    """Return the program in a copy of its home, some minutes later."""
    copy = Program(Path(shutil.copytree(mlcoach.home, home)))
    copy.now = mlcoach.now
    copy.environment = dict(mlcoach.environment)
    return copy.later(minutes=5)


def minutes(mlcoach: Program) -> int:
    return int(json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"])


def exchange(one: Program, other: Program, folder: Path) -> list[int]:
    """Let each import the journal of the other, and return the exit codes."""
    codes = []
    for source, target in ((one, other), (other, one), (one, other)):
        source(f"export journal -o {folder}/journal.jsonl")
        codes.append(target(f"import journal {folder}/journal.jsonl", expect=None).code)
    return codes


@pytest.mark.parametrize("where", ["another machine", "the machine of the tests"])
def test_two_copies_of_a_home_are_joined_without_loss(mlcoach: Program, tmp_path: Path, where: str) -> None:
    mlcoach("log 10m")
    copy = on(copied(mlcoach, tmp_path / "copy"), where)
    assert COPIED in copy("log 20m").err
    assert copy("log 5m").err == "", "told once"
    mlcoach.later(minutes=5)
    assert mlcoach("log 30m").err == "", "the original is no copy"
    assert exchange(mlcoach, copy, tmp_path) == [0, 0, 0]
    assert minutes(mlcoach) == minutes(copy) == 65
    assert mlcoach("log").out == copy("log").out


def test_doctor_says_that_a_home_was_copied_until_it_is_written_to(mlcoach: Program, tmp_path: Path) -> None:
    def found(program: Program) -> set[str]:
        said = json.loads(program("doctor --json").out)["data"]
        assert said["ok"]
        return {check["name"] for check in said["checks"] if check["level"] == "advice"}

    mlcoach("log 10m")
    copy = on(copied(mlcoach, tmp_path / "copy"), "another machine")
    assert "device" in found(copy)
    copy("log 1m")
    assert "device" not in found(copy) | found(mlcoach)


@pytest.mark.slow
def test_of_several_processes_in_a_copy_one_gives_it_its_name(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 10m")
    copy = copied(mlcoach, tmp_path / "copy")
    environment = {
        **os.environ, "MLCOACH_HOME": str(copy.home), "MLCOACH_NOW": copy.now.isoformat(), "MLCOACH_MACHINE": "lap"
    }  # fmt: skip
    running = [
        subprocess.Popen([*PROGRAM, "log", "1m"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in running:
        process.communicate(timeout=60)
        assert process.returncode == 0
    first, *rest = devices(copy)
    assert len(rest) == 4
    assert len(set(rest)) == 1
    assert first != rest[0]


def test_a_copy_undoes_what_was_written_before_it_was_made(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 10m")
    mlcoach("log 20m")
    copy = on(copied(mlcoach, tmp_path / "copy"), "another machine")
    copy("undo")
    assert minutes(copy) == 10
    copy("undo")
    copy("redo")
    assert minutes(copy) == 10
    copy("redo")
    assert minutes(copy) == minutes(mlcoach) == 30
    copy("undo")
    assert exchange(mlcoach, copy, tmp_path) == [0, 0, 0]
    assert minutes(mlcoach) == 10


def test_a_machine_seen_before_gets_its_device_back(mlcoach: Program) -> None:
    for name in ("desk", "lap", "desk", "lap"):
        on(mlcoach, name)("log 1m")
    desk, lap, *rest = devices(mlcoach)
    assert desk != lap
    assert rest == [desk, lap]
    for left in (3, 2, 1, 0):
        mlcoach("undo")
        assert minutes(mlcoach) == left


def test_a_home_that_was_moved_on_one_machine_is_the_same(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 1m")
    shutil.move(mlcoach.home, tmp_path / "moved")
    mlcoach.home = tmp_path / "moved"
    assert mlcoach("log 1m").err == ""
    assert len(set(devices(mlcoach))) == 1
    # What then comes to stand where it was is a copy.
    copy = copied(mlcoach, tmp_path / "home")
    assert COPIED in copy("log 1m").err
    assert len(set(devices(copy))) == 2


def test_only_a_keyed_hash_of_the_machine_is_kept(mlcoach: Program, tmp_path: Path) -> None:
    on(mlcoach, "3d1219c7c4c5404aaa1f6d2a48adfda4")("log 1m")
    other = Program(tmp_path / "other")
    on(other, "3d1219c7c4c5404aaa1f6d2a48adfda4")("log 1m")
    kept = []
    for program in (mlcoach, other):
        connection = sqlite3.connect(program.home / "data" / "mlcoach.db")
        meta = dict(connection.execute("SELECT name, value FROM meta"))
        connection.close()
        assert "3d1219c7" not in json.dumps(meta)
        assert str(program.home) not in json.dumps(meta)
        kept.append(json.loads(meta["home"])[0])
    assert kept[0] != kept[1], "two homes on one machine do not tell that they are"
    assert "3d1219c7" not in mlcoach("export journal").out


def test_a_restored_backup_is_no_copy_and_reuses_no_number(mlcoach: Program) -> None:
    mlcoach("log 10m")
    name = Path(mlcoach("backup").out.strip()).stem
    mlcoach("log 20m")
    mlcoach(f"restore {name} --yes")
    assert mlcoach("log 5m").err == ""
    assert len(set(devices(mlcoach))) == 2
    mlcoach("undo")
    mlcoach("undo")
    assert minutes(mlcoach) == 0, "what was written before the restore is still ours to take back"
    assert mlcoach("log 1m").err == ""


def test_a_backup_from_before_the_copy_is_no_copy_either(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 10m")
    name = Path(mlcoach("backup").out.strip()).stem
    copy = on(copied(mlcoach, tmp_path / "copy"), "another machine")
    assert COPIED in copy("log 20m").err
    copy(f"restore {name} --yes")
    assert copy("log 5m").err == ""
    mlcoach("log 30m")
    assert exchange(mlcoach, copy, tmp_path) == [0, 0, 0]
    assert minutes(mlcoach) == minutes(copy) == 45
    # What was replaced can be joined as well: its entries have names of their own.
    replaced = next(found for found in copy.files() if "replaced-" in found)
    assert "30m" in copy(f"restore {Path(replaced).stem} --yes").out
    assert copy("log 1m").err == ""
    assert exchange(mlcoach, copy, tmp_path) == [0, 0, 0]
    assert minutes(mlcoach) == minutes(copy) == 66


def test_a_backup_put_back_by_hand_reuses_no_number(mlcoach: Program) -> None:
    mlcoach("log 10m")
    first = Path(mlcoach("backup").out.strip())
    mlcoach.later(minutes=40)
    mlcoach("log 20m")  # makes another backup
    shutil.copy(first, mlcoach.home / "data" / "copied.db")
    (mlcoach.home / "data" / "copied.db").replace(mlcoach.home / "data" / "mlcoach.db")
    assert mlcoach("log 5m").err == ""
    assert len(set(devices(mlcoach))) == 2


def test_a_home_of_an_earlier_release_keeps_its_device(mlcoach: Program) -> None:
    mlcoach("log 1m")
    connection = sqlite3.connect(mlcoach.home / "data" / "mlcoach.db", isolation_level=None)
    connection.execute("DELETE FROM meta WHERE name IN ('home', 'homes', 'machine_key')")
    connection.close()
    assert mlcoach("log 1m").err == ""
    assert len(set(devices(mlcoach))) == 1


# Machines without an id ----------------------------------------------------------------------------------------------


@pytest.fixture
def nameless(mlcoach: Program, tmp_path: Path) -> Program:
    """A home that was copied, in a container."""
    on(mlcoach, "")("log 1m")
    assert mlcoach("log 1m").err == ""
    return copied(mlcoach, tmp_path / "copy")


def test_without_an_id_and_a_terminal_it_gets_a_name_of_its_own(nameless: Program) -> None:
    assert "no id to tell whether it is a copy" in nameless("log 1m").err
    assert nameless("log 1m").err == ""
    assert len(set(devices(nameless))) == 2


@pytest.mark.parametrize(("answer", "names"), [("y", 2), ("n", 1)])
def test_without_an_id_the_learner_is_asked_once(nameless: Program, tmp_path: Path, answer: str, names: int) -> None:
    said = nameless("log 1m", stdin=f"{answer}\n", tty=80).err
    assert "Is it a copy, with the original still in use? (y/n)" in " ".join(said.split())
    assert "Is it a copy" not in nameless("log 1m", stdin="", tty=80).err
    assert len(set(devices(nameless))) == names
    if answer == "n":  # a home that is carried around; nobody is asked at the next machine
        again = copied(nameless, tmp_path / "again")
        assert "copy" not in again("log 1m", stdin="", tty=80).err
        assert len(set(devices(again))) == 1


def test_reading_asks_and_changes_nothing(nameless: Program) -> None:
    before = (nameless.home / "data" / "mlcoach.db").read_bytes()
    for line in ("today", "log", "status", "doctor"):
        assert "copy" not in nameless(line, stdin="", tty=80).err
    assert (nameless.home / "data" / "mlcoach.db").read_bytes() == before


# Homes that forked under an earlier release --------------------------------------------------------------------------


@pytest.fixture
def forked(mlcoach: Program, tmp_path: Path) -> tuple[Program, Program]:
    """Two homes that went on under one name, as earlier releases let them."""
    mlcoach("log 10m")
    other = copied(mlcoach, tmp_path / "other")
    for program in (mlcoach, other):
        connection = sqlite3.connect(program.home / "data" / "mlcoach.db", isolation_level=None)
        connection.execute("DELETE FROM meta WHERE name IN ('home', 'homes', 'machine_key')")
        connection.close()
    mlcoach.later(minutes=1)
    mlcoach("log 20m")
    other("log 30m")
    other("log 1m")
    return mlcoach, other


def test_homes_that_forked_are_refused_with_a_true_sentence_and_exit_7(
    forked: tuple[Program, Program], tmp_path: Path
) -> None:
    one, other = forked
    other(f"export journal -o {tmp_path}/other.jsonl")
    said = one(f"import journal {tmp_path}/other.jsonl", expect=7)
    assert "Nothing joined: 2 lines of 5 cannot be joined." in said.out
    assert "left out 2 × an entry of a copy of this home, which went on under the same name" in said.out
    assert "--join-copies" in said.out
    assert "your journal has all" not in said.out
    assert minutes(one) == 30


@pytest.mark.parametrize("how", ["asked", "told"])
def test_homes_that_forked_are_joined_with_nothing_dropped(
    forked: tuple[Program, Program], tmp_path: Path, how: str
) -> None:
    one, other = forked

    def bring(source: Program, target: Program) -> Any:
        source(f"export journal -o {tmp_path}/journal.jsonl")
        if how == "told":
            return target(f"import journal {tmp_path}/journal.jsonl --join-copies")
        return target(f"import journal {tmp_path}/journal.jsonl", stdin="y\n", tty=80)

    for source, target in ((other, one), (one, other), (other, one), (one, other)):
        said = bring(source, target)
    if how == "asked":
        assert "entries" not in said.err, "nobody is asked again"
    assert minutes(one) == minutes(other) == 61
    assert one("log").out == other("log").out
    for program in (one, other):
        assert json.loads(program("doctor --json", expect=None).out)["data"]["ok"]
        program("log 1m")
    for source, target in ((other, one), (one, other)):
        source(f"export journal -o {tmp_path}/journal.jsonl")
        target(f"import journal {tmp_path}/journal.jsonl")
    assert minutes(one) == minutes(other) == 63


def test_the_question_about_a_fork_names_both_sides(forked: tuple[Program, Program], tmp_path: Path) -> None:
    one, other = forked
    other(f"export journal -o {tmp_path}/other.jsonl")
    said = one(f"import journal {tmp_path}/other.jsonl", stdin="n\n", tty=80, expect=7)
    assert "Since Mon 23 Nov both wrote under the same name: 1 entry here, 2 entries there." in " ".join(
        said.err.split()
    )
    assert minutes(one) == 30


# The id of a machine -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("3d1219c7c4c5404aaa1f6d2a48adfda4\n", "3d1219c7c4c5404aaa1f6d2a48adfda4"),
        ("uninitialized\n", ""), ("", ""), ("0" * 32, ""), ("\xff" * 32, ""), ("3d12", ""),
    ],
)  # fmt: skip
def test_what_is_not_an_id_is_none(tmp_path: Path, text: str, id: str) -> None:
    file = tmp_path / "machine-id"
    file.write_text(text, encoding="latin-1")
    assert read_id(file) == id
    assert read_id(tmp_path / "none") == ""


def test_a_container_has_the_id_of_its_image_which_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, mark = tmp_path / "machine-id", tmp_path / ".dockerenv"
    file.write_text("3d1219c7c4c5404aaa1f6d2a48adfda4\n")
    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.setattr(machine, "_FILES", (tmp_path / "none", file))
    monkeypatch.setattr(machine, "_OF_A_CONTAINER", (mark,))
    assert machine_id({}) == "3d1219c7c4c5404aaa1f6d2a48adfda4"
    assert machine_id({"KUBERNETES_SERVICE_HOST": "10.0.0.1"}) == ""
    assert machine_id({"MLCOACH_MACHINE": "told"}) == "told"
    mark.touch()
    assert machine_id({}) == ""
