"""What a place is: a heap of named files that never change once they are there. A folder or a git remote behind it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from mlcoach.errors import MissingExtraError, StoreError

LARGEST = 100_000_000  # bytes of one file; ours are far smaller
MOST_FILES = 200_000
SYNC_CONFLICT = "a copy that the program which carries the folder made in a conflict"
GROUP_FOLDER = "group/"  # the same folder or repository may be where a group meets
# How programs that carry folders name the second version of a file.
_CONFLICT_MARK = re.compile(r"\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}|[ _]?\([^()/]*conflict[^()/]*\)", re.IGNORECASE)


class PlaceGoneError(MissingExtraError):
    """A place cannot be reached: no drive, no network, no such repository."""


class PlaceRefusesError(StoreError):
    """A place cannot be written: full, read-only, or somebody was faster every time."""


class UnreadableError(Exception):
    """One file of a place cannot be read; the text says why."""


class StrangeFile(NamedTuple):
    """A file of a place that is not one of ours, and what it is."""

    name: str
    reason: str


class Listing(NamedTuple):
    """The files of a place: our kind of names with their sizes in bytes, and what else lies there."""

    sizes: Mapping[str, int]
    strange: Sequence[StrangeFile]


class Place(Protocol):
    """Files that are put once, listed and got. Whatever was put is there for others after `finish`."""

    @property
    def address(self) -> str:
        """What the learner calls it."""

    def listing(self) -> Listing:
        """Return what is there now. Raises PlaceGoneError."""

    def get(self, name: str) -> bytes:
        """Return a file. Raises UnreadableError for one that cannot be read, PlaceGoneError."""

    def put(self, name: str, content: bytes, *, again: bool = False) -> None:
        """Put a file; one that is there stays, unless it is to be put `again`. Raises PlaceRefusesError."""

    def remove(self, name: str) -> None:
        """Remove a file whose entries are in another one. Raises PlaceRefusesError."""

    def finish(self) -> None:
        """Let others have what was put. Raises PlaceRefusesError and PlaceGoneError; then it can be tried again."""


def without_conflict_mark(name: str) -> str:
    """Return what a file is called of which this one is a second version; any other name is returned as it is."""
    return _CONFLICT_MARK.sub("", name)
