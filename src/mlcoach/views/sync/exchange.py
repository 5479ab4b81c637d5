"""What an exchange with a place shows."""

from typing import NamedTuple


class LeftOutView(NamedTuple):
    """What was not carried, and why: a sentence about it."""

    what: str
    reason: str


class ConflictView(NamedTuple):
    """A file that two machines changed: what both made of it is in `file`, the other version in `kept`.

    `about` names the settings or keys both changed, where that is known.
    """

    file: str
    kept: str
    about: tuple[str, ...] = ()


class SyncView(NamedTuple):
    """What went to a place and what came: entries, and files by their names. `notes` need no action.

    `copies` says that entries of a copied home were left out, which `--join-copies` joins.
    """

    place: str
    pushed: int
    pulled: int
    left_out: tuple[LeftOutView, ...] = ()
    conflicts: tuple[ConflictView, ...] = ()
    files_pushed: tuple[str, ...] = ()
    files_pulled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    copies: bool = False


class SyncMadeView(NamedTuple):
    """A place that was made or joined: its address, the `key` to carry (None when joined), where it is kept, and the
    first exchange. `work` is the folder of exercises, which is not carried.
    """

    place: str
    key: str | None
    key_file: str
    sync: SyncView
    work: str = ""
