"""The notes on a paper as a Markdown file in the data folder, which a person can read, move and keep in git.

A new file holds what the passes brought to light; a pass that ends later is added below what is there. All else
in it is the learner's own.
"""

import glob
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters.papers.note_files import FOLDER, note_text, stem_of
from mlcoach.domain.papers.ids import slug
from mlcoach.domain.papers.passes import PASS_NAMES, VERDICTS, PaperState
from mlcoach.domain.papers.state import indented, note_head
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.papers.state import checklist, entry, stored_state
from mlcoach.views.papers.around import NoteAction, NoteFileView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

Accept = Callable[[str], NoteFileView]
Edit = Callable[[str, Accept], NoteFileView]


def note_path(context: "Context", key: str, title: str) -> Path:
    """Return where the notes on a paper are, or would be: named by id and title, so that a person finds them."""
    folder = context.places.notes / FOLDER
    stem = stem_of(key)
    # The title may be learnt later, or change; the id in front is for ever.
    for path in sorted(folder.glob(f"{glob.escape(stem)}*.md")) if folder.is_dir() else ():
        if path.stem == stem or path.stem.startswith(f"{stem}--"):
            return path
    words = slug(title) if title and slug(title) != stem else ""
    return folder / (f"{stem}--{words}.md" if words else f"{stem}.md")


def noted(context: "Context") -> frozenset[str]:
    """Return the beginnings of the names of all files of notes: which papers have one, at one look."""
    folder = context.places.notes / FOLDER
    return frozenset(path.stem.partition("--")[0] for path in folder.glob("*.md")) if folder.is_dir() else frozenset()


def edit_notes(context: "Context", name: str, edit: Edit) -> NoteFileView:
    """Open the notes on a paper with `edit` (which gets a text and what accepts the edited one), and keep them.

    Undo puts back what stood there. Raises as `names.paper` does, UsageError when the file changed meanwhile,
    StoreError when it cannot be written.
    """
    key = names.paper(context, name)
    state = stored_state(context, key)
    path = note_path(context, key, state.title)
    before = note_text(path)
    text = draft(context, key, state, before)

    def write(own: OwnFiles, edited: str) -> NoteFileView:
        if note_path(context, key, state.title) != path or own.text(path) != before:
            raise UsageError(f"`{path}` was changed by something else while you edited it", "open it again")
        kept = edited.rstrip("\n") + "\n" if edited.strip() else None
        # A new file that stayed as it was proposed is kept: it holds the answers of the passes.
        changed = bool(own.write({path: kept}))
        removed = kept is None and before is not None
        action: NoteAction = "removed" if removed else "kept" if changed else "unchanged"
        return NoteFileView(entry(context, key), str(path), action)

    return edit(text, lambda edited: change(context, lambda own: write(own, edited)))


def draft(context: "Context", key: str, state: PaperState, before: str | None) -> str:
    """Return the text to edit: what is there, or what is known, and the passes that ended since."""
    text = before if before is not None else note_head(key, state)
    headings = {line.strip() for line in text.splitlines() if line.startswith("## ")}
    for section in _passes(context, state):
        if section[0] not in headings:
            text = text.rstrip("\n") + "\n\n" + "\n".join(section) + "\n"
    return text


def _passes(context: "Context", state: PaperState) -> list[list[str]]:
    """Return a section for each pass that was begun: its verdict and sentence, then the answers of its steps."""
    sections = []
    for number in sorted({*(one.reading_pass for one in state.passes), *(one.reading_pass for one in state.answers)}):
        ended = [one for one in state.passes if one.reading_pass == number]
        if not ended and number == state.reading_pass and not state.answers:
            continue
        section = [f"## Pass {number}: {PASS_NAMES[number]}"]
        for one in ended:
            sentence = f": {indented(one.note)}" if one.note else ""
            section += ["", f"{one.day}, {VERDICTS[one.verdict]}{sentence}"]
            section += ["", f"It changed my mind: {indented(one.changed)}"] if one.changed else []
        texts = {step.id: step.text for step in checklist(context, state._replace(reading_pass=number))}
        answers = [one for one in state.answers if one.reading_pass == number]
        section += [""] if answers else []
        section += [f"- {texts.get(one.step, one.step)}: {indented(one.text)}" for one in answers]
        sections.append(section)
    return sections
