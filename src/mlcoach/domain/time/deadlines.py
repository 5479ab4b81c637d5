"""A day to be done by, as people say it: `in eight weeks`, `by 1 Feb`, alone or within a sentence."""

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from datetime import date, timedelta

from mlcoach.domain.time.study_days import MONTHS, nearest_date

FARTHEST_MONTHS = 999
DAYS = {"day": 1, "week": 7}
HALF_MONTH = 15  # days
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1, "an": 1}
_HALF_MORE = r"[\s-]+and[\s-]+(?:a[\s-]+)?half"
_SPAN = re.compile(
    rf"\b(?:(?:in|within)\s+)?(?:about\s+)?(\d{{1,3}}|half|{'|'.join(_NUMBERS)})(?P<more>{_HALF_MORE})?[\s-]+(?:an?\s+)?"
    rf"(day|week|month|year)s?(?P<half>{_HALF_MORE})?(?:['’]?\s+time)?\b",
    re.IGNORECASE,
)
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"\b(?:(?:by|until|till|before|on)\s+)?(?:the\s+)?(?:(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?({_MONTH})[a-z]*"
    rf"|({_MONTH})[a-z]*\s+(\d{{1,2}})(?:st|nd|rd|th)?)\b,?(?:\s+(\d{{4}})\b)?",
    re.IGNORECASE,
)
_FULL_MONTH = "|".join(f"{name.lower()}|{name[:3].lower()}" for name in month_name if name)
_ENDS = r"(?:(?P<end>end|close|middle|mid|start|beginning)(?:\s+of|-)?\s+)"
_WHOLE = re.compile(
    rf"\b(?:(?:by|until|till|before|in|at|on)\s+)?(?:the\s+)?{_ENDS}?(?:the\s+)?"
    rf"(?:(?P<month>{_FULL_MONTH})(?:,?\s+(?P<of>\d{{4}}))?|(?:year\s+)?(?P<year>20\d{{2}})|(?P<next>next|this|the)\s+year(?!\s+\d))\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?:(?:by|until|till|before|on)\s+)?(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


def deadline_in(text: str, today: date) -> tuple[str, date | None]:
    """Return a text without the day that it says something must be done by, and that day; None where it has none.

    A date without a year is the next one. `by June` is the day before June begins, `in June` and `end of June` its last
    one. What is not a date, such as 30 February, and a month without such a word give None.
    """
    for pattern, reader in ((_ISO, _iso), (_SPAN, _after), (_DATE, _dated), (_WHOLE, _whole)):
        found = pattern.search(text)
        if found and (day := _read(reader, found, today)):
            return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).strip(" ,;."), day
    return text, None


def _read(reader: Callable[[re.Match[str], date], date | None], found: re.Match[str], today: date) -> date | None:
    """Return what a reader makes of a text, None for a day that is in no calendar, such as one of the year 0."""
    try:
        return reader(found, today)
    except (ValueError, OverflowError):
        return None


def _iso(found: re.Match[str], today: date) -> date | None:
    return date.fromisoformat(found[1])


def _after(found: re.Match[str], today: date) -> date | None:
    word, unit = found[1].lower(), found[3].lower()
    halves = 1 if word == "half" else 2 * (int(word) if word.isdecimal() else _NUMBERS[word])
    halves += bool(found["half"] or found["more"])
    if unit == "day" and halves % 2:
        return None
    if unit in ("day", "week"):
        return today + timedelta(days=(halves * DAYS[unit] + 1) // 2)
    months, half_months = divmod(halves * (12 if unit == "year" else 1), 2)
    if months > FARTHEST_MONTHS:
        return None
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    day = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days=HALF_MONTH * half_months)


def _dated(found: re.Match[str], today: date) -> date | None:
    number, name = int(found[1] or found[4]), (found[2] or found[3]).lower()
    month = next(place for place, short in enumerate(MONTHS, start=1) if short.lower() == name)
    return date(int(found[5]), month, number) if found[5] else nearest_date(month, number, today, 1)


def _whole(found: re.Match[str], today: date) -> date | None:
    """Return the day that a month or a year names: its end, its middle, or the day before it begins."""
    word, end = found[0].lower().split()[0], (found["end"] or "").lower()
    if not end and word not in ("by", "until", "till", "before", "in"):
        return None  # `core 2027`, `may`
    if not end and word != "in" and not found["next"]:
        end = "before"
    if found["month"]:
        month = next(
            place for place, short in enumerate(MONTHS, start=1) if short.lower() == found["month"][:3].lower()
        )
        year = (
            int(found["of"])
            if found["of"]
            else today.year + (month < today.month or (month == today.month and end == "before"))
        )
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        middle = date(year, month, 15)
    else:
        year = int(found["year"]) if found["year"] else today.year + (found["next"].lower() == "next")
        first, last, middle = date(year, 1, 1), date(year, 12, 31), date(year, 6, 30)
    if end == "before":
        return first - timedelta(days=1)
    return first if end in ("start", "beginning") else middle if end in ("middle", "mid") else last
