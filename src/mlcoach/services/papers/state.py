"""One paper of the queue: its state, the checklist of its pass, and its line in a list."""

import json
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.papers.duplicates import Duplicates, bare_id
from mlcoach.domain.papers.identity import Face
from mlcoach.domain.papers.passes import PaperState
from mlcoach.domain.papers.state import state_of, ticked_steps
from mlcoach.errors import NotFoundError
from mlcoach.views.papers.paper import ChecklistStepView
from mlcoach.views.papers.queue import QueueEntryView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.queries.papers import PaperRow

OWN_GROUP = "Your questions"


def stored_state(context: "Context", key: str) -> PaperState:
    """Return the state of a paper of the queue. Raises NotFoundError for another one."""
    data = context.store.paper(key)
    if data is None:
        raise NotFoundError(f"no paper `{key}` in your queue", "`mlcoach paper list` shows it")
    return state_of(data)


def checklist(context: "Context", state: PaperState) -> tuple[ChecklistStepView, ...]:
    """Return the steps of the pass under way: those of the curriculum, then the learner's own questions."""
    here = state.reading_pass
    ticked = ticked_steps(state)
    answers = {answer.step: answer.text for answer in state.answers if answer.reading_pass == here}
    found = context.catalog.checklist(f"paper-pass-{here}")
    steps = [
        ChecklistStepView(item.id, item.text, item.id in ticked, item.group, answers.get(item.id, ""))
        for item in (found.items if found else ())
    ]
    own = [
        ChecklistStepView(one.id, one.text, one.id in ticked, OWN_GROUP, answers.get(one.id, ""), own=True)
        for one in state.questions
        if one.reading_pass == here
    ]
    return (*steps, *own)


def entry(context: "Context", key: str) -> QueueEntryView:
    """Return a paper of the queue as one line. Raises NotFoundError for another one."""
    row = context.store.paper_row(key)
    if row is None:
        raise NotFoundError(f"no paper `{key}` in your queue", "`mlcoach paper list` shows it")
    return entry_of(row, context.store.paper_seconds().get(key, 0))


def entry_of(row: "PaperRow", seconds: int) -> QueueEntryView:
    """Return a row of the store as one line of a list."""
    return QueueEntryView(
        id=row.key,
        title=row.title or row.key,
        authors=tuple(json.loads(row.authors)),
        year=row.year,
        status=row.status,
        reading_pass=row.reading_pass,
        minutes=seconds // 60,
        why=row.why,
        added=date.fromisoformat(row.added) if row.added else None,
        passes_done=row.passes_done,
    )


def of_queue(context: "Context") -> Duplicates:
    """Return the papers of the learner's queue, by what each is recognised."""
    return Duplicates(
        Face(
            paper.key, paper.title, paper.authors, paper.year, bare_id(paper.key, "arxiv") or paper.arxiv,
            bare_id(paper.key, "doi") or paper.doi, paper.record, paper.status == "dropped", not paper.record,
        )
        for paper in context.store.paper_faces()
    )  # fmt: skip
