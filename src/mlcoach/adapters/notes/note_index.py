"""The words of all notes in one file of the cache, so that finding some reads one file and not thousands.

Each note is kept in small letters without accents, its first line apart, under its time and size. What has changed
since is read again, and the file is written anew. Words are looked for in the whole file at once.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from mlcoach.adapters.notes.note_files import NoteFile, own_words, read_note
from mlcoach.domain.words import plain
from mlcoach.private_files import keep_in_cache

FILE_NAME = "notes.index"
VERSION = 2
LONGEST_KEPT = 200_000  # bytes; a longer note is read each time


class IndexedNote(NamedTuple):
    """A note with its first line and the rest of its words, as `plain` has them."""

    file: NoteFile
    head: str
    rest: str


class _Kept(NamedTuple):
    """What is known of each note, in columns, for thousands of rows would take longer to make than to search.

    When it was changed and its size; where in the words its first line and the rest of it begin and end; if it was
    cut. Of a note that could not be read, all three places are the same.
    """

    names: list[str]
    changed: list[int]
    sizes: list[int]
    begins: list[int]
    middles: list[int]
    ends: list[int]
    cut: list[bool]

    def add(self, file: NoteFile, head: bytes, rest: bytes, *, cut: bool) -> None:
        begin = self.ends[-1] if self.ends else 0
        middle = begin + len(head)
        for column, value in zip(self, (*file[1:], begin, middle, middle + len(rest), cut), strict=True):
            column.append(value)  # type: ignore[attr-defined]


def _nothing_kept() -> _Kept:
    return _Kept([], [], [], [], [], [], [])


class NoteIndex:
    """The words of all notes as one text in UTF-8, and where in it each of them is, in the order of the text."""

    def __init__(self, words: bytes | mmap, kept: _Kept, files: Sequence[NoteFile]) -> None:
        self.words = words
        self._kept = kept
        self._files = files

    @classmethod
    def of(cls, cache: Path, files: Sequence[NoteFile]) -> "NoteIndex":
        """Return the words of these files, kept in this folder; those that cannot be read left out."""
        path = cache / FILE_NAME
        words, known = _load(path)
        if (
            known.names == [file.name for file in files]
            and known.changed == [file.changed for file in files]
            and known.sizes == [file.size for file in files]
        ):
            return cls(words, known, files)
        if isinstance(words, mmap):  # the file is written anew, which some systems refuse while it is looked into
            mapped, words = words, words[:]
            mapped.close()
        rows = {name: row for row, name in enumerate(known.names)}
        kept, pieces = _nothing_kept(), []
        for file in files:
            row = rows.get(file.name)
            if row is None or (known.changed[row], known.sizes[row]) != (file.changed, file.size):
                head, rest, cut = _read(file)
            else:
                begin, middle, end, cut = known.begins[row], known.middles[row], known.ends[row], known.cut[row]
                head, rest = words[begin:middle], words[middle:end]
            kept.add(file, head, rest, cut=cut)
            pieces += [head, rest]
        index = cls(b"".join(pieces), kept, files)
        index._save(path)
        return index

    @property
    def cut(self) -> tuple[str, ...]:
        """The names of the notes that were too long to be read whole."""
        return tuple(name for name, cut in zip(self._kept.names, self._kept.cut, strict=True) if cut)

    def holding(self, words: Iterable[str]) -> Iterator[IndexedNote]:
        """Yield the notes that have the letters of all the words in them, wherever they stand."""
        kept = self._kept
        # The longest is the rarest: of what lacks it nothing more is asked.
        first, *others = sorted((word.encode() for word in words), key=len, reverse=True)
        at = self.words.find(first)
        while at >= 0:
            row = bisect_right(kept.begins, at) - 1
            begin, middle, end = kept.begins[row], kept.middles[row], kept.ends[row]
            if at >= end:
                return  # behind the last note
            if at + len(first) > end:
                at = self.words.find(first, at + 1)  # half in one note and half in the next
                continue
            if all(self.words.find(word, begin, end) >= 0 for word in others):
                head, rest = self.words[begin:middle], self.words[middle:end]
                yield IndexedNote(self._files[row], head.decode(errors="replace"), rest.decode(errors="replace"))
            at = self.words.find(first, end)

    def _save(self, path: Path) -> None:
        """Write the file: the words, which have no line feed, then a line of JSON. Very long notes are left out."""
        kept, pieces = _nothing_kept(), []
        for file, begin, middle, end, cut in zip(self._files, *self._kept[3:], strict=True):
            if end - begin <= LONGEST_KEPT:
                head, rest = self.words[begin:middle], self.words[middle:end]
                kept.add(file, head, rest, cut=cut)
                pieces += [head, rest]
        length = kept.ends[-1] if kept.ends else 0
        keep_in_cache(path, b"".join([*pieces, b"\n", json.dumps([VERSION, length, kept]).encode()]))


def _load(path: Path) -> tuple[bytes | mmap, _Kept]:
    """Return the words in the file and where they are; nothing where there is none, or a damaged one."""
    try:
        with path.open("rb") as file:
            content = mmap(file.fileno(), 0, access=ACCESS_READ)  # looked through where it is: not copied first
        line = content.rfind(b"\n")
        version, length, columns = json.loads(content[line:])
        if version == VERSION and length == line and len({len(column) for column in columns}) == 1:
            return content, _Kept(*columns)
    except (OSError, ValueError, TypeError, RecursionError):
        pass
    return b"", _nothing_kept()


def _read(file: NoteFile) -> tuple[bytes, bytes, bool]:
    read = read_note(file.path)
    if read is None:
        return b"", b"", False
    head, _, rest = plain(own_words(read[0]).lstrip()).partition("\n")
    return " ".join(head.split()).encode(), " ".join(rest.split()).encode(), read[1]
