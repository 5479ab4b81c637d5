"""Values of expressions, and how they are written for people."""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from keyword import kwlist
from typing import Any

# A number, a text that is only shown, a vector as a tuple of numbers, or a matrix as a tuple of rows.
Value = Any
# Returns what an expression comes to with these names, a truth value for a comparison; raises ExpressionError.
Evaluate = Callable[[str, Mapping[str, Value]], Value]

# The names that every expression may use.
FUNCTION_NAMES = (
    "sqrt", "exp", "log", "log2", "sin", "cos", "tan", "abs", "min", "max", "round", "floor", "ceil", "comb",
    "factorial", "dot", "matmul", "det", "transpose",
)  # fmt: skip
CONSTANT_NAMES = ("pi", "e")
# What a variable cannot be called besides: words of expressions, and the answer itself.
RESERVED = frozenset({*FUNCTION_NAMES, *CONSTANT_NAMES, "answer", *kwlist})
LARGEST_SHOWN, SMALLEST_SHOWN = 1e15, 1e-6  # beyond these a number is written with an exponent
DIGITS = 10  # significant digits of a number that is shown without a format
MINUS = "−"
SPEC = re.compile(r"\+?,?(?:\.\d{1,2})?[fg%]?")
_PLACE = re.compile(r"\{\{|\}\}|\{([A-Za-z][A-Za-z0-9_]*)(?::([^{}]*))?\}")
_FORMAT_KINDS = "fg%"
_HAIR = 1e-9
_LARGEST_BELOW = 1_000  # of a fraction that is shown in place of a long decimal


class ExpressionError(ValueError):
    """An expression that cannot be read, is not allowed, or comes to no finite value."""


def is_number(value: Value) -> bool:
    """Return whether a value is one finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_vector(value: Value) -> bool:
    """Return whether a value is a vector of finite numbers."""
    return isinstance(value, tuple) and bool(value) and all(is_number(part) for part in value)


def filled(template: str, values: Mapping[str, Value]) -> str:
    """Return a text with `{name}` and `{name:.2f}` replaced by values, and doubled braces by single ones.

    What names no value stays as it is; `places_of` finds it.
    """

    def replaced(match: "re.Match[str]") -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        return shown(values[match[1]], match[2] or "") if match[1] in values else match[0]

    return _PLACE.sub(replaced, template)


def without_numbers(template: str) -> str:
    """Return a text with … for each of its places: for lists, where nothing is drawn."""
    return _PLACE.sub(lambda match: "…" if match[1] else match[0][0], template)


def places_of(template: str) -> list[tuple[str, str]]:
    """Return the names that a text has places for, each with its format."""
    return [(match[1], match[2] or "") for match in _PLACE.finditer(template) if match[1]]


def shown(value: Value, spec: str = "") -> str:
    """Return a value for people: `−3`, `0.25`, `(1, 2)`, rows of a matrix as `(1, 2) and (3, 4)`.

    `spec` is that of Python's numbers as far as `SPEC` goes; `+` writes a term of a sum: `+ 3`, `− 3`.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        parts = [shown(part, spec) for part in value]
        if value and isinstance(value[0], tuple):
            return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
        return f"({', '.join(parts)})"
    if spec.startswith("+"):
        return f"{'+' if value >= 0 else MINUS} {shown(abs(value), spec[1:])}"
    if not spec or spec == ",":
        return plain(value, DIGITS, spec)
    text = format(value, spec if spec[-1] in _FORMAT_KINDS else f"{spec}f")
    return text.replace("%", " %").replace("-", MINUS)


def plain(value: float, digits: int, group: str = "") -> str:
    """Return a number with so many significant digits, without an exponent where it can be."""
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < LARGEST_SHOWN):
        return format(int(value), group).replace("-", MINUS)
    if not SMALLEST_SHOWN <= abs(value) < LARGEST_SHOWN:
        return f"{value:.{digits}g}".replace("-", MINUS)
    return format(Decimal(f"{value:.{digits}g}"), f"{group}f").replace("-", MINUS)


def as_fraction(value: float) -> str:
    """Return a number as a fraction with a small denominator, "" where there is none."""
    found = Fraction(value).limit_denominator(_LARGEST_BELOW)
    if found.denominator == 1 or abs(float(found) - value) > _HAIR * max(abs(value), _HAIR):
        return ""
    return f"{found.numerator}/{found.denominator}".replace("-", MINUS)
