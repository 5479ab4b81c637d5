"""The ladder of exercises: they are done again less often than cards are asked, and in the end once a year.

Doing an exercise again takes half an hour, asking a card a third of a minute; so an exercise may fade further before it
comes back, and one that was done well three times more is known well enough. A short drill takes three minutes: it
comes back sooner, and as long as it pays.
"""

from collections.abc import Iterable

from mlcoach.domain.events import Event, ItemGraded
from mlcoach.domain.memory.ratings import AGAIN, GOOD

RETENTION = 0.75  # desired recall of exercises
DRILL_RETENTION = 0.85  # of short drills, which are not on the ladder
FIRST_INTERVAL = 5  # study days at least, after a first go that was good
RETIRES_AFTER = 3  # good re-dos
YEARLY = 365  # study days

Intervals = tuple[int, int, int, int]
"""Study days after again, hard, good and easy."""


def good_redos(events: Iterable[Event]) -> int:
    """Return how often an exercise was done again and was good, since it failed last; one a study day counts."""
    good, days = 0, 0
    last = None
    for event in events:
        if not isinstance(event.body, ItemGraded):
            continue
        days += event.study_day != last
        last = event.study_day
        if event.body.rating == AGAIN:
            good, days = 0, 0
        elif days > 1 and event.body.rating >= GOOD:
            good += 1
    return good


def on_ladder(intervals: Intervals, *, first: bool, redone: int) -> Intervals:
    """Return the intervals of an exercise: at least five days after a good first go, a year after three good re-dos.

    `redone` are the good re-dos before this answer.
    """
    again, hard, good, easy = intervals
    if not first and redone + 1 >= RETIRES_AFTER:
        return again, hard, max(good, YEARLY), max(easy, YEARLY)
    good = max(good, FIRST_INTERVAL)
    return again, hard, good, max(easy, good)
