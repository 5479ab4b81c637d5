"""Whose turn it is in the reading queue."""

from collections.abc import Collection, Sequence

MOVING = 2  # papers a week that are to move at least


def next_in_turn(reading: Sequence[str], queued: Sequence[str], moved: Collection[str]) -> str:
    """Return the paper for the next paper day, or "".

    `reading` and `queued` come in the order of their turn; `moved` are the papers that had a day of this week already.
    The one read last goes on, but while fewer than two papers moved this week another one has its turn, so that a
    third pass of four hours holds up nothing. With two under way none is begun.
    """
    waiting = [*reading, *queued]
    if len(moved) < MOVING:
        waiting = [key for key in waiting if key not in moved] or waiting
    return waiting[0] if waiting else ""
