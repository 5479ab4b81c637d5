"""`mlcoach cards` as a learner types it, on a subject of their own so that better content changes no snapshot."""

import json
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.conftest import Program

GARDEN = """
schema = 1
id     = "garden"
title  = "A garden"
track  = "rl"

[[unit]]
id     = "soil"
title  = "Soil"
hours  = 4
recall = "?"

  [[unit.card]]
  id = "clay"
  q  = "What holds water, [bold]and why[/bold]?"
  a  = "Clay: its grains are small."

  [[unit.card]]
  id    = "sand"
  cloze = "Water runs through {{sand}}."

  [[unit.card]]
  id        = "depth"
  numeric   = "How deep do you dig, in cm?"
  answer    = 20
  tolerance = 2

  [[unit.exercise]]
  id      = "jar"
  title   = "The jar test"
  minutes = 20
  prompt  = "Shake soil and WATER in a jar."
  check   = "Three layers."
"""


@pytest.fixture
def garden(mlcoach: Program) -> Program:
    mlcoach.write("config/curriculum/garden.toml", GARDEN)
    return mlcoach


def data(program: Program, line: str) -> Any:
    return json.loads(program(f"{line} --json").out)["data"]


class TestSearch:
    def test_all_words_in_any_case_and_any_part(self, garden: Program) -> None:
        garden("grade garden.soil/clay good")
        assert garden("cards search water garden", tty=80).out == snapshot("""\
garden.soil/clay  Wed 25 Nov  What holds water, [bold]and why[/bold]?
garden.soil/sand  new         Water runs through […].
garden.soil/jar   new         The jar test

One of them: mlcoach cards show ITEM
""")
        assert [one["item"] for one in data(garden, "cards search shake")["found"]] == ["garden.soil/jar"]

    def test_nothing_found(self, garden: Program) -> None:
        assert garden("cards search quicksilverish").out == "No card or exercise holds `quicksilverish`.\n"

    def test_no_word(self, garden: Program) -> None:
        assert "no word to search for" in garden("cards search ' '", expect=2).err

    def test_a_common_word_is_cut(self, garden: Program) -> None:
        found = data(garden, "cards search the")
        assert len(found["found"]) == 50
        assert found["total"] > 50
        assert f"and {found['total'] - 50} more" in garden("cards search the").out


class TestShow:
    def test_a_new_card(self, garden: Program) -> None:
        assert garden("cards show clay", tty=80).out == snapshot("""\
garden.soil/clay
Soil

What holds water, [bold]and why[/bold]?

  Clay: its grains are small.

New: never answered.

Ask it now: mlcoach review --item garden.soil/clay
""")

    def test_a_card_with_a_history(self, garden: Program) -> None:
        garden("grade garden.soil/depth good --seconds 9")
        garden.later(days=4)
        garden("grade garden.soil/depth again")
        garden.later(days=1)
        assert garden("cards show garden.soil/depth", tty=80).out == snapshot("""\
garden.soil/depth
Soil

How deep do you dig, in cm?

  20
  (within 2)

87% likely to be recalled today · due
stability 0.7 days, difficulty 7.4 of 10, 2 answers, slipped once
█▇▇▇▆▆▆▆  Fri 27 Nov to Fri 4 Dec

Answers
  Mon 23 Nov  good   9s  then 2 days
  Fri 27 Nov  again      then 1 day

Ask it now: mlcoach review --item garden.soil/depth
""")
        shown = data(garden, "cards show garden.soil/depth")
        assert shown["curve"][0]["recall"] == 1
        assert [point["recall"] for point in shown["curve"]] == sorted(
            (point["recall"] for point in shown["curve"]), reverse=True
        )

    def test_the_hidden_part_of_a_cloze_and_an_exercise(self, garden: Program) -> None:
        assert "Water runs through [sand]." in garden("cards show garden.soil/sand").out
        assert "Shake soil" in garden("cards show garden.soil/jar").out

    def test_an_unknown_one(self, garden: Program) -> None:
        assert garden("cards show nothing-like-it", expect=3).err


class TestMarks:
    def test_suspended_until_resumed(self, garden: Program) -> None:
        garden("grade garden.soil/clay good")
        assert garden("cards suspend clay garden.soil/sand", tty=80).out == snapshot("""\
Set aside: garden.soil/clay, garden.soil/sand
No review asks them until you bring them back.
Undo: mlcoach undo
""")
        assert data(garden, "cards show clay")["standing"] == "suspended"
        garden.later(days=30)
        assert data(garden, "review")["counts"]["due"] == 0
        assert garden("cards resume clay", tty=80).out == snapshot("""\
Back in the queue: garden.soil/clay
Undo: mlcoach undo
""")
        assert data(garden, "review")["counts"]["due"] == 1
        garden("undo")
        assert data(garden, "cards show clay")["standing"] == "suspended"

    def test_what_is_so_already_is_said_and_not_written(self, garden: Program) -> None:
        assert garden("cards resume clay").out == "garden.soil/clay was not set aside.\n"
        assert garden("cards forget clay").out == "garden.soil/clay was never answered.\n"
        assert "nothing to take back" in garden("undo", expect=None).screen.lower()

    def test_forgetting_begins_afresh_and_is_undone(self, garden: Program) -> None:
        garden("grade garden.soil/clay good")
        garden.later(days=3)
        garden("grade garden.soil/clay easy")
        before = data(garden, "cards show clay")
        assert "counts as the first" in garden("cards forget clay").out
        forgotten = data(garden, "cards show clay")
        assert (forgotten["standing"], forgotten["repetitions"], forgotten["recall"]) == ("new", 0, None)
        garden("undo")
        assert data(garden, "cards show clay") == before

    def test_an_answer_after_forgetting_is_a_first_one(self, garden: Program) -> None:
        garden("grade garden.soil/clay good")
        first = data(garden, "cards show clay")["stability"]
        garden.later(days=3)
        garden("cards forget clay")
        garden("grade garden.soil/clay good")
        again = data(garden, "cards show clay")
        assert (again["stability"], again["repetitions"]) == (first, 1)

    def test_nothing_is_marked_when_one_name_is_wrong(self, garden: Program) -> None:
        garden("cards suspend clay nothing-like-it", expect=3)
        assert data(garden, "cards show clay")["standing"] == "new"


class TestLeeches:
    def test_none(self, garden: Program) -> None:
        assert garden("cards leeches").out == "No leeches: nothing has slipped 8 times.\n"

    def test_what_keeps_slipping(self, garden: Program) -> None:
        for rating in ("good", "again") * 8 + ("good",):
            garden(f"grade garden.soil/clay {rating}")
            garden.later(days=2)
        assert garden("cards leeches", tty=80).out == snapshot("""\
garden.soil/clay  8 of 17    What holds water, [bold]and why[/bold]?

They slipped 8 times or more. It is hardly ever you: mostly such a card asks for
too much at once, or looks like another one.
Reword it        mlcoach review --item garden.soil/clay, then press e
Split it in two  mlcoach curriculum edit garden
Learn it again   mlcoach curriculum show garden.soil
Let it go        mlcoach cards suspend garden.soil/clay
""")
        assert "It keeps slipping" in garden("cards show clay").out


class TestNew:
    def test_a_question_goes_to_the_overlay_with_an_id_and_is_undone(self, garden: Program) -> None:
        line = """cards new math.la.eigen -q 'What does $\\lambda$ say?' -a 'By how much it stretches.'"""
        shown = garden(line, tty=80).out
        assert "New card: math.la.eigen/what-does-lambda-say" in shown
        overlay = garden.home / "config" / "curriculum" / "math-la.toml"
        assert "q = 'What does $\\lambda$ say?'" in overlay.read_text(encoding="utf-8")
        assert data(garden, "cards show what-does-lambda-say")["standing"] == "new"
        garden("grade what-does-lambda-say good")
        garden(line)
        assert data(garden, "cards show math.la.eigen/what-does-lambda-say-2")["repetitions"] == 0
        garden("undo")
        garden("undo")
        garden("undo")
        assert not overlay.exists()

    def test_a_subject_of_ones_own_gets_an_overlay_too(self, garden: Program) -> None:
        garden("cards new garden.soil --numeric 'Half of three?' -a 3/2 --tolerance 0.1")
        card = data(garden, "cards show half-of-three")["subject"]
        assert (card["number"], card["tolerance"]) == (1.5, 0.1)
        assert (garden.home / "config" / "curriculum" / "garden.toml").read_text(encoding="utf-8") == GARDEN

    def test_a_cloze(self, garden: Program) -> None:
        garden("cards new garden.soil --cloze 'Worms make {{humus}}.'")
        assert data(garden, "cards show worms-make-humus")["subject"]["form"] == "cloze"

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ("-a x", 2),
            ("-q ' ' -a x", 2),
            ("-q '?' --cloze 'a {{b}}' -a x", 4),
            ("--cloze 'hides nothing'", 4),
            ("--numeric 'How many?' -a many", 2),
            ("-q 'What?'", 4),
        ],
    )
    def test_what_makes_no_card_is_refused_and_nothing_written(self, garden: Program, options: str, code: int) -> None:
        before = garden.files()
        garden(f"cards new garden.soil {options}", expect=code)
        assert garden.files() == before

    def test_a_poor_card_is_written_with_a_word_on_it(self, garden: Program) -> None:
        assert "asks for a list" in garden("cards new garden.soil -q 'List all tools.' -a 'Spade.'").out

    def test_in_the_editor(self, garden: Program, tmp_path: Path) -> None:
        editor = tmp_path / "editor.sh"
        editor.write_text(
            """#!/bin/sh\nsed -i "s/^q = ''/q = 'What is loam?'/; s/^a = ''/a = 'A mixture.'/" "$1"\n""",
            encoding="utf-8",
        )
        editor.chmod(0o755)
        garden(f"config set editor {editor}")
        assert "New card: garden.soil/what-is-loam" in garden("cards new garden.soil", tty=80).out
        editor.write_text("#!/bin/sh\n", encoding="utf-8")
        assert "nothing was written" in garden("cards new garden.soil", tty=80).err
