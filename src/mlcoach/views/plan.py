"""What `plan` shows."""

from datetime import date
from typing import NamedTuple

from mlcoach.views.day import BlockView


class PlannedDayView(NamedTuple):
    """A coming day of `plan`. `rest` days have no blocks."""

    date: date
    minutes: int
    rest: bool
    blocks: tuple[BlockView, ...]


class PlanView(NamedTuple):
    """The coming days, if each is done as planned."""

    path: str
    days: tuple[PlannedDayView, ...]
