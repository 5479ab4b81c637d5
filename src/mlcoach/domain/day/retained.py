"""Covered and retained: what was passed, and what of it would be recalled today. Two numbers, always shown together.

Both are shares of the same hours, so that the gap between them can be read off: it is what was passed and has faded, or
was never asked. A unit that was taken as known without an answer is covered and not retained.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Shares(NamedTuple):
    """What is covered and what is retained, as shares (0 to 1) of the hours of some units; retained is never more."""

    covered: float = 0.0
    retained: float = 0.0


class UnitShare(NamedTuple):
    """A unit by its hours of study, whether it is passed, and the share (0 to 1) of it that would be recalled today."""

    hours: float
    covered: bool
    retained: float


def unit_retained(cards: int, card_recalls: Sequence[float], exercise_recalls: Sequence[float] = ()) -> float:
    """Return the share (0 to 1) of a unit that would be recalled today.

    It is the mean probability of recall over its items. `cards` counts all cards of the unit: one that was never
    answered counts as not recalled, since nothing shows that it is known. Exercises count where they were answered;
    nobody has to do all of them. A unit with cards of which none was answered is not retained at all.
    """
    items = max(cards, len(card_recalls)) + len(exercise_recalls)
    if not items or (cards and not card_recalls):
        return 0.0
    return (sum(card_recalls) + sum(exercise_recalls)) / items


def shares(units: Iterable[UnitShare]) -> Shares:
    """Return what is covered and retained of some units, each of which weighs as many hours as it takes.

    What would be recalled of a unit counts once the unit is passed: until then it is not covered.
    """
    hours = covered = retained = 0.0
    for unit in units:
        hours += unit.hours
        if unit.covered:
            covered += unit.hours
            retained += unit.hours * unit.retained
    return Shares(covered / hours, retained / hours) if hours else Shares()
