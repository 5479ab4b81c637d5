"""Attempts: what those at one item come to, and the grade that a go proposes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from mlcoach.domain.events import Attempted, CodeAllowed, Event
from mlcoach.domain.memory.ratings import AGAIN, EASY, GOOD, HARD
from mlcoach.domain.practice.attempts import AttemptState, fold_attempts, proposed_rating, together

ITEM = "math.la.eigen/power"
MONDAY = date(2026, 11, 23)


def attempted(verdict: Any = "right", **more: Any) -> Attempted:
    return Attempted(ITEM, verdict, "tests", **more)


def event(body: Any, after: int = 0, device: str = "aa") -> Event:
    return Event(f"{device}-{after}", after, 60, MONDAY + timedelta(days=after), after, device, after, "c", body)


def test_attempts_are_counted_with_the_days_on_which_they_were_right() -> None:
    tried = [
        attempted("wrong", misconception="no-max"),
        attempted("error"),
        attempted(),
        attempted(),
        attempted("wrong"),
    ]
    state = fold_attempts(event(body, after) for after, body in enumerate(tried))
    assert state == AttemptState(5, 2, "2026-11-25", "2026-11-26", "2026-11-27", "wrong", {"no-max": 1})


def test_an_agreement_is_to_one_text_on_one_device_and_can_be_taken_back() -> None:
    said = [
        event(CodeAllowed(ITEM, "d1"), 0),
        event(CodeAllowed(ITEM, "d2"), 1),
        event(CodeAllowed(ITEM, "d2"), 2, "bb"),
    ]
    assert fold_attempts(said).allowed == (("aa", "d1"), ("aa", "d2"), ("bb", "d2"))
    assert fold_attempts([*said, event(CodeAllowed(ITEM, "d1", False), 3)]).allowed == (("aa", "d2"), ("bb", "d2"))


def test_what_was_tried_under_an_older_id_counts_too() -> None:
    old = fold_attempts([event(attempted(misconception="sd"), 0), event(CodeAllowed(ITEM, "d1"), 0)])
    new = fold_attempts([event(attempted("wrong", misconception="sd"), 1)])
    whole = together([old, new])
    assert whole == AttemptState(2, 1, "2026-11-23", "2026-11-23", "2026-11-24", "wrong", {"sd": 2}, (("aa", "d1"),))
    assert together([]) == AttemptState()


@pytest.mark.parametrize(
    ("tried", "rating"),
    [
        ([attempted(seconds=600)], GOOD),
        ([attempted(seconds=299)], EASY),
        ([attempted(seconds=299, hints=1)], HARD),
        ([attempted("wrong"), attempted(seconds=10)], HARD),
        ([attempted("error"), attempted("timeout"), attempted()], HARD),
        ([attempted("wrong"), attempted(solution=True)], AGAIN),
        ([attempted(seconds=299, solution=True)], AGAIN),
        ([attempted(seconds=600), attempted("wrong"), attempted("error")], GOOD),  # playing with it afterwards is free
        ([attempted("wrong")], None),
        ([], None),
    ],
)
def test_a_grade_is_proposed_from_the_attempts(tried: Sequence[Attempted], rating: int | None) -> None:
    assert proposed_rating(tried, usual=600) == rating


def test_giving_up_is_again_and_an_unknown_usual_time_is_never_easy() -> None:
    assert proposed_rating([attempted("wrong")], 600, gave_up=True) == AGAIN
    assert proposed_rating([attempted(seconds=1)], 0) == GOOD
