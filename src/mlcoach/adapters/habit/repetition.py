"""Rules of repetition that end: those of strangers may mean nothing, or be walked through for hours."""

import re
from datetime import date, datetime
from typing import Any

STEPS_A_DAY = {"DAILY": 1.0, "WEEKLY": 1 / 7, "MONTHLY": 1 / 28, "YEARLY": 1 / 365}
DAYS_AT_MOST = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}  # from one repetition to the next
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T[0-9]{6}Z?)?")
# What makes several repetitions of one, and what may leave none at all.
MULTIPLYING = ("BYHOUR", "BYMINUTE", "BYSECOND")
NARROWING = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYEASTER")
MOST_VALUES = 400  # of one part of a rule: the days of a year and some
LAST_YEARS = 40  # before the end of the calendar, in which a rule that ever holds holds


def check_rules(event: Any) -> str:
    """Return why the rules of an event cannot be walked through, "" where they can."""
    for rule in _rules(event):
        if any(word not in STEPS_A_DAY for word in _frequencies(rule)):
            return "it repeats more often than daily"
        if any(number < 1 for key in ("INTERVAL", "COUNT") for number in rule.get(key, [])):
            return "its rule never comes to an end"
        if any(len(values) > MOST_VALUES for values in rule.values() if isinstance(values, list)):
            return "its rule has too many parts"
        if any(rule.get(key) for key in NARROWING) and not _ever_holds(rule, event["DTSTART"].dt):
            return "its rule never holds"
    return ""


def steps_until(event: Any, end: datetime) -> float:
    """Return about how many repetitions lie between an event's beginning and an instant, by its own end at most."""
    return sum(_steps(rule, event["DTSTART"].dt, end) for rule in _rules(event))


def _steps(rule: Any, began: date, end: date) -> float:
    last = min([end.toordinal(), *(until.toordinal() for until in rule.get("UNTIL", []) if isinstance(until, date))])
    # Rules by day of a year or month make several of one.
    a_day = max([1 / 7, *(STEPS_A_DAY[word] for word in _frequencies(rule))])
    steps = max(0, last - began.toordinal()) * a_day / max([1, *rule.get("INTERVAL", [])])
    if not any(rule.get(key) for key in NARROWING):
        steps = min([steps, *rule.get("COUNT", [])])
    for key in MULTIPLYING:
        steps *= max(1, len(rule.get(key, [])))
    return float(steps)


def day_of(text: str) -> date | None:
    """Return the day of a date or an instant as calendar files write it, None for what is neither."""
    match = _DAY.fullmatch(text.strip())
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def last_day(rule: str, began: date) -> int:
    """Return the day, counted as `date.toordinal` does, after which a rule as it is written surely holds no more."""
    parts = dict(part.partition("=")[::2] for part in rule.strip().upper().split(";"))
    if (until := day_of(parts.get("UNTIL", ""))) is not None:
        return until.toordinal()
    days = DAYS_AT_MOST.get(parts.get("FREQ", ""), 0)
    plain = parts.keys() <= {"FREQ", "COUNT", "INTERVAL", "WKST"} or (
        parts.get("FREQ") == "WEEKLY" and parts.keys() <= {"FREQ", "COUNT", "INTERVAL", "WKST", "BYDAY"}
    )
    numbers = [parts.get("COUNT", ""), parts.get("INTERVAL", "1")]
    if not days or not plain or not all(number.isdecimal() and 0 < int(number[:6]) < 100_000 for number in numbers):
        return date.max.toordinal()
    # From the 31st on, or a 29 February, months and years are left out.
    if days > DAYS_AT_MOST["WEEKLY"] and began.day > 28:
        days *= 12
    return began.toordinal() + (int(numbers[0]) + 1) * int(numbers[1]) * days


def _rules(event: Any) -> list[Any]:
    rules = event.get("RRULE")
    return [] if rules is None else rules if isinstance(rules, list) else [rules]


def _frequencies(rule: Any) -> list[str]:
    return [str(word).upper() for word in rule.get("FREQ", [])]


def _ever_holds(rule: Any, began: Any) -> bool:
    """Return whether a narrow rule holds at all, by its last years: from any other year on the search may last.

    Without an interval or a number of times, of which nothing depends but how often.
    """
    from dateutil.rrule import rrulestr

    plain = {key: value for key, value in rule.items() if key not in ("INTERVAL", "COUNT", "UNTIL", *MULTIPLYING)}
    text = type(rule)(plain).to_ical().decode()
    begin = datetime(9999 - LAST_YEARS, began.month, min(began.day, 28))
    return next(iter(rrulestr(text, dtstart=begin)), None) is not None
