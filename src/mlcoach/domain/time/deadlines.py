"""A day to be done by, as people say it: `in eight weeks`, `by 1 Feb`, alone or within a sentence."""

import re
from calendar import monthrange
from datetime import date, timedelta

from mlcoach.domain.time.study_days import MONTHS, nearest_date

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1, "an": 1}
_SPAN = re.compile(
    rf"\b(?:(?:in|within)\s+)?(?:about\s+)?(\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(day|week|month)s?(?:['’]?\s+time)?\b",
    re.IGNORECASE,
)
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?:(?:by|until|till|before|on)\s+)?(?:the\s+)?(?:(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?({_MONTH})[a-z]*"
    rf"|({_MONTH})[a-z]*\s+(\d{{1,2}})(?:st|nd|rd|th)?)\b,?(?:\s+(\d{{4}})\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?:(?:by|until|till|before|on)\s+)?(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


def deadline_in(text: str, today: date) -> tuple[str, date | None]:
    """Return a text without the day that it says something must be done by, and that day; None where it has none.

    A date without a year is the next one. What is not a date, such as 30 February, gives None.
    """
    for pattern, reader in ((_ISO, _iso), (_SPAN, _after), (_DATE, _dated)):
        found = pattern.search(text)
        if found and (day := reader(found, today)):
            return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).strip(" ,;."), day
    return text, None


def _iso(found: re.Match[str], today: date) -> date | None:
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        return None


def _after(found: re.Match[str], today: date) -> date | None:
    word, unit = found[1].lower(), found[2].lower()
    number = int(word) if word.isdecimal() else _NUMBERS[word]
    if unit != "month":
        return today + timedelta(days=number * (7 if unit == "week" else 1))
    years, month = divmod(today.month - 1 + number, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _dated(found: re.Match[str], today: date) -> date | None:
    number, name = int(found[1] or found[4]), (found[2] or found[3]).lower()
    month = next(place for place, short in enumerate(MONTHS, start=1) if short.lower() == name)
    try:
        return date(int(found[5]), month, number) if found[5] else nearest_date(month, number, today, 1)
    except ValueError:
        return None
