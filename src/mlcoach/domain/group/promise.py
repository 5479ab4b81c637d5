"""Whether a promise was kept, as far as figures can tell: hours and numbers of units are looked at, words are not."""

import re
from typing import Literal

PromiseState = Literal["", "open", "kept"]

_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_WORDS, start=1)}
_AMOUNT = rf"(?P<amount>\d+(?:\.\d+)?|{'|'.join(NUMBERS)})"
_PART = re.compile(rf"\b{_AMOUNT}\s*(?P<unit>hours?|hrs?|h|minutes?|mins?|m|units?)\b", re.IGNORECASE)
# Words around a figure that change nothing of what it asks for.
_FILLING = re.compile(
    r"\b(?:and|at|least|i|will|study|studied|of|in|all|this|next|the|week|passed|pass|done|to|do)\b|[\s,.;:!+&]",
    re.IGNORECASE,
)


def promise_state(promise: str, minutes: int, passed: int) -> PromiseState:
    """Return "kept" when a week with so many minutes and passed units keeps all that a promise says, "" for no promise.

    A promise with anything else in it stays "open": whether that was kept is not for figures to say.
    """
    if not promise.strip():
        return ""
    asked_minutes, asked_units = 0.0, 0.0
    for found in _PART.finditer(promise):
        amount = _number(found["amount"])
        unit = found["unit"].lower()
        if unit.startswith("u"):
            asked_units += amount
        else:
            asked_minutes += amount * (60 if unit.startswith("h") else 1)
    if not (asked_minutes or asked_units) or _FILLING.sub("", _PART.sub("", promise)):
        return "open"
    return "kept" if minutes >= asked_minutes and passed >= asked_units else "open"


def _number(word: str) -> float:
    known = NUMBERS.get(word.lower())
    return float(word) if known is None else known
