"""A day off for study: six hours in parts, the lanes in turn, a project, and breaks between them."""

from typing import TYPE_CHECKING

from mlcoach.services.day.today import today
from mlcoach.views.plan import LongDayView, LongPartView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MINUTES = 360
STRETCH, BREAK, MEAL = 45, 10, 45  # minutes of study after which a break is due, and how long breaks are


def long_day(context: "Context") -> LongDayView:
    """Return the plan of today for six hours, with a break about every hour and a long one in the middle."""
    blocks = today(context, MINUTES).blocks
    whole = sum(block.minutes for block in blocks)
    parts: list[LongPartView] = []
    clock = since = studied = 0
    eaten = False
    for block in blocks:
        due = since >= STRETCH or (since and since + block.minutes > STRETCH + BREAK)
        if due and block.kind != "close":
            length = MEAL if not eaten and studied >= whole / 2 - STRETCH / 2 else BREAK
            eaten = eaten or length == MEAL
            parts.append(LongPartView(clock, length, None))
            clock += length
            since = 0
        parts.append(LongPartView(clock, block.minutes, block))
        clock += block.minutes
        since += block.minutes
        studied += block.minutes
    return LongDayView(whole, tuple(parts))
