"""What the screens of the learner's notes show: files, what was found in all that was written, a shared copy."""

from datetime import date
from typing import Literal, NamedTuple

WrittenKind = Literal["note", "log", "paper", "unit", "week", "answer", "project"]
NoteChange = Literal["new", "kept", "unchanged", "removed"]


class OwnNoteView(NamedTuple):
    """A file of notes: its name below the folder, the title in it, what it is about, when it was changed, its words."""

    name: str
    title: str
    unit: str
    changed: date
    words: int


class NotesView(NamedTuple):
    """The files of notes, the one changed last first, and how many more there are; `next` is the command to go on."""

    folder: str
    notes: tuple[OwnNoteView, ...]
    more: int
    next: str
    unreadable: tuple[str, ...] = ()


class NoteOpenedView(NamedTuple):
    """What became of a note that was opened. `corrected` are the new lines of its last section, `card` what makes one.

    `card` is a command, "" where nothing was corrected.
    """

    name: str
    title: str
    unit: str
    path: str
    action: NoteChange
    corrected: tuple[str, ...] = ()
    card: str = ""


class WrittenView(NamedTuple):
    """One thing that was written and holds the words: where it is from, its day, the text around them, its command."""

    kind: WrittenKind
    id: str
    date: date
    title: str
    text: str
    command: str


class NoteSearchView(NamedTuple):
    """What was found, the best and newest first, how many more there are, and the notes that were only read in part."""

    words: str
    hits: tuple[WrittenView, ...]
    more: int
    cut: tuple[str, ...] = ()


class ShareStepView(NamedTuple):
    """A step of the checklist for a note that others are to correct."""

    id: str
    text: str


class SharedNoteView(NamedTuple):
    """A copy of a note for others to correct: its text, where it was written ("" for stdout), and what to do then."""

    name: str
    title: str
    path: str
    text: str
    checklist: str
    steps: tuple[ShareStepView, ...]
