"""What checklists show: their items with ticks, and how far each list is."""

from typing import NamedTuple


class TickedItemView(NamedTuple):
    """One line of a checklist."""

    id: str
    text: str
    group: str
    why: str
    done: bool


class TickedChecklistView(NamedTuple):
    """A checklist with its ticks: `done` of `of`. `orphans` are ticked ids that it no longer has."""

    id: str
    title: str
    items: tuple[TickedItemView, ...]
    done: int
    of: int
    orphans: tuple[str, ...] = ()


class ChecklistLineView(NamedTuple):
    """One checklist of the list of the map, and how far it is."""

    id: str
    title: str
    done: int
    of: int


class ChecklistTickedView(NamedTuple):
    """A checklist after items were ticked (or unticked, `done` False); `unchanged` were so before."""

    checklist: TickedChecklistView
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    done: bool
