"""Estimates follow the learner's own seconds, and believe the author until there are some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import ItemHead
from mlcoach.domain.day.pace import FASTEST, SLOWEST, Pace, Took, learned

CARD = ItemHead("a.b/c", "a.b", "card", 0.5)
EXERCISE = ItemHead("a.b/e", "a.b", "exercise", 30.0)


def test_the_author_is_believed_at_first() -> None:
    assert learned([]) == Pace(1.0, 1.0)
    assert learned([Took("card", 0.5, 0)]) == Pace(), "an answer without a time says nothing"
    assert Pace().of(CARD) is CARD


def test_twenty_answers_twice_as_long_are_half_believed() -> None:
    assert learned([Took("card", 0.5, 60)] * 20).card == pytest.approx(1.5)
    assert learned([Took("card", 0.5, 60)] * 2000).card == pytest.approx(2.0, rel=0.01)


def test_cards_and_exercises_have_their_own_pace() -> None:
    own = learned([Took("card", 0.5, 15)] * 40 + [Took("exercise", 30, 3600)] * 3)
    assert own.card == pytest.approx((10 + 10) / (20 + 10))
    assert own.exercise == pytest.approx(1.5)
    assert own.of(EXERCISE).minutes == pytest.approx(45)
    assert own.of(CARD).minutes < 0.5


def test_it_is_the_sum_that_counts() -> None:
    """Nine quick answers and one long one end when their sum says, not when the usual one does."""
    took = [Took("card", 0.5, 10)] * 900 + [Took("card", 0.5, 60)] * 100
    assert learned(took).card == pytest.approx(15 / 30, rel=0.02)


@given(st.lists(st.tuples(st.sampled_from(["card", "exercise"]), st.floats(0.1, 600), st.integers(0, 10**6))))
def test_a_pace_stays_within_reason(took: list[tuple[str, float, int]]) -> None:
    own = learned(Took(*each) for each in took)
    assert FASTEST <= own.card <= SLOWEST
    assert FASTEST <= own.exercise <= SLOWEST
