"""The short answers of the commands around one paper: notes, questions, citations, cards, a search, an opened page."""

from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.text import one_line
from mlcoach.render.layout import paragraphs
from mlcoach.render.papers.entries import call, with_formulas
from mlcoach.render.screen import UNDO, Lines
from mlcoach.views.papers.around import (
    CitedView,
    NoteFileView,
    OpenedView,
    PaperCardMadeView,
    PaperQuestionView,
    PaperSearchView,
)

WHERE = {
    "authors": "authors",
    "why": "your reason",
    "note": "a note",
    "answer": "an answer",
    "file": "your notes",
    "abstract": "the abstract",
}


def note_file_lines(view: NoteFileView, width: int | None) -> Lines:
    """Return what became of a file of notes."""
    said = {
        "kept": f"Kept your notes on {with_formulas(view.paper.title)}:",
        "unchanged": f"Your notes on {with_formulas(view.paper.title)} are as they were:",
        "removed": f"Removed your notes on {with_formulas(view.paper.title)}:",
    }[view.action]
    shown: Lines = [*paragraphs(said, width), [("  ", ""), (view.path, "accent")]]
    return shown if view.action == "unchanged" else [*shown, UNDO]


def question_lines(view: PaperQuestionView, width: int | None) -> Lines:
    """Return a question that joined a pass, or left it."""
    if not view.changed:
        said = (
            f"`{view.text}` is in pass {view.reading_pass} of {with_formulas(view.paper.title)} already, as {view.id}."
        )
        return paragraphs(said, width)
    verb = "joined" if view.there else "left"
    said = f"`{view.text}` {verb} pass {view.reading_pass} of {with_formulas(view.paper.title)}, as {view.id}."
    return [*paragraphs(said, width), UNDO]


def cited_lines(view: CitedView, width: int | None) -> Lines:
    """Return which papers a paper cites from now on."""
    if not view.changed:
        return paragraphs("It was like that before; nothing changed.", width)
    if not view.there:
        return [*paragraphs(f"Taken off the citations of {with_formulas(view.paper.title)}.", width), UNDO]
    shown = paragraphs(f"{with_formulas(view.paper.title)} cites", width)
    for one in view.cited:
        state = "queued now" if one.id in view.queued else "read" if one.read else one.status or "not in your queue"
        shown += paragraphs(f"{with_formulas(one.title)} ({state})", width, "  ")
    waiting = next((one for one in view.cited if not one.status and not one.read), None)
    shown += call("To read it too:", f"mlcoach paper add {short_id(waiting.id)}") if waiting else []
    return [*shown, UNDO]


def card_lines(view: PaperCardMadeView, width: int | None) -> Lines:
    """Return the card that was made."""
    if view.item is None:
        return []
    shown = paragraphs(f"A card of yours from {with_formulas(view.paper.title)}:", width)
    shown += paragraphs(view.question, width, "  ", "strong")
    shown += [[("  ", ""), (view.item, "accent")], [(f"  in {view.path}", "muted")]]
    shown += [line for warning in view.warnings for line in paragraphs(warning, width, style="warn")]
    return [*shown, UNDO]


def search_lines(view: PaperSearchView, width: int | None) -> Lines:
    """Return the papers found, each with what is around the hit."""
    if not view.hits:
        return paragraphs(f"No paper of your queue contains `{view.text}`.", width)
    shown: Lines = []
    for hit in view.hits:
        year = f" ({hit.paper.year})" if hit.paper.year else ""
        shown += paragraphs(f"{with_formulas(hit.paper.title)}{year}", width, style="strong")
        shown.append([("  ", ""), (short_id(hit.paper.id), "accent"), (f" · {hit.paper.status}", "muted")])
        if hit.where != "title":
            shown += paragraphs(f"in {WHERE[hit.where]}: {one_line(hit.text)}", width, "  ", "muted")
    if view.hidden:
        shown += [[], [(f"{view.hidden:,} more; another word narrows it", "muted")]]
    return shown


def opened_lines(view: OpenedView, width: int | None) -> Lines:
    """Return what was opened."""
    return [[("Opened ", ""), (view.target, "accent")]]
