"""What is read from a reference manager's file: entries, and what was wrong with the rest."""

from typing import NamedTuple

from mlcoach.domain.papers.details import KnownPaper

STRAY = "it held characters that steer a terminal; they were left out"


class LibraryEntry(NamedTuple):
    """A paper of a file. `place` says where (`line 12`), `id` is `arxiv:…`, `doi:…` or "" for one by its title.

    `key` is the citation key, "" where it has none.
    """

    place: str
    id: str
    known: KnownPaper
    key: str = ""


class Broken(NamedTuple):
    """What could not be read, or was read with a doubt, and why: a clause without a full stop."""

    place: str
    reason: str


class Library(NamedTuple):
    """The entries of a file, those that are broken, and what is worth a word about the others.

    `kept` are comments and preambles as they were written, which other programs read.
    """

    entries: tuple[LibraryEntry, ...]
    broken: tuple[Broken, ...] = ()
    doubts: tuple[Broken, ...] = ()
    kept: tuple[str, ...] = ()
