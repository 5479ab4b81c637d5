"""Where sync stands."""

from datetime import datetime
from typing import NamedTuple

from mlcoach.views.sync.exchange import ConflictView


class SyncStatusView(NamedTuple):
    """Where the place is, when it was last reached, what waits here, and conflicts that are not settled.

    `place` is None without one; `waiting` counts entries that are not in the place as far as is known here; `failures`
    are tries that failed since, with the `problem` of the last; `work` is the folder of
    exercises, which is not carried.
    """

    place: str | None
    key_file: str | None
    automatic: bool
    last: datetime | None
    waiting: int
    conflicts: tuple[ConflictView, ...]
    failures: int
    problem: str
    work: str = ""


class SyncAutomaticView(NamedTuple):
    """Whether sync runs by itself, and whether there is a place for it."""

    automatic: bool
    place: str | None
