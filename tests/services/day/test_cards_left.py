"""One count of today's cards, which every screen shows; what one short entry does not begin."""

import json
from datetime import timedelta
from typing import Any

import pytest

from mlcoach.domain.day.forecast import learner_factor, studied_hours
from mlcoach.domain.day.plan import CardsLeft
from mlcoach.domain.day.units import is_taken_up
from tests.conftest import Program


def data(mlcoach: Program, line: str) -> Any:
    return json.loads(mlcoach(f"{line} --json").out)["data"]


def test_every_screen_counts_the_same_cards_down(mlcoach: Program) -> None:
    mlcoach("log 2h start.why")
    mlcoach.later(days=1)
    waiting = data(mlcoach, "review")
    cards = [item["item"] for item in (*waiting["due"], *waiting["new"])]
    assert len(cards) > 2
    for left in range(len(cards), 0, -1):
        assert data(mlcoach, "status")["left"] == [0, left]
        block = data(mlcoach, "today")["blocks"][0]
        assert (block["kind"], block["title"]) == ("review", f"{left} new card{'s' * (left > 1)}")
        assert f"· {left} new card{'s' * (left > 1)}\n" in mlcoach("status").out
        mlcoach(f"grade {cards[-left]} good --seconds 5")
    assert data(mlcoach, "status")["left"] == [0, 0]
    assert "· no cards due\n" in mlcoach("status").out
    assert "to meet" not in mlcoach("log 1m start.why").out


def test_a_card_that_was_promised_is_asked(mlcoach: Program) -> None:
    mlcoach("start start.why")
    mlcoach.now += timedelta(minutes=60)
    assert "1 new card to meet" in mlcoach("stop").out
    mlcoach("done")
    assert json.loads(mlcoach("review --json").out)["data"]["counts"]["new"] == 1


def test_one_short_entry_on_a_locked_unit_does_not_enter_the_plan(mlcoach: Program) -> None:
    said = mlcoach("log 20m ml.found")
    assert "the coming plans leave this unit out" in said.err
    assert "to meet" not in said.out
    mlcoach.later(days=1)
    assert "What machine learning is" not in mlcoach("plan").out
    assert "leave this unit out" not in mlcoach("log 15m ml.found").err
    mlcoach.later(days=1)
    assert "What machine learning is" in mlcoach("plan").out


@pytest.mark.parametrize(
    ("seconds", "steps", "locked", "taken"),
    [(599, 0, False, False), (600, 0, False, True), (1799, 0, True, False), (1800, 0, True, True), (0, 1, True, True)],
)
def test_a_unit_is_taken_up_by_a_step_or_by_time(seconds: int, steps: int, locked: bool, taken: bool) -> None:
    assert is_taken_up(seconds, steps, locked=locked) is taken


def test_a_unit_passed_with_most_of_it_not_done_says_nothing_of_the_pace(mlcoach: Program) -> None:
    before = data(mlcoach, "today")["pace"]
    mlcoach("log 20m start.why")
    mlcoach("done start.why/before --minutes 5")
    mlcoach("done start.why --no-questions")
    assert data(mlcoach, "today")["pace"] == before
    assert "times its estimate" not in mlcoach("week").out


def test_of_a_unit_only_the_steps_done_count() -> None:
    assert studied_hours(10, 6, done=300, whole=600) == 5
    assert studied_hours(10, 6, done=299, whole=600) == 0
    assert studied_hours(10, 5, done=0, whole=600) == 10  # hours alone, as before there were steps
    assert studied_hours(10, 4.9, done=0, whole=600) == 0
    assert learner_factor(0, 0) == pytest.approx(1.15)


@pytest.mark.parametrize(
    ("due", "new", "words"),
    [
        (6, 4, "10 cards: 6 due, 4 new"),
        (1, 0, "1 card"),
        (0, 2, "2 new cards"),
        (0, 0, ""),
        (1, 1, "2 cards: 1 due, 1 new"),
    ],
)
def test_due_and_new_cards_cannot_be_read_as_one_of_the_other(due: int, new: int, words: str) -> None:
    assert CardsLeft(due, new).words == words


def test_after_the_review_of_the_plan_new_cards_are_said_to_wait(mlcoach: Program) -> None:
    mlcoach("log 60m start.why")
    mlcoach.later(days=1)
    planned = data(mlcoach, "today")["blocks"][0]
    assert planned["kind"] == "review"
    assert "new card to meet: mlcoach review --only cards" in mlcoach("log 30m start.why").out.replace(
        "cards to", "card to"
    )
    for item in planned["items"]:
        mlcoach(f"grade {item} good --seconds 5")
    assert data(mlcoach, "today")["blocks"][0]["done"]
    said = " ".join(mlcoach("log 60m start.why").out.split())
    assert "to meet" not in said
    assert "Today's review is done." in said
    assert "for tomorrow, or for now: mlcoach review --only cards" in said
