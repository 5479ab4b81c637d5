"""The short answers of the commands around a paper: cards, questions, citations, searches, imports."""

from mlcoach.domain.papers import short_id
from mlcoach.domain.text import one_line
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.papers import UNDO, call, with_formulas
from mlcoach.render.screen import Lines
from mlcoach.services.views.paper_more import (
    CitedView,
    ImportedView,
    NoteFileView,
    OpenedView,
    PaperCardMadeView,
    QuestionView,
    RefreshedView,
    SearchView,
    SkippedView,
)

SHOWN_SKIPPED = 20
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


def question_lines(view: QuestionView, width: int | None) -> Lines:
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
        return paragraphs("That was so before; nothing changed.", width)
    if not view.there:
        return [*paragraphs(f"Taken off the citations of {with_formulas(view.paper.title)}.", width), UNDO]
    shown = paragraphs(f"{with_formulas(view.paper.title)} cites", width)
    for one in view.cited:
        standing = "queued now" if one.id in view.queued else "read" if one.read else one.status or "not in your queue"
        shown += paragraphs(f"{with_formulas(one.title)} ({standing})", width, "  ")
    waiting = next((one for one in view.cited if not one.status and not one.read), None)
    shown += call("To read it too:", f"mlcoach paper add {short_id(waiting.id)}", width) if waiting else []
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


def search_lines(view: SearchView, width: int | None) -> Lines:
    """Return the papers found, each with what stands around the hit."""
    if not view.hits:
        return paragraphs(f"No paper of your queue holds `{view.text}`.", width)
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


def refreshed_lines(view: RefreshedView, width: int | None) -> Lines:
    """Return what was learnt of which papers."""
    shown: Lines = []
    updated = [one for one in view.papers if one.action == "updated"]
    for one in updated:
        year = f" ({one.paper.year})" if one.paper.year else ""
        shown += paragraphs(f"Completed {with_formulas(one.paper.title)}{year}, {one.paper.id}.", width)
    same = len(view.papers) - len(updated)
    if same:
        shown.append([(f"{plural(same, 'paper')}: nothing new.", "muted")])
    for id in view.unknown:
        shown += paragraphs(f"Nobody knows {short_id(id)}; it stays as it is.", width, style="warn")
    if not shown and not view.trouble:
        return [[("Nothing is missing.", "")]]
    return [*shown, UNDO] if updated else shown


def imported_lines(view: ImportedView, width: int | None) -> Lines:
    """Return what an import did, and what it left out."""
    parts = [f"{view.added:,} added"]
    parts += [f"{view.updated:,} known already, completed"] if view.updated else []
    parts += [f"{view.unchanged:,} known already"] if view.unchanged else []
    parts += [f"{len(view.skipped):,} left out"] if view.skipped else []
    shown = paragraphs(f"Read {view.read:,} {'entry' if view.read == 1 else 'entries'}: {', '.join(parts)}.", width)
    shown += _listed("Left out:", view.skipped, width)
    shown += _listed("Worth a look:", view.doubts, width)
    return [*shown, UNDO] if view.added or view.updated else shown


def _listed(label: str, entries: tuple[SkippedView, ...], width: int | None) -> Lines:
    if not entries:
        return []
    shown: Lines = [[(label, "strong")]]
    for one in entries[:SHOWN_SKIPPED] if width is not None else entries:
        shown += paragraphs(f"{one.place}: {one_line(one.reason)}", width, "  ")
    if width is not None and len(entries) > SHOWN_SKIPPED:
        shown.append([(f"  and {len(entries) - SHOWN_SKIPPED:,} more", "muted")])
    return shown
