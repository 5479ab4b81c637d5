"""The first week as it is heard and as forty columns show it: what two people stumbled over."""

import json
import re

import pytest

from mlcoach.adapters.setup_words import read_floor, read_minutes, read_slot
from mlcoach.domain.words import holds, words_of
from mlcoach.errors import UsageError
from mlcoach.render.layout import wrap
from mlcoach.render.narrow.breaking import broken
from tests.conftest import Program


@pytest.fixture
def heard(mlcoach: Program) -> Program:
    """The program as a screen reader gets it."""
    mlcoach.write("config/config.toml", "plain = true\n")
    return mlcoach


def test_the_questions_stay_until_their_step_is_done_and_answers_stand_below_all(mlcoach: Program) -> None:
    mlcoach("log 20m start.why")
    shown = mlcoach("curriculum show start.why").out
    assert "Try first" in shown
    assert "The answers\n" not in shown
    answered = mlcoach("curriculum show start.why --answers").out
    assert answered.index("\nTry first") < answered.index("\nThe answers\n") < answered.index("Step by step")
    mlcoach("done start.why/before --minutes 5")
    assert "Try first" not in mlcoach("curriculum show start.why").out


def test_a_heard_plan_names_its_day_in_every_row(heard: Program) -> None:
    *rows, empty, _ = heard("plan --days 31").out.splitlines()
    assert empty == ""
    assert len(rows) > 60
    for row in rows:
        day, kind, *_ = row.split("; ")
        assert len(day.split()) == 3, row
        assert kind, row
        assert "   " not in row, row


def test_a_heard_day_says_the_state_of_each_block_and_what_minutes_are(heard: Program) -> None:
    heard("log 20m start.why")
    said = heard("today").out
    assert "0:20 of 2:00 studied; the day is kept" in said
    assert re.search(r"\n1, now: Build; unit Goal, role and reasons; start.why; 20 of \d+ minutes studied\n", said)
    assert "\n2, to do: " in said
    steps = heard("curriculum show start.why").out
    assert re.search(r"\n +1 to do: Questions before you begin; 5m; its name is before\n", steps)
    assert not set("○▸✓→–") & set(steps)
    assert "\nready to begin\n" in heard("curriculum show vectors").out


def test_no_row_is_broken_into_an_empty_line(mlcoach: Program) -> None:
    for line in ("curriculum show core", "plan --days 5", "goal --by 2027-02-01 --path core", "goal --all"):
        for width in (40, 60):
            lines = mlcoach(line, tty=width).out.splitlines()
            rows = [number for number, text in enumerate(lines) if text.startswith("    ") and number]
            assert all(lines[number - 1].strip() for number in rows), (line, width)


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/a-very-long/path-that/goes-on/and-on"
    assert f"read {address} today".split() == [
        word for line in wrap(f"read {address} today", 30) for word in line.split()
    ]
    lines = ["".join(text for text, _ in line) for line in broken([(f"read this: {address}", "")], 30)]
    assert lines == ["read this:", address]


def test_a_prompt_asks_again_and_says_how_to_leave(mlcoach: Program) -> None:
    mlcoach("start vectors")
    mlcoach.later(minutes=50)
    said = mlcoach("stop", tty=80, stdin="perhaps\ny\n")
    assert "write y for yes or n for no" in said.err
    assert "Finished: " in said.out
    assert "Vectors, matrices, linear maps" in said.out.partition("Finished: ")[2]
    several = mlcoach("curriculum show linear", tty=80, stdin="9\nq\n", expect=None)
    assert "Type its number, 1 to " in several.err
    assert "`9` is not a number from 1 to" in several.err


def test_minutes_and_times_are_read_as_people_write_them() -> None:
    assert read_minutes("1h30 on weekdays, saturday 3h, sunday off") == (90, 90, 90, 90, 90, 180, 0)
    assert read_minutes("75 sat=150 sun=0") == (75, 75, 75, 75, 75, 150, 0)
    assert read_minutes("1h, 2h on saturdays, sunday: off") == (60, 60, 60, 60, 60, 120, 0)
    for words in ("75 sat=150 sun=0", "90", "1h30"):
        with pytest.raises(UsageError, match="looks like minutes"):
            read_slot(words, "20:00")
    assert read_slot("after dinner", "20:00") == ("20:00", "after dinner")
    with pytest.raises(UsageError, match="minutes of a bad day"):
        read_floor("many")


def test_a_note_typed_at_once_is_told_how_it_becomes_one(mlcoach: Program) -> None:
    for words in ('note "softmax saturates"', "note new", 'note add "softmax saturates"'):
        assert "mlcoach note open TITLE -m" in mlcoach(words, expect=2).err
    assert "softmax" in mlcoach('note open "Softmax" -m "it saturates"').out.lower()


def test_the_welcome_stays_until_something_is_studied_or_set_up(mlcoach: Program) -> None:
    mlcoach("config set goal 60")
    assert "Welcome" in mlcoach("today").out
    mlcoach("init --yes")
    assert "Welcome" not in mlcoach("today").out
    mlcoach("undo")
    assert "Welcome" in mlcoach("today").out
    mlcoach("log 20m")
    assert "Welcome" not in mlcoach("today").out


def test_a_letter_with_a_hyphen_is_one_word() -> None:
    assert holds(words_of("What a p-value is"), words_of("p-value"))
    assert holds(words_of("What a p-value is"), words_of("p value"))
    assert holds(words_of("gradient-descent by hand"), words_of("descent"))
    assert not holds(words_of("Let p be the value of x"), words_of("p-value"))


def test_time_on_a_step_is_time_on_its_unit(mlcoach: Program) -> None:
    logged = json.loads(mlcoach("log 15m start.why/first-model --json").out)["data"]
    assert (logged["what"], logged["minutes"]) == ("start.why", 15)
    listed = mlcoach("log").out
    assert logged["id"] not in listed
    assert f"id {logged['id']}" in mlcoach("log --ids").out
