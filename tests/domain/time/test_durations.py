import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.time.durations import LONGEST, format_duration, parse_duration
from mlcoach.errors import UsageError
from mlcoach.render.layout import clock as h_mm


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h30m", 90),
        ("1h30", 90),
        ("1 h 30 m", 90),
        ("1H30M", 90),
        (" 1h 30min ", 90),
        ("90m", 90),
        ("90 min", 90),
        ("90 Minutes", 90),
        ("90", 90),
        ("0090", 90),
        ("1.5h", 90),
        (".5h", 30),
        ("2.25 hours", 135),
        ("1:30", 90),
        ("0:45", 45),
        ("01:05", 65),
        ("1h5m", 65),
        ("1h05", 65),
        ("0h30", 30),
        ("1h", 60),
        ("2 hrs", 120),
        ("1", 1),
        ("24h", 1440),
        ("24:00", 1440),
        ("1440", 1440),
    ],
)
def test_what_people_write(text: str, minutes: int) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1.33h", 80),
        ("0.33h", 20),
        ("0.025h", 2),  # 1.5 minutes: halves go up
        ("1.675h", 101),  # 100.5 minutes; the binary 1.675 is a little less
    ],
)
def test_fractions_of_an_hour_go_to_the_nearest_minute(text: str, minutes: int) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-5", "-1h", "+90", "30x", "h", "m", ":30", "1:5", "1:75", "1h75", "1h75m", "1:30:00",
        "1.5", "1.5m", "1.h", "1.5h30m", "1,5", "1h30m10s", "30m1h", "1e9", "1e1", "0x10", "nan", "inf",
        "1_0", "９０", "９０m", "１:３０", "٩٠", "1\n30", "1h\n30m", "some hours",
        "9" * 5000, "9" * 5000 + "h", "0." + "1" * 5000 + "h",
    ],
)  # fmt: skip
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration(text)
    assert caught.value.message == f"cannot read the duration `{text[:40]}`"
    assert "1h30m" in caught.value.hint


@pytest.mark.parametrize("text", ["0", "0m", "0h", "0:00", "0h00m", "0.0h", "0.008h"])
def test_nothing_is_no_duration(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration(text)
    assert caught.value.message == f"the duration `{text}` is less than a minute"


@pytest.mark.parametrize("text", ["25h", "24h1m", "24:01", "1441", "24.01h", "999999999", "999999999h"])
def test_longer_than_a_day(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration(text)
    assert caught.value.message == f"the duration `{text}` is over 24 h"


@given(st.text(st.sampled_from("0123456789hm:. -e"), max_size=12) | st.text(max_size=12))
def test_any_text_is_a_day_at_most_or_an_error(text: str) -> None:
    try:
        minutes = parse_duration(text)
    except UsageError as error:
        assert text[:40] in error.message
    else:
        assert 1 <= minutes <= LONGEST


@given(st.integers(1, LONGEST))
def test_what_is_shown_can_be_read(minutes: int) -> None:
    assert parse_duration(format_duration(minutes)) == minutes
    assert parse_duration(h_mm(minutes)) == minutes


@pytest.mark.parametrize(
    ("minutes", "text", "clock"),
    [
        (0, "0m", "0:00"),
        (5, "5m", "0:05"),
        (45, "45m", "0:45"),
        (60, "1h", "1:00"),
        (65, "1h05m", "1:05"),
        (90, "1h30m", "1:30"),
        (120, "2h", "2:00"),
        (6000, "100h", "100:00"),
    ],
)
def test_format(minutes: int, text: str, clock: str) -> None:
    assert format_duration(minutes) == text
    assert h_mm(minutes) == clock
