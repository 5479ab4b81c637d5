"""What a person types when the plan is fitted to them: minutes, a time of day, how little keeps the day."""

import re
from collections import Counter

from mlcoach.adapters import settings, settings_text
from mlcoach.adapters.settings import WEEKDAYS
from mlcoach.domain.text import checked
from mlcoach.domain.time.clock_words import clock_in
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.week_minutes import read_week
from mlcoach.errors import UsageError

_TIME = re.compile(r"\b(?:at\s+)?(\d{1,2})(?:[:.](\d{2})\s*(am|pm)?|\s*(am|pm))(?!\w)", re.IGNORECASE | re.ASCII)


def read_minutes(words: str) -> tuple[int, ...]:
    """Return the minutes from Monday on: `90`, `60 sat=3h sun=0`, `2h mon-fri, sat 3h`. Raises UsageError."""
    return read_week(words)


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


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise UsageError(f"`{found[0].strip()}` is not a time of day", "write it like `20:00` or `8pm`")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"
