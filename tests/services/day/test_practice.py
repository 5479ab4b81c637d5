"""Short drills of the day: from units passed, subjects in turn, on days without long exercises."""

import json
from typing import Any

import pytest

from tests.conftest import Program

DRILL = """
  [[unit.exercise]]
  id = "{id}"
  title = "Drill: {id}"
  drill = true
  minutes = {minutes}
  prompt = "What is it?"
    [unit.exercise.vary]
    vars.a = {{ int = [2, 99] }}
    prompt = "What is {{a}} plus one?"
    answer = "a + 1"
    accept = {{ exact = true }}
    solution = "One more than {{a}}."
"""
UNIT = """
[[unit]]
id = "{id}"
title = "Sums {id}"
hours = 2
lane = "concept"
objectives = ["add one"]
"""


def subject(id: str, units: dict[str, dict[str, int]]) -> str:
    head = f'schema = 1\nid = "{id}"\ntitle = "{id}"\ntrack = "math"\nsummary = "Sums."\n'
    return head + "".join(
        UNIT.format(id=unit) + "".join(DRILL.format(id=name, minutes=minutes) for name, minutes in drills.items())
        for unit, drills in units.items()
    )


@pytest.fixture
def drilled(mlcoach: Program) -> Program:
    mlcoach.write(
        "config/curriculum/one.toml", subject("my.one", {"a": {"a1": 3, "a2": 3, "long": 20}, "b": {"b1": 3}})
    )
    mlcoach.write("config/curriculum/two.toml", subject("my.two", {"c": {"c1": 3}, "open": {"o1": 3}}))
    mlcoach.write("config/config.toml", "new_cards = 0\n")
    for unit in ("my.one.a", "my.one.b", "my.two.c"):
        mlcoach(f"done {unit}")
    return mlcoach.later(days=1)


def practice(mlcoach: Program) -> dict[str, Any]:
    found = [
        block for block in json.loads(mlcoach("today --json").out)["data"]["blocks"] if block["kind"] == "practice"
    ]
    assert len(found) == 1
    return dict(found[0])


def test_a_long_drill_is_an_exercise_and_the_others_come_on_the_days_between(drilled: Program) -> None:
    block = practice(drilled)
    assert (block["minutes"], block["items"]) == (20, ["my.one.a/long"])
    drilled("log 20m math.calc.derivatives")  # keeps the plan of the day
    drilled.later(days=1)
    block = practice(drilled)
    assert (block["title"], block["minutes"]) == ("3 short drills", 9)
    assert block["items"] == ["my.one.a/a1", "my.two.c/c1", "my.one.b/b1"], "subjects in turn, nothing of `open`"
    assert block["practise"] == block["command"], "one command asks all of them"


def test_they_are_answered_in_review_and_come_back_when_due(drilled: Program) -> None:
    drilled("log 20m math.calc.derivatives")
    drilled.later(days=1)
    first = practice(drilled)
    for item in first["items"]:
        drilled(f"grade {item} good")
    assert practice(drilled)["done"]
    drilled.later(days=1)
    assert practice(drilled)["items"] == ["my.one.a/a2"], "what was never tried; the others are not due"


def test_tomorrow_is_as_the_plan_said(drilled: Program) -> None:
    drilled("log 20m math.calc.derivatives")
    [_, told, *_] = json.loads(drilled("plan --days 3 --json").out)["data"]["days"]
    drilled.later(days=1)
    assert [block["title"] for block in told["blocks"] if block["kind"] == "practice"] == [practice(drilled)["title"]]


def test_a_first_evening_has_none(drilled: Program) -> None:
    drilled.later(days=40)
    assert [
        b["kind"] for b in json.loads(drilled("today --json").out)["data"]["blocks"] if b["kind"] == "practice"
    ] == []


def explained(mlcoach: Program, item: str) -> dict[str, Any]:
    return dict(json.loads(mlcoach(f"memory explain {item} --json").out)["data"])


def test_a_short_drill_comes_back_sooner_than_an_exercise(drilled: Program) -> None:
    waits: dict[str, list[int]] = {"my.one.a/a1": [], "my.one.a/long": []}
    for item, days in waits.items():
        drilled.at("2026-11-25T20:00:00+01:00")
        for _ in range(3):
            drilled(f"grade {item} good")
            days.append(explained(drilled, item)["interval_days"])
            drilled.later(days=20)
    assert all(sooner < later for sooner, later in zip(*waits.values(), strict=True)), waits
    drill, exercise = explained(drilled, "my.one.a/a1"), explained(drilled, "my.one.a/long")
    assert (drill["retention"], exercise["retention"]) == (0.85, 0.75)
    assert (drill["ladder"], exercise["ladder"]) == (False, True)
