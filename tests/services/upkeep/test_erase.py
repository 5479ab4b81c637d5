"""Erasing: the words of an entry go from every byte of the home, all else stays, and no journal brings them back."""

import json
import sqlite3
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from mlcoach.domain.erasing import BLANK, FREE_TEXT, command_without_text, erased, is_erased
from mlcoach.domain.events import KINDS, Event, TimeLogged
from tests.conftest import Compiled, Program

SECRET = "xylophone of my neighbour"
# Texts that are ids, days, kinds and other words of the program, by which things are found; they stay.
NOT_FREE = frozenset((
    "unit", "paper", "item", "step", "question", "cited", "card", "old", "new", "entry", "work", "draft",  # ids
    "checklist", "project", "person", "advice", "job", "template",
    "due", "until", "first", "last", "stopped_on", "week", "by", "decide_by",  # days
    "mark", "how", "verdict", "decision", "path", "origin", "after", "text_digest", "digest", "digest_before",
    "digest_after", "misconception", "title", "plan", "because", "about",
))  # fmt: skip
DIGESTS = {("item_graded", "text"), ("attempted", "text")}


def data(result: Any) -> Any:
    return json.loads(result.out)["data"]


def holding(home: Path, words: str = SECRET) -> list[str]:
    """Return the files of a home, the cache too, that hold words in any of their bytes."""
    found = [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]
    return sorted(str(path.relative_to(home)) for path in found)


@pytest.fixture
def lived(mlcoach: Program) -> Program:
    """A home with some days, a backup of them, and a private line among them."""
    mlcoach("log 50m vectors -n 'an ordinary line'")
    mlcoach("paper add --title Stripes --why reasons")
    mlcoach("grade dot-product-sign good")
    mlcoach.later(days=1)(f"log 25m vectors -n '{SECRET}'")
    mlcoach(f"paper note stripes '{SECRET}'")
    mlcoach("backup")
    return mlcoach


@pytest.fixture
def other(tmp_path: Path, compiled_cache: Compiled) -> Program:
    home = tmp_path / "other"
    compiled_cache.copy_to(home)
    made = Program(home)
    made.environment["MLCOACH_MACHINE"] = "another machine of the tests"
    return made.at("2026-11-25T20:00:00+01:00")


def test_every_text_of_an_event_is_free_or_named_as_not() -> None:
    undecided = [
        f"{kind}.{name}"
        for kind, body in KINDS.items()
        for name, hint in get_type_hints(body).items()
        if hint is str and name not in FREE_TEXT.get(body, ()) and name not in NOT_FREE and (kind, name) not in DIGESTS
    ]
    assert undecided == []


def test_an_event_keeps_all_but_its_words() -> None:
    body = TimeLogged(60, "math.la.vectors", note=SECRET)
    event = Event("cafe-1", 1, 0, date(2026, 11, 24), 1, "cafe", 1, "c", body)
    after = erased(event)
    assert after == event._replace(body=body._replace(note=BLANK), unread={"erased": True})
    assert (erased(after), is_erased(after), is_erased(event)) == (after, True, False)
    assert erased(event._replace(body=TimeLogged(60))).body == TimeLogged(60)


@pytest.mark.parametrize(
    ("typed", "left"), [("log 25m -n 'x y'", "log (erased)"), ("", "(erased)"), ("-m secret", "(erased)")]
)
def test_of_a_command_its_name_stays(typed: str, left: str) -> None:
    assert command_without_text(typed) == left
    assert command_without_text(left) == left


def test_the_words_go_from_every_byte_and_all_else_stays(lived: Program) -> None:
    assert len(holding(lived.home)) >= 2
    before = {line: data(lived(f"{line} --json")) for line in ("status", "streak", "forecast", "memory status")}
    said = lived("undo --erase 1 2 --yes")
    assert "cannot be brought back" in said.out
    assert holding(lived.home) == []
    assert {line: data(lived(f"{line} --json")) for line in before} == before
    entry = data(lived("log --json"))["entries"][0]
    assert (entry["minutes"], entry["what"], entry["note"]) == (25, "math.la.vectors", BLANK)
    assert data(lived("log --json"))["entries"][1]["note"] == "an ordinary line"
    checks = {check["name"]: check["ok"] for check in data(lived("doctor --json"))["checks"]}
    assert all(checks.values()), checks
    assert [step["command"] for step in data(lived("undo --list --json"))["steps"]][:2] == [
        "paper (erased)", "log (erased)",
    ]  # fmt: skip
    assert data(lived("note search xylophone --json"))["hits"] == []
    lived("doctor --rebuild")


def test_it_is_asked_before(lived: Program) -> None:
    assert "add --yes" in lived("undo --erase", expect=2).err
    asked = lived("undo --erase 2", tty=80, stdin="n\n").err
    assert "This cannot be undone." in " ".join(asked.split())
    assert "nothing was erased" in asked
    assert holding(lived.home)
    lived("undo --erase 1 2", tty=80, stdin="y\n")
    assert holding(lived.home) == []


def test_what_was_erased_is_no_step_and_stays_through_undo_and_redo(lived: Program) -> None:
    lived("undo --erase 2 --yes")
    assert "paper note" in lived("undo").out
    assert "Brought back" in lived("redo").out
    lived("undo 2")
    lived("redo")
    assert data(lived("log --json"))["entries"][0]["note"] == BLANK
    lived("undo --erase 2 --yes")  # again, which changes nothing more
    lived("undo --erase 99 --yes", expect=3)
    lived("undo --erase cafe-1 --yes", expect=3)


def test_an_entry_is_named_by_its_id_also_when_it_was_taken_back(lived: Program) -> None:
    id = data(lived("log --json"))["entries"][0]["id"]
    lived("undo 2")
    assert len(holding(lived.home)) >= 2
    lived(f"undo --erase {id} 1 --yes")
    assert holding(lived.home) == []


@pytest.mark.slow
def test_a_backup_that_is_put_back_has_no_words_either(lived: Program) -> None:
    lived("undo --erase 1 2 --yes")
    name = data(lived("restore --json"))["backups"][0]["name"]
    lived(f"restore {name} --yes")
    assert holding(lived.home) == []
    assert data(lived("doctor --json"))["ok"]


def test_a_copy_that_cannot_be_written_is_named(lived: Program) -> None:
    broken = lived.home / "data" / "backups" / "mlcoach-20200101T000000Z.db"
    broken.write_bytes(b"no database at all" * 100)
    assert str(broken) in lived("undo --erase --yes", expect=7).out


def test_copies_of_a_note_go_and_the_note_stays(lived: Program) -> None:
    lived(f"note open vectors -m '{SECRET}'")
    said = lived("undo --erase --yes").out
    assert "left as they are" in " ".join(said.split()) or "left as they were" in " ".join(said.split())
    assert [Path(name).parts[:2] for name in holding(lived.home) if "notes" in name] == [("data", "notes")]
    assert not [name for name in holding(lived.home) if "backups/files" in name]


@pytest.mark.slow
def test_a_journal_with_the_words_does_not_bring_them_back(lived: Program, other: Program, tmp_path: Path) -> None:
    with_words, without = tmp_path / "with.jsonl", tmp_path / "without.jsonl"
    lived(f"export journal -o {with_words}")
    lived("undo --erase 1 2 3 --yes")
    lived(f"import journal {with_words}")
    with_words_there = other(f"import journal {with_words}")
    assert with_words_there.code == 0
    assert holding(other.home)
    assert SECRET not in lived("export journal").out
    lived(f"export journal -o {without}")
    other(f"import journal {without}")
    assert SECRET not in other("export journal").out
    other(f"import journal {with_words}")
    assert SECRET not in other("export journal").out
    assert data(other("log --json"))["entries"] == data(lived("log --json"))["entries"]
    for program in (lived, other):
        assert data(program("doctor --json"))["ok"]


@pytest.mark.slow
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_journals_meet_makes_no_difference(
    lived: Program, other: Program, tmp_path: Path, order: tuple[int, ...]
) -> None:
    """Of three files: the entries with their words, what says that they are erased, and all without the words."""
    lived(f"export journal -o {tmp_path / '0'}")
    first = (tmp_path / "0").read_text()
    lived("undo --erase 1 2 3 --yes")  # the export is the newest
    after = lived("export journal").out
    (tmp_path / "1").write_text("".join(line + "\n" for line in after.splitlines() if '"kind":"erased"' in line))
    (tmp_path / "2").write_text(after)
    assert SECRET in first
    for number in order:
        other(f"import journal {tmp_path / str(number)}")
    assert SECRET not in other("export journal").out
    assert data(other("log --json"))["entries"] == data(lived("log --json"))["entries"]
    assert data(other("doctor --json"))["ok"]


def test_a_copied_home_is_not_taken_for_another_because_of_it(lived: Program, tmp_path: Path) -> None:
    file = tmp_path / "before.jsonl"
    lived(f"export journal -o {file}")
    lived("undo --erase 2 --yes")
    view = data(lived(f"import journal {file} --json"))
    assert (view["skipped"], view["copies"], view["added"]) == ([], False, 0)


@pytest.mark.slow
def test_old_text_leaves_the_pages_that_are_not_used_any_more(lived: Program) -> None:
    for number in range(30):
        lived(f"paper note stripes 'line {number} {SECRET}'")
    connection = sqlite3.connect(lived.home / "data" / "mlcoach.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    numbers = " ".join(str(number) for number in range(1, 33))
    lived(f"undo --erase {numbers} --yes")
    assert holding(lived.home) == []
