"""One value that holds the environment of a command: clock, places, settings, curriculum, store.

The command line builds it once; tests build it with a fixed clock and a temporary folder. Everything is opened on
first use, so that a command pays only for what it needs.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters import clock, settings
from mlcoach.adapters.paths import find_places
from mlcoach.domain.time.study_days import LocalInstant, study_day
from mlcoach.errors import InvalidFileError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mlcoach.curriculum.cache.catalog import Catalog
    from mlcoach.domain.bulk import OnProgress
    from mlcoach.domain.curriculum import Path as LearningPath
    from mlcoach.store.queries.written import WrittenQueries
    from mlcoach.store.store import Store

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
USUAL_PATH = "core"


class Context:
    """The environment of one command. `notices` are lines for stderr that services leave behind.

    `confirm` asks the learner a question with yes or no, `choose` which of several (id, title) is meant, None for none
    of them; both are None without a terminal. `waiting` shows how far long work is that no command asked for, under a
    title; None where there is nobody to see it. `is_settled` says that the home was looked at: which device it is.
    `backs_up` is off where who writes copies the store by themselves, after their answer. `plans` keeps the plan of a
    morning for contexts that follow one another, by the `stamp` of what it was made from; None where none follow.
    """

    def __init__(self, environment: Mapping[str, str], command_text: str = "") -> None:
        self.environment = environment
        self.places = find_places(environment)
        self.command_text = command_text
        self.notices: list[str] = []
        self.confirm: Callable[[str], bool] | None = None
        self.choose: Callable[[str, Sequence[tuple[str, str]]], int | None] | None = None
        self.waiting: Callable[[str], AbstractContextManager[OnProgress]] | None = None
        self.is_settled = False
        self.backs_up = True
        self.plans: dict[object, object] | None = None
        self.holds_files = False  # whether other commands wait until this one has changed the learner's files
        self._store: Store | None = None
        self._writable = False
        self._written: WrittenQueries | None = None
        self._catalog: Catalog | None = None
        self._kept: tuple[object, LearningPath] | None = None

    @cached_property
    def settings(self) -> settings.Settings:
        """The learner's settings. Raises InvalidFileError for a broken config."""
        return settings.load(self.places.config_file, self.places.cache)

    @cached_property
    def now(self) -> datetime:
        """The local time of this command; one instant for all it does."""
        return clock.local_now(self.environment, self.settings.get("zone"))

    def local(self, instant: int) -> datetime:
        """Return the local time of an instant in microseconds since 1970 UTC."""
        return clock.local_at(_EPOCH + instant * _MICROSECOND, self.now, self.environment, self.settings.get("zone"))

    @cached_property
    def instant(self) -> LocalInstant:
        """The same instant as the journal writes it."""
        offset = self.now.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        return LocalInstant((self.now - _EPOCH) // _MICROSECOND, minutes)

    @cached_property
    def today(self) -> date:
        """The study day of this command."""
        return study_day(self.now, self.settings.get("rollover"))

    def tick(self) -> None:
        """Look at the clock again: a session lasts a while, and each of its answers has its own instant and day."""
        for name in ("now", "instant", "today"):
            self.__dict__.pop(name, None)

    def reread_settings(self) -> None:
        """Read the settings again at their next use, after this command changed them."""
        self.__dict__.pop("settings", None)

    @property
    def catalog(self) -> "Catalog":
        """The compiled curriculum. Broken files of the learner's are left out, with one notice."""
        if self._catalog is None:
            from mlcoach.curriculum.cache.catalog import open_catalog
            from mlcoach.curriculum.read.find import bundled_folder

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
        """The path that the plan follows: the chosen one, with what the learner wants to learn beside it."""
        return self.with_kept(self.chosen_path)

    def with_kept(self, path: "LearningPath") -> "LearningPath":
        """Return a path with the units beside it that its goal keeps, or the settings name; most have none."""
        kept = self.kept_on(path)
        if set(kept) <= set(path.units):
            return path
        key = (path, kept, self.catalog.stamp)
        if self._kept is None or self._kept[0] != key:  # asked for again and again
            from mlcoach.domain.day.goal import with_kept

            self._kept = key, with_kept(path, kept, self.catalog.units)
        return self._kept[1]

    def kept_on(self, path: "LearningPath") -> list[str]:
        """Return the units that the goal of a path keeps, and those that the settings say are to be learned too."""
        goal = self.store.goal()
        kept = [*goal.kept] if goal and goal.path == path.id else []
        if path.id == self.settings.get("path"):
            kept += self.settings.get("also")
        if not kept:
            return kept
        aliases = self.catalog.aliases()
        return [aliases.get(id, id) for id in kept]

    @property
    def chosen_path(self) -> "LearningPath":
        """The learner's path as it is written, or the usual one while a file that is left out may hold theirs.

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
    def store(self) -> "Store":
        """The store, opened for reading unless this command already writes."""
        if self._store is None:
            from mlcoach.store.store import Store  # completion asks the curriculum alone

            self._miss_store()
            self._store = Store.open_to_read(self.places.database, self.now.isoformat())
        return self._store

    @property
    def written(self) -> "WrittenQueries":
        """What the learner wrote, read without the rest of the store where this command has not opened it."""
        if self._store is None and self._written is None:
            from mlcoach.store.queries.written import WrittenQueries

            self._written = WrittenQueries.open_to_look(self.places.database)
        return self._written if self._store is None and self._written is not None else self.store.written

    def _miss_store(self) -> None:
        """Leave a notice when the store is gone but copies of it are there."""
        if not self.places.database.exists() and any(self.places.backups.glob("*.db")):
            self.notices.append("there is no store, but there are backups of one: `mlcoach restore` lists them")

    def writable_store(self) -> "Store":
        """Return the store, opened for writing (and made on first use)."""
        if not self._writable:
            from mlcoach.store.store import Store

            if self._store is not None:
                self.refuse_if_moved()
                self._store.close()
                self._store = None
            else:
                self._miss_store()
            self._store = Store.open_to_write(self.places.database, self.now.isoformat())
            self._writable = True
        assert self._store is not None
        return self._store

    def stamp(self) -> object:
        """Return what all that is shown follows from: the day, the settings, the curriculum and the journal."""
        try:
            status = self.places.config_file.stat()
            config = status.st_mtime_ns, status.st_size
        except OSError:
            config = 0, 0
        return self.today, config, self.catalog.stamp, tuple(map(tuple, self.store.file_stamp()))

    @property
    def is_writing(self) -> bool:
        """Whether this command has opened the store for writing."""
        return self._writable

    def refuse_if_moved(self) -> None:
        """Raise StoreError where the store in use was deleted or replaced; what would be lost is kept in a file."""
        if self._store is not None and not self._store.is_in_place():
            from mlcoach.store.damage.rescue import refuse_if_moved

            refuse_if_moved(self._store, self.instant.microseconds)

    def ahead(self) -> "Context":
        """Return a context with a copy of the store in memory, on which coming days are lived; close it when done."""
        other = Context(self.environment, self.command_text)
        other.__dict__.update(settings=self.settings, now=self.now)
        other._store = self.store.copy_in_memory()
        other._writable = other.is_settled = True
        return other

    def move_to_morning(self, day: date) -> None:
        """Let it be eight o'clock on a day, for a context that lives coming days."""
        self.tick()
        self.__dict__["now"] = datetime.combine(day, time(8), self.now.tzinfo)

    def close(self) -> None:
        """Close what was opened."""
        for opened in (self._store, self._written):
            if opened is not None:
                opened.close()
        if self._catalog is not None:
            self._catalog.close()
