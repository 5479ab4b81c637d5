"""What the commands show that move a paper on: the current one, ticks, notes, the end of a pass."""

from typing import NamedTuple

from mlcoach.views.day import MinutesView, StreakView
from mlcoach.views.papers.paper import NoteView, PaperView, PassView
from mlcoach.views.papers.queue import QueueEntryView, SuggestionView


class CurrentPaperView(NamedTuple):
    """Where the learner is in their reading: the paper whose turn it is, or classics to begin with.

    `later` is how many papers were put aside.
    """

    paper: PaperView | None
    later: int = 0
    suggestions: tuple[SuggestionView, ...] = ()


class CheckedView(NamedTuple):
    """Steps ticked, or unticked with `done` False; `unchanged` are those that were so already."""

    paper: PaperView
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    done: bool


class NotedView(NamedTuple):
    """A note that was kept."""

    paper: QueueEntryView
    note: NoteView


class FinishedView(NamedTuple):
    """A pass that ended, and the state of the paper now. `ticked` of `steps` were ticked in that pass.

    `on_timer` when a timer is still running on the paper, `next_budget` the minutes that the next pass may take.
    """

    paper: QueueEntryView
    ended: PassView
    ticked: int
    steps: int
    day_total_minutes: int
    on_timer: bool
    minutes_of_day: MinutesView
    streak: StreakView
    streak_shown: bool = True
    next_budget: int = 0
