"""Durations as people write them, `1h30m`, `90m`, `1.5h`, `1:30`, `90`: always whole minutes, and back.

An `m` is always minutes, never months.
"""

import re

from mlcoach.errors import UsageError

LONGEST = 24 * 60  # minutes: a day

# [0-9] and not \d: the latter also takes the digits of other scripts. The counts keep int() away from
# thousands of digits.
_HOURS = r"(?:hours?|hrs?|h)"
_MINUTES = r"(?:minutes?|mins?|m)"
_PLAIN = rf"([0-9]{{1,9}}) *{_MINUTES}?"
_COMPOSED = rf"([0-9]{{1,9}}) *{_HOURS}(?: *([0-9]{{1,2}}) *{_MINUTES}?)?"
_FRACTION = rf"([0-9]{{0,9}})[.,]([0-9]{{1,9}}) *{_HOURS}"
_CLOCK = r"([0-9]{1,9}):([0-9]{2})"
_WORDS = {
    "an hour": 60, "one hour": 60, "half an hour": 30, "half hour": 30, "a quarter of an hour": 15,
    "an hour and a half": 90, "one and a half hours": 90, "two hours": 120, "three hours": 180,
}  # fmt: skip
_HINT = "write `1h30m`, `90m`, `1.5h`, `1:30` or `90`, at most `24h`"


def parse_duration(text: str) -> int:
    """Read a duration as 1 to 1440 minutes: `1h30m`, `1h30`, `1 h 30 m`, `90 min`, `1.5h`, `1,5h`, `1:30`, `90`.

    A colon is between hours and minutes. A fraction of an hour is rounded to the nearest minute. Raises
    UsageError for anything else.
    """
    minutes = _minutes(text.strip().lower())
    if minutes is None:
        raise UsageError(f"cannot read the duration `{text:.40}`", _HINT)
    if minutes < 1:
        raise UsageError(f"the duration `{text:.40}` is less than a minute", _HINT)
    if minutes > LONGEST:
        raise UsageError(f"the duration `{text:.40}` is over 24 h", _HINT)
    return minutes


def format_duration(minutes: int) -> str:
    """Return minutes as `45m`, `2h` or `1h05m`; `parse_duration` reads it back."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}m"
    return f"{hours}h{rest:02}m" if rest else f"{hours}h"


def _minutes(word: str) -> int | None:
    """Return the minutes, whatever their number, or None for what is not a duration."""
    if word in _WORDS:
        return _WORDS[word]
    if plain := re.fullmatch(_PLAIN, word):
        return int(plain[1])
    if found := re.fullmatch(_COMPOSED, word) or re.fullmatch(_CLOCK, word):
        # 1h75 and 1:75 are more likely slips than 2h15.
        rest = int(found[2] or 0)
        return int(found[1]) * 60 + rest if rest < 60 else None
    if fraction := re.fullmatch(_FRACTION, word):
        # In whole numbers, so that 0.025h is not at the mercy of binary fractions; halves go up.
        scale: int = 10 ** len(fraction[2])
        parts = int(fraction[1] or 0) * scale + int(fraction[2])
        return (parts * 60 * 2 + scale) // (2 * scale)
    return None
