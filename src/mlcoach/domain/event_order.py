"""The orders of events: that of the journal, and that in which they were recorded."""

from collections.abc import Iterable
from sys import intern

from mlcoach.domain.events import Event

EventOrder = tuple[str, int, str, int]
"""Where an event stands in time: study day, instant, device and number there. Folds follow this order."""


def order_of(event: Event) -> EventOrder:
    """Return where an event stands in time."""
    # Many events share a day and a device; of their names one copy is enough.
    return intern(event.study_day.isoformat()), event.happened, intern(event.device), event.seq


def in_recorded_order(events: Iterable[Event]) -> list[Event]:
    """Return events in the order in which they were recorded, where what was said last holds.

    Among a device's own events its numbers decide, for its clock may have gone back in between.
    """
    ordered: list[tuple[int, str, int, Event]] = []
    latest: dict[str, int] = {}
    for event in sorted(events, key=lambda event: event.seq):
        latest[event.device] = max(event.recorded, latest.get(event.device, event.recorded))
        ordered.append((latest[event.device], event.device, event.seq, event))
    return [event for _, _, _, event in sorted(ordered, key=lambda entry: entry[:3])]
