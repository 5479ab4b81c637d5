"""When a path ends: a range that follows the learner's own measure and pace."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.day.forecast import FARTHEST, forecast, hours_left, multiplier

TODAY = date(2026, 11, 23)


def test_estimates_are_multiplied_by_the_learners_own_ratio_the_more_the_more_is_passed() -> None:
    assert multiplier(0, 0) == pytest.approx(1.3)
    assert multiplier(20, 40) == pytest.approx((20 * 1.3 + 40) / 40)
    assert multiplier(2000, 2000) == pytest.approx(1.0, abs=0.01)


def test_what_was_spent_is_taken_off_but_a_unit_not_passed_is_never_free() -> None:
    assert hours_left([(10, 0), (10, 4)], 1.0) == 16
    assert hours_left([(10, 50)], 1.0) == 1
    assert hours_left([], 1.3) == 0


def test_steady_weeks() -> None:
    found = forecast(100, [600] * 8, TODAY)
    assert found is not None
    assert found.pace_minutes == 600
    # A hundred hours at ten a week, give or take what estimates err.
    assert (found.early - TODAY, found.likely - TODAY, found.late - TODAY) == tuple(
        timedelta(days=days) for days in (60, 70, 88)
    )


@pytest.mark.parametrize("weekly", [[], [600], [0, 0, 0], [1, 0]])
def test_too_little_to_say(weekly: list[int]) -> None:
    assert forecast(1000, weekly, TODAY) is None


weeks = st.lists(st.integers(0, 5000), max_size=20)


@given(st.floats(0.1, 2000), weeks)
def test_early_is_before_likely_is_before_late(left: float, weekly: list[int]) -> None:
    found = forecast(left, weekly, TODAY)
    if found:
        assert TODAY < found.early <= found.likely <= found.late <= TODAY + timedelta(days=FARTHEST + 1)


@given(st.floats(1, 500), st.lists(st.integers(60, 2000), min_size=8, max_size=8))
def test_more_hours_take_longer_and_older_weeks_do_not_count(left: float, weekly: list[int]) -> None:
    found, more = forecast(left, weekly, TODAY), forecast(left * 2, weekly, TODAY)
    assert found is not None
    assert more is None or more.likely >= found.likely
    assert forecast(left, [0, 9000, *weekly], TODAY) == found
