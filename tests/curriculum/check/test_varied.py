"""`curriculum check` draws 200 variants of each item whose numbers vary."""

from pathlib import Path

import pytest

from mlcoach.adapters.expressions import FUNCTIONS, evaluate
from mlcoach.curriculum.check.check import check
from mlcoach.curriculum.check.difference import differences
from mlcoach.domain.curriculum import Card
from mlcoach.domain.practice.values import FUNCTION_NAMES
from tests.curriculum.curriculum_folders import Folders

HEAD = """
schema = 1
id     = "nums"
title  = "Numbers"
track  = "math"

[[unit]]
id     = "one"
title  = "One"
hours  = 2
recall = "?"

  [[unit.card]]
  id = "other"
  q  = "Other?"
  a  = "Yes."

  [[unit.card]]
  id = "area"
    [unit.card.vary]
"""
TABLE = """
    vars.a = { int = [11, 99] }
    vars.b = { int = [3, 9] }
    prompt = "{a} by {b}?"
    answer = "a*b"
    accept = { exact = true }
"""
MISTAKE = """
      [[unit.card.vary.misconception]]
      id = "m"
      answer = "ANSWER"
      feedback = "No."
"""


def found(folders: Folders, table: str) -> list[str]:
    """Return what is said of a card with this table, errors first."""
    file = folders.write("nums.toml", HEAD + table)
    report = check(folders.bundled, folders.own, [file], evaluate)
    return [
        f"{problem.severity}: {problem.message} | {problem.hint} @{problem.line}"
        for problem in (*report.errors, *report.warnings)
        if problem.code not in ("step-hours", "no-items")
    ]


def test_a_sound_table_has_no_fault(folders: Folders) -> None:
    assert found(folders, TABLE + MISTAKE.replace("ANSWER", "2*(a+b)")) == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TABLE.replace("{ int = [3, 9] }", "{ int = [3, 9], choice = [1] }"), "a variable `b` with choice and int"),
        (TABLE.replace("{ int = [3, 9] }", "{ int = [9, 3] }"), "ends before it begins"),
        (TABLE.replace("{ int = [3, 9] }", "{ step = 2 }"), "nothing to draw from"),
        (TABLE.replace("{ int = [3, 9] }", "{ int = [3, 9], size = 99 }"), "invalid size"),
        (TABLE.replace("{ int = [3, 9] }", "{ int = [3, 9], step = 0.5 }"), "broken step"),
        (TABLE.replace("vars.b", "vars.sqrt"), "name of its own"),
        (TABLE.replace("vars.b", "vars.from"), "name of its own"),
        (TABLE.replace("accept = { exact = true }", ""), "which answers it accepts"),
        (TABLE.replace("{ exact = true }", "{ exact = true, sigfig = 2 }"), "several ways"),
        (TABLE.replace("{ exact = true }", "{ }"), "in none"),
        (TABLE.replace("by {b}?", "by {c}?"), "place {c}"),
        (TABLE.replace("by {b}?", "by {b:.2q}?"), "format `.2q`"),
        (TABLE.replace("by {b}?", "by {answer}?"), "place {answer}"),
        (TABLE + "    where = ['a > 100']\n", "no numbers fulfil"),
        (TABLE.replace('"a*b"', '"a*c"'), "there is no `c`"),
        (TABLE.replace('"a*b"', '"a*b/(a-a)"'), "divides by zero"),
        (TABLE.replace('"a*b"', '"a.real"'), "cannot be computed"),
        (TABLE.replace('"a*b"', '"a*("'), "not an expression"),
        (TABLE.replace('"a*b"', '"9**9**a"'), "power"),
        (TABLE + "    expression = true\n", "`expression` without `free`"),
        (TABLE + "    free.x = { real = [1, 2] }\n", "`free` without `expression`"),
        (TABLE + "    expression = true\n    free.X = { real = [1, 2] }\n", "letter `X`"),
        (TABLE + MISTAKE.replace("ANSWER", "b*a"), "`m` that is right in 200 of 200 variants"),
        (TABLE + MISTAKE.replace("ANSWER", "a*b if b > 7 else a"), "is right in"),
        (TABLE + MISTAKE.replace("ANSWER", "1/(a-a)"), "never comes to a number"),
        (TABLE + MISTAKE.replace("ANSWER", "a") + MISTAKE.replace("ANSWER", "b"), "two misconceptions `m`"),
        (TABLE + MISTAKE.replace("ANSWER", "a") + 'card = "none"', "brings back `none`, which is not a card"),
        (TABLE.replace('"a*b"', '"sqrt(a)*b"'), "long to type"),
        (TABLE.replace("[11, 99]", "[11, 11]").replace("[3, 9]", "[3, 4]"), "2 different questions"),
    ],
)
def test_what_is_wrong_is_said(folders: Folders, table: str, said: str) -> None:
    problems = found(folders, table)
    assert problems and said in problems[0], problems


def test_a_mistake_may_coincide_in_one_of_twenty(folders: Folders) -> None:
    assert found(folders, TABLE + MISTAKE.replace("ANSWER", "a*b if a == 50 else a+b")) == []


def test_the_place_is_that_of_the_key(folders: Folders) -> None:
    problems = found(folders, TABLE + MISTAKE.replace("ANSWER", "a*b"))
    line = int(problems[0].rpartition("@")[2])
    assert (HEAD + TABLE + MISTAKE).splitlines()[line - 1].strip() == 'answer = "ANSWER"'


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (TABLE.replace("vars.b", "vars.b-c"), "bad-value"),
        (TABLE.replace("prompt", "promt"), "unknown-key"),
        (TABLE.replace("{ int = [3, 9] }", '{ int = ["3", 9] }'), "wrong-type"),
        (TABLE.replace("{ int = [3, 9] }", "{ int = [3] }"), "out-of-range"),
        (TABLE.replace("{ int = [3, 9] }", "3"), "wrong-type"),
        (TABLE.replace('answer = "a*b"', "answer = 15"), "wrong-type"),
        ("    vars.a = { int = [1, 2] }\n", "missing-key"),
    ],
)
def test_values_of_another_kind_are_named(folders: Folders, table: str, code: str) -> None:
    file = folders.write("nums.toml", HEAD + table)
    report = check(folders.bundled, folders.own, [file], evaluate)
    assert code in [problem.code for problem in report.errors], report.errors
    assert all(problem.line for problem in report.errors)


def test_what_goes_with_vary(folders: Folders) -> None:
    for key in ('cloze = "{{x}}"', "q = 'x'\n  a = 'y'\n  reverse = true", "accept_text = ['x']"):
        file = folders.write("nums.toml", HEAD.replace('id = "area"', f'id = "area"\n  {key}') + TABLE)
        assert "card-form" in [problem.code for problem in check(folders.bundled, folders.own, [file], evaluate).errors]


def test_the_names_of_expressions_are_those_that_are_documented() -> None:
    assert set(FUNCTIONS) == set(FUNCTION_NAMES)


FROZEN = HEAD.replace('id = "area"', 'id = "area"\n  numeric = "3 by 5?"\n  answer = 15')
OVERLAY = 'schema = 1\nover = "nums"\n[change.one.card.area]\n'


def bundle(folders: Folders, tmp_path: Path) -> Folders:
    """Return folders whose bundle has the varied card."""
    bundled = tmp_path / "bundle"
    bundled.mkdir()
    (bundled / "nums.toml").write_text(FROZEN + TABLE, encoding="utf-8")
    return folders._replace(bundled=bundled)


@pytest.mark.parametrize(
    ("change", "question", "number", "varies"),
    [
        ("answer = 16", "3 by 5?", 16, False),
        ("tolerance = 1", "3 by 5?", 15, False),
        ('numeric = "4 by 5?"\nanswer = 20', "4 by 5?", 20, False),
        ("differs = 'x'", "3 by 5?", 15, True),
    ],
)
def test_an_overlay_that_changes_the_numbers_keeps_its_own(
    folders: Folders, tmp_path: Path, change: str, question: str, number: float, varies: bool
) -> None:
    there = bundle(folders, tmp_path)
    there.write("mine.toml", OVERLAY + change + "\n")
    with there.open() as catalog:
        card = catalog.item("nums.one/area")
    assert isinstance(card, Card)
    assert (card.question, card.number, card.vary is not None) == (question, number, varies)
    (difference,), _ = differences(there.bundled, there.own)
    assert ("keeps these numbers; the bundled ones vary" in difference.units[0].yours[0]) is not varies


def test_an_overlay_may_vary_a_card_itself(folders: Folders, tmp_path: Path) -> None:
    there = bundle(folders, tmp_path)
    table = TABLE.replace('"a*b"', '"a+b"')
    there.write("mine.toml", 'schema = 1\nover = "nums"\n[change.one.card.area.vary]\n' + table)
    with there.open() as catalog:
        card = catalog.item("nums.one/area")
    assert isinstance(card, Card) and card.vary is not None and card.vary.answer == "a+b"
    assert check(there.bundled, there.own, (), evaluate).errors == ()
