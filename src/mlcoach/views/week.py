"""What the weekly look back shows and keeps."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.events import Decision
from mlcoach.views.buddy import BuddyDayView, BuddyUnitView
from mlcoach.views.cards import LeechView
from mlcoach.views.sync.group import GroupRowView
from mlcoach.views.work.audit import HabitView, InterruptionsView, OtherTimeView
from mlcoach.views.work.project import WeekProjectView


class StuckView(NamedTuple):
    """A unit under way that goes past its estimate, or that was not touched for two weeks; minutes."""

    unit: str
    title: str
    minutes: int
    estimate_minutes: int
    last: date | None


class EstimateView(NamedTuple):
    """A unit that was passed in the week: what it took, and what all of it and the steps done were to take; minutes."""

    unit: str
    title: str
    minutes: int
    estimate_minutes: int
    done_estimate_minutes: int


class ReviewedView(NamedTuple):
    """What was said and decided in a look back. `decision` is keep or change, `plan` says the change."""

    week: str
    well: str
    hurt: str
    decision: Decision
    plan: str
    promise: str = ""


class WeekPaperView(NamedTuple):
    """A paper that was read in the week, and the passes of it that ended then; minutes."""

    paper: str
    title: str
    minutes: int
    passes: tuple[int, ...]


class WeekView(NamedTuple):
    """The figures of a week to look back on.

    `recalled` are those of the `asked` answers, which came back on a later day; `answers` are all.
    `factor` is real over estimated time of what was done of the units passed so far, `counted_factor` by what
    plans multiply estimates. `average_minutes` are those of a study day in the
    last four weeks, `suggested_minutes` what would fit them (0: what is planned fits). `plan_minutes` are the goals
    from Monday on. `fit_at` are the scored answers there are, where these have made fitting the memory model worth a
    try this week; 0 elsewhere. `covered` and `retained` are shares of the hours of the path, as they are now. `goal`
    says how a path by a day looks, "" without one; `work` counts what was done for people and jobs, without a name.
    Before the day of a goal, `goal_by`, fewer minutes cost hours of units: `suggested_costs` for those suggested.
    `other` is time that was not study, `habits` are the learner's own, `group` the weeks of a group as last seen.
    `rest_minutes` were studied on no unit, project or paper: on reviews, notes, and what is named nowhere.
    """

    week: str
    first: date
    last: date
    days: tuple[BuddyDayView, ...]
    units: tuple[BuddyUnitView, ...]
    answers: int
    recalled: int
    leeches: tuple[LeechView, ...]
    stuck: tuple[StuckView, ...]
    estimates: tuple[EstimateView, ...]
    factor: float | None
    average_minutes: int
    suggested_minutes: int
    plan_minutes: tuple[int, ...]
    promised: str
    reviewed: ReviewedView | None
    fit_at: int = 0
    covered: float = 0.0
    retained: float = 0.0
    goal: str = ""
    work: str = ""
    projects: tuple[WeekProjectView, ...] = ()
    interruptions: tuple[InterruptionsView, ...] = ()
    other: tuple[OtherTimeView, ...] = ()
    habits: tuple[HabitView, ...] = ()
    group: tuple[GroupRowView, ...] = ()
    asked: int = 0
    papers: tuple[WeekPaperView, ...] = ()
    rest_minutes: int = 0
    suggested_costs: float = 0.0
    goal_by: date | None = None
    counted_factor: float = 0.0


class LooksView(NamedTuple):
    """The looks back so far, the newest first."""

    weeks: tuple[ReviewedView, ...]
