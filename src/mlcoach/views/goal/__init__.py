"""What `goal` shows: a path by a day, what fits and what falls. Minutes are those of a day with a goal."""

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from mlcoach.domain.day.goal import Verdict

KEPT_BY_HAND = "kept by you"  # why a unit stays
GoalChange = Literal["", "set", "kept", "let go", "dropped"]


class GoalUnitView(NamedTuple):
    """An open unit of the path and the hours it still takes this learner.

    `why` says why it falls, or stays whatever happens; "" for the others.
    """

    unit: str
    title: str
    hours: float
    why: str = ""


class GoalView(NamedTuple):
    """The goal as it looks today; `by` is None without one.

    `verdict` says in a word whether all of the path fits, `fits` whether it does with room for the usual errors.
    `needed_minutes` a day would make it fit, `pace_minutes` are those there are: planned ones (`from_plan`) until ten
    days are studied, then as the last four weeks went. `hours_left` are those of the whole path, `hours_there` what the
    time until the day holds, `whole_by` the day by which all of it fits at that pace. `keeps` and `falls` are the open
    units. `stated_hours` are those of `hours_left` by the authors, `factor` times as many are counted: by the learner's
    own units (`own_factor`), else what is usual. Of each hour of the `study_days`, `other_minutes` go to reviews,
    papers and daily problems. `problems_from` is the day from which problems come daily, None where the goal is not for
    interviews, `interview` the next one of a job until the day. `plan_path` is the path that the plan follows where
    that is another one. `changed` says what the command did.

    Of `hours_there` are `reserve_hours` kept back for the usual errors; the units `fitting` fall although there is time
    for them, since they are worth nothing here. `assumed` are units that the path takes as known and that are not
    passed: they are in no plan. `pushed` are units that fall since one was kept just now.
    """

    by: date | None
    path: str
    title: str = ""
    days_left: int = 0
    verdict: "Verdict" = "fits"
    fits: bool = True
    needed_minutes: int = 0
    pace_minutes: int = 0
    from_plan: bool = True
    hours_left: float = 0.0
    hours_there: float = 0.0
    whole_by: date | None = None
    keeps: tuple[GoalUnitView, ...] = ()
    falls: tuple[GoalUnitView, ...] = ()
    problems_from: date | None = None
    plan_path: str = ""
    changed: GoalChange = ""
    note: str = ""
    stated_hours: float = 0.0
    factor: float = 1.0
    own_factor: bool = False
    study_days: int = 0
    other_minutes: int = 0
    interview: date | None = None
    reserve_hours: float = 0.0
    fitting: tuple[str, ...] = ()
    assumed: tuple[GoalUnitView, ...] = ()
    pushed: tuple[GoalUnitView, ...] = ()
