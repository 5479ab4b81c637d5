"""Timers with breaks: whose turn it is, when to break, and what broke in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.day.focus import Turn, read_focus, read_interruptions, turn_at
from mlcoach.errors import UsageError
from tests.conftest import Program


@pytest.mark.parametrize(
    ("minutes", "turn"),
    [(0, Turn("work", 50, 0)), (49, Turn("work", 1, 0)), (50, Turn("break", 10, 1)), (59, Turn("break", 1, 1)),
     (60, Turn("work", 50, 1)), (-5, Turn("work", 50, 0))],
)  # fmt: skip
def test_ten_of_sixty_minutes_are_a_break(minutes: int, turn: Turn) -> None:
    assert turn_at(minutes, 50, 10) == turn


@given(st.integers(0, 2000), st.integers(1, 180), st.integers(1, 60))
def test_the_next_turn_is_the_other_one(minutes: int, work: int, pause: int) -> None:
    now = turn_at(minutes, work, pause)
    later = turn_at(minutes + now.left, work, pause)
    assert 1 <= now.left <= max(work, pause)
    assert later.phase != now.phase
    assert later.left == (pause if later.phase == "break" else work)


@pytest.mark.parametrize("text", ["50", "50/", "/10", "0/10", "50/0", "181/10", "50/61", "a/b", "-5/5", "50/10/5", ""])
def test_what_is_not_a_focus_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_focus(text)


def test_interruptions_are_a_number_and_a_word() -> None:
    assert (read_focus(" 25/5 "), read_interruptions("2 the  phone"), read_interruptions("0")) == (
        (25, 5), (2, "the phone"), (0, ""),
    )  # fmt: skip
    for text in ("phone", "-1 phone", "1000 x", "", "1 " + "x" * 61):
        with pytest.raises(UsageError):
            read_interruptions(text)


def test_it_says_when_to_break_and_when_to_go_on(mlcoach: Program) -> None:
    assert "Break at 20:50, in 50m, for 10m." in mlcoach("start vectors --focus 50/10").out
    assert "Break at 20:50, in 20m" in mlcoach.later(minutes=30)("status").out
    assert "Break until 21:00, 5m more" in mlcoach.later(minutes=25)("status").out
    focus = json.loads(mlcoach("today --json").out)["data"]["timer"]["focus"]
    assert focus == {"work": 50, "pause": 10, "phase": "break", "left_minutes": 5, "until": "21:00", "spans": 1}
    mlcoach("doctor")


def test_interruptions_are_asked_at_the_end_and_belong_to_the_step_of_the_timer(mlcoach: Program) -> None:
    mlcoach("start vectors --focus 50/10")
    mlcoach.later(minutes=55)
    asked = mlcoach("stop", tty=80, stdin="phone\n2 phone\nn\n").err
    assert asked.count("Interruptions?") == 2
    assert "interrupted 2 times: phone 2" in mlcoach("week --week this").out
    mlcoach("undo")
    week = json.loads(mlcoach("week --week this --json").out)["data"]
    assert (week["interruptions"], sum(day["minutes"] for day in week["days"])) == ([], 0)
    assert json.loads(mlcoach("status --json").out)["data"]["timer"]["minutes"] == 55


def test_a_timer_without_breaks_asks_nothing_and_is_kept_as_before(mlcoach: Program) -> None:
    mlcoach("start vectors")
    assert json.loads(mlcoach("status --json").out)["data"]["timer"]["focus"] is None
    mlcoach.later(minutes=30)
    assert "Interruptions?" not in mlcoach("stop", tty=80, stdin="n\n").err
    mlcoach("start vectors --focus 50", expect=2)
    mlcoach("stop --interrupted lots", expect=2)
