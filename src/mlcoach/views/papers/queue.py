"""What the screens of the reading queue show: lists, suggestions, additions."""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.papers.passes import PaperStatus

Sort = Literal["turn", "added", "year", "title", "time"]
AdditionAction = Literal["added", "updated", "put_back", "unchanged"]


class SuggestionView(NamedTuple):
    """A paper of the lists to begin with. `reason` says why now: the unit it goes with, and the status of that."""

    id: str
    title: str
    year: int | None
    why: str
    reason: str = ""


class SuggestedView(NamedTuple):
    """Papers for this week; `moving` is how many the learner reads at the moment, `queued` how many wait."""

    papers: tuple[SuggestionView, ...]
    moving: int
    queued: int = 0


class QueueEntryView(NamedTuple):
    """One paper of the list. `passes_done` counts the passes read to their end."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    status: PaperStatus
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
    status: PaperStatus | Literal["", "all"]
    dropped: int
    suggestions: tuple[SuggestionView, ...] = ()
    sort: Sort = "turn"
    hidden: int = 0
    narrowed: bool = False


class AdditionView(NamedTuple):
    """What became of one word of `paper add`. `action` is added, updated, put_back or unchanged.

    `duplicate_of` is the paper of the queue that it already was.
    """

    paper: QueueEntryView
    duplicate_of: str | None
    action: AdditionAction


class AddedView(NamedTuple):
    """What `paper add` did: `paper` and `duplicate_of` are of the first paper, `papers` are all of them.

    `budget_minutes` is what the next pass over the first may take.
    """

    paper: QueueEntryView
    duplicate_of: str | None
    papers: tuple[AdditionView, ...]
    budget_minutes: int = 0


class DroppedView(NamedTuple):
    """A paper that left the queue; `changed` is False when it had left before."""

    paper: QueueEntryView
    reason: str
    changed: bool
