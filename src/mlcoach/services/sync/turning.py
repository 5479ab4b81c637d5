"""Undo of a file that other machines change too: only what the one command did is taken back."""

from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters import whole_file
from mlcoach.store.database import explained
from mlcoach.store.queries.sync import read_state

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def turned_where_carried(
    context: "Context", name: str, now: bytes | None, found: Path | None, wanted: Path | None
) -> bytes | None:
    """Return what is to be in a carried file, given copies of what a command left and of what is wanted; None: no file.

    None for a file that is not carried, and where that cannot be told apart from what was changed since.
    """
    store = context.writable_store()
    with explained(store.path):
        if name not in read_state(store.connection).get("applied", ()):
            return None
    from mlcoach.adapters.sync.merge_files import turn

    contents = [whole_file.read(copy) if copy else b"" for copy in (found, wanted)]
    return None if None in contents else turn(name, now, *contents)
