"""What the look back on reading shows."""

from datetime import date
from typing import NamedTuple


class PapersWeekView(NamedTuple):
    """The passes that ended in one week (`monday` is its first day), by number of the pass."""

    monday: date
    passes: tuple[int, int, int]


class PassTimeView(NamedTuple):
    """How long one of the three passes took: how many were timed, their median, and what is planned for the next."""

    reading_pass: int
    ended: int
    timed: int
    median_minutes: int
    budget_minutes: int


class ShareView(NamedTuple):
    """How many papers belong to a subject."""

    subject: str
    title: str
    papers: int


class ChangedMindView(NamedTuple):
    """What a paper changed the learner's mind about."""

    date: date
    paper: str
    title: str
    text: str


class PaperStatsView(NamedTuple):
    """The look back on reading. `decided` are the papers whose first pass ended in go-on or stop, `stopped_early` those
    of them that ended with it."""

    papers: int
    passes: int
    minutes: int
    decided: int
    stopped_early: int
    weeks: tuple[PapersWeekView, ...] = ()
    times: tuple[PassTimeView, ...] = ()
    subjects: tuple[ShareView, ...] = ()
    changed: tuple[ChangedMindView, ...] = ()
