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
    dropped; `hidden` is how many more a screen has no room for.
    """

    papers: tuple[QueueEntryView, ...]
    status: str
    dropped: int
    suggestions: tuple[SuggestionView, ...] = ()
    sort: str = "turn"
    hidden: int = 0


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


class NoteFileView(NamedTuple):
    """The file of notes on a paper. `action` is kept, unchanged or removed."""

    paper: QueueEntryView
    path: str
    action: str


class QuestionView(NamedTuple):
    """A question of the learner's own that joined a pass, or left it with `there` False."""

    paper: QueueEntryView
    reading_pass: int
    id: str
    text: str
    there: bool


class CitedView(NamedTuple):
    """Papers that a paper cites from now on, or no longer with `there` False. `queued` were added to the queue."""

    paper: QueueEntryView
    cited: tuple[CitationView, ...]
    there: bool
    changed: bool
    queued: tuple[str, ...] = ()


class PaperCardMadeView(NamedTuple):
    """A card that came out of a paper, and the file that holds it. `warnings` are what could be better about it."""

    paper: QueueEntryView
    item: str | None
    question: str
    path: str
    warnings: tuple[str, ...] = ()


class HitView(NamedTuple):
    """A paper that a search found. `where` is title, authors, abstract, why, note, answer or file; `text` is around
    the hit."""

    paper: QueueEntryView
    where: str
    text: str


class SearchView(NamedTuple):
    """What a search found, those in titles first; `hidden` is how many more there are."""

    text: str
    hits: tuple[HitView, ...]
    hidden: int = 0


class OpenedView(NamedTuple):
    """A page or PDF that the system's viewer got. `paper` is None for one outside the queue."""

    paper: QueueEntryView | None
    target: str


class RefreshedView(NamedTuple):
    """What `paper refresh` learnt. `action` of an addition is updated or unchanged; `unknown` are ids nobody knows.

    `trouble` is why the web was no help, "" where it was.
    """

    papers: tuple[AdditionView, ...]
    unknown: tuple[str, ...] = ()
    trouble: str = ""


class SkippedView(NamedTuple):
    """What was left out of an import, or taken with a doubt, and why."""

    place: str
    reason: str


class ImportedView(NamedTuple):
    """What an import did: numbers of papers, what was left out, and what is worth a look."""

    read: int
    added: int
    updated: int
    unchanged: int
    skipped: tuple[SkippedView, ...] = ()
    doubts: tuple[SkippedView, ...] = ()


class WeekView(NamedTuple):
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
    weeks: tuple[WeekView, ...] = ()
    times: tuple[PassTimeView, ...] = ()
    subjects: tuple[ShareView, ...] = ()
    changed: tuple[ChangedMindView, ...] = ()


class ExportedView(NamedTuple):
    """A document that holds papers."""

    format: str
    papers: int
    text: str


class WalkView(NamedTuple):
    """A pass being walked through. `cursor` is the place of the current step, `seconds` how long it takes so far.

    `on_timer` when a timer runs, which then counts the time.
    """

    paper: PaperView
    cursor: int
    seconds: int
    budget_minutes: int
    note: str
    on_timer: bool
