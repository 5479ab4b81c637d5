"""The learner's own notes, as Markdown files: opened, listed, and copied out for others to correct.

A new note asks for what explaining it to somebody takes: a claim, an example, its limit, and where one is unsure.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.notes.note_files import (
    SUFFIX,
    NoteFile,
    day_of,
    find_note,
    head_of,
    is_private,
    named,
    note_files,
    read_note,
    shown_name,
    without_comments,
)
from mlcoach.domain.papers.ids import normal_title, slug
from mlcoach.domain.text import checked, one_line
from mlcoach.errors import InvalidFileError, NotFoundError, UsageError
from mlcoach.services.files import OwnFiles, change, save_document
from mlcoach.views.work.notes import NoteChange, NoteOpenedView, NotesView, OwnNoteView, SharedNoteView, ShareStepView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

SHOWN = 20
LONGEST_TITLE = 200
CHECKLIST = "publish-for-correction"
CORRECTED = "Corrected"
TEMPLATE = """\
# {title}
{about}
## Claim

<!-- Explain it to somebody who asks: what is it, in two or three sentences? -->

## Example

<!-- One with numbers or five lines of code, that you ran or worked out yourself. -->

## Limit

<!-- Where does it stop being true? What does it not say? -->

## Where I am unsure

<!-- What would you like somebody to correct? -->

## Corrected

<!-- What somebody corrected, each on a line of its own that begins with `- `; it makes a good card. -->
"""
ASKING = """\
---

I write this to learn it: it is what I understand so far, not what I know. Where is it wrong, and what is missing?
"""

AcceptNote = Callable[[str], NoteOpenedView]
EditNote = Callable[[str, AcceptNote], NoteOpenedView]


class _Target(NamedTuple):
    """The note that is meant, there or still to be written: where it is, its title, and the unit it is about."""

    path: Path
    title: str
    unit: str = ""


def notes(context: "Context", limit: int = SHOWN) -> NotesView:
    """Return the files of notes, the one changed last first, all where `limit` is 0, and the command to go on with."""
    files = note_files(context.places.notes)
    shown, unreadable = [], []
    for file in files[: limit or None]:
        read = read_note(file.path)
        if read is None:
            unreadable.append(shown_name(file.name))
            continue
        head = head_of(file, read[0])
        words = sum(len(line.split()) for line in without_comments(read[0]).split("\n") if not line.startswith("#"))
        shown.append(
            OwnNoteView(
                shown_name(file.name), head.title, head.unit, day_of(file, context.now.tzinfo, context.today), words
            )
        )
    unit = _under_way(context)
    return NotesView(
        folder=str(context.places.notes),
        notes=tuple(shown),
        more=len(files) - len(shown) - len(unreadable),
        next=f"mlcoach note open {unit}" if unit else 'mlcoach note open "What I learned today"',
        unreadable=tuple(unreadable),
    )


def has_notes(context: "Context") -> bool:
    """Return whether there is any note yet."""
    return bool(note_files(context.places.notes))


def edit_note(context: "Context", words: str, edit: EditNote) -> NoteOpenedView:
    """Open a note with `edit` (which gets a text and what accepts the edited one), and keep what comes back.

    An emptied note is removed; undo puts back what stood there. Raises UsageError for a file that was changed, moved or
    removed meanwhile, InvalidFileError for one that is not text, StoreError when it cannot be written.
    """
    target = _target(context, words)
    before = _text(context, target.path)
    start = _template(target) if before is None else before

    def write(own: OwnFiles, edited: str) -> NoteOpenedView:
        if before is None and edited.strip() == start.strip():
            return _opened(target, "unchanged")
        return _keep(context, own, target, before, edited)

    return edit(start, lambda edited: change(context, lambda own: write(own, edited)))


def add_to_note(context: "Context", words: str, text: str) -> NoteOpenedView:
    """Add a paragraph to a note without an editor, above its last sections. Raises as `edit_note` does."""
    said = checked(text, "note")
    if not said:
        raise UsageError("the note is empty", 'write it: `mlcoach note open eigen -m "…"`')
    target = _target(context, words)
    before = _text(context, target.path)
    start = _template(target) if before is None else before
    place = start.find("\n## Example")  # what stands at the end would be what somebody corrected
    joined = f"{start[:place].rstrip()}\n\n{said}\n{start[place:]}" if place > 0 else f"{start.rstrip()}\n\n{said}\n"
    return change(context, lambda own: _keep(context, own, target, before, joined))


def share_note(context: "Context", words: str, to: str = "") -> SharedNoteView:
    """Return a copy of a note for others to correct, written to the file `to` where one is named.

    Without what the template asks and without sections that are empty; a line at its end asks for correction. Raises
    UsageError for a note of people or applications and for an empty one, and as `find_note` and `save_document` do.
    """
    file = find_note(context.places.notes, words)
    if is_private(file.name):
        raise UsageError(f"`{shown_name(file.name)}` is about other people", "write a note of your own to share")
    text = _text(context, file.path) or ""
    body = _for_others(text)
    if not _says_something(body):
        raise UsageError(f"`{shown_name(file.name)}` is still empty", f"mlcoach note open {shown_name(file.name)}")
    text = f"{body}\n\n{ASKING}"
    found = context.catalog.checklist(CHECKLIST)
    return SharedNoteView(
        name=shown_name(file.name),
        title=head_of(file, text).title,
        path=save_document(context, text, to, private=False) if to else "",
        text=text,
        checklist=CHECKLIST if found else "",
        steps=tuple(ShareStepView(step.id, step.text) for step in found.items) if found else (),
    )


def _of_project(context: "Context", words: str, files: list[NoteFile]) -> _Target:
    """Return the note on a project, meant by its id or words of its title; a note whose project is gone stays."""
    from mlcoach.services.work.projects.projects import project_named, projects

    if there := [file for file in files if file.name == f"projects/{words}"]:
        return _of_file(there[0])
    id = project_named(context, words)
    there = named(files, f"projects/{id}")
    return _of_file(there[0]) if there else _Target(_at(context, f"projects/{id}"), projects(context)[id].title)


def _target(context: "Context", words: str) -> _Target:
    """Return the note that words mean: a unit's, a project's, one that is there, or a new one of this title."""
    said = " ".join(words.split())
    if not said:
        unit = _under_way(context)
        if not unit:
            raise UsageError("which note?", '`mlcoach note open eigen`, or a title: `mlcoach note open "Softmax"`')
        said = unit
    files = note_files(context.places.notes)
    if said.startswith("project:"):
        return _of_project(context, said.removeprefix("project:"), files)
    if unit := _unit_called(context, said):
        about = named(files, unit)
        title = context.catalog.units[unit].title
        if about:
            return _of_file(about[0])._replace(unit=unit)
        return _Target(_at(context, f"{unit}--{slug(title)}"), title, unit)
    found = named(files, said)
    if len(found) == 1 or (found and said in (found[0].name, head_of(found[0]).title)):
        return _of_file(found[0])
    title = checked(said, "title", LONGEST_TITLE)
    stem = slug(title)
    if not stem:
        raise UsageError(f"`{one_line(said)[:60]}` has neither letters nor digits", "give the note a title")
    return _Target(_free(context, stem), title)


def _of_file(file: NoteFile) -> _Target:
    head = head_of(file)
    return _Target(file.path, head.title, head.unit)


def _unit_called(context: "Context", said: str) -> str:
    """Return the unit of this id, last part of an id or whole title, "" for none.

    A last part alone means no unit that the learner has nothing to do with: their note may well be called so.
    """
    from mlcoach.domain import text

    catalog, unit = context.catalog, ""
    if " " not in said:
        known = catalog.aliases().get(said, said)
        try:
            unit = text.resolve(known, catalog.units, "unit")
        except NotFoundError:
            pass
        except UsageError:
            from mlcoach.services.spoken_names import studied_called

            meant = studied_called(context, said)
            if meant is None or meant.kind != "unit":
                raise
            return meant.id
        else:
            theirs = unit in context.path.units or unit in context.store.units()
            if unit == known or theirs or named(note_files(context.places.notes), unit):
                return unit
    title = normal_title(said)
    called = next((id for id, one in catalog.units.items() if normal_title(one.title) == title), "")
    if unit and not called:
        about = f"`{said}` is not a unit of yours; for a note on {one_line(catalog.units[unit].title)}"
        context.notices.append(f"{about}: `mlcoach note open {unit}`")
    return called


def _under_way(context: "Context") -> str:
    """Return the unit that the timer runs on, or the one studied today, "" for none."""
    timer = context.store.timer()
    if timer and timer.unit in context.catalog.units:
        return timer.unit
    studied = [unit for unit in context.store.day(context.today).units if unit in context.catalog.units]
    return studied[-1] if studied else ""


def _at(context: "Context", name: str) -> Path:
    return context.places.notes / f"{name}{SUFFIX}"


def _free(context: "Context", stem: str) -> Path:
    """Return a path for a new note that no other note has."""
    number, path = 2, _at(context, stem)
    while path.exists():
        number, path = number + 1, _at(context, f"{stem}-{number}")
    return path


def _template(target: _Target) -> str:
    about = f"\nUnit: {target.unit}\n" if target.unit else ""
    return TEMPLATE.format(title=target.title, about=about)


def _text(context: "Context", path: Path) -> str | None:
    """Return what is in a note, None for no file. Raises InvalidFileError and StoreError."""
    return OwnFiles(context).text(path)


def _keep(context: "Context", own: OwnFiles, target: _Target, before: str | None, edited: str) -> NoteOpenedView:
    now = own.text(target.path)
    if before is not None and now is None:
        raise UsageError(f"`{target.path}` was renamed or removed while you edited it", "`mlcoach note list`")
    if now != before:
        raise UsageError(f"`{target.path}` was changed by something else while you edited it", "open it again")
    if "\0" in edited:
        raise InvalidFileError(f"`{target.path}` would hold a zero byte", "remove it: notes are text")
    kept = edited.rstrip("\n") + "\n" if edited.strip() else None
    written = bool(own.write({target.path: kept}))
    if kept is None:
        return _opened(target, "removed" if before is not None else "unchanged")
    # Nobody has corrected what was written just now, wherever in the template it was typed.
    fresh = tuple(line for line in _corrections(kept) if line not in _corrections(before)) if before else ()
    title = next((line[2:].strip() for line in kept.split("\n") if line.startswith("# ")), target.title)
    view = _opened(target, "new" if before is None else "kept" if written else "unchanged")
    card = f"mlcoach cards new {target.unit or 'UNIT'}" if fresh else ""
    return view._replace(title=one_line(title), corrected=fresh, card=card)


def _opened(target: _Target, action: NoteChange) -> NoteOpenedView:
    name = shown_name(target.path.stem)
    return NoteOpenedView(name, one_line(target.title), target.unit, str(target.path), action)


def _corrections(text: str) -> tuple[str, ...]:
    """Return the entries below the heading of corrections: other lines there were only typed at the end."""
    _, heading, rest = without_comments(text).partition(f"\n## {CORRECTED}\n")
    section = rest.partition("\n## ")[0] if heading else ""
    entries = (one_line(line).strip() for line in section.split("\n"))
    return tuple(text for line in entries if line[:1] in ("-", "*") and (text := line.lstrip("-* ")))


def _for_others(text: str) -> str:
    """Return a note without comments, without its line of the unit, and without sections that hold nothing."""
    lines = [line for line in without_comments(text).split("\n") if not line.startswith("Unit: ")]
    sections = re.split(r"(?m)^(?=## )", "\n".join(lines))
    kept = [section for section in sections if not section.startswith("## ") or section.partition("\n")[2].strip()]
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def _says_something(body: str) -> bool:
    return any(line.strip() and not line.startswith("#") for line in body.split("\n"))
