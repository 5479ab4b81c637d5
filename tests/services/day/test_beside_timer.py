"""Time logged beside a timer, and between two times of day: never twice in the sum, and on the day that is meant."""

import json

import pytest

from tests.conftest import Program


def minutes(mlcoach: Program) -> int:
    return int(json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"])


def test_a_running_timer_and_a_log_count_once(mlcoach: Program) -> None:
    mlcoach("start vectors")
    said = mlcoach.later(minutes=30)("log 45m vectors").err
    assert "the timer running since 20:00 counts 30m of these 45m already; 15m of these are added" in said
    mlcoach("stop")
    assert minutes(mlcoach) == 45


def test_what_the_timer_holds_whole_is_not_logged_but_its_note_is(mlcoach: Program) -> None:
    mlcoach("start vectors")
    refused = mlcoach.later(minutes=30)("log 20m", expect=2).err
    assert "counts these 20m already" in refused
    assert "only the note is added" in mlcoach('log 20m -n "shapes"').err
    mlcoach("stop")
    assert minutes(mlcoach) == 30
    assert "shapes" in mlcoach("log --full").out


def test_time_before_the_timer_counts_beside_it(mlcoach: Program) -> None:
    mlcoach("start vectors")
    assert "18:00-18:45 on Mon 23 Nov" in mlcoach.later(minutes=30)("log 18:00-18:45 vectors").err
    assert "counts 15m of these 30m" in mlcoach("log 19:45-20:15").err
    mlcoach("stop")
    assert minutes(mlcoach) == 30 + 45 + 15


def test_a_time_still_to_come_today_is_that_of_yesterday(mlcoach: Program) -> None:
    mlcoach.at("2026-11-24T08:00:00+01:00")
    assert "20:00-20:45 on Mon 23 Nov" in mlcoach("log 20:00-20:45").err
    assert "still to come" in mlcoach("log 20:00-20:45 --date today", expect=2).err


@pytest.mark.parametrize(("answer", "logged"), [("h", 120), ("m", 2)])
def test_a_bare_number_is_asked_about_on_a_terminal(mlcoach: Program, answer: str, logged: int) -> None:
    assert "2 minutes or 2 hours?" in mlcoach("log 2", tty=80, stdin=f"{answer}\n").err
    assert minutes(mlcoach) == logged


def test_one_of_several_is_chosen_by_its_number_on_a_terminal(mlcoach: Program) -> None:
    shown = mlcoach("log 45m basics", tty=80, stdin="x\n2\n")
    assert "1  math.prob.basics  Probability and Bayes" in shown.err
    assert "Python fundamentals" in shown.out
    assert "could be" not in mlcoach("log 5m basics", tty=80).err, "one of them is under way by now"
    mlcoach("undo")
    mlcoach("undo")
    assert "none of them is what `basics` means" in mlcoach("log 45m basics", tty=80, stdin="\n", expect=2).err


def test_escape_and_arrows_typed_at_a_question_are_not_text(mlcoach: Program) -> None:
    assert "Python fundamentals" in mlcoach("log 45m basics", tty=80, stdin="\x1b\x1b[A2\x1b[D\n").out
