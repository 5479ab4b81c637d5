"""What the screen of one paper shows. Minutes are whole, days are study days; `reading_pass` is `pass` in JSON."""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.day.unit_status import UnitStatus
from mlcoach.domain.paper_events import Verdict
from mlcoach.domain.papers.passes import PaperStatus


class ChecklistStepView(NamedTuple):
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
    verdict: Verdict
    minutes: int
    note: str = ""
    spent_minutes: int = 0
    changed: str = ""


class CitationView(NamedTuple):
    """A paper cited, or citing. `status` is "" outside the queue; `read` when it was read or is known."""

    id: str
    title: str
    status: PaperStatus | Literal[""]
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
    status: UnitStatus


class PaperView(NamedTuple):
    """A paper with the checklist of the pass under way. `status` is "" and `added` None outside the queue.

    `minutes` is the time spent on it over all, `open_minutes` that since its last pass ended, `budget_minutes` what the
    pass may take, `address` where it is found
    on the web ("" for a slug). `note_file` is the path of its notes, "" before there are any; `pdf` that of its PDF.
    `own_pace` says that `budget_minutes` come from the learner's own passes, not from what practised readers take.
    `others` says that the list of authors is cut short, `citation_keys` are those of a reference manager.
    """

    id: str
    title: str
    status: PaperStatus | Literal[""]
    reading_pass: int
    minutes: int
    checklist: tuple[ChecklistStepView, ...]
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
    others: bool = False
    citation_keys: tuple[str, ...] = ()
    open_minutes: int = 0
    own_pace: bool = False


class ShownPaperView(NamedTuple):
    """One paper, whole."""

    paper: PaperView
