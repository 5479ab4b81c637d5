"""What `streak`, `rest` and `stats` show."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.habit.streak import StreakState
from mlcoach.views.calibration import BinView
from mlcoach.views.day import StreakView

if TYPE_CHECKING:
    from mlcoach.domain.papers.passes import PaperStatus

REVIEWS_AND_OTHER = "reviews and other"  # the minutes of a week that are no track's


class StreakDayView(NamedTuple):
    """One day of the streak screen: goal, kept, missed, frozen, rest or open."""

    day: date
    minutes: int
    state: StreakState
    seconds: int = 0  # totals are summed from these, and rounded once


class StreakScreenView(NamedTuple):
    """The streak and the days behind it."""

    current: int
    best: int
    today: StreakState
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
    """Progress in one subject: units satisfied of all, minutes spent; covered and retained as shares of its hours."""

    subject: str
    title: str
    units: int
    satisfied: int
    minutes: int
    covered: float = 0.0
    retained: float = 0.0


class TrackSharesView(NamedTuple):
    """What is covered and retained of one track of the map, as shares of its hours."""

    track: str
    hours: float
    covered: float
    retained: float


class WeekMinutesView(NamedTuple):
    """One week: its Monday, its minutes, and these by track."""

    monday: date
    minutes: int
    tracks: Mapping[str, int]


class RecallView(NamedTuple):
    """One month, by its first day: answers that came back on a later day, and those recalled."""

    month: date
    asked: int
    recalled: int


class FinishView(NamedTuple):
    """The day on which a path ends, as a range."""

    early: date
    likely: date
    late: date


class ForecastView(NamedTuple):
    """Hours left on a path, minutes a week lately, and when it ends.

    `factor` is by what estimates are multiplied: 1.15 at first, the learner's own ratio the more they have passed.
    `finish` is None with no hours left, and where no end is in sight; `from_plan` says that the pace is that of the
    goals, since there are too few days of study. `next_paths` are the paths that go on from this one, once most of it
    is passed. `goal_minutes` are those a week that the goals come to, `at_goal` when it ends with them.
    `goal` says how a path by a day looks, "" without one.
    """

    path: str
    hours_left: float
    factor: float
    pace_minutes: int
    finish: FinishView | None
    from_plan: bool = False
    next_paths: tuple[str, ...] = ()
    goal_minutes: int = 0
    at_goal: FinishView | None = None
    goal: str = ""


class StatsView(NamedTuple):
    """Numbers over all time.

    `retention` is the share recalled of what came back on a later day, `desired` what is asked for. `weeks` are those
    of the last year, `tracks` minutes by track over all time, `papers` how many there are of each status.
    `calibration` groups the latest `calibrated` answers by how likely recall was predicted. `covered` and `retained`
    are shares of the hours of the learner's path: what was passed, and what would be recalled today; `track_shares` are
    the same of the tracks on it, and of others that something is covered of.
    """

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
    desired: float
    weeks: tuple[WeekMinutesView, ...]
    tracks: Mapping[str, int]
    recall: tuple[RecallView, ...]
    forecast: ForecastView
    papers: "Mapping[PaperStatus, int]"
    calibration: tuple[BinView, ...] = ()
    calibrated: int = 0
    tried: int = 0  # items that check themselves
    solved: int = 0
    covered: float = 0.0
    retained: float = 0.0
    track_shares: tuple[TrackSharesView, ...] = ()
