"""Typed answers as a learner and a script give them: `grade` without a screen, and the plain lines of `review`."""

import json
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from tests.conftest import Compiled, Program, compiled_with
from tests.services.practice.test_typed import SUBJECT


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_with(tmp_path_factory.mktemp("numbers"), {"nums.toml": SUBJECT})


@pytest.fixture
def home(tmp_path: Path, numbers: Compiled) -> Path:
    home = tmp_path / "home"
    numbers.copy_to(home)
    return home


def test_a_question_and_two_answers_without_a_screen(mlcoach: Program) -> None:
    assert mlcoach("grade nums.one/area").out == snapshot("""\
nums.one/area
A field of 60 by 7 metres: its area?

Answer it with a number: 3, -2.5, 2/3, 40% or 1e-3
  mlcoach grade nums.one/area --answer …
Or give it up: mlcoach grade nums.one/area again
""")
    assert mlcoach("grade area --answer 134").out == snapshot("""\
✗ 134: not this time
60 and 7 added twice is the way around it.
The card that explains it: mlcoach review --item nums.one/around
Once more: mlcoach grade nums.one/area --answer …
Or give it up: mlcoach grade nums.one/area again
""")
    assert mlcoach("grade area --answer 420 --seconds 20").out == snapshot("""\
A field of 60 by 7 metres: its area?
✓ 420 is right
60 · 7 = 420.
Hard: nums.one/area
Asked again on Tue 24 Nov, 1 day after its last answer.
Undo: mlcoach undo
""")


def test_as_json(mlcoach: Program) -> None:
    asked = json.loads(mlcoach("grade area --json").out)
    assert (asked["kind"], asked["data"]["typing"], asked["data"]["tries"]) == ("question", "number", 0)
    tried = json.loads(mlcoach("grade area --answer 1 --json").out)
    assert (tried["kind"], tried["data"]["verdict"], tried["data"]["tries_left"]) == ("attempt", "wrong", 1)
    graded = json.loads(mlcoach("grade area --answer 2 --json").out)
    assert (graded["kind"], graded["data"]["rating"], graded["data"]["variant"]) == (
        "grade", "again", asked["data"]["variant"],
    )  # fmt: skip
    listed = json.loads(mlcoach("review --json --item area").out)["data"]["due"][0]["question"]
    assert listed == json.loads(mlcoach("grade area --json").out)["data"]["question"] != asked["data"]["question"]


@pytest.mark.parametrize("answer", ["1/0", "1e999", "", "x", "'(1, 2)'"])
def test_what_is_no_answer_is_a_usage_error_and_costs_nothing(mlcoach: Program, answer: str) -> None:
    before = mlcoach("grade area").out
    result = mlcoach(f"grade area --answer {answer or repr('')}", expect=2)
    assert result.err.startswith("error: ")
    assert mlcoach("grade area").out == before
    assert "Typed answers" not in mlcoach("cards show area").out


def test_negative_numbers_and_vectors_on_a_command_line(mlcoach: Program) -> None:
    assert mlcoach("grade ends --answer -2.5", expect=2).err.startswith("error: that is one number")
    assert "not this time" in mlcoach("grade ends --answer '(-100, 7)'").out
    assert "not this time" in mlcoach("grade area --answer -2.5").out


def test_an_item_whose_answer_is_not_typed(mlcoach: Program) -> None:
    assert mlcoach("grade nums.one/after", expect=2).err == snapshot("""\
error: the answer to `nums.one/after` is not typed: you judge it yourself
hint: `mlcoach grade nums.one/after good`, or again, hard or easy, says how well you knew it
""")
    assert mlcoach("grade nums.one/after --answer yes", expect=2).err == mlcoach("grade nums.one/after", expect=2).err
    assert "Good" in mlcoach("grade nums.one/after good").out


def test_a_review_in_plain_lines(mlcoach: Program) -> None:
    """A slip, a known mistake, the right answer at the second try, and the card that the mistake brought back."""
    shown = mlcoach("review --plain --item area", tty=60, stdin="1/0\n\x7f\x7f\x7f134\n420\n q").out
    assert shown == snapshot("""\

One: 1 of 1; new
A field of 60 by 7 metres: its area?
type the number, enter compares; space: the answer
esc: letters are keys
u undo; e edit; b tomorrow; s set aside; f flag
q leave
> 1/0
`1/0` divides by zero, which gives no number
> 1/0
> 1/
> 1
> 134
One: 1 of 2; new
134: not this time
60 and 7 added twice is the way around it.
Next comes: What is the way around a field called?
once more; or space shows the answer
> 420
420 is right
Answer:
420
60 · 7 = 420.
space: next, kept as hard; or correct it:
1 again: now, and tomorrow; 2 hard: tomorrow
3 good: in 2 days; 4 easy: in 7 days
hard, again tomorrow

One: 2 of 2; new
What is the way around a field called?
space: the answer
Reviewed 1 item in less than a minute; met 1 new.

Hard today:
- A field of 60 by 7 metres: its area?

The day: 0:00 of 2:00; no streak yet
Undo the last answer: mlcoach undo
""")


def test_a_text_in_plain_lines(mlcoach: Program) -> None:
    shown = mlcoach("review --plain --item nums.one/fit", tty=80, stdin="The over fiting\n ").out
    assert "The over fiting is right" in shown
    assert "esc: letters are keys" in shown


def test_cards_show_in_lines(mlcoach: Program) -> None:
    mlcoach("grade area --answer 134")
    assert mlcoach("cards show area").out == snapshot("""\
nums.one/area
One

A field of 3 by 5 metres: its area?

  15

New: never answered.

Its numbers vary; next it asks
  A field of 60 by 7 metres: its area?

Attempts
  Mon 23 Nov  ✗ 134  (round-it)
    A field of 60 by 7 metres: its area?

Ask it now: mlcoach review --item nums.one/area
""")
