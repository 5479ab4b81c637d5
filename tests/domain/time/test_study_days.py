from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.time.study_days import (
    elapsed_days,
    format_day,
    parse_coming_day,
    parse_day,
    parse_range,
    study_day,
    to_local,
)
from mlcoach.errors import UsageError

ZONES = (
    "Europe/Kyiv",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
)
HOURS = (0, 1, 4, 12, 22, 23)
MDT, MST = timezone(timedelta(hours=-6)), timezone(timedelta(hours=-7))


def instants() -> st.SearchStrategy[datetime]:
    """Local moments that exist, as a clock would give them, in zones with all kinds of trouble."""
    return st.builds(
        lambda instant, zone: instant.astimezone(ZoneInfo(zone)),
        st.datetimes(datetime(2008, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
        st.sampled_from(ZONES),
    )


def days_since(created: datetime, now: datetime, rollover: int) -> int:
    """The reference counts from the calendar day of creation, whatever its hour."""
    return elapsed_days(created.date(), study_day(now, rollover))


# --- the study day


@pytest.mark.parametrize("rollover", HOURS)
@pytest.mark.parametrize("hour", HOURS)
def test_elapsed_days_on_the_grid_of_hours(hour: int, rollover: int) -> None:
    for creation_hour in HOURS:
        created = datetime(2019, 1, 1, creation_hour, tzinfo=MST)
        for day in range(4):
            now = datetime(2019, 1, 1 + day, hour, tzinfo=MST)
            assert days_since(created, now, rollover) == (day if hour >= rollover else max(day, 1) - 1)


@pytest.mark.parametrize(
    ("later", "rollover", "expected"),
    [
        (timedelta(0), 4, 0),
        (timedelta(hours=-24), 4, 0),
        (timedelta(hours=24), 4, 0),
        (timedelta(hours=26), 4, 1),
        (timedelta(hours=44), 23, 0),
        (timedelta(hours=45), 23, 1),
    ],
)
def test_elapsed_days_since_two_in_the_morning(later: timedelta, rollover: int, expected: int) -> None:
    created = datetime(2019, 12, 1, 2, tzinfo=MST)
    assert days_since(created, created + later, rollover) == expected


@pytest.mark.parametrize(
    ("created", "now", "expected"),
    [
        (datetime(2018, 8, 6, 0, tzinfo=MDT), datetime(2019, 12, 26, 20, tzinfo=MST), 507),
        (datetime(2018, 8, 6, 0, tzinfo=MDT), datetime(2019, 12, 26, 20, tzinfo=MDT), 507),
        (datetime(2018, 8, 6, 3, tzinfo=MDT), datetime(2018, 8, 9, 1, 59, 59, tzinfo=MST), 2),
        (datetime(2018, 8, 6, 3, tzinfo=MDT), datetime(2018, 8, 9, 3, 59, 59, tzinfo=MST), 2),
        (datetime(2018, 8, 6, 3, tzinfo=MDT), datetime(2018, 8, 9, 4, 0, 0, tzinfo=MST), 3),
    ],
)
def test_elapsed_days_across_a_change_of_offset(created: datetime, now: datetime, expected: int) -> None:
    assert days_since(created, now, 4) == expected


def test_the_day_turns_by_the_wall_clock_when_the_clocks_change() -> None:
    # At 03:00 the clocks of Kyiv went to 04:00: UTC arithmetic would still see the 26th.
    assert study_day(datetime(2011, 3, 27, 4, 0, tzinfo=ZoneInfo("Europe/Kyiv")), 4) == date(2011, 3, 27)
    assert study_day(datetime(2011, 3, 27, 2, 59, tzinfo=ZoneInfo("Europe/Kyiv")), 4) == date(2011, 3, 26)


@given(instants(), st.integers(0, 23))
def test_before_the_rollover_hour_it_is_still_yesterday(local: datetime, rollover: int) -> None:
    expected = local.date() if local.hour >= rollover else local.date() - timedelta(days=1)
    assert study_day(local, rollover) == expected


@pytest.mark.parametrize(
    ("zone", "repeated"),
    [
        ("Europe/Kyiv", datetime(2025, 10, 26, 3, 30)),
        ("Europe/Berlin", datetime(2025, 10, 26, 2, 30)),
        ("America/New_York", datetime(2025, 11, 2, 1, 30)),
        ("Australia/Lord_Howe", datetime(2025, 4, 6, 1, 45)),
        ("Pacific/Apia", datetime(2021, 4, 4, 3, 30)),
        ("America/Sao_Paulo", datetime(2019, 2, 16, 23, 30)),
    ],
)
@pytest.mark.parametrize("rollover", range(24))
def test_both_readings_of_a_repeated_hour_are_one_day(zone: str, repeated: datetime, rollover: int) -> None:
    first = repeated.replace(tzinfo=ZoneInfo(zone))
    second = first.replace(fold=1)
    assert first.utcoffset() != second.utcoffset()
    assert study_day(first, rollover) == study_day(second, rollover)


@pytest.mark.parametrize("rollover", [-1, 24, 100])
def test_rollover_is_an_hour(rollover: int) -> None:
    with pytest.raises(UsageError, match=f"`{rollover}`"):
        study_day(datetime(2026, 11, 22, 8, tzinfo=UTC), rollover)


# --- the date line and clocks turned back


def test_a_flight_across_the_date_line_loses_no_day_and_goes_back_none() -> None:
    auckland, honolulu = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
    leaving = datetime(2026, 11, 22, 20, tzinfo=auckland)
    landing = (leaving + timedelta(hours=9)).astimezone(honolulu)
    assert study_day(landing, 4) == study_day(leaving, 4)
    # Dawn in Auckland, then a flight: an evening of the day before. Nothing has elapsed, not minus one.
    dawn = datetime(2026, 11, 22, 6, tzinfo=auckland)
    evening = (dawn + timedelta(hours=9)).astimezone(honolulu)
    assert study_day(evening, 4) == study_day(dawn, 4) - timedelta(days=1)
    assert elapsed_days(study_day(dawn, 4), study_day(evening, 4)) == 0


def test_the_day_that_samoa_skipped() -> None:
    apia = ZoneInfo("Pacific/Apia")
    evening = datetime(2011, 12, 29, 22, tzinfo=apia)
    after = (evening.astimezone(UTC) + timedelta(hours=6)).astimezone(apia)
    assert (after.date(), after.hour) == (date(2011, 12, 31), 4)
    assert elapsed_days(study_day(evening, 4), study_day(after, 4)) == 2


@given(st.dates(), st.dates())
def test_elapsed_days_are_never_negative(one: date, other: date) -> None:
    assert elapsed_days(one, other) == max(0, other.toordinal() - one.toordinal())


def test_to_local() -> None:
    instant = 1_795_325_400_000_001  # 2026-11-22 05:30:00.000001 UTC
    assert to_local(instant, 345) == datetime(2026, 11, 22, 5, 30, 0, 1, tzinfo=UTC)
    assert to_local(instant, 345).replace(tzinfo=None) == datetime(2026, 11, 22, 11, 15, 0, 1)
    assert to_local(-1, -60).replace(tzinfo=None) == datetime(1969, 12, 31, 22, 59, 59, 999_999)


# --- the words for days

SUNDAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", SUNDAY),
        ("yesterday", date(2026, 11, 21)),
        ("tomorrow", date(2026, 11, 23)),
        (" Today ", SUNDAY),
        ("-0", SUNDAY),
        ("-2", date(2026, 11, 20)),
        ("-30", date(2026, 10, 23)),
        ("sun", SUNDAY),
        ("sat", date(2026, 11, 21)),
        ("mon", date(2026, 11, 16)),
        ("FRI", date(2026, 11, 20)),
        ("friday", date(2026, 11, 20)),
        ("thurs", date(2026, 11, 19)),
        ("2026-11-20", date(2026, 11, 20)),
        ("2027-01-02", date(2027, 1, 2)),
        ("11-20", date(2026, 11, 20)),
        ("11-22", SUNDAY),
        ("11-23", date(2025, 11, 23)),
        ("1-2", date(2026, 1, 2)),
        ("02-29", date(2024, 2, 29)),
    ],
)
def test_a_day_looked_back_to(text: str, expected: date) -> None:
    assert parse_day(text, SUNDAY) == expected


def test_friday_on_a_friday_is_today() -> None:
    assert parse_day("fri", FRIDAY) == FRIDAY
    assert parse_coming_day("fri", FRIDAY) == FRIDAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", SUNDAY),
        ("tomorrow", date(2026, 11, 23)),
        ("-2", date(2026, 11, 20)),
        ("mon", date(2026, 11, 23)),
        ("sat", date(2026, 11, 28)),
        ("2026-11-20", date(2026, 11, 20)),
        ("11-22", SUNDAY),
        ("11-21", date(2027, 11, 21)),
        ("02-29", date(2028, 2, 29)),
    ],
)
def test_a_coming_day(text: str, expected: date) -> None:
    assert parse_coming_day(text, SUNDAY) == expected


def test_a_leap_day_can_be_eight_years_away() -> None:
    assert parse_coming_day("02-29", date(2096, 3, 1)) == date(2104, 2, 29)
    assert parse_day("02-29", date(2104, 2, 28)) == date(2096, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "mo", "x", "last friday", "fridays", "22", "+", "+99999", "+２", "20/11/2026", "20.11.2026", "20261120",
        "2026-W47-5", "2026-11-2", "2026-11-20T08:00", "２０２６-11-20", "-２", "-٢", "-99999", "9" * 5000,
        "-" + "9" * 5000, "fri..sun",
    ],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    for parse in (parse_day, parse_coming_day):
        with pytest.raises(UsageError) as caught:
            parse(text, SUNDAY)
        assert caught.value.message == f"cannot read the day `{text[:40]}`"
        assert ("yesterday" if parse is parse_day else "tomorrow") in caught.value.hint


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("2026-02-29", SUNDAY),
        ("2026-13-01", SUNDAY),
        ("0000-01-01", SUNDAY),
        ("02-30", SUNDAY),
        ("13-01", SUNDAY),
        ("-9999", date(20, 1, 1)),
        ("tomorrow", date.max),
        ("yesterday", date.min),
        ("0-0", SUNDAY),
    ],
)
def test_days_that_do_not_exist(text: str, today: date) -> None:
    with pytest.raises(UsageError) as caught:
        parse_day(text, today)
    assert caught.value.message == f"there is no day `{text}`"


@given(st.dates(date(10, 1, 1), date(9990, 1, 1)), st.integers(0, 6))
def test_weekdays_are_less_than_a_week_away(today: date, weekday: int) -> None:
    name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[weekday]
    past, coming = parse_day(name, today), parse_coming_day(name, today)
    assert past.weekday() == coming.weekday() == weekday
    assert 0 <= (today - past).days < 7
    assert 0 <= (coming - today).days < 7


@given(st.dates(date(20, 1, 1), date(9980, 1, 1)), st.dates(date(20, 1, 1), date(9980, 1, 1)))
def test_dates_are_read_as_they_are_written(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == day
    past = parse_day(day.isoformat()[5:], today)
    coming = parse_coming_day(day.isoformat()[5:], today)
    assert past <= today <= coming
    assert (past.month, past.day) == (coming.month, coming.day) == (day.month, day.day)


@given(st.text(st.sampled_from("0123456789-monfritday."), max_size=11) | st.text(max_size=11))
def test_any_text_is_a_day_or_a_usage_error(text: str) -> None:
    for parse in (parse_day, parse_coming_day, parse_range):
        try:
            parse(text, SUNDAY)
        except UsageError as error:
            assert error.hint


# --- ranges


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("fri..2026-12-01", date(2026, 11, 27), date(2026, 12, 1)),
        ("fri .. mon", date(2026, 11, 27), date(2026, 11, 30)),
        ("sun..sun", SUNDAY, SUNDAY),
        ("sat..fri", date(2026, 11, 28), date(2026, 12, 4)),
        ("today..tomorrow", SUNDAY, date(2026, 11, 23)),
        ("-2..today", date(2026, 11, 20), SUNDAY),
        ("12-24..01-02", date(2026, 12, 24), date(2027, 1, 2)),
        ("2026-11-01..11-10", date(2026, 11, 1), date(2026, 11, 10)),
        ("wed", date(2026, 11, 25), date(2026, 11, 25)),
        ("2026-12-24", date(2026, 12, 24), date(2026, 12, 24)),
    ],
)
def test_ranges(text: str, first: date, last: date) -> None:
    assert parse_range(text, SUNDAY) == (first, last)


@pytest.mark.parametrize("text", ["..", "fri..", "..fri", " .. "])
def test_a_range_needs_two_ends(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_range(text, SUNDAY)
    assert caught.value.message == f"the range `{text}` lacks an end"


@pytest.mark.parametrize("text", ["fri..tomorrow", "2026-12-02..2026-12-01", "today..yesterday"])
def test_a_range_does_not_run_backwards(text: str) -> None:
    with pytest.raises(UsageError, match="ends before it begins"):
        parse_range(text, SUNDAY)


@pytest.mark.parametrize("text", ["fri..sat..sun", "fri...sun", "fri..nonsense", "fri-sun"])
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(UsageError, match="cannot read the day"):
        parse_range(text, SUNDAY)


# --- showing days


@pytest.mark.parametrize(
    ("day", "reference", "text"),
    [
        (date(2026, 11, 23), None, "Mon 23 Nov"),
        (date(2026, 11, 23), SUNDAY, "Mon 23 Nov"),
        (date(2027, 1, 2), SUNDAY, "Sat 2 Jan 2027"),
        (date(2025, 5, 7), SUNDAY, "Wed 7 May 2025"),
    ],
)
def test_format_day(day: date, reference: date | None, text: str) -> None:
    assert format_day(day, reference) == text


def test_days_ahead_are_for_what_comes() -> None:
    assert parse_coming_day("+7", SUNDAY) == SUNDAY + timedelta(days=7)
    with pytest.raises(UsageError) as refused:
        parse_day("+7", SUNDAY)
    assert "+7" not in refused.value.hint
    with pytest.raises(UsageError) as refused:
        parse_coming_day("soonish", SUNDAY)
    assert "`+7`" in refused.value.hint
