"""Rules of repetition: when the last of them is over at the latest, and which are never walked through."""

import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.habit.busy import read_busy
from mlcoach.adapters.habit.repetition import last_day

BERLIN = ZoneInfo("Europe/Berlin")
SPAN = (datetime(2026, 11, 22, tzinfo=BERLIN), datetime(2026, 12, 22, tzinfo=BERLIN))


@given(
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "WEEKLY;BYDAY=MO,FR", "WEEKLY;WKST=SU;BYDAY=TU")),
    st.integers(1, 12),
    st.integers(1, 9),
    st.dates(date(1990, 1, 1), date(2026, 12, 31)),
)
def test_a_series_is_over_by_its_last_day(rule: str, count: int, interval: int, began: date) -> None:
    text = f"FREQ={rule};COUNT={count};INTERVAL={interval}"
    days = list(rrulestr(text, dtstart=datetime(began.year, began.month, began.day)))
    assert not days or days[-1].toordinal() <= last_day(text, began) + 1


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY", "FREQ=MONTHLY;COUNT=3;BYDAY=MO", "FREQ=DAILY;COUNT=3;BYMONTH=2", "COUNT=3", "", "FREQ=X;COUNT=1"],
)
def test_of_other_rules_nothing_is_sure(rule: str) -> None:
    assert last_day(rule, date(2020, 1, 1)) == date.max.toordinal()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "its rule never holds"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "its rule never holds"),
        ("FREQ=WEEKLY;BYSETPOS=300", "its rule never holds"),
        ("FREQ=DAILY;COUNT=0", "its rule never comes to an end"),
        ("FREQ=MINUTELY", "it repeats more often than daily"),
    ],
)
def test_an_endless_search_is_not_begun(tmp_path: Path, rule: str, reason: str) -> None:
    file = tmp_path / "odd.ics"
    event = f"BEGIN:VEVENT\nUID:{{}}\nDTSTART:20200101T190000Z\nRRULE:{rule}\nEND:VEVENT\n"
    file.write_text("BEGIN:VCALENDAR\n" + "".join(event.format(n) for n in range(20)) + "END:VCALENDAR\n")
    began = time.perf_counter()
    busy, skipped = read_busy(file, *SPAN, BERLIN)
    assert time.perf_counter() - began < 10
    assert busy == []
    assert {one.reason for one in skipped} == {reason}


def test_leap_days_are_found(tmp_path: Path) -> None:
    file = tmp_path / "leap.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20240229T190000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    leap = (datetime(2028, 2, 1, tzinfo=BERLIN), datetime(2028, 3, 9, tzinfo=BERLIN))
    assert [one.begin.day for one in read_busy(file, *leap, BERLIN)[0]] in ([29], [])  # an event without a length
    assert read_busy(file, *leap, BERLIN)[1] == []


def test_seconds_of_a_day_are_counted(tmp_path: Path) -> None:
    every = ",".join(map(str, range(60)))
    rule = f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={every};BYSECOND={every}"
    file = tmp_path / "odd.ics"
    file.write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20200101T190000Z\nRRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    with pytest.raises(Exception, match="too often"):
        read_busy(file, *SPAN, BERLIN)
