"""Where an item that checks itself stands, and how many of a group stand where."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple, Protocol

PracticeState = Literal["new", "tried", "solved", "due"]
SOLVED = ("solved", "due")


class PracticeEntry(Protocol):
    """An item with where it stands; `solid` says that it would most likely be solved today."""

    @property
    def item(self) -> str:
        """Its id."""

    @property
    def state(self) -> PracticeState:
        """Where it stands."""

    @property
    def solid(self) -> bool:
        """Whether it would most likely be solved today."""


class PracticeCount(NamedTuple):
    """How much of a unit or of a pattern is solved, would be solved today, and is due."""

    name: str
    items: int
    solved: int
    solid: int
    due: int


def practice_state(today: date, due: date | None, was_right: object, was_tried: object) -> PracticeState:
    """Return where an item stands: due, else solved when it was ever right, else tried, else new."""
    if due is not None and due <= today:
        return "due"
    return "solved" if was_right else "tried" if was_tried else "new"


def counted(entries: Iterable[PracticeEntry], names: Mapping[str, str]) -> tuple[PracticeCount, ...]:
    """Return the counts of entries by the name that `names` gives each item, in the order of the entries.

    What has no name is left out.
    """
    groups: dict[str, list[PracticeEntry]] = {}
    for entry in entries:
        if entry.item in names:
            groups.setdefault(names[entry.item], []).append(entry)
    return tuple(
        PracticeCount(
            name,
            len(group),
            sum(entry.state in SOLVED for entry in group),
            sum(entry.solid for entry in group),
            sum(entry.state == "due" for entry in group),
        )
        for name, group in groups.items()
    )
