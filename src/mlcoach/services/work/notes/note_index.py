"""The words of all notes in one file of the cache, so that finding some reads one file and not thousands.

Each note is kept in small letters without accents, its first line apart, under its time and size. What has changed
since is read again, and the file is written anew. Words are looked for in the whole file at once.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.words import plain
from mlcoach.private_files import keep_in_cache
from mlcoach.services.work.notes.note_files import NoteFile, read_note, without_comments

if TYPE_CHECKING:
    from pathlib import Path

    from mlcoach.services.context import Context

FILE_NAME = "notes.index"
VERSION = 1
LONGEST_KEPT = 200_000  # bytes; a longer note is read each time


class IndexedNote(NamedTuple):
    """A note with its first line and the rest of its words, as `plain` has them."""

    file: NoteFile
    head: str
    rest: str


class _Kept(NamedTuple):
    """When a note was changed and its size, where its first line and the rest of it begin and end, and if it was cut.

    Of a note that could not be read, all three places are the same.
    """

    changed: int
    size: int
    begin: int
    middle: int
    end: int
    cut: bool


class NoteIndex:
    """The words of all notes as one text in UTF-8, and where in it each of them is, in the order of the text."""

    def __init__(self) -> None:
        self.words = b""
        self.notes: dict[str, _Kept] = {}
        self._files: dict[str, NoteFile] = {}

    @classmethod
    def of(cls, context: "Context", files: Sequence[NoteFile]) -> "NoteIndex":
        """Return the words of these files, those that cannot be read left out."""
        path = context.places.cache / FILE_NAME
        known = cls._load(path)
        fresh = [file for file in files if known._is_stale(file)]
        if not fresh and len(known.notes) == len(files):
            known._files = {file.name: file for file in files}
            return known
        index = cls()
        pieces: list[bytes] = []
        at = 0
        stale = {file.name for file in fresh}
        for file in files:
            head, rest, cut = _read(file) if file.name in stale else known._pieces(file.name)
            middle, end = at + len(head), at + len(head) + len(rest)
            index.notes[file.name] = _Kept(file.changed, file.size, at, middle, end, cut)
            pieces += [head, rest]
            at = end
        index.words = b"".join(pieces)
        index._files = {file.name: file for file in files}
        index._save(path)
        return index

    @property
    def cut(self) -> tuple[str, ...]:
        """The names of the notes that were too long to be read whole."""
        return tuple(name for name, kept in self.notes.items() if kept.cut)

    def holding(self, words: Iterable[str]) -> Iterator[IndexedNote]:
        """Yield the notes that have the letters of all the words in them, wherever they stand."""
        places = [(name, kept.begin, kept.end) for name, kept in self.notes.items()]
        for word in words:
            places = list(self._with(word.encode(), places))
        for name, begin, end in places:
            middle = self.notes[name].middle
            head, rest = self.words[begin:middle], self.words[middle:end]
            yield IndexedNote(self._files[name], head.decode(errors="replace"), rest.decode(errors="replace"))

    def _with(self, word: bytes, places: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
        at = self.words.find(word)
        for place in places:
            _, begin, end = place
            if 0 <= at < begin:
                at = self.words.find(word, begin)
            if at < 0:
                return
            if at + len(word) <= end:
                yield place

    def _is_stale(self, file: NoteFile) -> bool:
        kept = self.notes.get(file.name)
        return kept is None or kept.changed != file.changed or kept.size != file.size

    def _pieces(self, name: str) -> tuple[bytes, bytes, bool]:
        _, _, begin, middle, end, cut = self.notes[name]
        return self.words[begin:middle], self.words[middle:end], cut

    def _save(self, path: "Path") -> None:
        """Write the file: the words, which have no line feed, then a line of JSON. Very long notes are left out."""
        kept = {name: one for name, one in self.notes.items() if one.end - one.begin <= LONGEST_KEPT}
        rows, words = [], []
        at = 0
        for name, (changed, size, begin, middle, end, cut) in kept.items():
            rows.append([name, changed, size, at, at + middle - begin, at + end - begin, cut])
            words.append(self.words[begin:end])
            at += end - begin
        keep_in_cache(path, b"".join([*words, b"\n", json.dumps([VERSION, at, rows]).encode()]))

    @classmethod
    def _load(cls, path: "Path") -> "NoteIndex":
        """Return what is in the file; nothing where there is none, or a damaged one."""
        index = cls()
        try:
            content = path.read_bytes()
            line = content.rindex(b"\n")
            version, length, rows = json.loads(content[line:])
            if version == VERSION and length == line:
                index.words = content
                index.notes = {name: _Kept(*row) for name, *row in rows}
        except (OSError, ValueError, TypeError, RecursionError):
            return cls()
        return index


def _read(file: NoteFile) -> tuple[bytes, bytes, bool]:
    read = read_note(file.path)
    if read is None:
        return b"", b"", False
    head, _, rest = plain(without_comments(read[0]).lstrip()).partition("\n")
    return " ".join(head.split()).encode(), " ".join(rest.split()).encode(), read[1]
