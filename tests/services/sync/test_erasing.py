"""Words that were erased on one machine go from the others and from the place; old versions of files go as well."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mlcoach.adapters.sync.sealing import read_key
from mlcoach.domain.erasing import BLANK
from tests.conftest import Program
from tests.services.sync.homes import key_of
from tests.services.upkeep.test_erase import holding

SECRET = "xylophone of my neighbour"


@pytest.fixture
def pair(tmp_path: Path, machine: Callable[[str], Program]) -> tuple[Program, Program]:
    """Two machines with a place; the first wrote a private line, and both have it and a backup of it."""
    laptop, desktop = machine("laptop"), machine("desktop")
    laptop(f"log 45m vectors -n '{SECRET}'")
    laptop(f"sync init {tmp_path / 'place'}")
    desktop(f"sync join {tmp_path / 'place'}", stdin=key_of(laptop))
    desktop("backup")
    desktop("log 10m vectors")
    return laptop, desktop


def opened(program: Program) -> dict[str, bytes]:
    """Return what lies in the place, opened with the key of a home."""
    key, place = read_key(key_of(program)), program.home.with_name("place")
    return {path.relative_to(place).as_posix(): key.open(path.read_bytes()) for path in place.rglob("*.age")}


def in_place(program: Program, words: str = SECRET) -> list[str]:
    return [name for name, content in opened(program).items() if words.encode() in content]


def test_words_go_from_every_byte_of_the_other_machine_and_from_the_place(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    assert len(holding(desktop.home)) >= 2
    assert in_place(laptop)
    laptop("undo --erase 1 --yes")
    laptop("sync")
    assert in_place(laptop) == []
    desktop("sync")
    assert holding(laptop.home) == holding(desktop.home) == []
    assert desktop("log").out.count(BLANK) == 1
    laptop("sync")
    for program in (laptop, desktop):
        found = json.loads(program("sync --json").out)["data"]
        assert (found["pushed"], found["pulled"], found["left_out"]) == (0, 0, [])
        assert json.loads(program("doctor --json").out)["data"]["ok"]


def test_a_machine_that_erases_what_another_wrote_takes_it_out_of_the_place(
    pair: tuple[Program, Program], tmp_path: Path, machine: Callable[[str], Program]
) -> None:
    laptop, desktop = pair
    id = next(entry["id"] for entry in json.loads(desktop("log --json").out)["data"]["entries"] if entry["note"])
    desktop(f"undo --erase {id} --yes")
    desktop("sync")
    assert in_place(desktop) == []
    laptop("sync")
    assert holding(laptop.home) == []
    third = machine("third")
    third(f"sync join {tmp_path / 'place'}", stdin=key_of(laptop))
    assert third("log").out == laptop("log").out


def test_a_segment_with_the_words_that_comes_late_does_not_bring_them_back(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    place = laptop.home.with_name("place")
    before = {path: path.read_bytes() for path in (place / "journal").rglob("*.age")}
    laptop("undo --erase 1 --yes")
    laptop("sync")
    desktop("sync")
    for path, content in before.items():
        path.write_bytes(content)
    for program in (desktop, laptop, desktop):
        program("sync")
    assert in_place(laptop) == holding(laptop.home) == holding(desktop.home) == []


def test_a_copy_that_cannot_be_written_is_said_once(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    broken = desktop.home / "data" / "backups" / "mlcoach-20200101T000000Z.db"
    broken.write_bytes(b"no database at all" * 100)
    laptop("undo --erase 1 --yes")
    laptop("sync")
    assert str(broken) in desktop("sync", expect=7).out
    desktop("sync")


def test_what_a_note_said_that_was_erased_goes_from_place_and_copies(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop(f"note open vectors -m '{SECRET}'")
    laptop("sync")
    desktop("sync")
    laptop("undo --erase 1 2 --yes")
    for path in (laptop.home / "data" / "notes").rglob("*.md"):
        path.write_text(path.read_text().replace(SECRET, "rain"))  # the file itself is the learner's
    for program in (laptop, desktop, laptop, laptop):
        program("sync")
    assert in_place(laptop) == holding(laptop.home) == holding(desktop.home) == []


def test_a_journal_that_is_imported_takes_the_words_out_of_backups_too(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop("undo --erase 1 --yes")
    laptop(f"export journal -o {laptop.home / 'mine.jsonl'}")
    desktop(f"import journal {laptop.home / 'mine.jsonl'}")
    assert holding(desktop.home) == []


# Old versions of files -------------------------------------------------------------------------------------------


def write(program: Program, text: str) -> None:
    program.write("data/notes/thoughts.md", text)
    program("sync")


def later(pair: tuple[Program, Program], days: int) -> None:
    for program in pair:
        program.later(days=days)


def files(program: Program) -> set[str]:
    return {name for name in opened(program) if name.startswith("files/")}


def test_old_versions_go_in_two_steps_and_their_history_stays(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    for number in range(6):
        write(laptop, f"thought {number}\n")
    desktop("sync")
    assert len(files(laptop)) == 6
    later(pair, 91)
    laptop("sync")
    assert len(files(laptop)) == 7  # what goes is written down first
    laptop("sync")
    assert len(files(laptop)) == 7
    later(pair, 31)
    laptop("sync")
    left = {name for name in files(laptop) if "history" not in name}
    assert sorted(opened(laptop)[name].rpartition(b"\n")[0][-9:] for name in left) == [b"thought 4", b"thought 5"]
    # A machine that was away for all of it has the first version; nothing is in conflict.
    write(desktop, "thought 6\n")
    laptop("sync")
    assert (laptop.home / "data/notes/thoughts.md").read_text() == "thought 6\n"
    assert "to settle" not in laptop("doctor").out


@pytest.mark.parametrize("changed", [False, True])
def test_a_machine_that_comes_back_after_a_year_loses_nothing(
    pair: tuple[Program, Program], monkeypatch: pytest.MonkeyPatch, changed: bool
) -> None:
    laptop, desktop = pair
    write(laptop, "thought 0\n")
    desktop("sync")
    for number in range(1, 5):
        write(laptop, f"thought {number}\n")
    for _ in range(3):
        later(pair, 120)
        laptop("sync")
    assert sum("history" not in name for name in files(laptop)) == 2
    if changed:
        desktop.write("data/notes/thoughts.md", "thought 0, and a train\n")
    for path in (desktop.home / "cache").glob("sync-*.json"):
        path.unlink()
    desktop("sync")
    laptop("sync")
    for program in pair:
        notes = {path.name: path.read_text() for path in (program.home / "data/notes").iterdir()}
        if changed:
            assert set(notes.values()) == {"thought 4\n", "thought 0, and a train\n"}
        else:
            assert notes == {"thoughts.md": "thought 4\n"}


@pytest.mark.slow
def test_a_place_does_not_grow_with_the_versions_of_its_files(pair: tuple[Program, Program]) -> None:
    laptop, _ = pair
    counts = []
    for week in range(80):
        laptop.at("2026-12-01T20:00:00+01:00").later(days=7 * week)
        write(laptop, f"thought {week}\n")
        counts.append(sum("history" not in name for name in files(laptop)))
    # Those of 90 days, of 30 until they are written down, and of 30 in which they wait, each rounded up to weeks; and
    # one file a month about all others.
    assert max(counts) <= 1 + 13 + 5 + 5
    assert len(files(laptop)) - counts[-1] <= 80 * 7 // 30


def test_history_that_is_torn_is_said_and_nothing_is_lost(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    for number in range(4):
        write(laptop, f"thought {number}\n")
    desktop("sync")
    later(pair, 91)
    laptop("sync")
    [history] = (laptop.home.with_name("place") / "files" / "history").iterdir()
    history.write_bytes(history.read_bytes()[:50])
    assert "torn" in desktop("sync", expect=7).out
    assert (desktop.home / "data/notes/thoughts.md").read_text() == "thought 3\n"
