"""The files of notes below the data folder: which there are, what is in them, and which one is meant.

They are the learner's: renamed, moved and written by other programs, under names that nobody checked.
"""

import os
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

from mlcoach.domain.papers.ids import normal_title
from mlcoach.domain.text import one_line
from mlcoach.errors import NotFoundError, StoreError, UsageError

SUFFIX = ".md"
MOST_FILES = 20_000
MOST_FOLDERS = 2_000
LARGEST = 1_000_000  # bytes of a note that are read for finding words in it
HEAD = 2_000  # bytes in which its title is looked for
NAMED = 5
_UNIT = re.compile(r"^Unit: (\S+)\s*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Every note that began with the template has them: who looks for "claim" does not mean all of these.
_SECTION = re.compile(r"^## (?:Claim|Example|Limit|Where I am unsure|Corrected)[ \t]*$", re.MULTILINE)
PRIVATE = ("people", "jobs", "job")  # folders


class NoteFile(NamedTuple):
    """A file of notes: its name below the folder without its ending, when it was changed (ns since 1970), its bytes."""

    place: str
    name: str
    changed: int
    size: int

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.place)


class NoteHead(NamedTuple):
    """What the beginning of a note says of it: its title, and the unit it is about ("" for none)."""

    title: str
    unit: str


def note_files(root: Path) -> list[NoteFile]:
    """Return all files of notes below a folder, the one changed last first. Raises as `unsorted_files` does."""
    return sorted(unsorted_files(root), key=lambda file: (-file.changed, file.name))


def unsorted_files(root: Path) -> list[NoteFile]:
    """Return all files of notes below a folder. Links to folders are not followed.

    Raises StoreError where the folder cannot be read.
    """
    return list(_walk(str(root)))


def _walk(root: str) -> Iterator[NoteFile]:
    waiting, files, folders = [root], 0, 0
    make = NoteFile._make  # thousands of them: half of what calling it by its fields takes
    while waiting and folders < MOST_FOLDERS:
        folder = waiting.pop()
        folders += 1
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            continue
        except OSError as error:
            if folder == root:
                raise StoreError(f"cannot read `{root}`: {error.strerror}", "it is the folder of your notes") from error
            continue
        within = folder[len(root) + 1 :].replace(os.sep, "/")
        before = f"{within}/" if within else ""
        for entry in entries:
            called = entry.name
            if called.startswith("."):
                continue
            try:
                if called.endswith(SUFFIX) and entry.is_file():  # never a pipe, which would be waited for
                    files += 1
                    if files > MOST_FILES:
                        return
                    status = entry.stat()
                    place = f"{folder}{os.sep}{called}"
                    yield make((place, before + called[: -len(SUFFIX)], status.st_mtime_ns, status.st_size))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
            except OSError:  # gone since, or a link that leads round in a circle
                continue


def is_private(name: str) -> bool:
    """Return whether a file of notes is about people or jobs: they are not shared, nor found beside others."""
    return name.partition("/")[0] in PRIVATE


def shown_name(name: str) -> str:
    """Return the name of a file as it can be shown: any bytes at all may stand in one."""
    return one_line(name.encode(errors="surrogateescape").decode(errors="replace"))


def read_note(path: Path, largest: int = LARGEST) -> tuple[str, bool] | None:
    """Return the text of a note with plain line feeds, and whether it was cut; None where it cannot be read."""
    try:
        with path.open("rb", buffering=0) as file:
            content = file.read(largest + 1)
    except (OSError, ValueError):
        return None
    text = content[:largest].decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n") if "\r" in text else text, len(content) > largest


def without_comments(text: str) -> str:
    """Return a note without what its template asks, which stands in comments."""
    return _COMMENT.sub("", text) if "<!--" in text else text


def own_words(text: str) -> str:
    """Return what the learner wrote of a note: without what its template asks, and without the headings it gives."""
    text = without_comments(text)
    return _SECTION.sub("", text) if "\n## " in text else text


def head_of(file: NoteFile, text: str | None = None) -> NoteHead:
    """Return title and unit of a note, from its text where it is at hand."""
    if text is None:
        read = read_note(file.path, HEAD)
        text = read[0] if read else ""
    head = text[:HEAD]
    title = next((line[2:].strip() for line in head.split("\n") if line.startswith("# ")), "")
    unit = _UNIT.search(head)
    said = one_line(title)[:200] or shown_name(file.name.rpartition("/")[2]).replace("-", " ")
    return NoteHead(said, one_line(unit[1])[:200] if unit else "")


def day_of(file: NoteFile, zone: tzinfo | None, today: date) -> date:
    """Return the day on which a file was changed, today where its time is none."""
    try:
        return datetime.fromtimestamp(file.changed / 1e9, zone).date()
    except (OverflowError, ValueError, OSError):
        return today


def find_note(root: Path, words: str) -> NoteFile:
    """Return the note that is meant: by its name, the unit it is about, its title, or words of the title.

    Raises NotFoundError and UsageError.
    """
    files = note_files(root)
    found = named(files, words)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(shown_name(file.name) for file in found[:NAMED])
        raise UsageError(f"`{one_line(words)[:60]}` could be several notes", f"name one: {listed}")
    raise NotFoundError(f"no note `{one_line(words)[:60]}`", "`mlcoach note list` shows them")


def named(files: Sequence[NoteFile], words: str) -> list[NoteFile]:
    """Return the notes that words may mean, by the surest way that finds any."""
    wanted = words.strip().removesuffix(SUFFIX)
    if exact := [file for file in files if wanted in (file.name, shown_name(file.name))]:
        return exact
    last = [(file, file.name.rpartition("/")[2]) for file in files]
    if stems := [file for file, stem in last if wanted == stem or f".{stem.partition('--')[0]}".endswith(f".{wanted}")]:
        return stems
    heads = [(file, head_of(file)) for file in files]
    if about := [file for file, head in heads if head.unit == wanted]:
        return about
    title = normal_title(wanted)
    if not title:
        return []
    titles = [(file, normal_title(head.title)) for file, head in heads]
    if same := [file for file, own in titles if own == title]:
        return same
    parts = set(title.split())
    return [file for file, own in titles if parts <= set(own.split())]
