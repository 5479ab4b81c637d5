"""What the commands around one paper show: its notes, questions, citations, cards, a search, an opened page."""

from typing import Literal, NamedTuple

from mlcoach.views.papers.paper import CitationView
from mlcoach.views.papers.queue import QueueEntryView

NoteAction = Literal["kept", "unchanged", "removed"]


class NoteFileView(NamedTuple):
    """The file of notes on a paper. `action` is kept, unchanged or removed."""

    paper: QueueEntryView
    path: str
    action: NoteAction


class PaperQuestionView(NamedTuple):
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


class PaperSearchView(NamedTuple):
    """What a search found, those in titles first; `hidden` is how many more there are."""

    text: str
    hits: tuple[HitView, ...]
    hidden: int = 0


class OpenedView(NamedTuple):
    """A page or PDF that the system's viewer got. `paper` is None for one outside the queue."""

    paper: QueueEntryView | None
    target: str
