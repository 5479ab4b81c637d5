"""What the page of `report` shows beside the numbers of `stats`."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.day.retained import Shares
from mlcoach.domain.day.unit_status import UnitStanding
from mlcoach.domain.papers.passes import PaperStatus
from mlcoach.views.habit import RecallView, StatsView

if TYPE_CHECKING:  # imported by those that have some
    from mlcoach.domain.practice.counts import PracticeCount
    from mlcoach.views.day import TodayView
    from mlcoach.views.sync.group import GroupRowView
    from mlcoach.views.work.project import ProjectLineView


class YearView(NamedTuple):
    """One year: minutes, days studied and answers."""

    year: int
    minutes: int
    days: int
    answers: int


class TrackProgressView(NamedTuple):
    """Progress over one track of the map: units satisfied of all, and those on the learner's path.

    `shares` says what is covered and retained of the hours of all of its units, `path_shares` of those on the path.
    """

    track: str
    units: int
    satisfied: int
    path_units: int
    path_satisfied: int
    shares: Shares
    path_shares: Shares


class NextStepView(NamedTuple):
    """What comes next on the path: a unit, and the `n`th `of` its steps; 0 and "" where all of these are done."""

    unit: str
    unit_title: str
    title: str
    n: int
    of: int


class PaperLineView(NamedTuple):
    """One paper in the order last touched; `status` as in the queue."""

    title: str
    status: PaperStatus
    last: date | None


class PractisedView(NamedTuple):
    """How many of a subject's items that check themselves were tried, and how many of them solved."""

    subject: str
    solved: int
    tried: int


class DrawnUnitView(NamedTuple):
    """A unit in the picture of the map. `requires` are all it builds on, `drawn` those of them that lines come from.

    A line is left out where a longer way implies it. `retained` is the share of the unit that would be recalled today.
    """

    id: str
    title: str
    track: str
    status: UnitStanding
    hours: float
    on_path: bool
    retained: float
    requires: tuple[str, ...]
    drawn: tuple[str, ...]


class PageView(NamedTuple):
    """Everything on the page. `recall` are all months there are, `group` the week of a group from `group_week` on.

    `units` are those in the picture of the map, in its order; `units_left_out` counts those there was no room for.
    `plan` is that of today in the first two weeks, when there is little to draw, and None later. `due` counts the items
    that are due, `next_step` is None at the end of the path.
    """

    made: date
    path: str
    path_title: str
    stats: StatsView
    years: tuple[YearView, ...]
    recall: tuple[RecallView, ...]
    progress: tuple[TrackProgressView, ...]
    papers: tuple[PaperLineView, ...]
    practised: tuple[PractisedView, ...] = ()
    patterns: "tuple[PracticeCount, ...]" = ()
    projects: "tuple[ProjectLineView, ...]" = ()
    units: tuple[DrawnUnitView, ...] = ()
    units_left_out: int = 0
    group_week: date | None = None
    group: "tuple[GroupRowView, ...]" = ()
    plan: "TodayView | None" = None
    due: int = 0
    next_step: NextStepView | None = None


class ReportView(NamedTuple):
    """Where the page was written, and how large it is."""

    path: str
    bytes: int
    opened: bool
