"""One value that holds the outside world for a command: clock, places, settings, curriculum, store.

The command line builds it once; tests build it with a fixed clock and a temporary folder. Everything is opened on
first use, so that a command pays only for what it needs.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters import clock, settings
from mlcoach.adapters.paths import find_places
from mlcoach.domain.days import study_day
from mlcoach.errors import InvalidFileError, UsageError
from mlcoach.store.journal import Draft, Moment, append
from mlcoach.store.store import Store

if TYPE_CHECKING:
    from mlcoach.curriculum.catalog import Catalog
    from mlcoach.domain.curriculum import Path as LearningPath
    from mlcoach.domain.events import Body, Event

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Clocks are set by a few minutes now and then; more than this is worth a word.
LONGEST_GAP = 60  # days; after a longer one no streak is left to hold
CLOCK_TOLERANCE_MICROSECONDS = 5 * 60 * 1_000_000
USUAL_PATH = "core"


class Context:
    """The world of one command. `notices` are lines for stderr that services leave behind."""

    def __init__(self, environment: Mapping[str, str], command_text: str = "") -> None:
        self.environment = environment
        self.places = find_places(environment)
        self.command_text = command_text
        self.notices: list[str] = []
        self._store: Store | None = None
        self._writable = False
        self._catalog: Catalog | None = None

    @cached_property
    def settings(self) -> settings.Settings:
        """The learner's settings. Raises InvalidFileError for a broken config."""
        return settings.load(self.places.config_file, self.places.cache)

    @cached_property
    def now(self) -> datetime:
        """The local time of this command; one instant for all it does."""
        return clock.local_now(self.environment, self.settings.get("zone"))

    def local(self, instant: int) -> datetime:
        """The local time, then, of an instant in microseconds since 1970 UTC."""
        return clock.local_at(_EPOCH + instant * _MICROSECOND, self.now, self.environment, self.settings.get("zone"))

    @cached_property
    def moment(self) -> Moment:
        """The same instant as the journal writes it."""
        offset = self.now.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        return Moment((self.now - _EPOCH) // _MICROSECOND, minutes)

    @cached_property
    def today(self) -> date:
        """The study day of this command."""
        return study_day(self.now, self.settings.get("rollover"))

    def tick(self) -> None:
        """Look at the clock again: a sitting lasts a while, and each of its answers has its own moment and day."""
        for name in ("now", "moment", "today"):
            self.__dict__.pop(name, None)

    @property
    def catalog(self) -> "Catalog":
        """The compiled curriculum. Broken files of the learner's are left out, with one notice."""
        if self._catalog is None:
            from mlcoach.curriculum.catalog import open_catalog
            from mlcoach.curriculum.find import bundled_folder

            self._catalog = open_catalog(bundled_folder(), self.places.curriculum, self.places.cache)
            if self._catalog.skipped:
                names = ", ".join(Path(name).name for name in self._catalog.skipped)
                self.notices.append(
                    f"left out {names}: it has errors; see `mlcoach curriculum check`"
                    if len(self._catalog.skipped) == 1
                    else f"left out {names}: they have errors; see `mlcoach curriculum check`"
                )
        return self._catalog

    def reopen_catalog(self) -> None:
        """Read the curriculum again at its next use, after a command changed one of its files."""
        if self._catalog is not None:
            self._catalog.close()
            self._catalog = None

    @property
    def path(self) -> "LearningPath":
        """The learner's path through the map, or the usual one while a file that is left out may hold theirs.

        Raises InvalidFileError when the config names none that exists.
        """
        chosen = self.settings.get("path")
        paths = self.catalog.paths
        if chosen not in paths and self.catalog.skipped and USUAL_PATH in paths:
            notice = f"the path `{chosen}` is not there; until it is, the plan follows `{USUAL_PATH}`"
            if notice not in self.notices:
                self.notices.append(notice)
            return paths[USUAL_PATH]
        if chosen not in paths:
            from difflib import get_close_matches

            near = get_close_matches(chosen, list(paths), 1, 0.4)
            known = f"did you mean `{near[0]}`?" if near else f"the paths are {', '.join(f'`{id}`' for id in paths)}"
            raise InvalidFileError(f"no path `{chosen}`", f"{known} Change it: `mlcoach config set path …`")
        return paths[chosen]

    @property
    def store(self) -> Store:
        """The store, opened for reading unless this command already writes."""
        if self._store is None:
            self._miss_store()
            self._store = Store.open_to_read(self.places.database, self.now.isoformat())
        return self._store

    def _miss_store(self) -> None:
        """Leave a notice when the store is gone but copies of it are there."""
        if not self.places.database.exists() and any(self.places.backups.glob("*.db")):
            self.notices.append("there is no store, but there are backups of one: `mlcoach restore` lists them")

    def writable_store(self) -> Store:
        """The store, opened for writing (and made on first use)."""
        if not self._writable:
            if self._store is not None:
                self._store.close()
                self._store = None
            else:
                self._miss_store()
            self._store = Store.open_to_write(self.places.database, self.now.isoformat())
            self._writable = True
        assert self._store is not None
        return self._store

    def close(self) -> None:
        """Close what was opened."""
        if self._store is not None:
            self._store.close()
        if self._catalog is not None:
            self._catalog.close()

    def record(
        self,
        *bodies: "Body",
        day: date | None = None,
        command: str = "",
        opens_day: bool = True,
        told: Callable[[int, int], None] | None = None,
    ) -> "list[Event]":
        """Append events for a study day (today unless told otherwise) and return them; the one way to write.

        The first write of a study day also records its goal and floor, and today's plan as computed until then;
        not so where `opens_day` is off: settings, files and undo change what the day will be, they are not study.
        All events of one call are one step of undo; `command` joins several calls into one, `told` hears (rows folded,
        rows in all).
        Raises UsageError for a day to come and StoreError when nothing could be written.
        """
        study = day or self.today
        if study > self.today:
            raise UsageError(f"`{study}` is still to come", "name today or a day before; `mlcoach rest` plans ahead")
        store = self.writable_store()
        backdated = study != self.today
        frame = self._frame(store, study) if opens_day else []
        drafts = [Draft(body, study, backdated) for body in (*frame, *bodies)]
        if opens_day and frame:
            drafts = [*self._days_off(store), *drafts]
        return self._append(store, drafts, command, told)

    def record_all(self, drafts: Sequence[Draft], told: Callable[[int, int], None] | None = None) -> "list[Event]":
        """Append what another program knew, each entry on its own study day and at its own moment, as one step of undo.

        It opens no day. `told` hears (rows folded, rows in all). Raises StoreError when nothing could be written.
        """
        return self._append(self.writable_store(), drafts, "", told)

    def _append(
        self, store: Store, drafts: Sequence[Draft], command: str, told: Callable[[int, int], None] | None = None
    ) -> "list[Event]":
        from mlcoach.store.database import explained

        with explained(store.path):
            self._warn_of_clock(store)
            events = append(
                store.connection, drafts, self.moment, command or self._command_id(store), self.command_text, told
            )
        self._back_up(store)
        return events

    def _command_id(self, store: Store) -> str:
        """Return a name for one step of undo, unique on this device."""
        # The numbers of a device only grow; the process id keeps two terminals of the same instant apart.
        import os

        from mlcoach.store.journal import device_of

        device = device_of(store.connection)
        last = store.rows("SELECT coalesce(max(seq), 0) FROM event WHERE device = ?", (device,))[0][0]
        return f"{device}-{last + 1}-{os.getpid():x}"

    def _frame(self, store: Store, study: date) -> "list[Body]":
        """Return the events that open a study day, when nothing has opened it yet."""
        from mlcoach.domain.events import DayOpened, DayPlanned

        known = store.day(study)
        frame: list[Body] = []
        if not known.opened:
            weekday = study.weekday()
            frame.append(DayOpened(self.settings.goal_on(weekday), self.settings.floor_on(weekday)))
        if study == self.today and known.plan is None:
            from mlcoach.services.planning import compute_plan

            plan = compute_plan(self)
            frame.append(DayPlanned(plan.minutes, tuple(block.to_data() for block in plan.blocks)))
        return frame

    def _days_off(self, store: Store) -> list[Draft]:
        """Return the frames of the weekdays off since the last day with an entry.

        A day off leaves no entry of its own; its goal of zero is recorded here, so that it holds the streak even when
        the week looks different later.
        """
        from mlcoach.domain.events import DayOpened

        return [
            Draft(DayOpened(0, self.settings.floor_on(day.weekday())), day, backdated=True)
            for day in self.days_off_since(store)
        ]

    def days_off_since(self, store: Store) -> list[date]:
        """Return the days between the last one that was opened and today whose weekday has a goal of zero."""
        today = self.today.toordinal()
        last = store.rows("SELECT max(number) FROM day WHERE number < ? AND opened", (today,))[0][0]
        if last is None:
            return []
        days = map(date.fromordinal, range(max(last, today - LONGEST_GAP) + 1, today))
        return [day for day in days if self.settings.goal_on(day.weekday()) == 0]

    def _warn_of_clock(self, store: Store) -> None:
        rows = store.rows("SELECT recorded FROM event ORDER BY number DESC LIMIT 1")
        newest = rows[0][0] if rows else None
        if newest is None or self.moment.instant >= newest - CLOCK_TOLERANCE_MICROSECONDS:
            return
        # One warning for one jump: it is remembered until the clock has passed that instant.
        warned = store.rows("SELECT value FROM meta WHERE name = 'clock_warned'")
        if warned and int(warned[0][0]) == newest:
            return
        store.connection.execute("INSERT OR REPLACE INTO meta VALUES ('clock_warned', ?)", (str(newest),))
        self.notices.append(
            f"the clock went back: it says {self.now:%Y-%m-%d %H:%M}, but an entry was written later than that; "
            "this one keeps the day the clock says (`mlcoach undo` takes it back)"
        )

    def _back_up(self, store: Store) -> None:
        from mlcoach.store.backups import back_up_when_due

        try:
            back_up_when_due(store.connection, self.places.backups, self.now.astimezone(UTC))
        except Exception as error:  # what was written is safe; a copy that failed is only worth a line
            self.notices.append(f"no backup was made: {error}")
