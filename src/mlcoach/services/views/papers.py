"""What the screens of papers show. Minutes are whole, days are study days; `reading_pass` is `pass` in JSON."""

from datetime import date
from typing import NamedTuple

from mlcoach.services.views.day import MinutesView, StreakView


class StepView(NamedTuple):
    """One step of a pass's checklist."""

    id: str
    text: str
    done: bool
    group: str = ""


class PassView(NamedTuple):
    """A pass that ended. `verdict` is go-on, stop or later; `minutes` is 0 when no time was given."""

    reading_pass: int
    date: date
    verdict: str
    minutes: int
    note: str = ""


class NoteView(NamedTuple):
    """A note on a paper."""

    date: date
    text: str


class LinkedUnitView(NamedTuple):
    """A unit that the paper belongs to; `status` is "" when it is not begun."""

    id: str
    title: str
    status: str


class PaperView(NamedTuple):
    """A paper with the checklist of the pass under way. `status` is "" and `added` None outside the queue.

    `minutes` is the time spent on it over all, `address` where it is found on the web ("" for a slug).
    """

    id: str
    title: str
    status: str
    reading_pass: int
    minutes: int
    checklist: tuple[StepView, ...]
    authors: tuple[str, ...] = ()
    year: int | None = None
    why: str = ""
    added: date | None = None
    address: str = ""
    passes: tuple[PassView, ...] = ()
    notes: tuple[NoteView, ...] = ()
    units: tuple[LinkedUnitView, ...] = ()


class SuggestionView(NamedTuple):
    """A classic to begin with."""

    id: str
    title: str
    year: int | None
    why: str


class CurrentPaperView(NamedTuple):
    """Where the learner is in their reading: the paper whose turn it is, or classics to begin with.

    `later` is how many papers were put aside.
    """

    paper: PaperView | None
    later: int = 0
    suggestions: tuple[SuggestionView, ...] = ()


class ShownPaperView(NamedTuple):
    """One paper, whole."""

    paper: PaperView


class QueueEntryView(NamedTuple):
    """One paper of the list. `passes_done` counts the passes read to their end."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    status: str
    reading_pass: int
    minutes: int
    why: str
    added: date | None
    passes_done: int


class QueueView(NamedTuple):
    """The reading queue, in the order of its turn. `status` is what was asked for, "" for all but the dropped."""

    papers: tuple[QueueEntryView, ...]
    status: str
    dropped: int
    suggestions: tuple[SuggestionView, ...] = ()


class AdditionView(NamedTuple):
    """What became of one word of `paper add`. `action` is added, updated, put_back or unchanged.

    `duplicate_of` is the paper of the queue that it already was.
    """

    paper: QueueEntryView
    duplicate_of: str | None
    action: str


class AddedView(NamedTuple):
    """What `paper add` did: `paper` and `duplicate_of` are of the first paper, `papers` are all of them."""

    paper: QueueEntryView
    duplicate_of: str | None
    papers: tuple[AdditionView, ...]


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
    """A pass that ended, and where the paper stands now. `ticked` of `steps` were ticked in that pass.

    `on_timer` when a timer is still running on the paper.
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


class DroppedView(NamedTuple):
    """A paper that left the queue; `changed` is False when it had left before."""

    paper: QueueEntryView
    reason: str
    changed: bool
