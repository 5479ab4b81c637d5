"""Completing what is known of papers that were added without the web."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mlcoach.domain.paper_events import PaperDescribed
from mlcoach.domain.papers.details import KnownPaper, news, text_of
from mlcoach.domain.papers.passes import PaperState
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.papers.state import entry, stored_state
from mlcoach.services.papers.web import WebAnswers
from mlcoach.services.record import record
from mlcoach.views.papers.exchange import RefreshedView
from mlcoach.views.papers.queue import AdditionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

Ask = Callable[[Sequence[str]], WebAnswers]


def refresh(context: "Context", words: Sequence[str], ask: Ask) -> RefreshedView:
    """Ask the web about papers, without a name about all that lack title, authors or abstract, and keep what is new.

    What the learner said stays. All of it is one step of undo. Raises UsageError for a paper that has neither an arXiv
    id nor a DOI, and as `names.paper` does.
    """
    keys = [names.paper(context, word) for word in words] if words else context.store.incomplete_papers()
    states = {key: stored_state(context, key) for key in keys}
    asked = {key: _askable(key, state) for key, state in states.items()}
    nameless = [key for key, id in asked.items() if not id]
    if words and nameless:
        raise UsageError(f"`{nameless[0]}` has neither an arXiv id nor a DOI", "there is nowhere to look it up")
    wanted = [id for id in dict.fromkeys(asked.values()) if id]
    if not wanted:
        return RefreshedView(())
    answers = ask(wanted)
    bodies: list[PaperDescribed] = []
    changed: list[str] = []
    same: list[str] = []
    for key, id in asked.items():
        found = answers.papers.get(id)
        if found is None:
            continue
        body = _learnt(context, key, states[key], found)
        (changed if body else same).append(key)
        bodies += [body] if body else []
    if bodies:
        record(context, *bodies, opens_day=False)
    views = [AdditionView(entry(context, key), None, "updated") for key in changed]
    views += [AdditionView(entry(context, key), None, "unchanged") for key in same]
    unknown = tuple(key for key, id in asked.items() if id in answers.unknown)
    return RefreshedView(tuple(views), unknown, answers.trouble)


def _askable(key: str, state: PaperState) -> str:
    if ":" in key:
        return key
    arxiv, doi = text_of(state.details, "arxiv"), text_of(state.details, "doi")
    return f"arxiv:{arxiv}" if arxiv else f"doi:{doi}" if doi else ""


def _learnt(context: "Context", key: str, state: PaperState, found: KnownPaper) -> PaperDescribed | None:
    """Return what is new. A title that came from the web follows the web; one of the learner's own stays."""
    details = news(state.details, {**found.details, "told": found.title, "asked": context.today.isoformat()})
    follows = not state.title or state.title == state.details.get("told")
    body = PaperDescribed(
        key,
        found.title if follows and found.title != state.title else "",
        () if state.authors else found.authors,
        None if state.year else found.year,
        details,
    )
    only_asked = not any(body[1:4]) and set(details) <= {"asked"}
    return None if only_asked and "asked" in state.details else body
