"""How welcome a due day is: light days more than full ones, days with more time more than short ones, rest hardly."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.services.context import Context

# What lies further ahead will look different by then.
FURTHEST = 120  # days
HARDLY = 1e-6  # the share of a day of rest: it is chosen where there is no other


def welcome(context: "Context", day: date) -> Callable[[int], float]:
    """Return a function from days after `day` to how welcome an item more is then.

    The more items are due on a day for the minutes it has, the less: 1 / ((due + 1) / share)², where the share is the
    day's goal over the week's largest. Planned rest and weekdays with a goal of zero have next to no share.
    """
    store, settings = context.store, context.settings
    rest = store.rest()
    goals = [settings.goal_on(weekday) for weekday in range(7)]
    largest = max(goals)
    first = day.toordinal()
    known: dict[int, float] = {}

    def day_weight(interval: int) -> float:
        if interval > FURTHEST:
            return 1.0
        if interval not in known:
            due = date.fromordinal(first + interval)
            resting = any(begin <= due <= end for begin, end in rest)
            share = HARDLY if resting or not largest else max(HARDLY, goals[due.weekday()] / largest)
            known[interval] = (share / (store.due_on(due) + 1)) ** 2
        return known[interval]

    return day_weight
