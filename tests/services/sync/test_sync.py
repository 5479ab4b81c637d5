"""Two homes and a place as people use them: what is carried, what is said, and what of bad input is left out."""

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from mlcoach.adapters import settings
from mlcoach.adapters.sync.sealing import new_key
from tests.conftest import Compiled, Program
from tests.services.sync.homes import key_of
from tests.services.sync.lives import Life
from tests.services.sync.memory_place import Killed, steps_counted

posix = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "Sync" / "mlcoach"


@pytest.fixture
def pair(machine: Callable[[str], Program], place: Path) -> tuple[Program, Program]:
    """Two machines that share a place; the first has an entry and a setting."""
    laptop, desktop = machine("laptop"), machine("desktop")
    laptop("log 45m vectors")
    laptop("config set goal 90")
    laptop(f"sync init {place}")
    desktop(f"sync join {place}", stdin=key_of(laptop))
    return laptop, desktop


def data(program: Program, line: str, code: int = 0) -> dict:
    return dict(json.loads(program(f"{line} --json", expect=code).out)["data"])


def reasons(program: Program, code: int = 7) -> list[str]:
    return [f"{left['what']}: {left['reason']}" for left in data(program, "sync", code)["left_out"]]


def segments(place: Path) -> list[Path]:
    return sorted((place / "journal").rglob("*.age"))


def test_what_does_not_come_along_is_said(machine: Callable[[str], Program], place: Path) -> None:
    laptop, desktop = machine("laptop"), machine("desktop")
    laptop("log 45m vectors")
    (laptop.home / "work").mkdir()
    (laptop.home / "work" / "mine.py").write_text("x = 1\n", encoding="utf-8")
    made = laptop(f"sync init {place}").out
    joined = desktop(f"sync join {place}", stdin=key_of(laptop)).out
    for program, shown in ((laptop, made), (desktop, joined)):
        work = str(program.home / "work")
        assert f":\n  {work}\n" in shown
        status = program("sync status").out
        assert f"work   {work}\n" in status and "your exercises stay here" in status
        assert {"name": "work", "path": work, "exists": program is laptop} in data(program, "config path")["places"]
    assert "Not carried is what you write in exercises; take the folder along yourself:" in made
    assert "copy the folder `work` that `mlcoach config path` names on the other machine" in " ".join(joined.split())
    assert not (desktop.home / "work").exists()
    # Of what another machine recorded nothing is undone, and nothing can be here.
    for line in ("undo --list", "undo"):
        shown = " ".join(desktop(line).out.split())
        assert "nothing was recorded on this machine" in shown
        assert "What came by sync is taken back on the machine that recorded it." in shown
    assert "log 45m vectors" in laptop("undo --list").out


def test_a_second_machine_has_all_of_the_first(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    assert desktop("log").out == laptop("log").out
    assert data(desktop, "config get goal")["value"] == 90
    desktop("log 30m vectors")
    assert data(desktop, "sync")["pushed"] == 1
    assert data(laptop, "sync")["pulled"] == 1
    assert laptop("today").out == desktop("today").out
    assert data(laptop, "sync") | {"place": ""} == {
        "place": "", "pushed": 0, "pulled": 0, "left_out": [], "conflicts": [], "files_pushed": [], "files_pulled": [],
        "notes": [], "copies": False,
    }  # fmt: skip
    assert "Nothing new here or there." in laptop("sync").out


def test_what_holds_for_one_machine_stays_there(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop("config set zone Europe/Kyiv")
    laptop("config set floor 15")
    desktop("config set editor ed")
    for program in (laptop, desktop, laptop, desktop):
        program("sync")
    text = laptop.config.read_text(), desktop.config.read_text()
    assert ["zone" in one for one in text] == [True, False]
    assert ["editor" in one for one in text] == [False, True]
    assert all("floor = 15" in one for one in text)
    for program in (laptop, desktop):
        assert data(program, "sync")["files_pushed"] == data(program, "sync")["files_pulled"] == []


def test_undo_takes_back_what_was_done_here_and_never_a_sync(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    desktop("log 30m vectors")
    laptop("log 10m vectors")
    laptop("config set floor 15")
    laptop("sync")
    desktop("sync")
    assert "30m" in desktop("undo").out
    desktop("sync")
    laptop("sync")
    assert laptop("log").out == desktop("log").out
    assert "floor = 15" in desktop.config.read_text()


def test_a_conflict_keeps_both_and_is_named_until_it_is_settled(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop("config set cue 'after dinner'")
    desktop("config set cue 'after lunch'")
    laptop("sync")
    found = data(desktop, "sync")["conflicts"]
    assert [(one["file"], one["about"]) for one in found] == [("config/config.toml", ["cue"])]
    laptop("sync")
    for program in pair:
        copy = program.home / found[0]["kept"]
        both = program.config.read_text() + copy.read_text()
        assert "after dinner" in both
        assert "after lunch" in both
        assert str(copy) in program("sync status").out
    assert str(laptop.home / found[0]["kept"]) in laptop("doctor").out
    (laptop.home / found[0]["kept"]).unlink()
    laptop("sync")
    desktop("sync")
    assert "to settle" not in desktop("doctor").out
    for program in pair:
        assert not list((program.home / "config").rglob("*.conflict-*"))


def test_a_home_that_was_copied_is_joined(machine: Callable[[str], Program], place: Path) -> None:
    laptop = machine("laptop")
    laptop("log 45m vectors")
    laptop(f"sync init {place}")
    copied = Program(laptop.home.with_name("desktop"))
    shutil.copytree(laptop.home, copied.home)
    copied.environment["MLCOACH_MACHINE"] = "desktop"
    laptop("log 10m vectors")
    assert "device name of its own" in copied("log 20m vectors").err
    for program in (laptop, copied, laptop):
        program("sync")
    assert laptop("log").out == copied("log").out
    assert len({path.parent for path in segments(place)}) == 2


def test_files_that_are_all_gone_come_back_and_one_that_is_deleted_goes(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop.write("data/notes/thoughts.md", "a thought\n")
    laptop("sync")
    desktop("sync")
    (desktop.home / "data/notes/thoughts.md").unlink()
    desktop("sync")
    laptop("sync")
    assert not (laptop.home / "data/notes/thoughts.md").exists()
    laptop.write("data/notes/another.md", "another\n")
    laptop("sync")
    desktop("sync")
    shutil.rmtree(desktop.home / "config")
    shutil.rmtree(desktop.home / "data" / "notes")
    assert "brought back" in desktop("sync").out
    assert (desktop.home / "data/notes/another.md").read_text() == "another\n"


def test_a_key_that_was_copied_as_two_lines_is_read_on_until_it_is_whole(
    machine: Callable[[str], Program], place: Path
) -> None:
    laptop, desktop = machine("laptop"), machine("desktop")
    laptop(f"sync init {place}")
    key = key_of(laptop).strip().splitlines()[-1]
    shown = desktop(f"sync join {place}", stdin=f"{key[:40]}\n{key[40:]}\n", tty=40)
    assert "Joined" in shown.out and key[40:] not in shown.screen


# Bad input, one sentence each ------------------------------------------------------------------------------------


def test_a_wrong_key_is_said_before_anything_is_written(pair: tuple[Program, Program], machine, place: Path) -> None:  # type: ignore[no-untyped-def]
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    third = machine("third")
    third("log 5m vectors")
    shown = third(f"sync join {place}", stdin=new_key().text, expect=2).err
    typed = third(f"sync join {place}", stdin="nonsense\n" * 3, tty=80, expect=2).err
    assert (
        typed.count("The key, as `sync init` showed it") == 3
        and typed.count("that is not a key: it does not begin with AGE-SECRET-KEY-1") == 3
    )
    assert "that is not the key of the place" in shown
    short = third(f"sync join {place}", stdin="AGE-SECRET-KEY-1XYZ", expect=2).err
    assert "that is not a key: it has 19 of its 74 characters" in short and "XYZ" not in short
    part = third(f"sync join {place}", stdin="AGE-SECRET-KEY-1XYZ\n\n" * 3, tty=80, expect=2).err
    assert part.count("55 more characters of it") == 3
    assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert not (third.home / "data" / "sync").exists()
    (third.home / "key").write_text(key_of(pair[0]))
    third(f"sync join {place} --key-file {third.home / 'key'}")


def test_a_key_that_changed_is_refused_and_joined_again(pair: tuple[Program, Program], place: Path) -> None:
    laptop, desktop = pair
    shutil.rmtree(place)
    shutil.rmtree(desktop.home / "data" / "sync")
    desktop(f"sync init {place}")
    laptop("log 5m vectors")
    assert "has another key than the one kept here" in laptop("sync", expect=4).err
    laptop(f"sync join {place}", stdin=key_of(desktop))
    desktop("sync")
    assert desktop("log").out == laptop("log").out


def test_a_second_init_is_refused_and_joining_offered(pair: tuple[Program, Program], machine, place: Path) -> None:  # type: ignore[no-untyped-def]
    assert f"mlcoach sync join {place}" in machine("third")(f"sync init {place}", expect=2).err
    (place / "format.sync-conflict-20261201-101112-ABCDEFG.toml").write_text('version = 1\nkey = "x"\n')
    assert "two machines ran `sync init`" in data(pair[0], "sync")["notes"][0]


def test_a_place_of_a_newer_version_is_left_alone(pair: tuple[Program, Program], place: Path) -> None:
    (place / "format.toml").write_text('version = 2\nkey = "x"\n')
    assert "was made by a newer mlcoach" in pair[0]("sync", expect=5).err
    (place / "format.toml").write_text("vers")
    assert "cannot be read" in pair[0]("sync", expect=4).err
    (place / "format.toml").unlink()
    assert "there is no mlcoach place" in pair[0]("sync", expect=3).err
    shutil.rmtree(place)
    assert "cannot read the place" in pair[0]("sync", expect=6).err


def test_a_torn_file_is_named_and_nothing_behind_it_is_used(pair: tuple[Program, Program], place: Path) -> None:
    laptop, desktop = pair
    whole = {}
    for minutes in (5, 6, 7):
        before = set(segments(place))
        laptop(f"log {minutes}m vectors")
        laptop("sync")
        whole[minutes] = (set(segments(place)) - before).pop()
    kept = whole[6].read_bytes()
    whole[6].write_bytes(kept[:100])
    found = reasons(desktop)
    assert any("torn" in one for one in found)
    assert any("missing in the place; these are used once they come" in one for one in found)
    assert "5m" in desktop("log").out
    assert "7m" not in desktop("log").out
    whole[6].unlink()
    assert len(reasons(desktop)) == 1
    # The machine that wrote it puts it again.
    laptop("sync")
    assert data(desktop, "sync")["left_out"] == []
    assert desktop("log").out == laptop("log").out
    whole[7].write_bytes(b"torn")
    assert "whole again" in laptop("sync").out


def test_a_torn_version_of_a_file_is_put_again_by_the_machine_that_has_it(
    pair: tuple[Program, Program], place: Path
) -> None:
    laptop, desktop = pair
    before = set((place / "files").iterdir())
    laptop.write("data/notes/thoughts.md", "a thought\n")
    laptop("sync")
    torn = (set((place / "files").iterdir()) - before).pop()
    torn.write_bytes(torn.read_bytes()[:90])
    assert any("torn" in one for one in reasons(desktop))
    assert not (desktop.home / "data/notes/thoughts.md").exists()
    assert "whole again" in data(laptop, "sync")["notes"][0]
    assert data(desktop, "sync")["left_out"] == []
    assert (desktop.home / "data/notes/thoughts.md").read_text() == "a thought\n"


def test_foreign_files_are_left_alone_and_conflict_copies_are_understood(
    pair: tuple[Program, Program], place: Path
) -> None:
    laptop, desktop = pair
    (place / "holiday.jpg").write_bytes(b"x")
    laptop("log 5m vectors")
    laptop("sync")
    new = segments(place)[-1]
    new.rename(new.with_name(new.name.replace(".jsonl", ".sync-conflict-20261201-101112-ABCDEFG.jsonl")))
    shown = data(desktop, "sync")
    assert shown["pulled"] == 1
    assert any("holiday.jpg" in note for note in shown["notes"])


def test_entries_from_the_future_wait(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop.later(days=400)
    laptop("log 5m vectors")
    laptop("sync")
    assert any("a time still to come" in one for one in reasons(desktop))
    desktop.later(days=400)
    assert data(desktop, "sync")["left_out"] == []


def test_settings_of_a_newer_release_are_not_taken(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop.config.write_text(laptop.config.read_text() + "from_the_future = 1\n")
    with pytest.MonkeyPatch.context() as newer:
        known = settings.Setting("from_the_future", 0, "", "", lambda value: "")
        newer.setattr(settings, "_BY_NAME", {**settings._BY_NAME, "from_the_future": known})
        laptop("sync")
    assert any("unknown setting `from_the_future`" in one for one in reasons(desktop))
    assert "goal = 90" in desktop.config.read_text()


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="the other kind of test needs no root")
def test_a_full_place_is_said_and_nothing_is_lost(
    pair: tuple[Program, Program], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mlcoach.adapters import whole_file

    laptop, desktop = pair
    desktop("log 7m vectors")
    desktop("sync")
    laptop("log 5m vectors")

    def full(partial: Path, *_: object) -> None:
        if place in partial.parents:
            raise OSError(28, "No space left on device")
        real(partial, *_)  # type: ignore[arg-type]

    real = whole_file._write
    monkeypatch.setattr(whole_file, "_write", full)
    assert any("No space left on device" in one for one in reasons(laptop))
    assert "7m" in laptop("log").out
    monkeypatch.setattr(whole_file, "_write", real)
    assert data(laptop, "sync")["pushed"] == 1


def test_two_devices_of_one_name_are_named_and_joined_when_asked(machine, place: Path) -> None:  # type: ignore[no-untyped-def]
    laptop = machine("")
    laptop("log 45m vectors")
    laptop(f"sync init {place}")
    twin = Program(laptop.home.with_name("twin"))
    shutil.copytree(laptop.home, twin.home)
    twin.environment["MLCOACH_MACHINE"] = ""
    # No machine id, and the learner said that it is not a copy.
    for program, minutes in ((laptop, 5), (twin, 6)):
        program(f"log {minutes}m vectors", tty=80, stdin="n\n")
    laptop("sync")
    assert any("a copy of this home" in one for one in reasons(twin))
    twin("sync --join-copies")
    for _ in range(2):
        laptop("sync --join-copies", expect=None)
        twin("sync --join-copies", expect=None)
    assert laptop("log").out == twin("log").out
    assert data(laptop, "sync")["left_out"] == data(twin, "sync")["left_out"] == []


def test_without_a_place_it_says_how_to_make_one(mlcoach: Program) -> None:
    assert "mlcoach sync init FOLDER" in mlcoach("sync", expect=3).err
    assert "There is no place yet." in mlcoach("sync status").out
    assert mlcoach.files() == set()
    for bad in ("ftp://bucket/x", "-x", f"{mlcoach.home}/data/place", str(mlcoach.home)):
        mlcoach(f"sync init -- {bad}", expect=2)
    assert mlcoach.files() == set()


@posix
def test_key_and_what_lies_in_the_place_are_private(pair: tuple[Program, Program], place: Path) -> None:
    for path in (pair[0].home / "data" / "sync" / "key.txt", *segments(place)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_month_later_the_device_puts_its_segments_together(pair: tuple[Program, Program], place: Path) -> None:
    laptop, desktop = pair
    for _ in range(3):
        laptop("log 5m vectors")
        laptop("sync")
    assert len(segments(place)) == 4
    desktop("sync")
    laptop.later(days=31)
    desktop.later(days=31)
    laptop("log 5m vectors")
    laptop("sync")
    assert len(segments(place)) == 2
    assert data(desktop, "sync")["pulled"] == 3  # the entry, and the frame of its day
    assert data(laptop, "sync")["left_out"] == []


# Histories ---------------------------------------------------------------------------------------------------------


def lived(folder: Path, compiled: Compiled, seed: int, kind: str = "memory", actions: int = 0) -> Life:
    life = Life(folder, compiled, seed, kind)
    life.live(actions or life.random.randint(10, 40))
    life.settle()
    return life


@pytest.mark.parametrize("seed", [5])
def test_a_few_short_histories_end_alike(tmp_path: Path, compiled_cache: Compiled, seed: int) -> None:
    life = Life(tmp_path, compiled_cache, seed)
    life.live(10)
    life.converge()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_three_devices_that_live_at_random_come_to_agree(tmp_path: Path, compiled_cache: Compiled, seed: int) -> None:
    lived(tmp_path, compiled_cache, seed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["folder", "git"])
@pytest.mark.parametrize("seed", range(1000, 1003))
def test_they_agree_over_real_places_too(tmp_path: Path, compiled_cache: Compiled, kind: str, seed: int) -> None:
    lived(tmp_path, compiled_cache, seed, kind)


@pytest.mark.slow
def test_a_kill_at_every_single_step_loses_nothing(tmp_path: Path, compiled_cache: Compiled) -> None:
    """One exchange with something of everything in it, killed at each of its steps, and then done again."""
    life = Life(tmp_path, compiled_cache, 7)
    assert life.memory is not None
    device, other = life.devices[:2]
    for number, one in enumerate((other, device)):
        one("log 20m vectors", life.tick())
        one(f"config set cue tok700{number}x", life.tick())
        one.program.write("data/notes/papers/thoughts.md", f"of {one.home.name}, tok701{number}x\n")
    life.keep()
    life.exchange(other)
    whole = tmp_path.with_name("whole")
    shutil.copytree(tmp_path, whole)
    blobs, kept, began, known = dict(life.memory.blobs), device.entries(), life.now, dict(life.acknowledged)
    step, killed = 0, True
    while killed:
        shutil.rmtree(tmp_path)
        shutil.copytree(whole, tmp_path)
        life.memory.blobs.clear()
        life.memory.blobs.update(blobs)
        life.acknowledged, life.now = dict(known), began
        life.steps.left = step
        try:
            with steps_counted(life.steps, life.memory):
                device("sync", life.tick(), expect=None)
            killed = False
        except Killed:
            step += 1
        life.steps.left = -1
        assert kept <= device.entries()
        life.converge()
        assert {"tok7000x", "tok7001x", "tok7010x", "tok7011x"} <= device.tokens()
    life.compare()
    assert step > 20
