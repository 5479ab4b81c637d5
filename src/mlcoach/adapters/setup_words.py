"""What a person types when the plan is fitted to them: minutes, a time of day, how little keeps the day."""

import re
from collections import Counter

from mlcoach.adapters import settings, settings_text
from mlcoach.adapters.settings import WEEKDAYS
from mlcoach.domain.text import checked
from mlcoach.domain.time.clock_words import clock_in
from mlcoach.domain.time.durations import format_duration, parse_duration
from mlcoach.errors import UsageError

_MINUTES_HINT = "one number for every day, `60 sat=180 sun=0`, or seven numbers from Monday on"


_GROUPS = {"weekday": WEEKDAYS[:5], "weekend": WEEKDAYS[5:]}


_ON_GROUP = re.compile(r"(\d\S*|off) (?:(?:on|at|every|each|the) )*(weekday|weekend)s?\b")


_TIME = re.compile(r"\b(?:at\s+)?(\d{1,2})(?:[:.](\d{2})\s*(am|pm)?|\s*(am|pm))(?!\w)", re.IGNORECASE | re.ASCII)


_DAYS = "|".join(rf"{day}[a-z]*" for day in WEEKDAYS)
_AMOUNT = r"\d[^\s=]*|off|rest"
_DAY_FIRST = re.compile(rf"\b({_DAYS}):? ({_AMOUNT})(?= |$)")
_DAY_LAST = re.compile(rf"(?<!=)\b({_AMOUNT}) on ({_DAYS})\b")


def read_minutes(words: str) -> tuple[int, ...]:
    """Return the minutes from Monday on: `90`, `60 sat=3h sun=0`, `1h on weekdays`, or seven numbers.

    Raises UsageError.
    """
    text = re.sub(r"(\d) +(?=(?:h|m)[a-z]*\b)", r"\1", re.sub(r",(?!\d+ *h)", " ", words.lower()))
    grouped = _ON_GROUP.sub(_by_day, " ".join(text.split()))
    grouped = _DAY_FIRST.sub(r"\1=\2", _DAY_LAST.sub(r"\2=\1", grouped))
    parts = [part for part in grouped.split() if part != "and"]
    plain = [_minutes(part) for part in parts if "=" not in part]
    if not plain and _ON_GROUP.search(" ".join(text.split())):
        plain = [0]  # who names the days has no others
    if len(plain) not in (1, 7):
        raise UsageError(f"cannot read the minutes `{words.strip()}`", _MINUTES_HINT)
    week = plain * (7 // len(plain))
    for part in parts:
        name, equals, minutes = part.partition("=")
        if equals:
            name = name.removesuffix("s") if len(name) > 3 else name
            matching = [weekday for weekday in WEEKDAYS if len(name) >= 3 and name.startswith(weekday)]
            if not matching:
                raise UsageError(f"`{name}` is not a weekday", f"they are {', '.join(WEEKDAYS)}")
            week[WEEKDAYS.index(matching[0])] = _minutes(minutes)
    return tuple(week)


def _by_day(found: re.Match[str]) -> str:
    """Return the minutes of a group of weekdays, day by day."""
    return " ".join(f"{day}={found[1]}" for day in _GROUPS[found[2]])


def read_slot(words: str, before: str) -> tuple[str, str]:
    """Return (slot, cue) of words such as `after dinner, at 20:00`; without a time the slot stays what it was.

    Raises UsageError for an invalid hour and for words that cannot be kept.
    """
    found = _TIME.search(words)
    slot = before
    rest = words
    if found:
        slot = _clock(found)
        rest = f"{words[: found.start()]} {words[found.end() :]}"
    else:
        rest, spoken = clock_in(words)
        slot = spoken or before
    cue = " ".join(checked(rest, "cue", 200).split()).strip(" ,;")
    if "=" in cue or re.fullmatch(r"\d[\d\s.,hm]*", cue):
        raise UsageError(
            f"`{words.strip()}` looks like minutes", "a time of day is asked for: `after dinner, at 20:00`"
        )
    for name, value in (("slot", slot), ("cue", cue)):
        if wrong := settings.setting(name).check(value):
            raise UsageError(f"`{name}` {wrong}, got `{value}`", "write it like `after dinner, at 20:00`")
    return slot, cue


def read_floor(words: str) -> int:
    """Return the minutes that keep the streak. Raises UsageError."""
    try:
        return int(settings_text.read_value("floor", [words.strip()]))
    except UsageError as error:
        said = error.message.replace("`floor`", "the minutes of a bad day")
        raise UsageError(said, error.hint.replace("`floor`", "the minutes of a bad day")) from None


def minutes_in_words(minutes: tuple[int, ...]) -> str:
    """Return minutes from Monday on as `read_minutes` reads them: the usual day, then the others."""
    usual = usual_minutes(minutes)
    others = [f"{day}={_short(number)}" for day, number in zip(WEEKDAYS, minutes, strict=True) if number != usual]
    return " ".join([_short(usual), *others])


def slot_in_words(slot: str, cue: str) -> str:
    """Return slot and cue as `read_slot` reads them."""
    return f"{cue}, at {slot}" if cue else f"at {slot}"


def usual_minutes(minutes: tuple[int, ...]) -> int:
    """Return the minutes that most days of a week have."""
    return Counter(minutes).most_common(1)[0][0]


def _short(minutes: int) -> str:
    return format_duration(minutes) if minutes else "0"


def _minutes(word: str) -> int:
    return 0 if word in ("0", "off", "rest") else parse_duration(word)


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise UsageError(f"`{found[0].strip()}` is not a time of day", "write it like `20:00` or `8pm`")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"
