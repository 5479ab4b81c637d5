"""`interview` as typed: what is asked, the whole of it in a terminal, and the look back. Patterns are told afterwards."""

import json
import os
from typing import Any

import pytest

from mlcoach.domain.curriculum import Exercise
from mlcoach.services.context import Context
from mlcoach.services.practice import interview
from mlcoach.services.practice.session import PracticeSession
from tests.cli.test_practice import terminal
from tests.conftest import Program

PROBLEM = """
  [[unit.exercise]]
  id = "{id}"
  title = "The problem {id}"
  kind = "code"
  drill = true
  pattern = "{pattern}"
  minutes = 20
  prompt = 'Write {id}(x).'

  [unit.exercise.code]
  file = "{id}.py"
  seconds = 2
  starter = 'def {id}(x): ...'
  solution = 'def {id}(x): return x'

    [[unit.exercise.code.test]]
    id = "same"
    visible = true
    body = 'assert {id}(2) == 2'
"""
SUBJECT = """\
schema = 1
id = "own"
title = "Own"
track = "{track}"

[[unit]]
id = "asked"
title = "Asked"
hours = 2
recall = "What?"
"""
THEORY = """
  [[unit.card]]
  id = "bias"
  q = "What is bias?"
  a = "What stays wrong with endless data."
"""


@pytest.fixture
def asked(mlcoach: Program) -> Program:
    mlcoach.environment["PATH"] = os.environ["PATH"]
    problems = (("first", "two ends"), ("second", "two ends"), ("third", "halving"))
    text = "".join(PROBLEM.format(id=id, pattern=pattern) for id, pattern in problems)
    mlcoach.write("config/curriculum/own.toml", SUBJECT.format(track="prog") + text)
    bank = SUBJECT.format(track="career").replace('"own"', '"career"').replace('"asked"', '"bank"')
    mlcoach.write("config/curriculum/career.toml", bank + THEORY)
    return mlcoach


def chosen(program: Program) -> dict[str, Any]:
    return dict(json.loads(program("interview --json").out)["data"])


def solve(program: Program, name: str) -> None:
    file = program.home / "work" / "own.asked" / name / f"{name}.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"def {name}(x): return x\n", encoding="utf-8")
    program(f"practice own.asked/{name} --check", tty=80, stdin="y\n")


def test_two_problems_of_different_patterns_and_a_question_without_its_answer(asked: Program) -> None:
    view = chosen(asked)
    ids = [problem["item"] for problem in view["problems"]]
    assert len(ids) == 2
    assert "own.asked/third" in ids, "the only one of its pattern"
    assert [problem["pattern"] for problem in view["problems"]] == ["", ""]
    assert view["question"] == {
        "item": "career.bank/bias", "text": "What is bias?", "answer": "", "rating": "", "seconds": 0
    }  # fmt: skip
    assert chosen(asked) == view
    screen = asked("interview").out
    assert "A mock interview: 45m" in screen
    assert "endless data" not in screen
    assert "halving" not in screen


def test_the_question_is_of_a_unit_passed_then_of_the_bank_and_never_of_working_life(asked: Program) -> None:
    for track in ("ml", "career"):
        text = SUBJECT.format(track=track).replace('"own"', f'"{track}-own"')
        card = THEORY.replace('"bias"', f'"of-{track}"').replace("What is bias?", f"Of {track}?")
        asked.write(f"config/curriculum/{track}-own.toml", text + card)
    assert chosen(asked)["question"]["item"] == "career.bank/bias", "nothing is passed yet"
    asked("done ml-own.asked --no-questions")
    asked("done career-own.asked --no-questions")
    assert chosen(asked)["question"]["item"] == "ml-own.asked/of-ml"
    asked("grade ml-own.asked/of-ml good")
    assert chosen(asked)["question"]["item"] == "career.bank/bias"


def test_what_was_tried_is_not_asked_again(asked: Program) -> None:
    solve(asked, "third")
    assert "there are not two problems left" in asked("interview", expect=3).err


def test_a_pattern_is_named_once_it_is_solved_and_only_counted_before(asked: Program) -> None:
    for line in ("practice --list", "practice --list --all", "practice --list own"):
        assert "halving" not in asked(line).out and "two ends" not in asked(line).out
    assert "2 patterns: each is named once you solved an exercise of it." in asked("practice --list").out
    solve(asked, "third")
    listed = asked("practice --list").out
    assert "halving  1 of 1 solved  1 solid" in listed
    assert "two ends" not in listed
    assert "1 other pattern: " in listed
    assert "halving" in asked("practice --list own").out
    data = json.loads(asked("practice --list --json").out)["data"]
    assert {item["pattern"] for item in data["items"]} == {"", "halving"}


def test_the_screen_tells_the_minutes_left(asked: Program) -> None:
    context = Context({"MLCOACH_HOME": str(asked.home), "MLCOACH_NOW": asked.now.isoformat(), **asked.environment})
    exercise = context.catalog.item("own.asked/first")
    assert isinstance(exercise, Exercise)
    now = [0.0]
    session = PracticeSession(context, exercise, lambda: now[0], ends=150.0, of="problem 1 of 2")
    assert session.watch_view().minutes_left == 3
    now[0] = 20.0
    assert not session.clock_moved()
    now[0] = 31.0
    assert session.clock_moved()
    now[0] = 900.0
    assert session.watch_view().minutes_left == 0
    session.close()
    context.close()


@pytest.mark.slow
def test_a_whole_interview_in_a_terminal(asked: Program) -> None:
    pexpect = pytest.importorskip("pexpect")
    names = [problem["item"].partition("/")[2] for problem in chosen(asked)["problems"]]
    with terminal(asked, "interview") as child:
        child.expect("Begin")
        child.sendline("y")
        for number, name in enumerate(names, start=1):
            child.expect("Run it on this machine")
            child.sendline("y")
            child.expect(f"problem {number} of 2")
            child.expect("q leave")
            file = asked.home / "work" / "own.asked" / name / f"{name}.py"
            file.write_text(f"def {name}(x): return x\n")
            child.expect("graded good|graded easy")
            child.send("n")
        child.expect("What is bias")
        child.sendline("")
        child.expect("endless data")
        child.sendline("3")
        child.expect("The look back")
        child.expect("1 of 1 test")
        child.expect("Patterns: ")
        child.expect(pexpect.EOF)


def items_of(view: dict[str, Any]) -> set[str]:
    return {problem["item"] for problem in view["problems"]}


def test_a_problem_that_was_opened_is_seen(asked: Program) -> None:
    opened = next(item for item in items_of(chosen(asked)) if item != "own.asked/third")
    name = opened.partition("/")[2]
    asked.write(f"work/own.asked/{name}/{name}.py", f"def {name}(x): ...\n")
    assert items_of(chosen(asked)) == {"own.asked/first", "own.asked/second", "own.asked/third"} - {opened}


def test_what_the_plan_of_the_day_asks_is_left_to_it(asked: Program) -> None:
    ids = ("heap", "tree", "graph")
    text = "".join(PROBLEM.format(id=id, pattern=f"way of {id}") for id in ids)
    cards = "".join(THEORY.replace("bias", f"of-{id}") for id in ids)
    asked.write("config/curriculum/own.toml", SUBJECT.format(track="prog") + text + cards)
    asked.at("2026-11-21T20:00:00+01:00")("log 30m own.asked")
    asked("done own.asked --no-questions")
    asked.at("2026-11-23T20:00:00+01:00")
    blocks = json.loads(asked("today --json").out)["data"]["blocks"]
    planned = {item for block in blocks for item in block["items"]}
    problems = {f"own.asked/{id}" for id in ids}
    assert len(planned & problems) == 1
    view = chosen(asked)
    assert items_of(view) == problems - planned
    assert len(planned) > 1
    assert view["question"]["item"] not in planned


def test_the_look_back_tells_no_pattern_of_a_problem_that_was_not_tried(asked: Program) -> None:
    context = Context({"MLCOACH_HOME": str(asked.home), "MLCOACH_NOW": asked.now.isoformat(), **asked.environment})
    view = interview.choose(context)
    sessions = []
    for number, problem in enumerate(view.problems):
        exercise = context.catalog.item(problem.item)
        assert isinstance(exercise, Exercise)
        assert exercise.code
        session = PracticeSession(context, exercise, lambda: 0.0)
        if number:
            file = asked.home / "work" / "own.asked" / exercise.code.file.removesuffix(".py") / exercise.code.file
            file.write_text("def nothing(): ...\n", encoding="utf-8")
        session.run()
        sessions.append(interview.solved(problem, session.view(), 60, tried=session.was_tried))
        session.close()
    told = interview.looked_back(context, view, sessions, None, 120)
    context.close()
    assert [problem.status for problem in told.problems] == ["not tried", "wrong"]
    assert [bool(problem.pattern) for problem in told.problems] == [False, True]
