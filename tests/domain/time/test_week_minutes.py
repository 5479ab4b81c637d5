"""Minutes by weekday as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.time.study_days import WEEKDAYS
from mlcoach.domain.time.week_minutes import read_week
from mlcoach.errors import UsageError

FOUR = (120, 120, 0, 120, 120, 0, 0)


@pytest.mark.parametrize(
    "words",
    [
        "0 mon=120 tue=120 thu=120 fri=120",
        "2h on mon tue thu fri",
        "mon tue thu fri 2h",
        "2h mon tue thu fri",
        "mon, tue, thu and fri 2h",
        "2h on mon, tue, thu and fri",
        "Mondays, Tuesdays, Thursdays, Fridays: 2 hours",
        "two hours on mon-tue and thu-fri",
        "weekdays 2h, wed off",
        "2h every weekday except wednesday",
        "120 m mon tue, 2h thu fri",
        "mon=2h tue=2h thu=2h fri=2h, 0",
    ],
)
def test_four_evenings_are_read_in_every_form(words: str) -> None:
    assert read_week(words) == FOUR


@pytest.mark.parametrize(
    ("words", "week"),
    [
        ("2h mon-fri", (120, 120, 120, 120, 120, 0, 0)),
        ("weekdays 2h, sat 3h", (120, 120, 120, 120, 120, 180, 0)),
        ("2h mon-fri, sat 3h", (120, 120, 120, 120, 120, 180, 0)),
        ("2h mon-fri 3h sat", (120, 120, 120, 120, 120, 180, 0)),
        ("mon to fri 1h30, 3 h on saturday", (90, 90, 90, 90, 90, 180, 0)),
        ("90, sat 3h, sun off", (90, 90, 90, 90, 90, 180, 0)),
        ("90 sat 3h sun off", (90, 90, 90, 90, 90, 180, 0)),
        ("60 2h on sat", (60, 60, 60, 60, 60, 120, 60)),
        ("fri-mon 1h", (60, 0, 0, 0, 60, 60, 60)),
        ("2h a day", (120,) * 7),
        ("1h every day, not on sundays", (60, 60, 60, 60, 60, 60, 0)),
        ("half an hour daily", (30,) * 7),
        ("1 h 30 m weekends", (0, 0, 0, 0, 0, 90, 90)),
        ("60, 60, 60, 60, 60, 180, 0", (60, 60, 60, 60, 60, 180, 0)),
        ("1,5h on weekdays", (90, 90, 90, 90, 90, 0, 0)),
        ("weekdays=1h weekend=2h 0", (60, 60, 60, 60, 60, 120, 120)),
    ],
)
def test_days_and_their_minutes_come_in_either_order(words: str, week: tuple[int, ...]) -> None:
    assert read_week(words) == week


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("four evenings", "`four evenings` does not say which"),
        ("2h 4 times a week", "`4 times` does not say which"),
        ("lots", "`lots` is neither a weekday nor minutes"),
        ("2h foo", "`foo` is neither"),
        ("60 foo=3", "`foo` is not a weekday"),
        ("2h mon, sat", ""),
        ("mon", "no minutes for `mon`"),
        ("weekdays 2h sat", "no minutes for `sat`"),
        ("60 90", "cannot read the minutes"),
        ("sat=60", "leaves the other days open"),
        ("25h", "over 24 h"),
    ],
)
def test_what_cannot_be_read_is_named(words: str, said: str) -> None:
    if not said:
        assert read_week(words) == (120, 0, 0, 0, 0, 120, 0)
        return
    with pytest.raises(UsageError) as error:
        read_week(words)
    assert said in error.value.message
    assert words not in error.value.hint or "90" in error.value.hint, "a hint that was tried already helps nobody"


SOME_DAYS = st.lists(st.sampled_from(range(7)), min_size=1, max_size=6, unique=True)


@given(SOME_DAYS, st.integers(1, 1440), st.booleans(), st.sampled_from([" ", ", ", " and "]), st.integers(3, 9))
def test_any_days_with_one_duration_are_read(
    days: list[int], minutes: int, first: bool, gap: str, letters: int
) -> None:
    named = gap.join(WEEKDAYS[day][:letters] for day in days)
    words = f"{named} {minutes}m" if first else f"{minutes}m on {named}"
    assert read_week(words) == tuple(minutes if day in days else 0 for day in range(7))


@pytest.mark.parametrize(
    ("words", "a_day"),
    [
        ("10h a week", "`86m`"),
        ("10 hours per week", "`86m`"),
        ("ten hours a week", "a day"),
        ("600 each week", "`86m`"),
        ("every week 7h", "a day"),
        ("7h weekly", "a day"),
        ("8h a week, mon to thu", "`69m`"),
    ],
)
def test_the_time_of_a_whole_week_is_not_that_of_a_day(words: str, a_day: str) -> None:
    with pytest.raises(UsageError, match="whole week") as caught:
        read_week(words)
    assert a_day in caught.value.hint


@pytest.mark.parametrize(
    ("words", "week"),
    [
        ("every day but sunday 2h", (120, 120, 120, 120, 120, 120, 0)),
        ("2h every day but sunday", (120, 120, 120, 120, 120, 120, 0)),
        ("every day 2h but sunday", (120, 120, 120, 120, 120, 120, 0)),
        ("every day but sunday: 2h", (120, 120, 120, 120, 120, 120, 0)),
        ("every day but saturday and sunday 2h", (120, 120, 120, 120, 120, 0, 0)),
        ("every day but sat, sun 2h", (120, 120, 120, 120, 120, 0, 0)),
        ("everyday except weekends 2h", (120, 120, 120, 120, 120, 0, 0)),
        ("weekdays but wed 2h", (120, 120, 0, 120, 120, 0, 0)),
        ("weekdays but wed 2h, sat 3h", (120, 120, 0, 120, 120, 180, 0)),
        ("every day 2h but sunday 3h", (120, 120, 120, 120, 120, 120, 180)),
        ("mon-fri 2h, but sat 3h", (120, 120, 120, 120, 120, 180, 0)),
        ("2h on mon and tue every week", (120, 120, 0, 0, 0, 0, 0)),
        ("2h every day of the week", (120,) * 7),
    ],
)
def test_but_a_day_is_an_exception(words: str, week: tuple[int, ...]) -> None:
    assert read_week(words) == week
