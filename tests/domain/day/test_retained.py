"""Covered and retained: the rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.day.retained import Shares, UnitShare, shares, unit_retained

recalls = st.lists(st.floats(0, 1), max_size=12)
units = st.builds(UnitShare, st.floats(0.5, 40), st.booleans(), st.floats(0, 1))


def test_an_unanswered_card_counts_as_not_recalled() -> None:
    assert unit_retained(4, [0.9, 0.7]) == pytest.approx(0.4)
    assert unit_retained(2, [0.9, 0.7]) == pytest.approx(0.8)


def test_exercises_count_where_they_were_answered() -> None:
    assert unit_retained(2, [0.9, 0.9], [0.6]) == pytest.approx(0.8)
    assert unit_retained(2, [0.9, 0.9]) == pytest.approx(0.9)


def test_without_an_answered_card_a_unit_is_not_retained() -> None:
    assert unit_retained(12, []) == 0
    assert unit_retained(12, [], [0.95]) == 0
    assert unit_retained(0, []) == 0


def test_a_unit_that_has_exercises_alone_goes_by_them() -> None:
    assert unit_retained(0, [], [0.8, 0.6]) == pytest.approx(0.7)


def test_cards_under_names_that_are_gone_do_not_lift_the_share_above_one() -> None:
    assert unit_retained(1, [1.0, 1.0, 1.0]) == 1.0


@given(st.integers(0, 12), recalls, recalls)
def test_a_share_of_a_unit_is_a_share(cards: int, of_cards: list[float], of_exercises: list[float]) -> None:
    assert 0 <= unit_retained(cards, of_cards, of_exercises) <= 1 + 1e-9


def test_units_weigh_as_many_hours_as_they_take() -> None:
    found = shares([UnitShare(30, True, 0.8), UnitShare(10, True, 0.0), UnitShare(60, False, 0.9)])
    assert found == pytest.approx((0.4, 0.24))
    assert shares([]) == Shares(0.0, 0.0)


@given(st.lists(units))
def test_what_is_retained_is_never_more_than_what_is_covered(some: list[UnitShare]) -> None:
    covered, retained = shares(some)
    assert 0 <= retained <= covered + 1e-9 <= 1 + 2e-9


@given(st.lists(units), units)
def test_passing_a_unit_lowers_neither(some: list[UnitShare], one: UnitShare) -> None:
    before = shares([*some, one._replace(covered=False)])
    after = shares([*some, one._replace(covered=True)])
    assert after.covered > before.covered
    assert after.retained >= before.retained
