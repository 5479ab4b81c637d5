"""Checklists that tick: the fold of their events, and what of it counts for a checklist as it is now."""

from collections.abc import Collection, Iterable, Mapping

from mlcoach.domain.curriculum import Checklist, ChecklistItem
from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event
from mlcoach.domain.work_events import ChecklistTicked

Ticks = Mapping[str, Collection[str]]


def fold_ticks(events: Iterable[Event]) -> dict[str, list[str]]:
    """Return by checklist the items that are ticked, in the order in which they were. What was said last holds."""
    ticked: dict[str, dict[str, None]] = {}
    for event in in_recorded_order(events):
        body = event.body
        if isinstance(body, ChecklistTicked):
            items = ticked.setdefault(body.checklist, {})
            items.pop(body.item, None)
            if body.done:
                items[body.item] = None
    return {checklist: list(items) for checklist, items in ticked.items() if items}


def ticks_of(checklist: Checklist, ticks: Ticks) -> set[str]:
    """Return all ids that are ticked under this checklist or a name that it had before."""
    return {item for name in (checklist.id, *checklist.was) for item in ticks.get(name, ())}


def is_ticked_in(item: ChecklistItem, ticked: Collection[str]) -> bool:
    """Return whether an item is ticked, under its id or one that it had before."""
    return any(id in ticked for id in (item.id, *item.was))


def orphaned(checklist: Checklist, ticked: Collection[str]) -> list[str]:
    """Return the ticked ids that no item of the checklist has or had: they are kept and do not count here."""
    known = {id for item in checklist.items for id in (item.id, *item.was)}
    return sorted(set(ticked) - known)


def all_orphaned(checklists: Iterable[Checklist], ticks: Ticks) -> list[str]:
    """Return what is ticked and gone, as `CHECKLIST/ITEM`: items of the checklists there are, and whole lists."""
    lists = list(checklists)
    names = {name for checklist in lists for name in (checklist.id, *checklist.was)}
    gone = {f"{name}/{item}" for name, items in ticks.items() if name not in names for item in items}
    for checklist in lists:
        for name in (checklist.id, *checklist.was):
            gone |= {f"{name}/{item}" for item in orphaned(checklist, ticks.get(name, ()))}
    return sorted(gone)
