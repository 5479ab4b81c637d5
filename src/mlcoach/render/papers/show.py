"""The screen of one paper with all that is known of it and tied to it."""

from collections.abc import Sequence

from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.papers.passes import OPEN, VERDICTS
from mlcoach.domain.text import visible
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import cells, paragraphs, plural
from mlcoach.render.papers.entries import NARROW, below, call, head, indented, pass_lines, with_formulas
from mlcoach.render.screen import Lines, Span, prose_width
from mlcoach.views.papers.paper import CitationView, LinkedUnitView, PaperCardView, PaperView, PassView, ShownPaperView

SHOWN_NOTES = 20  # lines of a file of notes
SHOWN_ABSTRACT = 1_500  # characters


def shown_lines(view: ShownPaperView, width: int | None) -> Lines:
    """Return all that is known of one paper."""
    paper = view.paper
    shown = head(paper, width)
    shown += _about(paper, width)
    if paper.units:
        shown += [[], [("Belongs to", "strong")], *_units(paper.units, width)]
    if paper.passes:
        shown += [[], [("Passes", "strong")]]
        shown += [line for done in paper.passes for line in _ended(done, width)]
    if paper.notes:
        shown += [[], [("Notes", "strong")]]
        for note in paper.notes:
            shown += [[(f"  {format_day(note.date)}", "muted")], *paragraphs(note.text, width, "    ")]
    if paper.note_file:
        shown += _note_file(paper, width)
    if paper.cards:
        shown += [[], [("Cards", "strong")], *_cards(paper.cards, width)]
    for heading, citations in (("Cites", paper.cites), ("Cited by", paper.cited_by)):
        if citations:
            shown += [[], [(heading, "strong")], *_citations(citations, width)]
    shown += pass_lines(paper, width) if paper.checklist else []
    if paper.status in OPEN:
        return shown
    invitation = "Back into the queue:" if paper.status else "Put it in your queue:"
    return [*shown, [], *call(invitation, f"mlcoach paper add {short_id(paper.id)}")]


def _about(paper: PaperView, width: int | None) -> Lines:
    shown: Lines = []
    about = " · ".join(filter(None, (paper.venue, ", ".join(paper.categories))))
    shown += paragraphs(about, width, style="muted") if about else []
    if paper.citation_keys:
        shown += paragraphs(f"Cited as: {', '.join(paper.citation_keys)}", width, style="muted")
    if paper.pdf:
        shown.append([("PDF: ", "muted"), (paper.pdf, "")])
    if paper.abstract:
        text = with_formulas(visible(paper.abstract))
        cut = text if len(text) <= SHOWN_ABSTRACT else text[:SHOWN_ABSTRACT].rsplit(" ", 1)[0] + " …"
        shown += [[], [("Abstract", "strong")], *paragraphs(cut, prose_width(width), "  ")]
    return shown


def _ended(done: PassView, width: int | None) -> Lines:
    spent = done.spent_minutes or done.minutes
    minutes = f", {format_duration(spent)}" if spent else ""
    lead = f"  pass {done.reading_pass}: {VERDICTS[done.verdict]}{minutes}"
    shown: Lines = [[(lead, ""), (f"  {format_day(done.date)}", "muted")]]
    shown += paragraphs(done.note, width, "    ") if done.note else []
    return shown + (paragraphs(f"It changed your mind: {done.changed}", width, "    ") if done.changed else [])


def _note_file(paper: PaperView, width: int | None) -> Lines:
    shown: Lines = [[], [("Notes in ", "strong"), (paper.note_file, "accent")]]
    lines = visible(paper.note_text).strip("\n").split("\n")
    shown += [line for text in lines[:SHOWN_NOTES] for line in paragraphs(text, width, "  ", "muted")]
    if len(lines) > SHOWN_NOTES:
        shown.append([(f"  {plural(len(lines) - SHOWN_NOTES, 'line')} more", "muted")])
    return shown


def _units(units: Sequence[LinkedUnitView], width: int | None) -> Lines:
    if width is not None and width < NARROW:
        return [line for unit in units for line in below(unit.title, [unit.id, unit.status or "not begun"], width)]
    rows: list[list[Span]] = [
        [(unit.id, ""), (unit.title, "muted"), (unit.status or "not begun", "muted")] for unit in units
    ]
    return indented(rows, width, flexible=1)


def _cards(cards: Sequence[PaperCardView], width: int | None) -> Lines:
    shown: Lines = []
    for card in cards:
        due = f"due {format_day(card.due)}" if card.due else "new"
        shown += paragraphs(card.question, width, "  ")
        about = f"{card.item} · {due}"
        shown.append([("    ", ""), (about, "muted")])
    return shown


def _citations(citations: Sequence[CitationView], width: int | None) -> Lines:
    shown: Lines = []
    for one in citations:
        state = "read" if one.read else one.status or "not in your queue"
        about = f"{short_id(one.id)} · {state}"
        title = with_formulas(one.title)
        if width is None or cells(title) + cells(about) + 4 <= width:
            shown.append([("  ", ""), (title, ""), (f"  {about}", "muted")])
        else:
            shown += [*paragraphs(title, width, "  "), [(f"    {about}", "muted")]]
    return shown
