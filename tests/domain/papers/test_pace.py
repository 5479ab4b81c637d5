"""The minutes planned for a pass: the usual ones, until the learner has a pace of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.papers.pace import LONGEST, OWN_FROM, SHORTEST, budgets


def minutes(*told: float) -> list[int]:
    return [int(one * 60) for one in told]


@pytest.mark.parametrize(
    ("spent", "expected"),
    [
        ({}, {1: 10, 2: 60, 3: 240}),
        ({1: minutes(20, 20)}, {1: 10, 2: 60, 3: 240}),
        ({1: minutes(20, 18, 22)}, {1: 20, 2: 60, 3: 240}),
        # One evening that went wrong says nothing.
        ({2: minutes(45, 50, 600)}, {1: 10, 2: 50, 3: 240}),
        # The newest seven count: a pace changes with practice.
        ({1: minutes(5, 5, 5, 5, 30, 30, 30, 30, 30)}, {1: 5, 2: 60, 3: 240}),
        # Passes that nobody timed say nothing.
        ({1: [0, 0, 0, 0]}, {1: 10, 2: 60, 3: 240}),
        ({1: minutes(1, 1, 1), 3: minutes(900, 900, 900)}, {1: 5, 2: 60, 3: 600}),
    ],
)
def test_budgets(spent: dict[int, list[int]], expected: dict[int, int]) -> None:
    assert budgets(spent) == expected


@given(st.lists(st.integers(1, 100_000), min_size=OWN_FROM))
def test_they_are_in_fives_and_within_reason(seconds: list[int]) -> None:
    own = budgets({1: seconds})[1]
    assert own % 5 == 0
    assert SHORTEST <= own <= LONGEST
