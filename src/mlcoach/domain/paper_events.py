"""What happens to papers: added, read pass by pass, noted, cited, dropped."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Verdict = Literal["go-on", "stop", "later"]


class PaperAdded(NamedTuple):
    """A paper joined the reading queue."""

    paper: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    why: str = ""


class PaperStepChecked(NamedTuple):
    """A step of a pass's checklist was ticked, or unticked with `done=False`; `answer` is what it brought to light."""

    paper: str
    reading_pass: int
    step: str
    done: bool = True
    answer: str = ""


class PaperNoted(NamedTuple):
    """A note on a paper."""

    paper: str
    text: str


class PassFinished(NamedTuple):
    """A pass ended with a verdict; `seconds` is 0 where no time was given, `changed` is on what minds changed."""

    paper: str
    reading_pass: int
    verdict: Verdict
    seconds: int = 0
    note: str = ""
    changed: str = ""


class PaperDescribed(NamedTuple):
    """What else became known of a paper, from arXiv, a PDF or a reference manager; the learner's own words stay.

    `details` holds texts, lists and mappings by name (see `domain.papers.details`); None takes a name away.
    """

    paper: str
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    details: Mapping[str, Any] = {}


class PaperQuestionAsked(NamedTuple):
    """A question of the learner's own joined a pass over a paper, or left it with `there=False`."""

    paper: str
    reading_pass: int
    question: str
    text: str = ""
    there: bool = True


class PaperCited(NamedTuple):
    """A paper cites another; `read` says that the learner knows that one already. Taken off with `there=False`."""

    paper: str
    cited: str
    read: bool = False
    there: bool = True


class PaperCardMade(NamedTuple):
    """A card (`item`, a full id) came out of a paper. Its unit counts as passed: it is there for recall alone."""

    paper: str
    item: str


class PaperDropped(NamedTuple):
    """A paper left the queue; its history stays."""

    paper: str
    reason: str = ""
