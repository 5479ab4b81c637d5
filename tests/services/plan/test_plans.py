"""The plan seen in other ways: by unit, a day off, a week of looking around, a page for the way; and its phases."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from mlcoach.render.day.plan import unit_lines
from mlcoach.views.plan import ComingCardsView, ComingUnitsView
from tests.conftest import Compiled, Program

PROJECTS = """schema = 1
id = "own"
title = "Own"
track = "eng"
[[unit]]
id = "thing"
title = "A thing of your own"
hours = 10
lane = "build"
  [[unit.exercise]]
  id = "make-it"
  title = "Make it"
  kind = "project"
  minutes = 300
  prompt = "Make it."
"""
PATH = """schema = 1
[[path]]
id = "mine"
title = "Mine"
goal = "to see"
units = ["own.thing", "math.la.vectors", "prog.py.basics", "math.prob.basics"]
known = ["start.setup"]
"""


def data(mlcoach: Program, line: str) -> dict[str, Any]:
    return dict(json.loads(mlcoach(f"{line} --json").out)["data"])


def with_projects(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/own.toml", PROJECTS)
    mlcoach.write("config/curriculum/paths.toml", PATH)
    mlcoach("config set path mine")


def kinds(mlcoach: Program, days: int = 7) -> dict[str, list[tuple[str, int]]]:
    """Return the blocks of the coming days by weekday, reviews and close left out."""
    return {
        date.fromisoformat(day["date"]).strftime("%a"): [
            (block["kind"], block["minutes"]) for block in day["blocks"] if block["kind"] not in ("review", "close")
        ]
        for day in data(mlcoach, f"plan --days {days}")["days"]
    }


@pytest.mark.slow
def test_the_next_month_by_unit_is_the_same_as_the_plan_lived_ahead(mlcoach: Program) -> None:
    mlcoach("config set path taste")
    coming = data(mlcoach, "plan --units")
    ends = {unit["unit"]: unit["finishes"] for unit in coming["units"]}
    assert list(ends) == ["start.why", "start.setup", "prog.py.basics", "ml.found"]
    days = data(mlcoach, "plan --days 19")["days"]
    for unit, end in ends.items():
        assert max(day["date"] for day in days for block in day["blocks"] if block["unit"] == unit) == end
    for unit in coming["units"]:
        assert unit["early"] <= unit["finishes"] <= unit["late"]
    assert mlcoach("plan --units").out == snapshot("""\
Week of Mon 23 Nov
  begins  Goal, role and reasons  Mon 23 Nov
  ends    Goal, role and reasons  Fri 27 Nov (26 Nov–29 Nov)
  begins  Machine, OS, accounts   Mon 23 Nov
  ends    Machine, OS, accounts   Sat 28 Nov (26 Nov–1 Dec)
  begins  Python fundamentals     Sun 29 Nov
Week of Mon 30 Nov
  ends  Python fundamentals  Sun 6 Dec (2 Dec–11 Dec)
Week of Mon 7 Dec
  begins  What machine learning is (and is not)  Mon 7 Dec
  ends    What machine learning is (and is not)  Fri 11 Dec (5 Dec–18 Dec)

Path taste, as if each day went as planned. In brackets the days between which
it may really end, as sure as `mlcoach forecast` is.
""")


def test_what_is_under_way_is_not_begun_again_and_what_goes_on_is_said(mlcoach: Program) -> None:
    mlcoach("log 1h start.why")
    screen = mlcoach("plan --units", tty=60).out
    assert "ends    Goal, role and reasons" in screen
    assert "begins  Goal, role and reasons" not in screen
    assert "Still under way on Sun 20 Dec: " in screen
    assert max(map(len, screen.splitlines())) <= 60


def test_a_day_off_has_parts_breaks_and_a_project(mlcoach: Program) -> None:
    with_projects(mlcoach)
    parts = data(mlcoach, "plan --long")["parts"]
    blocks = [part["block"] for part in parts if part["block"]]
    assert max(block["minutes"] for block in blocks) <= 60
    assert sum(block["minutes"] for block in blocks) <= 360
    assert "project" in {block["kind"] for block in blocks}
    assert [block["kind"] for block in blocks] == [
        block["kind"] for block in data(mlcoach, "today --minutes 6h")["blocks"]
    ], "what is shown is what `today --minutes 6h --replan` takes"
    breaks = [part["minutes"] for part in parts if part["block"] is None]
    assert breaks.count(45) == 1
    assert len(breaks) >= 4
    assert all(later["starts"] == part["starts"] + part["minutes"] for part, later in pairwise(parts))
    assert "Break" in mlcoach("plan --long").out


def test_a_survey_looks_at_every_subject_of_the_path_once_and_begins_none(mlcoach: Program) -> None:
    found = data(mlcoach, "plan --survey")
    surveyed = [one["subject"] for day in found["days"] for one in day["subjects"]]
    assert sorted(surveyed) == sorted(set(surveyed))
    assert set(surveyed) == {
        "start", "math.la", "math.prob", "math.calc", "math.stats", "prog.py", "ml", "prog.tools"
    }  # fmt: skip
    assert all(10 <= one["minutes"] <= 60 for day in found["days"] for one in day["subjects"])
    screen = mlcoach("plan --survey").out
    assert "skim Essence of Linear Algebra" in screen
    assert 'mlcoach log 60m -n "survey: start"' in screen
    mlcoach('log 60m -n "survey: start"')
    assert data(mlcoach, "plan --survey")["days"] == found["days"]


def test_a_survey_leaves_out_what_is_passed_and_days_without_minutes(mlcoach: Program) -> None:
    mlcoach("skip math.la")
    mlcoach("config set weekday.tue 0")
    found = data(mlcoach, "plan --survey")
    assert "math.la" not in {one["subject"] for day in found["days"] for one in day["subjects"]}
    assert "2026-11-24" not in {day["date"] for day in found["days"]}
    mlcoach("config set path taste")
    mlcoach("skip start.why start.setup prog.py.basics ml.found")
    assert "Nothing of the path `taste` is left" in mlcoach("plan --survey").out


def test_two_kinds_of_plan_at_once_are_refused(mlcoach: Program) -> None:
    assert "ask for one of them" in mlcoach("plan --units --long", expect=2).err


def test_the_page_for_the_way_asks_first_and_answers_at_the_end(mlcoach: Program) -> None:
    assert "the time is yours" in mlcoach("today --mobile").out
    mlcoach("log 1h eigen")
    mlcoach("grade eig-def again")
    mlcoach("paper add 1412.6980 --offline --title 'Adam'")
    mlcoach.later(days=1)
    page = mlcoach("today --mobile").out
    found = data(mlcoach, "today --mobile")
    assert [card["item"] for card in found["cards"]] == ["math.la.eigen/eig-def"]
    assert found["paper"]["address"] == "https://arxiv.org/abs/1412.6980"
    assert page.index("1 card to recall") < page.index("A first pass, ten minutes: Adam") < page.index("Answers")
    assert page.count("[ ] ") == len(found["paper"]["questions"]) > 0
    assert "\x1b" not in page
    assert max(map(len, mlcoach("today --mobile", tty=40).out.splitlines())) <= 42  # an address is not cut


def test_without_a_phase_weeks_are_as_they_were(mlcoach: Program) -> None:
    with_projects(mlcoach)
    assert {kind for day in kinds(mlcoach).values() for kind, _ in day} == {"study", "build"}


def test_a_phase_shapes_the_week(mlcoach: Program) -> None:
    with_projects(mlcoach)
    mlcoach("config set phase build")
    week = kinds(mlcoach)
    assert sum(minutes for day in week.values() for kind, minutes in day if kind == "project") >= 0.3 * 840
    for day in week.values():
        assert sum(minutes for kind, minutes in day if kind in ("study", "build")) >= 20, "learning goes on every day"
    assert ("free", 30) in week["Sun"]
    assert sum(kind == "free" for day in week.values() for kind, _ in day) == 1
    mlcoach("config set free_day wed")
    assert ("free", 30) in kinds(mlcoach)["Wed"]
    mlcoach("config set free_day ''")
    assert "free" not in {kind for day in kinds(mlcoach).values() for kind, _ in day}


def test_a_free_day_comes_without_a_phase_where_it_is_set(mlcoach: Program) -> None:
    mlcoach("config set free_day mon")
    mlcoach("today --replan")
    free = next(block for block in data(mlcoach, "today")["blocks"] if block["kind"] == "free")
    assert (free["done_minutes"], free["done"]) == (0, False)
    assert free["command"] == 'mlcoach log 30m --note "…"'
    mlcoach("log 10m ml.unsup")
    mlcoach("log 20m -n 'how a violin sounds'")
    free = next(block for block in data(mlcoach, "today")["blocks"] if block["kind"] == "free")
    assert (free["done_minutes"], free["done"]) == (30, True)
    mlcoach("doctor --rebuild", expect=None)
    assert next(block for block in data(mlcoach, "today")["blocks"] if block["kind"] == "free")["done"]


def test_from_the_fifth_week_on_the_last_day_of_every_week_has_free_time(mlcoach: Program) -> None:
    mlcoach("log 30m vectors")
    mlcoach.later(days=21)
    assert "free" not in {kind for day in kinds(mlcoach).values() for kind, _ in day}
    mlcoach.later(days=7)
    free = [(day, minutes) for day, blocks in kinds(mlcoach).items() for kind, minutes in blocks if kind == "free"]
    assert free == [("Sun", 30)]
    mlcoach("config set weekday.sun 45")
    assert [day for day, blocks in kinds(mlcoach).items() for kind, _ in blocks if kind == "free"] == ["Sat"]
    mlcoach("config set free_day ''")
    assert "free" not in {kind for day in kinds(mlcoach).values() for kind, _ in day}


def test_from_two_fifths_of_the_core_on_a_project_has_the_longest_day(mlcoach: Program) -> None:
    with_projects(mlcoach)
    mlcoach("config set weekday.mon 180")
    assert "project" not in {block["kind"] for block in data(mlcoach, "today")["blocks"]}
    mlcoach("skip math.la start")
    mlcoach.later(days=7)
    made = [block for block in data(mlcoach, "today")["blocks"] if block["kind"] == "project"]
    assert [(block["unit"], block["minutes"]) for block in made] == [("own.thing", 60)]
    mlcoach.later(days=1)
    assert "project" not in {block["kind"] for block in data(mlcoach, "today")["blocks"]}


@pytest.mark.parametrize("line", ["config set phase rest", "config set free_day someday"])
def test_what_is_no_phase_or_day_is_refused(mlcoach: Program, line: str) -> None:
    assert "must be" in mlcoach(line, expect=2).err


@pytest.mark.slow
def test_a_unit_that_is_passed_is_not_under_way_its_cards_are(mlcoach: Program) -> None:
    mlcoach("log 20m start.why")
    mlcoach("done start.why --no-questions")
    view = json.loads(mlcoach("plan --units --json").out)["data"]
    assert "start.why" not in [unit["unit"] for unit in view["units"]]
    assert [cards["unit"] for cards in view["cards"]] == ["start.why"]
    shown = " ".join(mlcoach("plan --units").out.split())
    assert "Goal, role and reasons is passed; its new cards come until" in shown
    assert "Goal, role" not in shown.partition("Still under way")[2].partition(".")[0]


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.slow
def test_the_plan_says_why_a_unit_begins_before_another_one_ends(tmp_path: Path, compiled_bundle: Compiled) -> None:
    compiled_bundle.copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    program("config set goal 60")
    for line in ("plan --units", "plan --days 35"):
        shown = " ".join(program(line).out.split())
        assert "before Python fundamentals is finished: 50% of that is enough for it." in shown
        assert "What pauses: " in shown
    assert "50% of it is enough" in program("curriculum show ml.found").out


def test_a_block_that_was_done_early_counts_what_it_had(mlcoach: Program) -> None:
    mlcoach("config set path taste")
    mlcoach("config set goal 60")
    mlcoach("skip start.why")
    mlcoach.later(days=1)
    block = next(block for block in data(mlcoach, "today")["blocks"] if block["unit"])
    assert block["minutes"] > 30
    mlcoach(f"log 22m {block['unit']}")
    mlcoach(f"done {block['unit']} --no-questions")
    mlcoach(f"skip {block['unit']}")
    lines = [line for line in mlcoach("plan --days 1").out.splitlines() if line.rstrip().endswith("m")]
    minutes = [int(line.split()[-1].removesuffix("m")) for line in lines]
    assert sum(minutes) <= 60, lines
    assert any(f"{block['title']} · done" in line and line.endswith(" 22m") for line in lines)


@pytest.mark.slow
def test_the_month_names_what_comes_later_and_what_falls(mlcoach: Program) -> None:
    mlcoach("goal --by 2027-01-10 --path core")
    view = data(mlcoach, "plan --units")
    assert view["falls"]
    assert "as the time until your goal is too short: mlcoach goal" in " ".join(mlcoach("plan --units").out.split())
    mlcoach("goal --drop")
    view = data(mlcoach, "plan --units")
    assert view["later"] and not view["falls"]
    assert not {unit["title"] for unit in view["units"]} & set(view["later"])
    assert f"Later, in this order: {view['later'][0]}" in " ".join(mlcoach("plan --units").out.split())


def test_passed_units_that_still_bring_cards_have_one_sentence_together() -> None:
    view = ComingUnitsView(
        "core", date(2026, 12, 1), date(2026, 12, 28), (),
        tuple(ComingCardsView(f"u{n}", f"Unit {n}", date(2026, 12, 20 - n)) for n in range(12)), (), (), (),
    )  # fmt: skip
    shown = " ".join("".join(text for text, _ in line) for line in unit_lines(view, 200))
    assert shown.count("new cards come until") == 1
    assert "12 units are passed whose new cards come until Sun 20 Dec at the latest" in shown
    assert "Unit 0, Unit 1, Unit 2 and 9 more." in shown
