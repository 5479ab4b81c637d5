"""Linear equations as they are solved by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.memory.cholesky import factor, less_certain, solved, variance

# 4 2 0 / 2 5 1 / 0 1 3
TRIANGLE = (4.0, 2.0, 5.0, 0.0, 1.0, 3.0)


def test_a_solution_fulfils_its_equations() -> None:
    one, other, third = solved(factor(TRIANGLE), (2.0, 7.0, 4.0))
    assert (4 * one + 2 * other, 2 * one + 5 * other + third, other + 3 * third) == pytest.approx((2.0, 7.0, 4.0))


def test_a_variance_is_a_product_with_a_solution() -> None:
    values = (1.0, -2.0, 0.5)
    expected = sum(value * part for value, part in zip(values, solved(factor(TRIANGLE), values), strict=True))
    assert variance(factor(TRIANGLE), values) == pytest.approx(expected)


def test_what_is_not_positive_definite_is_refused() -> None:
    with pytest.raises(ValueError, match="math domain"):
        factor((1.0, 2.0, 1.0))


@given(st.integers(0, 2), st.floats(0.0, 10.0))
def test_one_value_becomes_less_certain_and_the_others_stay_as_they_are(place: int, by: float) -> None:
    before, after = factor(TRIANGLE), factor(less_certain(TRIANGLE, 3, place, by))
    for values in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, -2.0, 0.5)):
        expected = variance(before, values) + by * values[place] ** 2
        assert variance(after, values) == pytest.approx(expected)
