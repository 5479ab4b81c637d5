"""Weeks: how people name them, and which one a look back is about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.time.weeks import monday_of, parse_week, week_name, week_to_look_back_on
from mlcoach.errors import UsageError

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("this", "2026-11-23"), ("last", "2026-11-16"), ("-2", "2026-11-09"), ("2026-W48", "2026-11-23"),
        ("2026w01", "2025-12-29"), ("2026-W53", "2026-12-28"), ("2026-11-25", "2026-11-23"), ("fri", "2026-11-23"),
    ],
)  # fmt: skip
def test_a_week_by_any_name(text: str, monday: str) -> None:
    assert parse_week(text, SATURDAY) == date.fromisoformat(monday)


@pytest.mark.parametrize("text", ["", "2026-W54", "2026-W00", "0000-W01", "next", "-99999", "2026-02-30", "w"])
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(UsageError):
        parse_week(text, SATURDAY)


@given(st.dates(date(1, 1, 8), date(9998, 12, 31)))
def test_a_week_begins_on_monday_and_its_name_leads_back(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(days=7)
    assert parse_week(week_name(monday), day) == monday


def test_the_end_of_a_week_looks_back_on_it_and_its_beginning_on_the_one_before() -> None:
    found = [week_to_look_back_on(date(2026, 11, 23) + timedelta(days=n)).day for n in range(7)]
    assert found == [16, 16, 16, 23, 23, 23, 23]
