"""What a buddy gets to see of a week: only what the learner chose to share."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.habit.streak import StreakState
from mlcoach.domain.paper_events import Verdict


class BuddyDayView(NamedTuple):
    """One day: minutes against goal and floor; `state` is goal, kept, missed, frozen, rest or open."""

    day: date
    minutes: int
    goal: int
    floor: int
    state: StreakState
    seconds: int = 0  # totals are summed from these, and rounded once


class BuddyUnitView(NamedTuple):
    """A unit studied in the week, and whether it was passed in it."""

    unit: str
    title: str
    minutes: int
    passed: bool


class BuddyPaperView(NamedTuple):
    """A pass through a paper that ended in the week."""

    paper: str
    title: str
    reading_pass: int
    verdict: Verdict


class BuddyNoteView(NamedTuple):
    """A note that is marked `#share`, without the mark."""

    day: date
    about: str
    text: str


class RepositoryView(NamedTuple):
    """How much was committed in a repository, and the first lines of it."""

    name: str
    commits: int
    subjects: tuple[str, ...]
    problem: str


class BuddyReportView(NamedTuple):
    """A week in figures and words. `shared` names the parts that the learner shares; the others are empty.

    `promised` was promised for this week, `promises` for the next one. `streak` is the one at the end of the week, in
    days; it goes with the minutes. `recalled` are those of the `asked` answers, which came back on a later day.
    """

    week: str
    first: date
    last: date
    shared: tuple[str, ...]
    days: tuple[BuddyDayView, ...]
    units: tuple[BuddyUnitView, ...]
    answers: int
    recalled: int
    papers: tuple[BuddyPaperView, ...]
    notes: tuple[BuddyNoteView, ...]
    repositories: tuple[RepositoryView, ...]
    promised: str
    promises: str
    path: str = ""
    streak: int = 0
    asked: int = 0


class PromisedView(NamedTuple):
    """A promise on record; `before` is the one it replaces."""

    week: str
    first: date
    text: str
    before: str
