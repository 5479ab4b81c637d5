"""What `done`, `skip` and `reopen` show."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.events import UnitMark


class UnitChangedView(NamedTuple):
    """A unit that was passed, skipped or reopened; `unlocked` are the units that became ready by it."""

    unit: str
    title: str
    mark: UnitMark
    date: date
    recall: str
    unlocked: tuple[tuple[str, str], ...]
    items: int
    recalled: int
