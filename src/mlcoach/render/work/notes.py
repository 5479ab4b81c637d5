"""The screens of the learner's notes."""

from mlcoach.domain.text import one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import SPOKEN, UNDO, Lines, drawn
from mlcoach.views.work.notes import NoteOpenedView, NoteSearchView, NotesView, SharedNoteView

HANGING = " " * 8


def where_lines(view: NotesView, width: int | None) -> Lines:
    """Return where the notes are: the last few, and how to go on."""
    if not view.notes and not view.more:
        said = "No notes yet. One starts from a claim, an example, its limit, and where you are unsure."
        return [*paragraphs(said, width), [("Next: ", "muted"), (view.next, "accent")]]
    return [*list_lines(view, width), [("Next: ", "muted"), (view.next, "accent")]]


def list_lines(view: NotesView, width: int | None) -> Lines:
    """Return the files of notes, the one changed last first."""
    rows = [
        [(format_day(note.changed), "muted"), (note.title, "strong"), (plural(note.words, "word"), "muted")]
        for note in view.notes
    ]
    shown: Lines = columns(rows, width) if rows else [[("No notes yet: mlcoach note open", "")]]
    shown += [[(f"cannot be read: {name}", "warn")] for name in view.unreadable]
    if view.more:
        shown.append([(f"{view.more:,} more: mlcoach note list --all", "muted")])
    return [*shown, [(f"in {view.folder}", "muted")]]


def opened_lines(view: NoteOpenedView, width: int | None) -> Lines:
    """Return what became of a note."""
    said = {
        "new": f"A new note, {view.title}:",
        "kept": f"Kept your note, {view.title}:",
        "unchanged": f"Nothing was changed in {view.title}:",
        "removed": f"Removed the note, {view.title}:",
    }[view.action]
    shown: Lines = [*paragraphs(said, width), [("  ", ""), (view.path, "accent")]]
    if view.corrected:
        said = f"{plural(len(view.corrected), 'correction')} since: what was wrong once makes a good card."
        shown += [*paragraphs(said, width), [("  ", ""), (view.card, "accent")]]
    return shown if view.action == "unchanged" else [*shown, UNDO]


def search_lines(view: NoteSearchView, width: int | None) -> Lines:
    """Return what was found, each with its place and command."""
    if not view.hits:
        shown: Lines = [[(f"Nothing you wrote holds “{one_line(view.words)}”.", "")]]
        return [*shown, [("In everything there is: mlcoach search WORDS", "muted")], *_cut(view, width)]
    shown = []
    for hit in view.hits:
        first, *others = paragraphs(_title(hit.title), width and width - len(HANGING))
        shown.append([(f"{hit.kind:<7} ", "muted"), *[(text, "strong") for text, _ in first]])
        shown += [[(HANGING, ""), *[(text, "strong") for text, _ in line]] for line in others]
        if hit.text and hit.text != one_line(hit.title):
            shown += [[(HANGING, ""), *line] for line in paragraphs(hit.text, width and width - len(HANGING))]
        shown.append([(HANGING, ""), (hit.command, "accent")])
    number = len(view.hits)
    more = f"The first {number} of {number + view.more}: more words find fewer" if view.more else plural(number, "hit")
    return [*shown, [(more, "muted")], *_cut(view, width)]


def _title(title: str) -> str:
    """Return a title, with its formulas where it may have some: most notes have none, and that import is long."""
    if "$" not in title:
        return title
    from mlcoach.render.papers.entries import with_formulas

    return with_formulas(title)


def _cut(view: NoteSearchView, width: int | None) -> Lines:
    if not view.cut:
        return []
    return paragraphs(f"Only the first megabyte was read of {', '.join(view.cut[:3])}.", width, style="warn")


def shared_lines(view: SharedNoteView, width: int | None) -> Lines:
    """Return where the copy is, and the steps before others see it."""
    return [[("A copy of ", ""), (view.title, "strong"), (" to be corrected:", "")],
            [("  ", ""), (view.path, "accent")], *steps_lines(view, width), UNDO]  # fmt: skip


def steps_lines(view: SharedNoteView, width: int | None) -> Lines:
    """Return the checklist for a note that others are to correct."""
    shown: Lines = []
    for step in view.steps:
        lines = paragraphs(step.text, width, "    ")
        shown += [[drawn("  ○ ", "muted"), ("to do: ", SPOKEN), (lines[0][0][0].lstrip(), "")], *lines[1:]]
    if shown:
        shown.append([("  What comes back: ", "muted"), (f"mlcoach note open {view.name}", "accent")])
    return shown
