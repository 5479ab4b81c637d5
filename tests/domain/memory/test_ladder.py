"""Exercises are done again less and less often."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import Event, ItemGraded
from mlcoach.domain.memory.ladder import FIRST_INTERVAL, YEARLY, good_redos, on_ladder

MONDAY = date(2026, 11, 23)


def graded(*answers: tuple[int, int]) -> list[Event]:
    """Return answers as (days after Monday, rating)."""
    return [
        Event(f"a-{n}", n, 60, MONDAY + timedelta(days=day), n, "a", n, "c", ItemGraded("u/x", rating, 60, ""))
        for n, (day, rating) in enumerate(answers, start=1)
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], 0),
        ([(0, 3)], 0),  # the first go is no re-do
        ([(0, 3), (0, 3)], 0),  # nor is a second one on the same day
        ([(0, 3), (9, 3), (30, 4)], 2),
        ([(0, 3), (9, 2), (30, 3)], 1),  # hard keeps its place
        ([(0, 3), (9, 3), (30, 1), (31, 3), (40, 3)], 1),  # after a failure it begins again
    ],
)
def test_good_redos_since_the_last_failure(answers: list[tuple[int, int]], expected: int) -> None:
    assert good_redos(graded(*answers)) == expected


def test_a_good_first_go_rests_for_five_days_at_least() -> None:
    assert on_ladder((1, 1, 2, 4), first=True, redone=0) == (1, 1, FIRST_INTERVAL, FIRST_INTERVAL)
    assert on_ladder((1, 2, 12, 30), first=True, redone=0) == (1, 2, 12, 30)


def test_after_three_good_redos_it_comes_once_a_year() -> None:
    assert on_ladder((1, 20, 40, 60), first=False, redone=1) == (1, 20, 40, 60)
    assert on_ladder((1, 20, 40, 60), first=False, redone=2) == (1, 20, YEARLY, YEARLY)
    assert on_ladder((1, 20, 400, 600), first=False, redone=2) == (1, 20, 400, 600)


ordered = st.lists(st.integers(1, 2000), min_size=4, max_size=4).map(lambda days: tuple(sorted(days)))


@given(ordered, st.booleans(), st.integers(0, 9))
def test_a_better_answer_never_comes_back_sooner(days: tuple[int, int, int, int], first: bool, redone: int) -> None:
    found = on_ladder(days, first=first, redone=redone)
    assert list(found) == sorted(found)
    assert found[:2] == days[:2]
