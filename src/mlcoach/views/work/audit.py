"""What the audit of a week shows, what is asked of habits, and the look back on a quarter or a year."""

from datetime import date
from typing import NamedTuple


class OtherTimeView(NamedTuple):
    """Time that went elsewhere and is not study, in the learner's own words, on one day or in all; minutes."""

    what: str
    minutes: int


class OtherLoggedView(NamedTuple):
    """An entry of time that is not study, and what its week has of that now; minutes."""

    date: date
    what: str
    minutes: int
    note: str
    week_minutes: int


class InterruptionsView(NamedTuple):
    """How often something broke into study, by reason; an empty reason was not told."""

    why: str
    number: int


class HabitView(NamedTuple):
    """A habit of the learner's: on how many of seven days it was kept, and in the week before; None: not told."""

    habit: str
    days: int | None
    before: int | None


class GiveWayView(NamedTuple):
    """What could give way: half of it is so many minutes a week, and so many days of the goal."""

    what: str
    half_minutes: int
    goal_days: float


class AuditView(NamedTuple):
    """Where the hours of a week went; minutes. `unnamed` is the rest that nothing was said of, sleep included.

    `changed` and `less` are what the learner answered, "" before that.
    """

    week: str
    first: date
    last: date
    whole_minutes: int
    study_minutes: int
    goal_minutes: int
    other: tuple[OtherTimeView, ...]
    unnamed_minutes: int
    gives_way: tuple[GiveWayView, ...]
    interruptions: tuple[InterruptionsView, ...]
    changed: str
    less: str


class AuditKeptView(NamedTuple):
    """What was answered in the audit of a week."""

    week: str
    changed: str
    less: str


class SpanPartView(NamedTuple):
    """A part of a quarter or a year, a week or a month: its name, minutes of study, and its days with any."""

    name: str
    first: date
    minutes: int
    days: int


class TrackMinutesView(NamedTuple):
    """The minutes of study of one track, of papers, or of nothing in particular."""

    track: str
    minutes: int


class SpanUnitView(NamedTuple):
    """A unit that was passed in the time looked at."""

    unit: str
    title: str
    day: date


class HabitAverageView(NamedTuple):
    """A habit's average days a week, over the weeks in which it was told."""

    habit: str
    days: float
    weeks: int


class SaidView(NamedTuple):
    """What was said of a week in its look back."""

    week: str
    well: str
    hurt: str


class SpanView(NamedTuple):
    """A quarter (13 weeks) or a year (52): where the hours went, what was passed, and what was said of the weeks.

    `answers` are those of reviews, `recalled` of those asked again on a later day. `goal_minutes` are those of its days
    so far, `work` counts what passed with people and jobs, without a name.
    """

    kind: str
    first: date
    last: date
    minutes: int
    goal_minutes: int
    days: int
    parts: tuple[SpanPartView, ...]
    tracks: tuple[TrackMinutesView, ...]
    other: tuple[OtherTimeView, ...]
    units: tuple[SpanUnitView, ...]
    papers: int
    asked: int
    recalled: int
    interruptions: tuple[InterruptionsView, ...]
    habits: tuple[HabitAverageView, ...]
    said: tuple[SaidView, ...]
    work: str = ""
