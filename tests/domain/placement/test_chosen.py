"""What is chosen of a numbered list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.placement.chosen import chosen_of


@pytest.mark.parametrize(
    ("text", "found"),
    [("1 3", {0, 2}), ("2-4", {1, 2, 3}), ("1, 3-4;5", {0, 2, 3, 4}), ("6", None), ("0", None), ("4-2", None)],
)
def test_numbers_and_ranges(text: str, found: set[int] | None) -> None:
    assert chosen_of(text, 5) == found


@given(st.text(), st.integers(0, 30))
def test_nothing_outside_the_list_is_ever_chosen(text: str, count: int) -> None:
    assert (chosen_of(text, count) or frozenset()) <= set(range(count))
