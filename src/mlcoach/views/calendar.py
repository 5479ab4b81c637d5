"""What the calendar commands show."""

from datetime import date
from typing import NamedTuple


class SlotView(NamedTuple):
    """One reserved slot; `begin` and `end` are ISO 8601 with offset, `paper` whether it is a paper day."""

    date: date
    begin: str
    end: str
    minutes: int
    paper: bool


class CalendarExportView(NamedTuple):
    """Reserved slots as a calendar file: its text, or the path it was written to."""

    zone: str
    weeks: int
    slots: tuple[SlotView, ...]
    path: str
    text: str


class CollisionView(NamedTuple):
    """An event that takes time of a slot; `instead` is a free beginning on that day, or ""."""

    date: date
    event: str
    begin: str
    end: str
    instead: str


class ProposalView(NamedTuple):
    """A time of day, and on how many of the days looked at it is free."""

    slot: str
    free_days: int


class SkippedEventView(NamedTuple):
    """What could not be read, and why."""

    place: str
    reason: str


class SlotsView(NamedTuple):
    """What collides with the reserved slots, and which times of day are free; `free_days` are those of `slot`."""

    slot: str
    zone: str
    weeks: int
    days: int
    free_days: int
    longest_minutes: int
    events: int
    collisions: tuple[CollisionView, ...]
    proposals: tuple[ProposalView, ...]
    skipped: tuple[SkippedEventView, ...]
