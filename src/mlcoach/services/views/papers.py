"""What the screens of papers show. Minutes are whole, days are study days; `reading_pass` is `pass` in JSON."""

from datetime import date
from typing import NamedTuple

from mlcoach.services.views.day import MinutesView, StreakView


class StepView(NamedTuple):
    """One step of a pass's checklist, and what it brought to light. `own` for a question of the learner's."""

    id: str
    text: str
    done: bool
    group: str = ""
    answer: str = ""
    own: bool = False


class PassView(NamedTuple):
    """A pass that ended. `verdict` is go-on, stop or later; `minutes` is 0 when no time was given.

    `spent_minutes` is all time on the paper since the pass before, `changed` what it changed the learner's mind about.
    """

    reading_pass: int
    date: date
    verdict: str
    minutes: int
    note: str = ""
    spent_minutes: int = 0
    changed: str = ""


class CitationView(NamedTuple):
    """A paper cited, or citing. `status` is "" outside the queue; `read` when it was read or is known."""

    id: str
    title: str
    status: str
    read: bool


class PaperCardView(NamedTuple):
    """A card that came out of a paper. `due` is None before its first answer."""

    item: str
    question: str
    answer: str
    due: date | None


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

    `minutes` is the time spent on it over all, `budget_minutes` what the pass may take, `address` where it is found
    on the web ("" for a slug). `note_file` is the path of its notes, "" before there are any; `pdf` that of its PDF.
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
    budget_minutes: int = 0
    abstract: str = ""
    venue: str = ""
    categories: tuple[str, ...] = ()
    withdrawn: bool = False
    pdf: str = ""
    note_file: str = ""
    note_text: str = ""
    cites: tuple[CitationView, ...] = ()
    cited_by: tuple[CitationView, ...] = ()
    cards: tuple[PaperCardView, ...] = ()


class SuggestionView(NamedTuple):
    """A paper of the lists to begin with. `reason` says why now: the unit it goes with, and where that stands."""

    id: str
    title: str
    year: int | None
    why: str
    reason: str = ""


class SuggestedView(NamedTuple):
    """Papers for this week; `moving` is how many the learner reads at the moment."""

    papers: tuple[SuggestionView, ...]
    moving: int


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
    """The reading queue, in the order of its turn or as sorted. `status` is what was asked for, "" for all but the
    dropped; `hidden` is how many more a screen has no room for, `narrowed` says that a pass or subject was asked for.
    """

    papers: tuple[QueueEntryView, ...]
    status: str
    dropped: int
    suggestions: tuple[SuggestionView, ...] = ()
    sort: str = "turn"
    hidden: int = 0
    narrowed: bool = False


class AdditionView(NamedTuple):
    """What became of one word of `paper add`. `action` is added, updated, put_back or unchanged.

    `duplicate_of` is the paper of the queue that it already was.
    """

    paper: QueueEntryView
    duplicate_of: str | None
    action: str


class AddedView(NamedTuple):
    """What `paper add` did: `paper` and `duplicate_of` are of the first paper, `papers` are all of them.

    `budget_minutes` is what the next pass over the first may take.
    """

    paper: QueueEntryView
    duplicate_of: str | None
    papers: tuple[AdditionView, ...]
    budget_minutes: int = 0


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


class DroppedView(NamedTuple):
    """A paper that left the queue; `changed` is False when it had left before."""

    paper: QueueEntryView
    reason: str
    changed: bool
