"""`mlcoach cards` as a learner types it, on a subject of their own so that better content changes no snapshot."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.conftest import Compiled, Program, Result, compiled_with

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
  hints   = ["Wait a day.", "Sand sinks first."]
  check   = "Three layers."
  solution = "Measure each layer against the whole."
"""


@pytest.fixture(scope="module")
def compiled_garden(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_with(tmp_path_factory.mktemp("garden"), {"garden.toml": GARDEN})


@pytest.fixture
def garden(mlcoach: Program, compiled_garden: Compiled) -> Program:
    compiled_garden.copy_to(mlcoach.home)
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
        assert [one["item"] for one in data(garden, "cards search shake")["cards"]] == ["garden.soil/jar"]

    def test_what_scripts_rely_on(self, garden: Program) -> None:
        found = data(garden, "cards search runs garden.soil")
        assert found == {
            "words": "runs garden.soil",
            "cards": [
                {
                    "item": "garden.soil/sand",
                    "kind": "card",
                    "unit": "garden.soil",
                    "text": "Water runs through […].",
                    "standing": "new",
                    "due": None,
                }
            ],
            "today": "2026-11-23",
        }
        assert data(garden, "cards search quicksilverish")["cards"] == []

    def test_json_before_the_subcommand(self, garden: Program) -> None:
        before = json.loads(garden("cards --json search shake").out)
        assert before == json.loads(garden("cards search shake --json").out)

    @pytest.mark.parametrize("words", ["question", "numeric", "solve", "Wet {{", "jar python"])
    def test_only_what_is_written_is_searched(self, garden: Program, words: str) -> None:
        found = data(garden, f"cards search '{words}'")["cards"]
        assert not [one["item"] for one in found if one["unit"] == "garden.soil"]

    @pytest.mark.parametrize("words", ["jar TEST", "shake", "'sinks first'", "layers", "measure", "soil/jar"])
    def test_every_text_of_an_exercise_is_searched(self, garden: Program, words: str) -> None:
        assert "garden.soil/jar" in [one["item"] for one in data(garden, f"cards search {words}")["cards"]]

    def test_nothing_found(self, garden: Program) -> None:
        assert garden("cards search quicksilverish").out == "No card or exercise contains `quicksilverish`.\n"

    @pytest.mark.parametrize("line", ["cards search ''", "cards search ' '", "cards search"])
    def test_no_word_lists_all(self, garden: Program, line: str) -> None:
        found = [one["item"] for one in data(garden, line)["cards"]]
        assert len(found) > 50
        assert [item for item in found if item.startswith("garden.")] == [
            "garden.soil/clay",
            "garden.soil/sand",
            "garden.soil/depth",
            "garden.soil/jar",
        ]
        piped = garden(line).out.splitlines()
        assert len([row for row in piped if not row.startswith("  ")]) == len(found) + 2

    def test_a_long_list_is_cut_on_a_terminal(self, garden: Program) -> None:
        count = len(data(garden, "cards search the")["cards"])
        assert count > 50
        cut = garden("cards search the", tty=80).out
        assert f"and {count - 50} more" in cut
        assert len(cut.splitlines()) == 53
        assert len(garden("cards search the --all", tty=80).out.splitlines()) == count + 2
        piped = garden("cards search the").out.splitlines()
        assert len([line for line in piped if not line.startswith("  ")]) == count + 2


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

85% likely to be recalled today · due
stability 0.7 days, difficulty 7.4 of 10, 2 answers, slipped once
█▇▇▆▆▆▆▆  100% on Fri 27 Nov to 65% on Fri 4 Dec

Answers
  Mon 23 Nov  good   9s  then 2 days
  Fri 27 Nov  again      then 1 day

Ask it now: mlcoach review --item garden.soil/depth
""")
        shown = data(garden, "cards show garden.soil/depth")
        assert {key: shown[key] for key in ("item", "unit", "kind", "due", "lapses", "suspended")} == {
            "item": "garden.soil/depth",
            "unit": "garden.soil",
            "kind": "card",
            "due": "2026-11-28",
            "lapses": 1,
            "suspended": False,
        }
        assert 0.8 < shown["retrievability"] < 0.9
        assert shown["stability"] > 0
        assert shown["difficulty"] > 1
        promised = ("day", "rating", "interval_days", "seconds")
        assert [[answer[key] for key in promised] for answer in shown["history"]] == [
            ["2026-11-23", "good", 2, 9],
            ["2026-11-27", "again", 1, 0],
        ]
        assert shown["curve"][0]["recall"] == 1
        assert [point["recall"] for point in shown["curve"]] == sorted(
            (point["recall"] for point in shown["curve"]), reverse=True
        )

    def test_the_hidden_part_of_a_cloze(self, garden: Program) -> None:
        assert "Water runs through [sand]." in garden("cards show garden.soil/sand").out

    def test_an_exercise_keeps_its_solution_to_itself_until_it_was_done_or_is_asked_for_it(
        self, garden: Program
    ) -> None:
        told = ("Wait a day.", "Three layers.", "Measure each layer")
        shown = garden("cards show garden.soil/jar").out
        assert "Shake soil and WATER in a jar." in shown
        assert not any(words in shown for words in told)
        assert "With hints and solution: mlcoach cards show garden.soil/jar --answer\n" in shown
        whole = data(garden, "cards show garden.soil/jar")["subject"]
        assert (whole["hints"][0], whole["check"]) == told[:2], "scripts get all of it, as before"
        garden("grade garden.soil/jar hard")
        shown = garden("cards show garden.soil/jar").out
        assert all(words in shown for words in told)
        assert "--answer" not in shown

    def test_an_exercise_with_its_answer(self, garden: Program) -> None:
        assert garden("cards show garden.soil/jar --answer", tty=80).out == snapshot("""\
garden.soil/jar
Soil

The jar test
problem, solve, about 20m

Shake soil and WATER in a jar.

Hint 1
  Wait a day.

Hint 2
  Sand sinks first.

You are right if
  Three layers.

Solution
  Measure each layer against the whole.

New: never answered.

Ask it now: mlcoach review --item garden.soil/jar
""")

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
        assert garden("cards forget clay").out == "garden.soil/clay is new already.\n"
        assert "nothing to take back" in garden("undo", expect=None).screen.lower()

    def test_forgetting_begins_afresh_and_is_undone(self, garden: Program) -> None:
        garden("grade garden.soil/clay good")
        garden.later(days=3)
        garden("grade garden.soil/clay easy")
        before = data(garden, "cards show clay")
        assert "counts as the first" in garden("cards forget clay").out
        forgotten = data(garden, "cards show clay")
        assert (forgotten["standing"], forgotten["repetitions"], forgotten["retrievability"]) == ("new", 0, None)
        garden("undo")
        assert data(garden, "cards show clay") == before

    def test_what_was_answered_before_stays_and_is_distinguished(self, garden: Program) -> None:
        garden("grade garden.soil/clay good")
        garden.later(days=3)
        garden("cards forget clay")
        assert garden("cards show clay", tty=80).out == snapshot("""\
garden.soil/clay
Soil

What holds water, [bold]and why[/bold]?

  Clay: its grains are small.

New since Thu 26 Nov: started again.

Answers
  Mon 23 Nov  good    then 2 days
  Thu 26 Nov  started again; earlier answers no longer count

Ask it now: mlcoach review --item garden.soil/clay
""")
        assert garden("cards forget clay").out == "garden.soil/clay is new already.\n"
        garden("cards suspend clay")
        assert "Set aside, new since Thu 26 Nov: started again." in garden("cards show clay").out
        garden("cards resume clay")
        garden.later(days=1)
        garden("grade garden.soil/clay hard")
        assert garden("cards show clay", tty=80).out == snapshot("""\
garden.soil/clay
Soil

What holds water, [bold]and why[/bold]?

  Clay: its grains are small.

100% likely to be recalled today · asked again on Sat 28 Nov
stability 1.3 days, difficulty 5.1 of 10, 1 answer
██▇▇▇▇▇▇  100% on Fri 27 Nov to 75% on Fri 4 Dec

Answers
  Mon 23 Nov  good    then 2 days
  Thu 26 Nov  started again; earlier answers no longer count
  Fri 27 Nov  hard    then 1 day

Ask it now: mlcoach review --item garden.soil/clay
""")
        history = data(garden, "cards show clay")["history"]
        assert [(one["rating"], one["forgotten"]) for one in history] == [("good", "2026-11-26"), ("hard", None)]

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


def test_without_an_editor_the_options_are_named(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980")
    for line in ("cards new eigen", "paper card adam"):
        assert "hint: write `-q` and `-a`, `--cloze`, or `--numeric` and `-a`\n" in mlcoach(line, expect=2).err


def test_a_fraction_is_shown_with_as_many_digits_as_say_something(mlcoach: Program) -> None:
    mlcoach("cards new eigen --numeric 'Two thirds?' -a 2/3")
    assert "\n  0.6666666667\n" in mlcoach("cards show two-thirds", tty=80).out
    mlcoach("cards new eigen --numeric 'A tenth?' -a 0.1")
    assert "\n  0.1\n" in mlcoach("cards show a-tenth", tty=80).out


def test_days_of_other_years_are_shown_with_their_year(garden: Program) -> None:
    garden.at("2025-12-30T20:00:00+01:00")("grade garden.soil/clay good")
    garden.at("2026-11-24T20:00:00+01:00")("grade garden.soil/clay easy")
    shown = garden("cards show clay", tty=80).out
    due = data(garden, "cards show clay")["due"]
    assert "Tue 30 Dec 2025  good" in shown
    assert "Tue 24 Nov       easy" in shown
    assert due[:4] != "2026"
    assert f" {due[:4]}\n" in shown
    assert due[:4] in next(line for line in garden("cards search CLAY").out.splitlines() if "soil/clay" in line)


class TestAdopt:
    @pytest.fixture
    def renamed(self, garden: Program) -> Program:
        """A garden in which a card that was answered got another id, without saying what it was before."""
        garden("grade garden.soil/clay good")
        garden.later(days=3)
        garden("grade garden.soil/clay again")
        garden.write("config/curriculum/garden.toml", GARDEN.replace('"clay"', '"clay-soil"'))
        return garden

    def test_progress_goes_on_under_another_card(self, renamed: Program) -> None:
        assert "garden.soil/clay" in renamed("doctor").out
        assert "adopt OLD NEW" in renamed("doctor").out
        assert renamed("cards adopt garden.soil/clay clay-soil", tty=80).out == snapshot("""\
Moved: 2 answers of garden.soil/clay
   to: garden.soil/clay-soil, 2 answers now
Undo: mlcoach undo
""")
        shown = data(renamed, "cards show clay-soil")
        assert (len(shown["history"]), shown["retrievability"] is None) == (2, False)
        assert "gone from the curriculum" not in renamed("doctor").out
        renamed("undo")
        assert data(renamed, "cards show clay-soil")["history"] == []
        assert "gone from the curriculum" in renamed("doctor").out

    def test_both_histories_are_folded_together(self, renamed: Program) -> None:
        renamed("grade clay-soil good")
        adopted = data(renamed, "cards adopt garden.soil/clay clay-soil")
        assert (adopted["moved"], adopted["repetitions"], adopted["standing"]) == (2, 3, "waiting")

    def test_a_card_that_is_there_keeps_its_own(self, renamed: Program) -> None:
        for name in ("garden.soil/sand", "sand"):
            result = renamed(f"cards adopt {name} clay-soil", expect=2)
            assert "`garden.soil/sand` is in the curriculum" in result.err

    def test_nothing_is_known_of_it(self, renamed: Program) -> None:
        result = renamed("cards adopt garden.soil/clya clay-soil", expect=3)
        assert "did you mean `garden.soil/clay`?" in result.err
        assert renamed("cards adopt garden.soil/clay nowhere", expect=3).out == ""

    def test_answering_a_card_that_is_gone_says_how_to_go_on(self, renamed: Program) -> None:
        for name in ("garden.soil/clay", "clay"):
            result = renamed(f"grade {name} good", expect=3)
            assert "`mlcoach cards adopt garden.soil/clay NEW`" in result.err

    def test_its_last_part_is_enough(self, renamed: Program) -> None:
        assert "Moved: 2 answers of garden.soil/clay\n" in renamed("cards adopt clay clay-soil").out

    def test_a_hidden_card_is_not_offered_for_adoption(self, mlcoach: Program) -> None:
        mlcoach("grade eig-def good")
        mlcoach.write(
            "config/curriculum/math-la.toml",
            'schema = 1\nover = "math.la"\n[change.eigen]\nhide = { card = ["eig-def"] }\n',
        )
        result = mlcoach("cards show eig-def", expect=3)
        assert "`math.la.eigen/eig-def` is hidden by an overlay, its progress is kept" in result.err
        assert "adopt" not in result.err
        assert "eig-def" in mlcoach("curriculum diff").out


class TestLeeches:
    def test_they_are_what_cards_alone_shows(self, garden: Program) -> None:
        assert garden("cards").out == garden("cards leeches").out

    def test_none(self, garden: Program) -> None:
        assert garden("cards leeches").out == snapshot("""\
No leeches: no card or exercise was forgotten 8 times.
Find some by a word: mlcoach cards search WORDS
Write one of your own: mlcoach cards new UNIT
""")

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
        ("options", "code", "reason"),
        [
            ("-a x", 2, "`--answer` answers nothing"),
            ("-q ' ' -a x", 2, "needs a question"),
            ("-q '' -a x", 2, "needs a question"),
            ("-q '?' --cloze 'a {{b}}' -a x", 2, "`--question` does not go with `--cloze`"),
            ("-q '?' --numeric 'b' -a 1", 2, "`--question` does not go with `--numeric`"),
            ("--cloze 'a {{b}}' --numeric 'b' -a 1", 2, "`--cloze` does not go with `--numeric`"),
            ("--cloze 'hides nothing'", 4, "hides nothing"),
            ("--cloze 'a {{b}}' -a x", 2, "`--answer` does not go with `--cloze`"),
            ("--cloze 'a {{b}}' --reverse", 2, "`--reverse` does not go with `--cloze`"),
            ("--cloze 'a {{b}}' --tolerance 1", 2, "`--tolerance` does not go with `--cloze`"),
            ("--numeric 'How many?' -a many", 2, "`many` is not one number"),
            ("--numeric ' '", 2, "needs a question"),
            ("--cloze ''", 2, "needs a question"),
            ("--numeric 'How many?'", 2, "`--numeric` has no answer"),
            ("--numeric 'How many?' -a 3 --reverse", 2, "`--reverse` does not go with `--numeric`"),
            ("--numeric 'How many?' -a 3 --tolerance -1", 2, "tolerance"),
            ("--numeric 'How many?' -a 3 --tolerance nan", 2, "tolerance"),
            ("-q 'What?'", 2, "`--question` has no answer"),
            ("-q 'What?' -a x --tolerance 0", 2, "`--tolerance` does not go with `--question`"),
            ("--tolerance 1", 2, "`--tolerance` needs `--numeric`"),
            ("--reverse", 2, "`--reverse` needs `--question`"),
        ],
    )
    def test_what_makes_no_card_is_refused_and_nothing_written(
        self, garden: Program, options: str, code: int, reason: str
    ) -> None:
        before = garden.files()
        assert reason in garden(f"cards new garden.soil {options}", expect=code).err
        assert garden.files() == before

    def test_a_card_that_is_asked_both_ways(self, garden: Program) -> None:
        garden("cards new garden.soil -q 'Wurm?' -a 'A worm.' --reverse")
        assert data(garden, "cards show wurm")["subject"]["reverse"]

    def test_an_id_is_ascii_in_any_script(self, garden: Program) -> None:
        lines = {
            "-q 'Что такое гумус?' -a 'Почва.'": "garden.soil/card",
            "-q 'Что делает червь?' -a 'Ползёт.'": "garden.soil/card-2",
            "-q 'Was heißt das Maß?' -a 'Größe.'": "garden.soil/was-heisst-das-mass",
            "-q '土の pH とは何で、なぜ NPK か?' -a '酸度'": "garden.soil/ph-npk",
            "--cloze 'Le sol est {{vivant}}, née ¾ d'\"'\"'eau.'": "garden.soil/le-sol-est-vivant-nee-3",
        }
        for line, item in lines.items():
            assert json.loads(garden(f"cards new garden.soil {line} --json").out)["data"]["item"] == item
            assert data(garden, f"cards show {item}")["standing"] == "new"

    def test_an_id_that_an_item_had_before_stays_its_own(self, garden: Program) -> None:
        garden.write("config/curriculum/garden.toml", GARDEN.replace('id = "clay"', 'id = "clay"\n  was = ["loam"]'))
        shown = garden("cards new garden.soil -q 'Loam?' -a 'A mixture.'").out
        assert "New card: garden.soil/loam-2" in shown

    def test_a_poor_card_of_the_same_name_warns_of_itself_alone(self, garden: Program) -> None:
        garden("cards new garden.soil -q 'List all tools.' -a 'Spade.'")
        assert data(garden, "cards show list-all-tools")["standing"] == "new"
        made = json.loads(garden("cards new garden.soil -q 'Tools?' -a 'No.' --json").out)["data"]
        assert (made["item"], made["warnings"]) == ("garden.soil/tools", [])

    def test_a_poor_card_is_written_with_a_word_on_it(self, garden: Program) -> None:
        assert "asks for a list" in garden("cards new garden.soil -q 'List all tools.' -a 'Spade.'").out


class TestNewInTheEditor:
    def test_the_template_filled_in(self, garden: Program, tmp_path: Path) -> None:
        editor = tmp_path / "editor.sh"
        editor.write_text(
            """#!/bin/sh\nsed -i "s/^q = ''/q = 'What is loam?'/; s/^a = ''/a = 'A mixture.'/" "$1"\n""",
            encoding="utf-8",
        )
        editor.chmod(0o755)
        garden(f"config set editor {editor}")
        assert "New card: garden.soil/what-is-loam" in garden("cards new garden.soil --edit", tty=80).out

    @pytest.fixture
    def write(self, garden: Program, tmp_path: Path) -> Callable[..., Result]:
        """Run `cards new garden.soil` with an editor that leaves this text behind; None leaves it as it was."""

        def run(text: str | None, words: str = "", *, answer: str = "n\n", expect: int = 0) -> Result:
            written = tmp_path / "written.toml"
            written.write_text(text or "", encoding="utf-8")
            editor = tmp_path / "editor.sh"
            editor.write_text(f"#!/bin/sh\n{'' if text is None else f'cat {written} > $1'}\n", encoding="utf-8")
            editor.chmod(0o755)
            garden.environment["VISUAL"] = str(editor)
            return garden(f"cards new garden.soil --edit {words}", tty=80, stdin=answer, expect=expect)

        return run

    @pytest.mark.parametrize("text", [None, "", "# nothing\nq = ''\n"])
    def test_nothing(self, garden: Program, write: Callable[..., Result], text: str | None) -> None:
        before = garden.files()
        shown = write(text)
        assert (shown.out, "nothing was written" in shown.err) == ("", True)
        told = json.loads(write(text, "--json").out)
        assert (told["kind"], told["data"]["item"]) == ("cards_new", None)
        assert garden.files() == before

    @pytest.mark.parametrize(
        ("text", "code", "reason"),
        [
            ("q = ''\na = 'A mixture.'\n", 2, "a card needs a question"),
            ("q = '  '\n", 2, "a card needs a question"),
            ("reverse = true\n", 2, "a card needs a question"),
            ("id = 'loam'\n", 2, "a card needs a question"),
            ("id = 'Loam!'\nq = '?'\na = '!'\n", 2, "`Loam!` is not a valid id of a card"),
            ("id = 5\nq = '?'\na = '!'\n", 2, "`5` is not a valid id of a card"),
            ("id = 'clay'\nq = '?'\na = '!'\n", 2, "`clay` is taken"),
            ("id = 'jar'\nq = '?'\na = '!'\n", 2, "`jar` is taken"),
            ("q = 'What?'\n", 4, "has no answer"),
        ],
    )
    def test_what_makes_no_card_is_refused_and_the_words_are_kept(
        self, garden: Program, write: Callable[..., Result], text: str, code: int, reason: str
    ) -> None:
        before = garden.files()
        # A long path may be broken over lines of the screen.
        shown = "".join(write(text, expect=code).err.split())
        assert reason.replace(" ", "") in shown
        kept = re.search(r"yourtextiskeptin(/\S*?\.toml)", shown)
        assert kept
        draft = Path(kept[1])
        assert draft.read_text(encoding="utf-8") == text
        draft.unlink()
        assert garden.files() == before

    @pytest.mark.parametrize("command", ["cards new garden.soil", "paper card 1412.6980"])
    def test_options_beside_the_editor_are_refused(self, garden: Program, command: str) -> None:
        garden("paper add 1412.6980")
        before = garden.files()
        assert "`--edit`" in garden(f"{command} --edit -q What? -a That.", tty=80, expect=2).err
        assert garden.files() == before

    def test_leaving_at_the_question_keeps_the_words_too(self, write: Callable[..., Result]) -> None:
        kept = re.search(
            r"yourtextiskeptin(/\S*?\.toml)", "".join(write("q = 'What?'\n", answer="", expect=4).err.split())
        )
        assert kept
        draft = Path(kept[1])
        assert draft.read_text(encoding="utf-8") == "q = 'What?'\n"
        draft.unlink()

    def test_on_a_terminal_it_asks_for_question_and_answer(self, garden: Program) -> None:
        shown = garden("cards new garden.soil", tty=80, stdin="what's \"loam\"?\n\nsand = clay, 'about'\n")
        assert "a card needs an answer" in shown.err
        made = data(garden, "cards show garden.soil/what-s-loam")["subject"]
        assert (made["question"], made["answer"]) == ('what\'s "loam"?', "sand = clay, 'about'")
        before = garden.files()
        assert "no card was made" in garden("cards new garden.soil", tty=80, stdin="\n").err
        assert garden("cards new no.such.unit", tty=80, stdin="a\nb\n", expect=3).err.startswith("error: no unit")
        assert garden.files() == before

    def test_what_cannot_be_read_is_opened_again(self, garden: Program, tmp_path: Path) -> None:
        editor = tmp_path / "editor.py"
        editor.write_text(
            "import pathlib, sys\n"
            "file = pathlib.Path(sys.argv[1])\n"
            "text = file.read_text()\n"
            "bad, good = \"q = 'what's w?'\", 'q = \"what is w?\"'\n"
            "file.write_text(text.replace(bad, good) if bad in text else bad + '\\na = \"a weight\"\\n')\n",
            encoding="utf-8",
        )
        garden.environment["VISUAL"] = f"{sys.executable} {editor}"
        shown = garden("cards new garden.soil --edit", tty=80, stdin="\n")
        assert "line 1 cannot be read: q = 'what's w?'" in shown.err
        assert "New card: garden.soil/what-is-w" in shown.out

    def test_wrong_options_name_the_right_ones(self, garden: Program) -> None:
        said = " ".join(garden("cards new garden.soil --front a --back b", expect=2).err.split())
        assert "no such option: --front" in said and "did you mean `--question`?" in said
        assert all(option in said for option in ("--answer", "--cloze", "--numeric"))

    def test_an_id_of_the_learners_choice(self, garden: Program, write: Callable[..., Result]) -> None:
        shown = write("id = 'my-loam'\nq = 'What is loam?'\na = 'A mixture.'\n").out
        assert "New card: garden.soil/my-loam" in shown
        assert data(garden, "cards show garden.soil/my-loam")["subject"]["question"] == "What is loam?"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("cards add", "error: no command `cards add`\nhint: did you mean `mlcoach cards new`?\n"),
        ("cards serch clay", "error: no command `cards serch`\nhint: did you mean `mlcoach cards search`?\n"),
        (
            "calendar find",
            "error: no command `calendar find`\nhint: `mlcoach calendar --help` shows them: export, slots\n",
        ),
    ],
)
def test_an_unknown_command_of_a_group_is_answered_by_its_meaning(mlcoach: Program, typed: str, said: str) -> None:
    assert mlcoach(typed, expect=2).err == said
