"""People on the command line: the screens, what they refuse, and what undo takes back."""

import stat
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from tests.conftest import Program


@pytest.fixture(autouse=True)
def ids_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the ids of chance be counted, so that screens can be told."""
    numbers = iter(range(1, 1_000))
    monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(numbers):0{2 * size}x}")


@pytest.fixture
def known(mlcoach: Program) -> Program:
    """Somebody who keeps three people, one of whom gave advice."""
    mlcoach("people add 'Ada Lovelace' --tag mentor --date 2026-10-01")
    mlcoach("people add 'Grace Hopper' --tag recruiter --every 3w --date 2026-10-02")
    mlcoach("people add Emmy --tag reverse --date 2026-11-22")
    mlcoach("people log ada --asked 'Why does it overfit?' --tried 'dropout' --date 2026-10-05")
    mlcoach("people log ada --advice 'plot the learning curve' --date 2026-10-06")
    mlcoach("people log ada --did 'it was a leak' --date 2026-11-20")
    mlcoach("people log grace --gave 'a summary of my projects' --date 2026-11-10")
    return mlcoach


def test_alone_it_says_whom_to_write_to_and_why(known: Program) -> None:
    assert known("people", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Write to

  Ada Lovelace  mentor, last Tue 6 Oct, every 6 weeks
    report back: what you did of “plot the learning curve”, and what came of it
    mlcoach people log ada --thanked "…"

Later
Emmy          000003  reverse    6w  Sun 29 Nov
Grace Hopper  000002  recruiter  3w  Tue 1 Dec
----- stderr -----
""")


def test_narrow_and_ascii(known: Program) -> None:
    known.environment = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    for line in ("people", "people list", "people show ada"):
        assert max(map(len, known(line, tty=40).out.splitlines())) <= 40, line


def test_nobody_yet(mlcoach: Program) -> None:
    assert mlcoach("people", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Nobody is kept yet.
  List ten people who have been where you want to go, some only a few years
  ahead, one of them younger than you.
  Read or use something that each of them made; then ask one specific question.

Next: mlcoach people add NAME --tag mentor
----- stderr -----
""")
    assert mlcoach.files() == set()


def test_one_person(known: Program) -> None:
    assert known("people show ada", tty=80).out == snapshot("""\
Ada Lovelace  000001  mentor, last Tue 6 Oct, every 6 weeks

Next, Fri 20 Nov: report back: what you did of “plot the learning curve”, and
what came of it
  mlcoach people log ada --thanked "…"

Advice
  plot the learning curve (done, not reported back)

What passed
  Fri 20 Nov, did: it was a leak
  Tue 6 Oct, advice: plot the learning curve
  Mon 5 Oct, asked: Why does it overfit? (tried before: dropout)
""")


def test_today_has_one_line_below_the_blocks(known: Program) -> None:
    lines = [line for line in known("today", tty=80).out.splitlines() if "People:" in line]
    assert lines == ["People: report back to Ada Lovelace, 5m: mlcoach people"]
    known("people log ada --thanked 'the leak is closed, thank you'")
    assert "People:" not in known("today").out


def test_a_question_needs_two_lines(known: Program) -> None:
    refused = known("people log ada --asked 'Why?'", expect=2)
    assert "what you tried" in refused.err
    asked = known("people log ada --asked ''", tty=80, stdin="half the data\nWhat would you look at first?\n")
    assert asked.code == 0
    assert "What would you look at first? (tried before: half the data)" in known("people show ada").out


def test_two_of_one_name_are_told_apart_by_their_ids(known: Program) -> None:
    added = known("people add 'Ada Lovelace'")
    assert "there is another Ada Lovelace" in added.out.replace("There", "there")
    refused = known("people show 'Ada Lovelace'", expect=2)
    assert "`000001` Ada Lovelace" in refused.err
    assert "Ada Lovelace" in known("people show 000001").out


@pytest.mark.parametrize("name", ["../../etc/passwd", "/tmp/x", "a\\b", "[bold]x[/bold]", "C:\\nul", "Ünïcode 名前"])
def test_a_name_may_be_anything_and_is_never_a_path(mlcoach: Program, name: str) -> None:
    mlcoach(f"people add {name!r}" if "\\" not in name else f"people add '{name}'")
    assert name in mlcoach("people list").out
    assert mlcoach.files() >= {"data/people.toml"}
    assert all(file.startswith(("data/", "state/")) for file in mlcoach.files())


REFUSED = (
    ("people add ''", "the name is empty"),
    ("people add Ada --tag boss", "no tag `boss`"),
    ("people add Ada --every 0w", "1 to 104 weeks"),
    ("people add Ada --every often", "not a number of weeks"),
    ("people add Ada --date 2027-01-01", "still to come"),
    ("people log ada", "what passed?"),
    ("people log ada --gave a --did b", "say one thing"),
    ("people log ada --advice ''", "the advice is empty"),
)


def test_what_cannot_be_kept_is_refused(mlcoach: Program) -> None:
    mlcoach("people add Ada")
    before = (mlcoach.home / "data" / "people.toml").read_bytes()
    for line, said in REFUSED:
        assert said in mlcoach(line, expect=2).err, line
    assert (mlcoach.home / "data" / "people.toml").read_bytes() == before


def test_an_unknown_name_gets_the_nearest(known: Program) -> None:
    assert "did you mean `grace hopper`" in known("people show 'grace hoper'", expect=3).err


def test_somebody_dropped_leaves_days_without_a_name(known: Program) -> None:
    known("people drop ada")
    assert "Ada" not in known("people list").out
    assert "Ada" not in (known.home / "data" / "people.toml").read_text(encoding="utf-8")
    assert "the person 000001: dropped" in known("undo --list").out
    known("week --week this")
    known("doctor")
    known("undo")
    assert "Ada Lovelace" in known("people list").out


def test_undo_takes_back_file_and_entry_together(known: Program) -> None:
    before = known("people show ada").out
    known("people log ada --thanked 'all of it'")
    known("undo")
    assert known("people show ada").out == before
    known("redo")
    assert "all of it" in known("people show ada").out


def test_the_file_is_for_the_learner_alone(known: Program) -> None:
    assert stat.S_IMODE((known.home / "data" / "people.toml").stat().st_mode) == 0o600


def test_a_file_broken_by_hand_is_named(known: Program) -> None:
    known.write("data/people.toml", "[000001]\nname = 3\n")
    assert "people.toml" in known("people", expect=4).err
    known.write("data/people.toml", "[[[")
    assert "not TOML" in known("people", expect=4).err
    assert known("today").code == 0


def below(folder: Path, word: str) -> list[str]:
    """Return the files below a folder that hold a word."""
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_dropping_says_where_the_name_still_is_and_erasing_takes_it_away(known: Program) -> None:
    known.write("data/notes/talks.md", "# Talks\n\nAda Lovelace on seeds\n")
    said = " ".join(known("people drop ada").out.split())
    assert "of the file, which undo needs; `mlcoach people drop 000001 --erase` removes them too" in said
    assert "your own files name them still: talks.md" in said
    assert below(known.home / "data" / "backups", "Lovelace")
    assert "add --yes" in known("people drop 000001 --erase", expect=2).err
    assert "erased; undo cannot bring anything back" in " ".join(known("people drop 000001 --erase --yes").out.split())
    assert below(known.home, "Lovelace") == ["talks.md"]
    assert "is missing or damaged" in known("undo", expect=5).err
    known("doctor")


def test_erasing_at_once_asks_on_a_terminal(known: Program) -> None:
    assert "nothing was erased" in known("people drop ada --erase", tty=80, stdin="n\n").err
    assert "Ada Lovelace" in known("people list").out
    known("people drop ada --erase --yes")
    assert below(known.home, "Lovelace") == []
