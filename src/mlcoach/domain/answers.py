"""Numbers as people type them, and whether one is the answer to a numeric card."""

import math
import re
from collections.abc import Callable

LONGEST_NUMBER = 40  # characters

_MINUS = str.maketrans({"−": "-", "–": "-", "⁻": "-"})
# [0-9] and not \d: the latter also takes the digits of other scripts.
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?")
_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_SPACED = re.compile(r"[0-9]+(?:\s+[0-9]+)+")
_SPACED_GROUPS = re.compile(r"[0-9]{1,3}(?:\s[0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]*),([0-9]+(?:e[+-]?[0-9]{1,3})?)")
# Sums in binary are off by a hair: 0.1 + 0.2 and 1/3 must be right where the card is exact.
_HAIR = 1e-9

Combine = Callable[[float, float], float | None]


def parse_number(text: str) -> tuple[float, ...]:
    """Return the numbers that a text may mean, none when it is not a number.

    Understood are `3`, `-2.5`, `2/3`, `1e-3`, `10^6`, `40%` (as 40 and as 0.4), a comma as decimal sign or between
    groups of three digits (`1,000` is both), and blanks between groups of three digits: `1 1` is a slip, and not 11.
    """
    if len(text) > LONGEST_NUMBER or any(not _SPACED_GROUPS.fullmatch(run) for run in _SPACED.findall(text)):
        return ()
    plain = "".join(text.translate(_MINUS).lower().replace("_", "").split())
    if plain.endswith("%"):
        return tuple(value for number in parse_number(plain[:-1]) for value in (number, number / 100))
    if "/" in plain:
        above, _, below = plain.partition("/")
        return _each(_plain_numbers(above), _plain_numbers(below), _quotient)
    if "^" in plain or "**" in plain:
        base, _, power = plain.replace("**", "^").partition("^")
        return _each(_plain_numbers(base), _plain_numbers(power), _power)
    return _plain_numbers(plain)


def is_right(typed: tuple[float, ...], number: float, tolerance: float) -> bool:
    """Return whether one of the numbers is within `tolerance` (absolute) of the card's `number`."""
    margin = tolerance + _HAIR * max(1.0, abs(number))
    return any(abs(value - number) <= margin for value in typed)


def _plain_numbers(text: str) -> tuple[float, ...]:
    readings = []
    if _DECIMAL.fullmatch(text):
        readings.append(text)
    if _GROUPS.fullmatch(text):
        readings.append(text.replace(",", ""))
    if match := _DECIMAL_COMMA.fullmatch(text):
        readings.append(f"{match[1]}.{match[2]}")
    return tuple(value for value in map(float, readings) if math.isfinite(value))


def _each(lefts: tuple[float, ...], rights: tuple[float, ...], combine: Combine) -> tuple[float, ...]:
    found = (combine(left, right) for left in lefts for right in rights)
    return tuple(value for value in found if value is not None)


def _quotient(above: float, below: float) -> float | None:
    value = above / below if below else math.inf
    return value if math.isfinite(value) else None


def _power(base: float, power: float) -> float | None:
    try:
        value = base**power
    except (OverflowError, ZeroDivisionError):
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None
