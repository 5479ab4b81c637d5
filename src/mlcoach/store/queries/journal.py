"""Questions about the entries themselves: which there are, and what can be taken back."""

import os
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.event_keys import Key
from mlcoach.domain.events import KINDS, Event
from mlcoach.store import journal
from mlcoach.store.database import explained
from mlcoach.store.journal import COUNTS
from mlcoach.store.parameters import is_of_older_model
from mlcoach.store.queries.base import Queries
from mlcoach.store.vocabulary import is_outdated

if TYPE_CHECKING:
    from mlcoach.store.undo import UndoStep


# What says something of other entries or of files, and nothing of a day.
_ABOUT_ENTRIES = "'revoked', 'future_set_aside', 'journal_joined', 'file_written', 'erased'"


class Entries(NamedTuple):
    """How many entries there are, and the latest instant one was recorded, in microseconds since 1970 UTC."""

    number: int
    latest: int | None


class Unread(NamedTuple):
    """How many entries are of kinds that this release does not know, and how many are not what they say."""

    unknown: int
    set_aside: int


class FutureEntries(NamedTuple):
    """Entries of days still to come: their ids, how many of them are answers, and the last study day (ISO)."""

    ids: tuple[str, ...]
    answers: int
    last: str

    def __bool__(self) -> bool:
        return bool(self.ids)

    @property
    def described(self) -> str:
        """How many there are, in words."""
        answers = "1 answer" if self.answers == 1 else f"{self.answers:,} answers"
        others = len(self.ids) - self.answers
        entries = "1 other entry" if others == 1 else f"{others:,} other entries"
        return " and ".join([*([answers] if self.answers else []), *([entries] if others else [])])


class JournalQueries(Queries):
    """Questions about the entries themselves."""

    def entries(self) -> Entries:
        """Return how many entries there are and when the latest was recorded; every one of them is looked at."""
        return Entries(*self._rows("SELECT count(*), max(recorded) FROM event")[0])

    def is_outdated(self) -> bool:
        """Return whether the next opening for writing reads entries that were kept unread, and folds all again."""
        with explained(self.path):
            return is_outdated(self.connection)

    def is_of_older_model(self) -> bool:
        """Return whether an earlier release folded the rows with another version of its memory model."""
        with explained(self.path):
            return is_of_older_model(self.connection)

    def unread(self) -> Unread:
        """Return how many entries are kept without being read; every one is looked at."""
        known = ", ".join("?" for _ in KINDS)
        unknown = self._rows(f"SELECT count(*) FROM event WHERE kind NOT IN ({known})", tuple(KINDS))[0][0]
        return Unread(unknown, len(journal.set_aside(self.connection)))

    def next_id(self) -> str:
        """Return the id that the next event of this device gets: its numbers only grow."""
        from mlcoach.store.device import device_of, last_number

        device = device_of(self.connection)
        return f"{device}-{last_number(self.connection, device) + 1}"

    def new_command(self) -> str:
        """Return a name for the next command's step of undo; two terminals may ask in the same instant."""
        return f"{self.next_id()}-{os.getpid():x}"

    def has_command(self, command: str) -> bool:
        """Return whether there is an entry of a command."""
        return bool(self._rows("SELECT EXISTS (SELECT 1 FROM event WHERE command = ?)", (command,))[0][0])

    def file_digest(self, name: str) -> str | None:
        """Return the digest a file has by the commands that ran here ("" for no file), None where none wrote it."""
        from mlcoach.store.device import written_here

        here = written_here(self.connection)
        of_file = f"FROM event WHERE kind = 'file_written' AND {here} AND json_extract(data, '$.path') = ?"
        rows = self._rows(
            f"SELECT json_extract(data, '$.digest_after') {of_file} AND {COUNTS} ORDER BY number DESC LIMIT 1", (name,)
        ) or self._rows(f"SELECT json_extract(data, '$.digest_before') {of_file} ORDER BY number LIMIT 1", (name,))
        return rows[0][0] or "" if rows else None

    def newest_recorded(self) -> int | None:
        """Return when the last entry was written, in microseconds since 1970 UTC."""
        rows = self._rows("SELECT recorded FROM event ORDER BY number DESC LIMIT 1")
        return rows[0][0] if rows else None

    def remember_clock_warning(self, newest: int) -> bool:
        """Remember that the learner was warned of a clock behind this entry; False when they were before.

        One jump is worth one warning: it is remembered until the clock has passed that instant.
        """
        warned = self._rows("SELECT value FROM meta WHERE name = 'clock_warned'")
        if warned and int(warned[0][0]) == newest:
            return False
        self._rows("INSERT OR REPLACE INTO meta VALUES ('clock_warned', ?)", (str(newest),))
        return True

    def future_entries(self, today: date) -> FutureEntries:
        """Return what counts of study days after tomorrow; every entry is looked at."""
        rows = self._rows(
            "SELECT id, kind IN ('item_graded', 'answer_kept'), study_day FROM event"
            f" WHERE study_day > date(?, '+1 day') AND kind NOT IN ({_ABOUT_ENTRIES}) AND {COUNTS} ORDER BY study_day",
            (today.isoformat(),),
        )
        return FutureEntries(
            tuple(id for id, _, _ in rows), sum(answer for _, answer, _ in rows), rows[-1][2] if rows else ""
        )

    def recent(self, kinds: Sequence[str], limit: int) -> list[Event]:
        """Return the newest events of these kinds that count, newest recorded first, on every machine alike."""
        from mlcoach.store.queries.listed import recent

        with explained(self.path):
            return recent(self.connection, [kind for kind in kinds if kind in KINDS], limit)

    def events_of(self, key: Key) -> list[Event]:
        """Return the events that touch a key and count, in journal order."""
        with explained(self.path):
            return journal.events_of(self.connection, key)

    def item_events(self, item: str) -> list[Event]:
        """Return the events of an item and of every item it adopted, in journal order."""
        from mlcoach.store.projections import item_events

        with explained(self.path):
            return item_events(self.connection, item)

    def week_reviewed(self, *, from_week: date = date.min, after: date = date.min) -> bool:
        """Return whether a look back counts: on a week from this Monday on, and written on a study day after that."""
        rows = self._rows(
            "SELECT 1 FROM event WHERE kind = 'week_reviewed' AND json_extract(data, '$.week') >= ?"
            f" AND study_day > ? AND {COUNTS} LIMIT 1",
            (from_week.isoformat(), after.isoformat()),
        )
        return bool(rows)

    def command_of(self, id: str) -> str:
        """Return the name of the command that wrote an entry: its step of undo."""
        rows = self._rows("SELECT command FROM event WHERE id = ?", (id,))
        return str(rows[0][0]) if rows else ""

    def typed(self, id: str) -> str:
        """Return the command that wrote an entry, as it was typed."""
        rows = self._rows("SELECT command_text FROM event WHERE id = ?", (id,))
        return str(rows[0][0]) if rows else ""

    def of_one_command(self, ids: Sequence[str]) -> list[Event]:
        """Return all events of the commands that wrote these, whether they count or not."""
        from mlcoach.store.erasing.erase import of_one_command

        with explained(self.path):
            return of_one_command(self.connection, ids)

    def undoable(self, limit: int) -> "list[UndoStep]":
        """Return this device's newest commands that are not undone, at most `limit`, the newest first."""
        from mlcoach.store.undo import undoable

        with explained(self.path):
            return undoable(self.connection, limit)

    def undoable_entry(self, id: str) -> "UndoStep | None":
        """Return the command that wrote an entry here, None where that cannot be taken back (any more)."""
        from mlcoach.store.undo import undoable_entry

        with explained(self.path):
            return undoable_entry(self.connection, id)

    def redoable(self) -> "tuple[str, UndoStep] | None":
        """Return the revocation to take back and the command that this brings again, or None."""
        from mlcoach.store.undo import redoable

        with explained(self.path):
            return redoable(self.connection)
