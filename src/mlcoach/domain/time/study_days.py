"""Study days: the local date, minus one before the rollover hour; and the words people use for them.

A study day is a `datetime.date`. What happens at 01:30 belongs to the evening before it, for the streak as
for the memory, so every date in the program is made by `study_day`.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from mlcoach.errors import UsageError

MICROSECONDS = 1_000_000  # in a second
# English names, whatever the locale of the machine: files and scripts read them too.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}
# [0-9] and not \d: the latter also takes the digits of other scripts.
_AGO = r"-([0-9]{1,4})"
_AHEAD = r"\+([0-9]{1,4})"
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_MONTH_DAY = r"([0-9]{1,2})-([0-9]{1,2})"
_DAYS_HINT = "say `today`, `yesterday`, `fri`, `-2`, `11-20` or `2026-11-20`"
_COMING_HINT = "say `today`, `tomorrow`, `fri`, `+7`, `11-20` or `2026-11-20`"
_RANGE_HINT = "say `fri..sun`, `11-20..12-01`, `today..2026-12-01`, or one day"
# Two leap days can be eight years apart: 1896 and 1904.
_YEARS_TO_A_LEAP_DAY = 8


class LocalInstant(NamedTuple):
    """When a command runs: microseconds since 1970 UTC, and local minutes east of UTC."""

    microseconds: int
    offset: int


def study_day(local: datetime, rollover: int) -> date:
    """Return the study day of a local instant; it begins at the hour `rollover` (0 to 23) on the wall clock.

    The hours are taken from the naive wall clock. In UTC arithmetic the day would turn an hour early or late
    whenever the clocks are changed. Raises UsageError when `rollover` is not an hour.
    """
    return (local.replace(tzinfo=None) - timedelta(hours=_hour(rollover))).date()


def to_local(instant: int, offset: int) -> datetime:
    """Return the aware local time of an instant in microseconds since 1970 (UTC), `offset` minutes east of UTC."""
    zone = timezone(timedelta(minutes=offset))
    # Not fromtimestamp: a float of seconds loses microseconds, and some systems refuse years before 1970.
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).astimezone(zone)


def elapsed_days(earlier: date, later: date) -> int:
    """Return the study days from `earlier` to `later`; zero when the clock was turned back or the date line crossed."""
    return max(0, (later - earlier).days)


def parse_day(text: str, today: date) -> date:
    """Read a day to look back to: `today`, `yesterday`, `fri`, `-2`, `11-20`, `2026-11-20`.

    A weekday or a date without a year is the most recent one, today included. Raises UsageError.
    """
    return _parse(text, today, today, direction=-1)


def parse_coming_day(text: str, today: date) -> date:
    """Read a day to plan for, in the words of `parse_day`, and `+7` for a week from today.

    A weekday or a date without a year is the next one, today included. Raises UsageError.
    """
    return _parse(text, today, today, direction=1)


def parse_range(text: str, today: date) -> tuple[date, date]:
    """Read planned days, `fri..2026-12-01` or a single day, as first and last day, both inclusive.

    Both ends are coming days. A weekday or a date without a year at the end is the next one from the
    beginning on, so `fri..mon` is a long weekend on whatever day it is said. Raises UsageError, also when the
    range runs backwards.
    """
    begin, dots, end = text.partition("..")
    if not dots:
        day = parse_coming_day(text, today)
        return day, day
    if not begin.strip() or not end.strip():
        raise UsageError(f"the range `{text:.40}` lacks an end", _RANGE_HINT)
    first = parse_coming_day(begin, today)
    last = _parse(end, today, first, direction=1)
    if last < first:
        raise UsageError(f"the range `{text:.40}` ends before it begins: {first}..{last}", _RANGE_HINT)
    return first, last


def format_day(day: date, reference: date | None = None) -> str:
    """Return `Mon 23 Nov`, in English; with the year when it is not the year of `reference`."""
    text = f"{WEEKDAYS[day.weekday()][:3].title()} {day.day} {MONTHS[day.month - 1]}"
    return text if reference is None or reference.year == day.year else f"{text} {day.year}"


def _hour(rollover: int) -> int:
    if not 0 <= rollover <= 23:
        raise UsageError(f"rollover `{rollover}` is not an hour of the day", "choose 0 to 23, such as 4")
    return rollover


def _parse(text: str, today: date, anchor: date, direction: int) -> date:
    """Return a day: relative words count from `today`, weekdays and dates without a year from `anchor`."""
    word = text.strip().lower()
    hint = _COMING_HINT if direction > 0 else _DAYS_HINT
    try:
        if word in _RELATIVE:
            return today + timedelta(days=_RELATIVE[word])
        if ago := re.fullmatch(_AGO, word):
            return today - timedelta(days=int(ago[1]))
        if direction > 0 and (ahead := re.fullmatch(_AHEAD, word)):
            return today + timedelta(days=int(ahead[1]))
        if iso := re.fullmatch(_ISO, word):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if month_day := re.fullmatch(_MONTH_DAY, word):
            return nearest_date(int(month_day[1]), int(month_day[2]), anchor, direction)
        for number, name in enumerate(WEEKDAYS):
            if len(word) >= 3 and name.startswith(word):
                distance = (number - anchor.weekday()) * direction % 7
                return anchor + timedelta(days=distance * direction)
    except (ValueError, OverflowError):
        raise UsageError(f"there is no day `{text:.40}`", hint) from None
    raise UsageError(f"cannot read the day `{text:.40}`", hint)


def nearest_date(month: int, day: int, anchor: date, direction: int) -> date:
    """Return that day of the year on `anchor` or nearest to it in `direction`. Raises ValueError for none."""
    for years in range(_YEARS_TO_A_LEAP_DAY + 1):
        try:
            found = date(anchor.year + years * direction, month, day)
        except ValueError:
            # Most years have no 29 February.
            continue
        if (found - anchor).days * direction >= 0:
            return found
    raise ValueError
