"""Weeks, Monday to Sunday: which one is meant, and which one a look back is about."""

import re
from datetime import date, timedelta

from mlcoach.domain.time.study_days import parse_day
from mlcoach.errors import UsageError

_ISO_WEEK = r"([0-9]{4})-?w([0-9]{1,2})"
_AGO = r"-([0-9]{1,4})"
_HINT = "say `this`, `last`, `-2`, `2026-W48`, or a day of it: `2026-11-25`"
LOOKS_AHEAD_FROM = 3  # Thursday; a look back before it is about the week before


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def week_to_look_back_on(today: date, since: date | None = None) -> date:
    """Return the Monday of the week that a look back on this day is about: the last days of a week mean that week.

    `since` is the first day of study, None where there is none yet: in the first week there is no other to look at.
    """
    monday = monday_of(today)
    if since is not None and since >= monday:
        return monday
    return monday if today.weekday() >= LOOKS_AHEAD_FROM else monday - timedelta(days=7)


def parse_week(text: str, today: date) -> date:
    """Read a week as its Monday: `this`, `last`, `-2`, `2026-W48`, or any day of it. Raises UsageError."""
    word = text.strip().lower()
    if word in ("this", "last"):
        return monday_of(today) - timedelta(days=7 * (word == "last"))
    try:
        if ago := re.fullmatch(_AGO, word):
            return monday_of(today) - timedelta(days=7 * int(ago[1]))
        if iso := re.fullmatch(_ISO_WEEK, word):
            return date.fromisocalendar(int(iso[1]), int(iso[2]), 1)
        return monday_of(parse_day(word, today))
    except (ValueError, OverflowError):
        raise UsageError(f"there is no week `{text:.40}`", _HINT) from None
    except UsageError:
        raise UsageError(f"cannot read the week `{text:.40}`", _HINT) from None


def week_name(monday: date) -> str:
    """Return a week as `2026-W48`, by ISO 8601."""
    year, week, _ = monday.isocalendar()
    return f"{year:04}-W{week:02}"
