"""`paper read` as typed: line by line, and on a terminal."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.conftest import PROGRAM, Program


def data(program: Program, line: str, **more: Any) -> Any:
    return json.loads(program(f"{line} --json", **more).out)["data"]


class TestReading:
    def test_without_a_terminal_the_checklist_is_shown(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        assert "Pass 1: skim to decide" in mlcoach("paper read adam").out
        assert data(mlcoach, "paper read")["paper"]["budget_minutes"] == 10
        assert "No paper is waiting" not in mlcoach("paper read 1512.03385").out
        assert len(data(mlcoach, "paper list")["papers"]) == 1  # looking at it queues nothing

    def test_line_by_line_where_there_is_no_colour(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        # Keys come as characters where the input is no real terminal; what is typed after `a` is read as a line.
        result = mlcoach("paper read", tty=80, stdin=" q")
        assert result.out == snapshot("""\

Adam: A Method for Stochastic Optimization
Pass 1: skim to decide
Why: You derive the bias correction yourself and see why the default optimiser
scales each step by the size of recent gradients.
o opens https://arxiv.org/abs/1412.6980
space ticks · a answer · m my question · c cited paper · w new word · o open
up and down move · d done, end the pass · q leave, all is kept
1 of 12 · Skim, mathematics skipped
  Read the title and guess in a sentence what was done

ticked
2 of 12 · Skim, mathematics skipped
  Read the abstract; stop here if it promises nothing you want
Left pass 1 of Adam: A Method for Stochastic Optimization: 1 of 12 ticked.
Go on: mlcoach paper read 1412.6980
""")

    def test_a_question_without_an_answer_ends_its_line(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        # The input ends in the middle of a question.
        assert mlcoach("paper read", tty=80, stdin="m").err == "Your question (enter: none): \n"

    def test_plain_lines_are_for_screen_readers_here_too(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        mlcoach("config set plain true")
        result = mlcoach("--color always paper read", tty=80, stdin=" q")
        assert "\x1b[?1049h" not in result.out  # nothing is drawn in its place
        assert "▸" not in result.out
        assert result.out.count("Read the abstract") == 1

    def test_line_by_line_a_step_come_back_to_is_said_again(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        result = mlcoach("paper read", tty=80, stdin="jkq")
        assert result.out.count("1 of 12 · Skim") == 2
        assert result.out.count("2 of 12 · Skim") == 1
        assert result.out.count("Pass 1: skim") == 1


def test_a_pass_that_had_its_minutes_is_offered_to_end(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980")
    mlcoach("paper check 1412.6980 title")
    assert "time to decide" not in mlcoach("log 15m paper:1412.6980").err
    mlcoach("start paper:1412.6980")
    stopped = mlcoach.later(minutes=5)("stop")
    assert "pass 1 has had 20m of about 10m, time to decide: `mlcoach paper finish 1412.6980` ends it" in stopped.err
    shown = " ".join(mlcoach("paper").out.split())
    assert "Pass 1 has had 20m of about 10m: time to decide" in shown
    assert shown.endswith("--verdict go-on or stop, or later, in place of go-on"), (
        "its time is recorded already and must not count twice"
    )
    ended = mlcoach("paper finish 1412.6980 --verdict stop").out
    assert "20m were recorded for it before." in ended
    assert "No time was given" not in ended
    assert json.loads(mlcoach("today --json").out)["data"]["minutes"]["done"] == 20


def test_suggestions_say_that_others_wait(mlcoach: Program) -> None:
    assert "waits in your queue" not in mlcoach("paper suggest").out
    mlcoach("paper add 1412.6980 1706.03762")
    mlcoach("paper check 1412.6980 title")
    shown = " ".join(mlcoach("paper suggest").out.split())
    assert "Already, you are reading 1 paper and 1 waits in your queue: `mlcoach paper` has the one whose turn" in shown


pexpect = pytest.importorskip("pexpect")


class TestOnATerminal:
    @pytest.mark.slow
    def test_a_pass_from_the_first_key_to_the_verdict(self, home: Path) -> None:
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
        environment |= {"MLCOACH_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        child = pexpect.spawn(
            PROGRAM[0], [*PROGRAM[1:], "paper", "read", "1412.6980"],
            env=environment, dimensions=(24, 80), encoding="utf-8", timeout=30,
        )  # fmt: skip
        child.expect("· 0 of 12")
        child.send(" ")
        child.expect("· 1 of 12")
        child.send("a")
        child.expect(r"promises nothing you want \(enter: none\): ")
        child.sendline("It Promises \x1b[Da Default")  # capital letters arrive, an arrow key does not
        child.expect("· 2 of 12")
        child.expect("0:00:0[1-9] · with practice about 10m")  # the clock goes on by itself
        child.send("d")
        child.expect("Verdict")
        child.sendline("go-on")
        child.expect("One sentence")
        child.sendline("worth an hour")
        child.expect("changed your mind")
        child.sendline("")
        child.expect("Pass 1 of 3 ended")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
        program = Program(home)
        shown = data(program, "paper show adam")["paper"]
        assert (shown["pass"], shown["passes"][0]["note"]) == (2, "worth an hour")
        assert "It Promises a Default" in program("paper export -f markdown").out

    def test_ctrl_c_keeps_what_was_ticked(self, home: Path) -> None:
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
        environment |= {"MLCOACH_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        child = pexpect.spawn(
            PROGRAM[0], [*PROGRAM[1:], "paper", "read", "1412.6980"],
            env=environment, dimensions=(24, 80), encoding="utf-8", timeout=30,
        )  # fmt: skip
        child.expect("· 0 of 12")
        child.send(" ")
        child.expect("· 1 of 12")
        time.sleep(0.1)
        child.send("\x03")
        child.expect("Left pass 1 of Adam")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 130
        assert data(Program(home), "paper show adam")["paper"]["checklist"][0]["done"]
