"""A day to be done by, within what people say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.time.deadlines import deadline_in

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("data scientist interview in eight weeks", "data scientist interview", date(2027, 1, 26)),
        ("interview by 1 Feb", "interview", date(2027, 2, 1)),
        ("interview by February 1st, 2028", "interview", date(2028, 2, 1)),
        ("in 3 months", "", date(2027, 3, 1)),
        ("within a week", "", date(2026, 12, 8)),
        ("by 2027-02-01, llm", "llm", date(2027, 2, 1)),
        ("31 dec", "", date(2026, 12, 31)),
        ("core", "core", None),
        ("the core year", "the core year", None),
        ("by 30 February", "by 30 February", None),
        ("by 29 February", "", date(2028, 2, 29)),
        ("1 may marks", "marks", date(2027, 5, 1)),
        ("in a year", "", date(2027, 12, 1)),
        ("within two years", "", date(2028, 12, 1)),
        ("in a year and a half", "", date(2028, 6, 1)),
        ("end of 2027", "", date(2027, 12, 31)),
        ("by the end of 2027", "", date(2027, 12, 31)),
        ("llm by the end of June", "llm", date(2027, 6, 30)),
        ("by June", "", date(2027, 5, 31)),
        ("by June 2028", "", date(2028, 5, 31)),
        ("before 2028", "", date(2027, 12, 31)),
        ("in march", "", date(2027, 3, 31)),
        ("mid 2027", "", date(2027, 6, 30)),
        ("end of this year", "", date(2026, 12, 31)),
        ("by the end of next year", "", date(2027, 12, 31)),
        ("in half a year", "", date(2027, 6, 1)),
        ("next year", "next year", None),
        ("machine learning in marketing", "machine learning in marketing", None),
        ("may", "may", None),
        ("core 2027", "core 2027", None),
        ("in a month and a half", "", date(2027, 1, 16)),
        ("in a week and a half", "", date(2026, 12, 12)),
        ("in one and a half weeks", "", date(2026, 12, 12)),
        ("llm in two and a half years", "llm", date(2029, 6, 1)),
        ("in two-and-a-half months", "", date(2027, 2, 16)),
        ("in half a month", "", date(2026, 12, 16)),
        ("in half a week", "", date(2026, 12, 5)),
        ("in half a day", "in half a day", None),
        ("in the year 2028", "", date(2028, 12, 31)),
        ("by the end of the year 2028", "", date(2028, 12, 31)),
        ("by the year 2028", "", date(2027, 12, 31)),
        ("by the end of the year", "", date(2026, 12, 31)),
        ("in the year 3000", "in the year 3000", None),
        ("end of June 0000", "end of June 0000", None),
        ("by January 0001", "by January 0001", None),
        ("by 1 January 0000", "by 1 January 0000", None),
    ],
)
def test_what_people_say(text: str, rest: str, day: date | None) -> None:
    assert deadline_in(text, TODAY) == (rest, day)


@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2200, 1, 1)))
def test_any_text_is_read_or_left_as_it_is(text: str, today: date) -> None:
    rest, day = deadline_in(text, today)
    assert day is not None or rest == text
    assert len(rest) <= len(text)


@given(st.integers(0, 999), st.sampled_from(["day", "week", "month"]), st.dates(date(2000, 1, 1), date(2200, 1, 1)))
def test_a_span_never_ends_before_it_begins(number: int, unit: str, today: date) -> None:
    _, day = deadline_in(f"in {number} {unit}s", today)
    assert day is not None and day >= today


@given(
    st.sampled_from(["by", "in", "end of", "before", "mid", "start of"]),
    st.sampled_from(["January", "June", "December", "1 January", "31 Dec"]),
    st.integers(0, 9999),
    st.sampled_from([date.min, TODAY, date.max]),
)
def test_no_year_is_too_small_or_too_large_to_be_read(word: str, month: str, year: int, today: date) -> None:
    for text in (f"{word} {month} {year:04d}", f"{word} {month}", "in 900 months", "in 99 and a half years"):
        rest, day = deadline_in(text, today)
        assert day is not None or rest == text
