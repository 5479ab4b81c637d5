"""A line as people say it, `45 min vectors`, `vectors 1,5h`, `20:00-20:45 on SVD`: the time in it, and the rest.

Only read where a line is not of the short form, `45m vectors`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.time.durations import parse_duration
from mlcoach.errors import UsageError

DAY = 24 * 60  # minutes
# A bare number so small may be minutes or hours.
SMALLEST_CLEAR = 10
_HOURS = r"(?:hours?|hrs?|h)"
_MINUTES = r"(?:minutes?|mins?|m)"
_IN_WORDS = (
    r"(?:an|one) hour and a half|one and a half hours|half (?:an )?hour|a quarter of an hour|(?:an|one) hour|"
    r"two hours|three hours"
)
_DURATION = (
    rf"(?P<duration>{_IN_WORDS}|[0-9]{{1,9}} *{_HOURS}(?: *(?:and +)?[0-9]{{1,2}}(?: *{_MINUTES})?)?|"
    rf"[0-9]{{0,9}}[.,][0-9]{{1,9}} *{_HOURS}|[0-9]{{1,9}} *{_MINUTES}|[0-9]{{1,9}}:[0-9]{{2}}|[0-9]{{1,9}})"
)
_TIME = r"[0-9]{{1,2}}(?:[:.][0-9]{{2}})? ?(?:am|pm)?"
_SPAN = rf"(?:from )?(?P<begin>{_TIME}) ?(?:-|–|to|until) ?(?P<end>{_TIME})".replace("{{", "{").replace("}}", "}")
_BEFORE_NAME = re.compile(r"^(?:(?:on|of|for|with|at)\s+)", re.IGNORECASE)


class SpokenTime(NamedTuple):
    """The time in a line. `span` is begin and end in minutes after midnight; `bare` a number that could be hours.

    `name` is what is left: what the time was spent on. `day` is `yesterday` or `today` where the line ends so.
    """

    minutes: int
    name: str
    span: tuple[int, int] | None = None
    bare: int = 0
    day: str = ""


def read_line(words: Sequence[str]) -> SpokenTime:
    """Return the time at the beginning or the end of a line. Raises UsageError where there is none, or a bad one."""
    line = " ".join(" ".join(words).split())
    line, day = _without_day(line)
    for pattern, reader in ((_SPAN, _span), (_DURATION, _duration)):
        for whole in (rf"^{pattern}(?:\s+(?P<name>.*))?$", rf"^(?P<name>.*?)\s+(?:for\s+)?{pattern}$"):
            found = re.match(whole, line, re.IGNORECASE)
            if found and (read := reader(found)):
                name = _BEFORE_NAME.sub("", found["name"] or "")
                return read._replace(name=name, day=day)
    if re.match(r"[0-9.,:]", line):
        parse_duration(words[0])  # says what is wrong with it
    raise UsageError(
        f"cannot read the duration `{line:.40}`" if len(words) == 1 else f"no duration in `{line:.60}`",
        f"how long did you study? `mlcoach log 45m {_BEFORE_NAME.sub('', line):.40}` records 45 minutes",
    )


def _without_day(line: str) -> tuple[str, str]:
    """Return the line without a day at its end, and the day."""
    found = re.search(r"(?:^|\s)(yesterday|today)$", line, re.IGNORECASE)
    return (line[: found.start()], found[1].lower()) if found else (line, "")


def _duration(found: "re.Match[str]") -> SpokenTime | None:
    text = re.sub(r"\s+and\s+(?=[0-9])", " ", found["duration"].lower())
    if text.isdecimal() and 1 <= int(text) < SMALLEST_CLEAR:
        return SpokenTime(0, "", bare=int(text))
    return SpokenTime(parse_duration(text), "")


def _span(found: "re.Match[str]") -> SpokenTime | None:
    """Return the minutes between two times of day; None where nothing shows that they are times."""
    begin, end = found["begin"].lower(), found["end"].lower()
    if not any(mark in begin + end for mark in (":", ".", "m")):
        return None
    half = end[-2:] if end.endswith(("am", "pm")) and not begin.endswith(("am", "pm")) else ""
    first, last = time_of_day(begin + half), time_of_day(end)
    if half == "pm" and first > last:
        first = time_of_day(begin + "am")  # 11-1pm began in the morning
    minutes = (last - first) % DAY
    if not minutes:
        raise UsageError(f"`{found[0].strip():.40}` begins when it ends", "write it like `20:00-20:45`")
    return SpokenTime(minutes, "", (first, last))


def time_of_day(text: str) -> int:
    """Return the minutes after midnight of `20:30`, `20.30`, `8pm` or `8:30 pm`. Raises UsageError."""
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? *(am|pm)?", text.strip().lower())
    hour, minute, half = (int(found[1]), int(found[2] or 0), found[3]) if found else (99, 0, None)
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        raise UsageError(f"`{text.strip():.40}` is not a time of day", "write it like `20:00` or `8pm`")
    return (hour % 12 + (12 if half == "pm" else 0) if half else hour) * 60 + minute
