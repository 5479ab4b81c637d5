"""Reading papers in three passes: the fold of one paper's events, and where it stands.

The checklists of the passes are content (`curricula/checklists/papers.toml`); here are the rules.
"""

from collections.abc import Iterable
from typing import NamedTuple

from mlcoach.domain.events import (
    Event,
    PaperAdded,
    PaperDropped,
    PaperNoted,
    PaperStepChecked,
    PassFinished,
)

PASSES = (1, 2, 3)
PASS_MINUTES = {1: 10, 2: 60, 3: 240}
PASS_NAMES = {1: "skim to decide", 2: "read for the idea", 3: "work through it"}
STATUSES = ("queued", "reading", "later", "finished", "dropped")
VERDICTS = ("go-on", "stop", "later")


class PassRecord(NamedTuple):
    """A pass that ended, on an ISO study day."""

    reading_pass: int
    day: str
    verdict: str
    seconds: int = 0
    note: str = ""


class Note(NamedTuple):
    """A note and its ISO study day."""

    day: str
    text: str


class PaperState(NamedTuple):
    """One paper of the queue. `reading_pass` is the pass under way or next; `steps` are ticked (pass, step id)."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    why: str = ""
    status: str = "queued"
    reading_pass: int = 1
    steps: tuple[tuple[int, str], ...] = ()
    passes: tuple[PassRecord, ...] = ()
    notes: tuple[Note, ...] = ()
    added: str = ""
    last_day: str = ""


def fold_paper(events: Iterable[Event]) -> PaperState | None:
    """Return the state of one paper, or None when nothing of it is left (all its events were undone).

    A verdict decides: go-on opens the next pass (after the third the paper is finished), stop finishes the paper
    with what was read, later puts it aside at the same pass. Ticking a step or going on takes it up again.
    """
    state: PaperState | None = None
    for event in events:
        body = event.body
        day = event.study_day.isoformat()
        known = state or PaperState()
        if isinstance(body, PaperAdded):
            known = known._replace(
                title=body.title or known.title,
                authors=body.authors or known.authors,
                year=body.year or known.year,
                why=body.why or known.why,
                added=known.added or day,
                status="queued" if known.status in ("dropped", "finished") else known.status,
            )
        elif isinstance(body, PaperStepChecked):
            step = (body.reading_pass, body.step)
            others = tuple(other for other in known.steps if other != step)
            known = known._replace(steps=(*others, step) if body.done else others, status="reading")
        elif isinstance(body, PaperNoted):
            known = known._replace(notes=(*known.notes, Note(day, body.text)))
        elif isinstance(body, PassFinished):
            known = _after_pass(known, body, day)
        elif isinstance(body, PaperDropped):
            known = known._replace(status="dropped")
        state = known._replace(last_day=day)
    return state


def _after_pass(state: PaperState, body: PassFinished, day: str) -> PaperState:
    record = PassRecord(body.reading_pass, day, body.verdict, body.seconds, body.note)
    state = state._replace(passes=(*state.passes, record))
    if body.verdict == "later":
        return state._replace(status="later", reading_pass=body.reading_pass)
    if body.verdict == "stop" or body.reading_pass >= PASSES[-1]:
        return state._replace(status="finished", reading_pass=body.reading_pass)
    return state._replace(status="reading", reading_pass=body.reading_pass + 1)


def passes_done(state: PaperState) -> int:
    """Return how many passes of the paper were read to their end (a pass put aside is not)."""
    return len({record.reading_pass for record in state.passes if record.verdict != "later"})


def arxiv_id(text: str) -> str | None:
    """Return the bare arXiv id in `text` (new or old style, version dropped), or None.

    Understands `1706.03762v5`, `arxiv:1706.03762`, `hep-th/9901001`, and abs and pdf addresses of arxiv.org.
    """
    import re

    match = re.fullmatch(
        r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)?"
        r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
        text.strip(),
        re.IGNORECASE | re.ASCII,
    )
    return match[1].lower() if match else None


def paper_id(text: str) -> str | None:
    """Return the full id for an arXiv id or address (`arxiv:…`) or a DOI (`doi:…`), else None."""
    import re

    if bare := arxiv_id(text):
        return f"arxiv:{bare}"
    doi = re.fullmatch(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\x00-\x1f]{1,200})", text.strip(), re.I)
    return f"doi:{doi[1].lower()}" if doi else None


def slug(title: str) -> str:
    """Return a short id made of a title's first words: `Deep Residual Learning` -> `deep-residual-learning`."""
    import re
    import unicodedata

    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words[:6])[:60].strip("-")
