"""A time of day as people say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.time.clock_words import clock_in


@pytest.mark.parametrize(
    ("text", "rest", "time"),
    [
        ("after dinner at half past seven", "after dinner", "19:30"),
        ("after dinner, at half-past seven", "after dinner,", "19:30"),
        ("half seven", "", "19:30"),
        ("quarter to eight after the news", "after the news", "19:45"),
        ("a quarter past nine in the evening", "", "21:15"),
        ("ten to six in the morning", "", "05:50"),
        ("before work, at half past six", "before work,", "06:30"),
        ("with coffee at seven am", "with coffee", "07:00"),
        ("eight o'clock", "", "20:00"),
        ("at 8", "", "20:00"),
        ("at 8 in the morning", "", "08:00"),
        ("at seven thirty", "", "19:30"),
        ("twenty past 7", "", "19:20"),
        ("at noon", "", "12:00"),
        ("twelve o'clock", "", "12:00"),
        ("after dinner", "after dinner", ""),
        ("after two cups of tea", "after two cups of tea", ""),
        ("half of the time", "half of the time", ""),
        ("at 25", "at 25", ""),
        ("20:30", "20:30", ""),
        ("from 10 to 12 after breakfast", "after breakfast", "10:00"),
        ("after work, from 5 to 7", "after work,", "17:00"),
        ("from ten to twelve", "", "22:00"),
        ("from five to six in the morning", "", "05:00"),
        ("from 5pm until 7pm", "", "17:00"),
        ("from 9 to 5", "", "09:00"),
        ("from quarter to eight", "", "19:45"),
        ("from ten past eight", "", "20:10"),
        ("five to six", "", "17:55"),
        ("five to six days a week", "five to six days a week", ""),
        ("from 5 to 6 days a week", "from 5 to 6 days a week", ""),
        ("ten to twelve hours", "ten to twelve hours", ""),
        ("12 at night", "", "00:00"),
        ("at twelve tonight", "", "00:00"),
        ("1 at night", "", "01:00"),
        ("half past four at night", "", "04:30"),
        ("quarter to one at night", "", "00:45"),
        ("eleven at night", "", "23:00"),
    ],
)
def test_what_people_say(text: str, rest: str, time: str) -> None:
    assert clock_in(text) == (rest, time)


@given(st.text(max_size=60))
def test_any_text_is_read_or_left_as_it_is(text: str) -> None:
    rest, time = clock_in(text)
    assert time or rest == text
    if time:
        hour, minute = time.split(":")
        assert 0 <= int(hour) < 24 and 0 <= int(minute) < 60
