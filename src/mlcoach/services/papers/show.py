"""Papers as screens show them: one line of the queue, or all that is known of one."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Paper
from mlcoach.domain.papers.details import categories_of, citation_keys, text_of
from mlcoach.domain.papers.ids import address, short_id
from mlcoach.domain.papers.passes import OPEN, PaperState, PassRecord
from mlcoach.domain.papers.state import place_of
from mlcoach.services.curriculum import progress
from mlcoach.services.papers.pace import is_own_pace, pass_minutes
from mlcoach.services.papers.paper_catalog import paper_catalog
from mlcoach.services.papers.state import checklist
from mlcoach.services.review import items as review_items
from mlcoach.views.papers.paper import CitationView, LinkedUnitView, NoteView, PaperCardView, PaperView, PassView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def whole(context: "Context", key: str, state: PaperState) -> PaperView:
    """Return all that is known of a paper of the queue."""
    from mlcoach.adapters.papers.note_files import note_shown
    from mlcoach.services.papers.notes import note_path

    known = paper_catalog(context).get(key)
    details = state.details
    path = note_path(context, key, state.title)
    text = note_shown(path)
    return PaperView(
        id=key,
        title=state.title or key,
        status=state.status,
        reading_pass=state.reading_pass,
        minutes=context.store.paper_seconds().get(key, 0) // 60,
        checklist=checklist(context, state) if state.status in OPEN else (),
        authors=state.authors,
        year=state.year,
        why=state.why,
        added=date.fromisoformat(state.added) if state.added else None,
        address=place_of(key, details),
        passes=tuple(pass_view(done) for done in state.passes),
        notes=tuple(NoteView(date.fromisoformat(note.day), note.text) for note in state.notes),
        units=linked_units(context, known.units) if known else (),
        budget_minutes=pass_minutes(context)[state.reading_pass],
        own_pace=is_own_pace(context, state.reading_pass),
        abstract=text_of(details, "abstract"),
        venue=text_of(details, "venue") or (known.venue if known else ""),
        categories=categories_of(details),
        withdrawn=bool(details.get("withdrawn")),
        pdf=text_of(details, "pdf"),
        note_file=str(path) if text is not None else "",
        note_text=text or "",
        cites=tuple(_citation(context, one.paper, read=one.read) for one in state.cites),
        cited_by=tuple(_citation(context, one) for one in context.store.citing(key)),
        cards=_cards(context, state.cards),
        others=bool(details.get("others")),
        citation_keys=citation_keys(details),
        open_minutes=state.open_seconds // 60,
    )


def unqueued(context: "Context", paper: Paper) -> PaperView:
    """Return a paper of the map that is not in the queue."""
    state = PaperState()
    return PaperView(
        id=paper.id,
        title=paper.title,
        status="",
        reading_pass=state.reading_pass,
        minutes=context.store.paper_seconds().get(paper.id, 0) // 60,
        checklist=checklist(context, state),
        authors=paper.authors,
        year=paper.year,
        why=paper.why,
        address=address(paper.id),
        units=linked_units(context, paper.units),
        budget_minutes=pass_minutes(context)[state.reading_pass],
        own_pace=is_own_pace(context, state.reading_pass),
        venue=paper.venue,
        cited_by=tuple(_citation(context, one) for one in context.store.citing(paper.id)),
    )


def pass_view(done: PassRecord) -> PassView:
    """Return a pass that ended."""
    return PassView(
        done.reading_pass, date.fromisoformat(done.day), done.verdict, done.seconds // 60, done.note,
        done.spent // 60, done.changed,
    )  # fmt: skip


def linked_units(context: "Context", units: Sequence[str]) -> tuple[LinkedUnitView, ...]:
    """Return the units a paper belongs to, and the status of each."""
    if not units:
        return ()
    status = progress.unit_progress(context, with_memory=True).status
    known = context.catalog.units
    return tuple(LinkedUnitView(unit, known[unit].title, status[unit]) for unit in units if unit in known)


def _citation(context: "Context", key: str, *, read: bool = False) -> CitationView:
    row = context.store.paper_row(key)
    if row is not None:
        return CitationView(key, row.title or key, row.status, read or row.passes_done > 0)
    known = context.catalog.papers().get(key)
    return CitationView(key, known.title if known else short_id(key), "", read)


def _cards(context: "Context", items: Sequence[str]) -> tuple[PaperCardView, ...]:
    from mlcoach.domain.curriculum import Card
    from mlcoach.services.cards.text import one_line_question

    known = review_items.item_states(context, items)
    cards = []
    for item in items:
        card = context.catalog.item(item)
        if not isinstance(card, Card):
            continue  # hidden, or taken out of the file
        state = known.get(item)
        due = date.fromisoformat(state.due) if state and state.due else None
        cards.append(PaperCardView(item, one_line_question(card), card.answer, due))
    return tuple(cards)
