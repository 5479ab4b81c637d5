"""A week for a buddy: what they see, what they do not, and in which forms."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from tests import anki_packages as make
from tests.anki_packages import PackedCard, PackedNote
from tests.conftest import Program


@pytest.fixture
def saturday(mlcoach: Program) -> Program:
    """A week with a bit of everything, seen on its Saturday."""
    mlcoach.at("2026-11-28T20:00:00+01:00")
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    for line in (
        "log 2h vectors --date mon -n 'a matrix is a map #share'", "log 25m --date tue -n 'tired, keep this to me'",
        "log 1h start.why --date thu", "grade columns-are-images good", "grade dot-product-sign again",
        "done start.why", "rest 2026-11-29", "paper add 1412.6980",
        "paper finish 1412.6980 --verdict stop --minutes 12 -n 'not for now #SHARE'",
        "buddy promise 'ten hours, and the SVD unit'",
    ):  # fmt: skip
        mlcoach(line)
    return mlcoach


def test_a_week_as_text(saturday: Program) -> None:
    assert saturday("buddy").out == snapshot("""\
Week 2026-W48: Mon 23 Nov to Sun 29 Nov

Studied 3h37m of 12h; goal on 1 day, floor on 2 more
  Mon 23 Nov  2h   of 2h  goal reached
  Tue 24 Nov  25m  of 2h  day kept
  Wed 25 Nov  –    of 2h
  Thu 26 Nov  1h   of 2h  day kept
  Fri 27 Nov  –    of 2h
  Sat 28 Nov  12m  of 2h

Units
  Vectors, matrices, linear maps  2h
  Goal, role and reasons          1h  passed

Reviews
  - 2 answers, none on a later day yet

Papers
  Adam: A Method for Stochastic Optimization  pass 1  stop

Notes
  - Mon 23 Nov, Vectors, matrices, linear maps: a matrix is a map
  - Sat 28 Nov, Adam: A Method for Stochastic Optimization: not for now

Promised for the next week
  - ten hours, and the SVD unit
""")


def test_a_week_as_markdown(saturday: Program) -> None:
    assert saturday("buddy report --format markdown").out == snapshot("""\
# Week 2026-W48: Mon 23 Nov to Sun 29 Nov

## Studied 3h37m of 12h; goal on 1 day, floor on 2 more

| | | | |
|---|---|---|---|
| Mon 23 Nov | 2h | of 2h | goal reached |
| Tue 24 Nov | 25m | of 2h | day kept |
| Wed 25 Nov | – | of 2h |  |
| Thu 26 Nov | 1h | of 2h | day kept |
| Fri 27 Nov | – | of 2h |  |
| Sat 28 Nov | 12m | of 2h |  |

## Units

| | | |
|---|---|---|
| Vectors, matrices, linear maps | 2h |  |
| Goal, role and reasons | 1h | passed |

## Reviews

- 2 answers, none on a later day yet

## Papers

| | | |
|---|---|---|
| Adam: A Method for Stochastic Optimization | pass 1 | stop |

## Notes

- Mon 23 Nov, Vectors, matrices, linear maps: a matrix is a map
- Sat 28 Nov, Adam: A Method for Stochastic Optimization: not for now

## Promised for the next week

- ten hours, and the SVD unit
""")


def test_what_was_not_shared_is_not_seen(saturday: Program) -> None:
    for format in ("text", "markdown", "html"):
        shown = saturday(f"buddy report --format {format}").out
        assert "keep this to me" not in shown
        assert "share" not in shown.lower()
    saturday("config set share promises")
    assert saturday("buddy").out == snapshot("""\
Week 2026-W48: Mon 23 Nov to Sun 29 Nov

Promised for the next week
  - ten hours, and the SVD unit
""")
    data = json.loads(saturday("buddy report --json").out)["data"]
    assert [data[part] for part in ("days", "units", "answers", "papers", "notes", "repositories")] == [
        [], [], 0, [], [], [],
    ]  # fmt: skip
    saturday("config set share none")
    assert "ten hours" not in saturday("buddy").out


def test_notes_on_papers_are_shared_when_they_say_so(saturday: Program) -> None:
    saturday("paper note 1412.6980 'momentum with a memory #share' --date thu")
    saturday("paper note 1412.6980 'mine alone'")
    shown = " ".join(saturday("buddy").out.split())
    assert "- Thu 26 Nov, Adam: A Method for Stochastic Optimization: momentum with a memory - Sat 28 Nov" in shown
    assert "mine alone" not in shown


def test_what_was_promised_is_held_against_the_week(saturday: Program) -> None:
    assert saturday("buddy promise 'eleven hours'").out == snapshot("""\
Promised for the week of Mon 30 Nov: eleven hours
It replaces: ten hours, and the SVD unit
Undo: mlcoach undo
""")
    saturday.at("2026-12-02T20:00:00+01:00")
    this = json.loads(saturday("buddy report --week this --json").out)["data"]
    assert (this["week"], this["promised"], this["promises"]) == ("2026-W49", "eleven hours", "")
    # Without a week, Wednesday still tells of the one before.
    assert json.loads(saturday("buddy --json").out)["data"]["week"] == "2026-W48"
    saturday("undo")
    saturday("undo")
    assert "eleven" not in saturday("buddy").out


def test_a_promise_has_words(mlcoach: Program) -> None:
    assert "at most 300" in mlcoach("buddy promise ' '", expect=2).err
    assert "control character" in mlcoach("buddy promise 'x\x1by'", expect=2).err
    assert "at most 300" in mlcoach(f"buddy promise {'x' * 301}", expect=2).err
    assert "no format" in mlcoach("buddy report --format pdf", expect=2).err
    assert "2026-W48" in mlcoach("buddy report --week soon", expect=2).err


def test_an_empty_week_is_a_document_too(mlcoach: Program) -> None:
    assert mlcoach("buddy report --week -3").out == snapshot("""\
Week 2026-W45: Mon 2 Nov to Sun 8 Nov

Nothing to show
  - No study, review or paper is recorded for this week.
""")
    assert mlcoach.files() == set()


def test_to_a_file(saturday: Program, tmp_path: Path) -> None:
    file = tmp_path / "week.html"
    assert saturday(f"buddy report --format html -o {file}").out == f"The week is in {file}\n"
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
    saturday("undo")
    assert not file.exists()


class Tags(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = "<script>alert(1)</script> [x](javascript:1) | `y` <img src=x onerror=1> &lt; ![z](http://z) #share"


def test_hostile_notes_stay_words(mlcoach: Program) -> None:
    mlcoach(f"log 30m -n '{HOSTILE}'")
    words = HOSTILE.removesuffix(" #share")
    page = Tags()
    page.feed(mlcoach("buddy report --week this --format html").out)
    assert page.tags == {"html", "head", "meta", "title", "body", "h1", "h2", "table", "tr", "td", "ul", "li"}
    assert page.attributes == [("lang", "en"), ("charset", "utf-8")]
    assert words in page.text
    markdown = mlcoach("buddy report --week this --format markdown").out
    assert "<" not in markdown
    assert r"\[x\](javascript:1) \| \`y\`" in markdown
    assert words.split("[")[0].strip() in mlcoach("buddy report --week this").out


def test_a_repository_that_is_gone_is_said(saturday: Program, tmp_path: Path) -> None:
    saturday(f"config set repositories {tmp_path / 'Gone'}")
    assert "Gone: 0 commits\n  - there is no such folder" in saturday("buddy").out
    assert "must be a list of folders" in saturday("config set repositories 'a\x01b'", expect=2).err
    saturday("config set repositories none")
    assert "Gone" not in saturday("buddy").out


@pytest.mark.parametrize("text", ["- x", "# x", "1. x", "12) x", "+ x", "=== x", "> x", "* x"])
def test_a_note_in_markdown_is_no_list_and_no_heading(mlcoach: Program, text: str) -> None:
    mlcoach(f"buddy promise -- '{text}'")
    *_, last = mlcoach("buddy report --format markdown --week last").out.splitlines()
    body = last.removeprefix("- ")
    assert "\\" in body
    assert body.replace("\\", "") == text


def test_a_deck_of_cards_is_nothing_that_was_passed(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("paper add 1412.6980")
    mlcoach("paper term 1412.6980 momentum 'a running mean of gradients'")
    file = make.package(tmp_path / "a.apkg", [PackedNote(1, ("Q", "A"))], [PackedCard(11, 1, 7)], [], decks={7: "A"})
    mlcoach(f"import anki {file}")
    mlcoach("log 30m vectors")
    for command in ("buddy report --week this --json", "week --week this --json"):
        data = json.loads(mlcoach(command).out)["data"]
        assert [(unit["unit"], unit["passed"]) for unit in data["units"]] == [("math.la.vectors", False)]


def test_days_before_the_first_are_no_days_that_were_missed(mlcoach: Program) -> None:
    mlcoach.at("2026-11-26T20:00:00+01:00")("log 1h vectors")
    mlcoach.later(days=1)
    assert (
        "Studied 1h of 4h; goal on 0 days, floor on 1 more; streak 1\n  Thu 26 Nov  1h  of 2h" in mlcoach("buddy").out
    )
    assert mlcoach("week").out.splitlines()[:2] == [
        "Mon 23 Nov to Sun 29 Nov                                                1h of 4h",
        "Thu 1h · Fri open",
    ]
    assert "No study, review or paper is recorded for this week." in mlcoach("buddy report --week last").out
    assert mlcoach("week --week last").out.startswith("Mon 16 Nov to Sun 22 Nov\nNothing is recorded for this week.\n")
