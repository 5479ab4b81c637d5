"""What is read off the state of one paper of the queue."""

from collections.abc import Mapping
from typing import Any

from mlcoach.domain.papers.details import text_of
from mlcoach.domain.papers.ids import address
from mlcoach.domain.papers.passes import Citation, PaperNote, PaperState, PassRecord, Question, StepAnswer


def state_of(data: dict[str, Any]) -> PaperState:
    """Return the state of a paper from its stored mapping."""
    return PaperState(**data)._replace(
        authors=tuple(data["authors"]),
        steps=tuple((number, step) for number, step in data["steps"]),
        passes=tuple(PassRecord(*record) for record in data["passes"]),
        notes=tuple(PaperNote(*note) for note in data["notes"]),
        answers=tuple(StepAnswer(*answer) for answer in data["answers"]),
        questions=tuple(Question(*question) for question in data["questions"]),
        cites=tuple(Citation(*citation) for citation in data["cites"]),
        cards=tuple(data["cards"]),
    )


def place_of(key: str, details: Mapping[str, Any]) -> str:
    """Return where a paper is found on the web, or ""."""
    if place := address(key):
        return place
    arxiv, doi, url = (text_of(details, name) for name in ("arxiv", "doi", "url"))
    if arxiv or doi:
        return address(f"arxiv:{arxiv}" if arxiv else f"doi:{doi}")
    return url if url.startswith(("http://", "https://")) else ""


def ticked_steps(state: PaperState) -> set[str]:
    """Return the ids of the steps ticked in the pass under way."""
    return {step for number, step in state.steps if number == state.reading_pass}


def note_head(key: str, state: PaperState) -> str:
    """Return how a new file of notes on a paper begins: what it is, why it is read, what was noted."""
    about = ", ".join(filter(None, (", ".join(state.authors), str(state.year or ""))))
    lines = [f"# {state.title or key}", "", about, place_of(key, state.details) or key]
    lines += ["", f"Why: {state.why}"] if state.why else []
    if state.notes:
        lines += ["", "## Notes", "", *(f"- {note.day}: {indented(note.text)}" for note in state.notes)]
    return "\n".join(line for line in lines if line is not None).replace("\n\n\n", "\n\n") + "\n"


def indented(text: str) -> str:
    """Return a text whose further lines are under its first, so that no line of it can be a heading."""
    return text.strip().replace("\n", "\n  ")
