"""Planned rest: a fold to spans of days."""

from collections.abc import Iterable
from datetime import date

from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event, RestCleared, RestPlanned


def fold_rest(events: Iterable[Event]) -> tuple[tuple[str, str], ...]:
    """Return the planned days of rest as sorted, disjoint spans (first, last), ISO study days."""
    days: set[int] = set()
    for event in in_recorded_order(events):
        body = event.body
        if not isinstance(body, RestPlanned | RestCleared):
            continue
        span = range(date.fromisoformat(body.first).toordinal(), date.fromisoformat(body.last).toordinal() + 1)
        if isinstance(body, RestPlanned):
            days.update(span)
        else:
            days.difference_update(span)
    spans: list[list[int]] = []
    for ordinal in sorted(days):
        if spans and spans[-1][1] == ordinal - 1:
            spans[-1][1] = ordinal
        else:
            spans.append([ordinal, ordinal])
    return tuple((date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()) for first, last in spans)
