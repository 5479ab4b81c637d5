"""Numbers of `field`."""

from collections.abc import Callable
from fractions import Fraction

ANSWERS: dict[str, Callable[[], float]] = {
    "field.where/pre-hundred-a-day": lambda: float(Fraction(100 * 10, 60)),
    "field.where/news-budget": lambda: 100 * sum(10 for _ in range(5)) / sum(120 for _ in range(5)),
}
