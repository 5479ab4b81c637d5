"""What `streak`, `rest` and `stats` show."""

from datetime import date
from typing import NamedTuple

from mlcoach.services.views.day import StreakView


class StreakDayView(NamedTuple):
    """One day of the streak screen: goal, kept, missed, frozen, rest or open."""

    day: date
    minutes: int
    state: str


class StreakScreenView(NamedTuple):
    """The streak and the days behind it."""

    current: int
    best: int
    today: str
    freezes: int
    score: int
    days: tuple[StreakDayView, ...]
    floor: int
    goal: int
    rest: tuple[tuple[date, date], ...] = ()


class RestView(NamedTuple):
    """Planned rest that was set or taken off, and all spans still to come."""

    first: date
    last: date
    cleared: bool
    coming: tuple[tuple[date, date], ...]


class SubjectProgressView(NamedTuple):
    """Progress in one subject: units satisfied of all, minutes spent."""

    subject: str
    title: str
    units: int
    satisfied: int
    minutes: int


class StatsView(NamedTuple):
    """Numbers over all time. `weeks` are (Monday, minutes); `retention` the share of due answers recalled."""

    days: tuple[StreakDayView, ...]
    total_minutes: int
    days_studied: int
    streak: StreakView
    streak_shown: bool
    reviews: int
    reviews_month: int
    retention: float | None
    items_learned: int
    subjects: tuple[SubjectProgressView, ...]
