"""The week of a phase: its shares, an hour at a stretch for a project, learning every day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.day.phase import LEARNING_FLOOR, PHASES, last_free_day, project_minutes, week_of
from mlcoach.domain.day.plan import longest_first

FULL = [120] * 7
WEEKS = st.lists(st.sampled_from([0, 30, 45, 60, 90, 120, 240, 480]), min_size=7, max_size=7)


def sums(phase: str, goals: list[int], free: int | None = None) -> tuple[int, int, int]:
    week = week_of(phase, goals, free)
    return tuple(sum(day[part] for day in week) for part in range(3))  # type: ignore[return-value]


@pytest.mark.parametrize("phase", PHASES)
def test_two_hours_a_day_hold_the_shares_of_each_phase(phase: str) -> None:
    project, problems, _ = sums(phase, FULL)
    assert project == pytest.approx(PHASES[phase].build * 840, abs=30)
    assert problems == pytest.approx(PHASES[phase].hunt * 840, abs=30)
    assert sums(phase, FULL, 6)[2] == 30


def test_without_a_phase_there_is_the_free_time_alone() -> None:
    assert sums("", FULL) == (0, 0, 0)
    assert week_of("", FULL, 2)[2].free == 30


@given(st.sampled_from(list(PHASES)), WEEKS, st.one_of(st.none(), st.integers(0, 6)))
def test_every_day_keeps_its_learning_and_no_piece_is_too_short(phase: str, goals: list[int], free: int | None) -> None:
    for day, minutes in zip(week_of(phase, goals, free), goals, strict=True):
        assert sum(day) <= max(0, (1 - LEARNING_FLOOR) * minutes) + 0.001
        assert not 0 < day.project < min(60, project_minutes(minutes) or 60)
        assert not 0 < day.problems < 25
        assert all(part % 5 == 0 for part in day)
    project, problems, _ = sums(phase, goals, free)
    assert project <= PHASES[phase].build * sum(goals)
    assert problems <= PHASES[phase].hunt * sum(goals)


def test_a_project_has_the_longest_day_and_of_equal_ones_the_last() -> None:
    week = week_of("learn", [60, 60, 60, 60, 60, 240, 120], None)
    assert [day.project for day in week] == [0, 0, 0, 0, 0, 130, 0]
    assert longest_first([0, 60, 120, 60]) == [2, 3, 1]
    assert project_minutes(20) == 0


def test_problems_come_on_most_days_of_the_hunt_and_seldom_before() -> None:
    assert sum(day.problems > 0 for day in week_of("hunt", FULL, 6)) >= 5
    assert 0 < sum(day.problems > 0 for day in week_of("build", FULL, 6)) <= 3
    assert sum(day.problems for day in week_of("learn", FULL, 6)) == 0


def test_the_free_day_is_the_last_one_with_an_hour() -> None:
    assert last_free_day([60, 120, 60, 45, 30, 0, 0]) == 2
    assert last_free_day([45] * 7) is None
