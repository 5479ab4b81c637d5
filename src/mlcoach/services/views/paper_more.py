"""What the screens around papers show: notes, cards, citations, searches, imports, the look back, the walk."""

from datetime import date
from typing import NamedTuple

from mlcoach.services.views.papers import AdditionView, CitationView, PaperView, QueueEntryView


class NoteFileView(NamedTuple):
    """The file of notes on a paper. `action` is kept, unchanged or removed."""

    paper: QueueEntryView
    path: str
    action: str


class QuestionView(NamedTuple):
    """A question of the learner's own that joined a pass, or left it with `there` False.

    `changed` is False for one that had joined before.
    """

    paper: QueueEntryView
    reading_pass: int
    id: str
    text: str
    there: bool
    changed: bool = True


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
