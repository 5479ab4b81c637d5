"""Numbers of `field`."""

from collections.abc import Callable
from fractions import Fraction

ANSWERS: dict[str, Callable[[], float]] = {
    "field.where/pre-hundred-a-day": lambda: float(Fraction(100 * 10, 60)),
    "field.where/news-budget": lambda: 100 * 30 / (10 * 60),
}
