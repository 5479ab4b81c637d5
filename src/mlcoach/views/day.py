"""What the screens of the day show: plan, time, streak, timer. Minutes are whole, days are study days."""

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from mlcoach.domain.habit.streak import StreakState

if TYPE_CHECKING:
    from mlcoach.domain.day.block import BlockKind

LogSource = Literal["log", "timer", "paper", "placement"]


class MinutesView(NamedTuple):
    """The minutes of a day against its goal and floor; `left` is never negative.

    `running` are those on a timer that began on it and has not been stopped, so that they are not among `done` yet.
    """

    goal: int
    floor: int
    done: int
    left: int
    running: int = 0


class StreakView(NamedTuple):
    """`today` is open, kept, goal, rest or frozen; `score` 0 to 100."""

    current: int
    best: int
    today: StreakState
    freezes: int
    score: int


class FocusView(NamedTuple):
    """Whose turn it is in a timer with breaks, work or break, how many minutes are left of it, and until when (HH:MM).

    `work` and `pause` are the minutes of each, `spans` the spans of work that are behind.
    """

    work: int
    pause: int
    phase: Literal["work", "break"]
    left_minutes: int
    until: str
    spans: int


class TimerView(NamedTuple):
    """A running timer. `since` is ISO 8601 with offset; `overnight` when it began on an earlier study day."""

    what: str
    title: str
    since: str
    clock: str
    minutes: int
    overnight: bool = False
    focus: FocusView | None = None


class StepView(NamedTuple):
    """The step a block is at: the `n`th `of` its unit's steps, the minutes it still takes, and what to open.

    `command` opens it where it has no address: an exercise, the questions before, the closing question.
    """

    id: str
    n: int
    of: int
    title: str
    minutes_left: int
    url: str
    at: str = ""
    command: str = ""


class PartView(NamedTuple):
    """The minutes of a block that are planned for one step."""

    minutes: int
    step: str


class BlockView(NamedTuple):
    """One block of the plan, ticked or not. `command` starts it; `offered` is for minutes that became free.

    `practise` is the command that opens an exercise of it which checks itself or asks its short drills, "" without one.
    `work` is what of one's own it is for (`project:ID`).
    """

    n: int
    kind: "BlockKind"
    minutes: int
    done_minutes: int
    done: bool
    title: str
    unit: str
    paper: str
    items: tuple[str, ...]
    resource: str
    then: str
    why: str
    command: str
    step: StepView | None = None
    parts: tuple[PartView, ...] = ()
    offered: bool = False
    practise: str = ""
    work: str = ""


class TodayView(NamedTuple):
    """The plan of the day. `note` is a sentence about the day as a whole (rest, a path walked to its end).

    `comeback` is a word after missed days, "" on other days; `goal` says how a path by a day looks, "" without one,
    `goal_short` the same for a small screen where there is a short way.
    `offers_placement`: a beginner may know some of it; `offers_refresher`: somebody long away may know more or less.
    `errand` is what is to be done for somebody, "" for nobody. `idea` is the title of one whose day to decide has come,
    `job` what a job is about whose day it is.
    `pace` is how many of the learner's minutes units are counted with for each of the authors'.
    """

    date: date
    minutes: MinutesView
    streak: StreakView
    blocks: tuple[BlockView, ...]
    timer: TimerView | None
    next_command: str
    note: str = ""
    streak_shown: bool = True
    newcomer: bool = False
    comeback: str = ""
    goal: str = ""
    offers_placement: bool = False
    offers_refresher: bool = False
    errand: str = ""
    idea: str = ""
    job: str = ""
    pace: float = 1.0
    goal_short: str = ""


class LoggedView(NamedTuple):
    """A time entry. `what` is a unit, `paper:ID`'s id, or "" for nothing in particular.

    `new_cards` are those that `review` would ask for the first time, `reviewed` says that the plan's review is done,
    `closes` that its note is the first of the day and so the last word that the plan asks for.
    """

    id: str
    date: date
    minutes: int
    what: str
    title: str
    note: str
    day_total_minutes: int
    minutes_of_day: MinutesView
    streak: StreakView
    streak_shown: bool = True
    new_cards: int = 0
    reviewed: bool = False
    closes: bool = False


class EntryView(NamedTuple):
    """One line of the list of entries. `source` says how it was entered."""

    id: str
    date: date
    minutes: int
    what: str
    title: str
    note: str
    source: LogSource


class LogListView(NamedTuple):
    """The recent entries, newest first."""

    entries: tuple[EntryView, ...]


class StatusView(NamedTuple):
    """One look: timer, minutes, streak, what is due.

    `left` are the cards that today still asks, due and new; `sync` says that sync by itself failed several times, or
    "".
    """

    timer: TimerView | None
    minutes: MinutesView
    streak: StreakView
    due_items: int
    streak_shown: bool = True
    sync: str = ""
    left: tuple[int, int] = (0, 0)


class OpeningView(NamedTuple):
    """A place to read in: what, where, and its address ("" when it has none)."""

    title: str
    at: str
    url: str


class TimerChangedView(NamedTuple):
    """A timer that was started, stopped or thrown away: `action` is started, stopped or cancelled.

    `step` is the one that a unit is at: `read` holds it where it is a reading, `exercise` its id and title where it is
    one to do in the review. At a unit's first step, `questions` is how many there are to try before the reading.
    `fresh` says that the step was hardly begun when the timer stopped.
    """

    action: Literal["started", "stopped", "cancelled"]
    timer: TimerView
    entry: LoggedView | None = None
    step: StepView | None = None
    read: tuple[OpeningView, ...] = ()
    exercise: tuple[str, str] | None = None
    questions: int = 0
    fresh: bool = False
