"""Erasing the free text of entries in the copies of the database."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from mlcoach.store.database import transaction
from mlcoach.store.erasing.erase import blank
from mlcoach.store.journal import Touched
from mlcoach.store.migrations import NEWEST, refold_later, version
from mlcoach.store.refold import refold


def erase_in_copies(folder: Path, ids: Sequence[str]) -> tuple[int, list[Path]]:
    """Blank these entries in all copies of the database in a folder.

    Returns how many copies are clean, and those that could not be written.
    """
    done, left = 0, []
    for path in sorted(folder.glob("*.db")):
        try:
            status = path.stat()
            with closing(
                sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", isolation_level=None, uri=True)
            ) as copy:
                _blank_copy(copy, ids)
        except (sqlite3.DatabaseError, OSError, ValueError, TypeError, KeyError):
            left.append(path)
            continue
        with suppress(OSError):
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # when it was made, where its name does not say
        done += 1
    return done, left


def _blank_copy(copy: sqlite3.Connection, ids: Sequence[str]) -> None:
    copy.execute("PRAGMA secure_delete = ON")
    with transaction(copy):
        keys = blank(copy, ids)
        if version(copy) == NEWEST:
            refold(copy, Touched(keys, []))
        else:
            # Rows of an earlier schema are folded when the copy is put back; those of papers alone hold texts.
            for kind, key in keys:
                if kind == "paper":
                    copy.execute("DELETE FROM paper WHERE key = ?", (key,))
            refold_later(copy, "paper")
    copy.execute("VACUUM")
