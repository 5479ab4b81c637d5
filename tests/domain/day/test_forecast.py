"""When a path ends: a range that follows the learner's own measure and pace."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.day.forecast import FARTHEST, NARROWEST, WIDEST, forecast, learner_factor

TODAY = date(2026, 11, 23)


def half_width(found: tuple[date, date]) -> float:
    early, late = found
    return (late - early).days / 2


def test_estimates_are_multiplied_by_the_learners_own_ratio_the_more_the_more_is_passed() -> None:
    assert learner_factor(0, 0) == pytest.approx(1.15)
    assert learner_factor(27, 54) == pytest.approx((27 * 1.15 + 54) / 54), "three units weigh as much as the prior"
    assert learner_factor(2700, 2700) == pytest.approx(1.0, abs=0.01)


def test_a_steady_pace() -> None:
    found = forecast(100, [60] * 28, TODAY, passed=20, waiting=40)
    assert found is not None
    assert found.pace_minutes == 420
    assert found.likely - TODAY == timedelta(days=100)
    assert half_width(found[2:5:2]) == pytest.approx(14, abs=2)


def test_the_range_narrows_with_what_is_known() -> None:
    widths = []
    for passed, weeks in ((0, 2), (3, 4), (20, 4)):
        found = forecast(500, [100] * 7 * weeks, TODAY, passed=passed, waiting=40)
        assert found is not None
        widths.append(half_width(found[2:5:2]))
    assert widths == sorted(widths, reverse=True)


def test_unsteady_weeks_widen_it() -> None:
    steady = forecast(100, [60] * 28, TODAY, passed=20, waiting=20)
    unsteady = forecast(100, [120] * 7 + [0] * 7 + [120] * 7 + [0] * 7, TODAY, passed=20, waiting=20)
    assert steady and unsteady
    assert steady.likely == unsteady.likely
    assert half_width(unsteady[2:5:2]) > half_width(steady[2:5:2])


@pytest.mark.parametrize("daily", [[], [0, 0, 0]])
def test_too_little_to_say(daily: list[int]) -> None:
    assert forecast(1000, daily, TODAY) is None


def test_an_end_beyond_any_useful_date_is_not_said() -> None:
    assert forecast(10_000, [0] * 27 + [1], TODAY) is None


days = st.lists(st.integers(0, 900), max_size=28)


@given(st.floats(0.1, 2000), days, st.integers(0, 60), st.integers(1, 60), st.booleans())
def test_early_is_before_likely_is_before_late(
    left: float, daily: list[int], passed: int, waiting: int, sure: bool
) -> None:
    found = forecast(left, daily, TODAY, passed=passed, waiting=waiting, sure=sure)
    if found:
        assert TODAY < found.early <= found.likely <= found.late <= TODAY + timedelta(days=FARTHEST + 1)
        to_go = (found.likely - TODAY).days
        assert NARROWEST * to_go - 2 <= half_width(found[2:5:2]) <= WIDEST * to_go + 2


@given(st.floats(1, 500), st.lists(st.integers(10, 300), min_size=28, max_size=28))
def test_more_hours_take_longer(left: float, daily: list[int]) -> None:
    found, more = forecast(left, daily, TODAY), forecast(left * 2, daily, TODAY)
    assert found is not None
    assert more is None or more.likely >= found.likely
