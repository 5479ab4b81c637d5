"""Copies of the database: made while it is in use, thinned with age, put back without losing what they replace."""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from mlcoach.errors import NotFoundError, StoreError
from mlcoach.private_files import PARTIAL, abandoned, make_folder
from mlcoach.store.database import connect_to_look, explained, is_locked, newer
from mlcoach.store.device import last_number, place_rows, take_place
from mlcoach.store.migrations import NEWEST, version

BETWEEN_BACKUPS = timedelta(minutes=30)
KEEP_ALL = timedelta(days=2)
KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY = 12, 10, 9
# Another terminal that waits for an answer would hold the file for as long as it stays open.
RESTORE_WAIT_SECONDS = 2.0
_STAMP = "%Y%m%dT%H%M%SZ"
_PREFIX = "mlcoach-"
_WORN = r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z"


class Backup(NamedTuple):
    """A copy and what it holds: `events` of the learner's doing, `last_day` the newest study day (ISO), `minutes`
    all time logged.
    """

    name: str
    path: Path
    taken: datetime
    events: int
    last_day: str
    minutes: int
    readable: bool


def back_up(connection: sqlite3.Connection, folder: Path, now: datetime) -> Path:
    """Copy the database into the folder and thin the older copies. `now` is UTC. Returns the copy's path.

    Raises StoreError when the copy cannot be written; no half copy stays behind.
    """
    with _kept_from_writers(connection):
        return _back_up(connection, folder, now)


def back_up_when_due(connection: sqlite3.Connection, folder: Path, now: datetime) -> Path | None:
    """Make a backup if the last one is half an hour old, and return its path; one process at a time decides."""
    if not is_due(folder, now):
        return None
    with _kept_from_writers(connection):
        # Another process may have made it while this one waited.
        return _back_up(connection, folder, now) if is_due(folder, now) else None


def _back_up(connection: sqlite3.Connection, folder: Path, now: datetime) -> Path:
    with explained(folder):
        try:
            make_folder(folder)
            for partial in folder.glob("*.partial"):
                partial.unlink(missing_ok=True)  # of a process that was killed: no other process copies now
            target = folder / f"{_PREFIX}{now.strftime(_STAMP)}.db"
            _copy_file_of(connection, target)
            taken = _backups_taken(folder)
            keep = kept(taken.values(), now)
            for path, when in taken.items():
                if when not in keep:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_copy(folder, error) from error
    return target


def copy_before_upgrade(connection: sqlite3.Connection, path: Path, found: int, applied_at: str) -> None:
    """Keep the database at schema version `found` before it is upgraded. `applied_at` is ISO 8601 with offset.

    Raises StoreError when the copy cannot be written: then nothing is upgraded.
    """
    folder = path.parent / "backups"
    stamp = datetime.fromisoformat(applied_at).astimezone(UTC).strftime(_STAMP)
    with _kept_from_writers(connection):
        if version(connection) != found:
            return  # another process has upgraded it, after its own copy
        try:
            make_folder(folder)
            _copy_file_of(connection, folder / f"before-upgrade-from-{found}-{stamp}.db")
        except OSError as error:
            raise _cannot_copy(folder, error) from error


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Write a complete copy to `target`: to a temporary file first, so that no half copy is ever named so.

    The copy is one file: it has no write-ahead log that could be separated from it. Raises OSError and
    sqlite3.DatabaseError.
    """
    for left in abandoned(target.parent, target.name):
        left.unlink(missing_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.{PARTIAL}")
    try:
        partial.touch(mode=0o600)
        copy = sqlite3.connect(partial, isolation_level=None)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def is_due(folder: Path, now: datetime) -> bool:
    """Return whether half an hour has passed since the last backup.

    Copies that a clock ahead of this one has dated do not count: there is one of them at every look.
    """
    behind = (when for when in _backups_taken(folder).values() if when <= now + BETWEEN_BACKUPS)
    newest = max(behind, default=None)
    return newest is None or now - newest >= BETWEEN_BACKUPS


def kept(taken: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which of these instants to keep: all of two days, then the last of 12 days, 10 weeks and 9 months.

    Instants still to come, of a clock that was ahead, are thinned by themselves and push out none of the others.
    """
    instants = sorted(taken, reverse=True)
    keep = {instant for instant in instants if abs(now - instant) <= KEEP_ALL}
    for others in (
        [instant for instant in instants if instant < now - KEEP_ALL],
        [instant for instant in instants if instant > now + KEEP_ALL],
    ):
        for period, count in (("%Y-%j", KEEP_DAILY), ("%G-%V", KEEP_WEEKLY), ("%Y-%m", KEEP_MONTHLY)):
            last_of: dict[str, datetime] = {}
            for instant in others:
                last_of.setdefault(instant.strftime(period), instant)
            keep.update(sorted(last_of.values(), reverse=True)[:count])
    return keep


def backups(folder: Path) -> list[Backup]:
    """Return the copies in the folder with what each holds, the newest first."""
    found = []
    for path in folder.glob("*.db"):
        when = _taken(path) or datetime.fromtimestamp(path.stat().st_mtime, UTC)
        found.append(_look_into(path, when))
    return sorted(found, key=lambda backup: (backup.taken, backup.name), reverse=True)


def newest(folder: Path) -> Backup | None:
    """Return the last copy that the program made by itself, with what it holds."""
    taken = _backups_taken(folder)
    if not taken:
        return None
    path = max(taken, key=lambda path: taken[path])
    return _look_into(path, taken[path])


def highest_number(folder: Path, device: str) -> int:
    """Return the highest number of a device in any copy; copies that cannot be read say nothing."""
    found = 0
    for path in folder.glob("*.db"):
        try:
            connection = _open_copy(path)
            try:
                found = max(found, last_number(connection, device))
            finally:
                connection.close()
        except (sqlite3.DatabaseError, ValueError, TypeError):
            continue
    return found


def restore(database: Path, folder: Path, name: str, now: datetime) -> tuple[Backup, Path | None]:
    """Restore a backup; what it replaces is kept in the folder.

    Returns the backup and the path of the kept file (None when there was no database). Raises NotFoundError for an
    unknown name and StoreError for a copy that cannot be read or is newer than this program, and when another
    program has the database open.
    """
    chosen = find(folder, name)
    if not chosen.readable:
        raise StoreError(f"the backup `{name}` cannot be read", "choose another: `mlcoach restore` lists them")
    fresh = database.with_name(f"{database.name}.restored")
    try:
        with explained(chosen.path):
            source = _open_copy(chosen.path)
            try:
                if version(source) > NEWEST:
                    raise newer(chosen.path, version(source))
                copy_database(source, fresh)
            finally:
                source.close()
            _give_new_device(fresh, database)
        _fold_log(database)
        replaced = _keep(database, folder, now)
        fresh.replace(database)
    except OSError as error:
        raise StoreError(
            f"cannot restore a backup to `{database}`: {error.strerror}", "the database is as it was"
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return chosen, replaced


def find(folder: Path, name: str) -> Backup:
    """Return the backup of that name, with or without `.db`. Raises NotFoundError."""
    for backup in backups(folder):
        if name in (backup.name, backup.path.name):
            return backup
    raise NotFoundError(f"no backup `{name}`", "`mlcoach restore` lists them")


@contextmanager
def _kept_from_writers(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock without writing: what is copied does not change, and one process at a time copies."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _copy_file_of(connection: sqlite3.Connection, target: Path) -> None:
    # A connection inside a write transaction cannot be copied from, so another one reads.
    source = connect_to_look(Path(connection.execute("PRAGMA database_list").fetchone()[2]))
    try:
        copy_database(source, target)
    finally:
        source.close()


def _give_new_device(path: Path, database: Path) -> None:
    """Let a copy stand where the database is, as far as that can be read, and write under a name of its own."""
    rows: list[tuple[str, str]] = []
    with suppress(sqlite3.DatabaseError, ValueError, TypeError):
        current = connect_to_look(database)
        try:
            rows = place_rows(current)
        finally:
            current.close()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        take_place(connection, rows)
    finally:
        connection.close()


def _fold_log(database: Path) -> None:
    """Fold the write-ahead log into the file, so that one file is all there is to keep.

    SQLite does this only when no other process has the file open, which a restore needs anyway: another one would go
    on writing to what was set aside. What it cannot read it leaves as it is. Raises StoreError when it is in use.
    """
    if not database.exists():
        return
    try:
        connection = sqlite3.connect(
            f"{database.absolute().as_uri()}?mode=rw", timeout=RESTORE_WAIT_SECONDS, isolation_level=None, uri=True
        )
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if is_locked(error):
            raise StoreError(
                f"`{database}` is open in another terminal", "end the other mlcoach and try again"
            ) from error


def _keep(database: Path, folder: Path, now: datetime) -> Path | None:
    """Keep the current database in the folder under a free name, its log too; the database stays in its place.

    So that a restore that is killed leaves a database behind at any time, the old or the new.
    """
    if not database.exists():
        return None
    stem = f"replaced-{now.strftime(_STAMP)}"
    replaced = folder / f"{stem}.db"
    number = 1
    while replaced.exists():
        number += 1
        replaced = folder / f"{stem}-{number}.db"
    for suffix in ("-wal", "-shm", ""):
        beside = database.with_name(database.name + suffix)
        if beside.exists():
            _link(beside, replaced.with_name(replaced.name + suffix))
    # The log of a damaged database must not be taken for the log of the one that comes.
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    return replaced


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except (OSError, NotImplementedError):  # not every file system has links
        import shutil

        shutil.copy2(file, target)


def _cannot_copy(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"cannot write a backup to `{folder}`: {error.strerror}", "check the folder and the disk")


def _backups_taken(folder: Path) -> dict[Path, datetime]:
    """Return the backups that the program made by itself, with their instants."""
    return {path: when for path in folder.glob(f"{_PREFIX}*.db") if (when := _taken(path))}


def _taken(path: Path) -> datetime | None:
    """Return the instant in a file's name; by hand, because every writing command asks and strptime is slow to load."""
    found = re.search(_WORN, path.stem, re.ASCII)
    if not found:
        return None
    try:
        return datetime(*(int(part) for part in found.groups()), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None


def _open_copy(path: Path) -> sqlite3.Connection:
    """Open a copy for reading. Nobody writes to it, so SQLite need not lay files beside it."""
    has_log = path.with_name(path.name + "-wal").exists()
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro" + ("" if has_log else "&immutable=1"), isolation_level=None, uri=True
    )


def _look_into(path: Path, taken: datetime) -> Backup:
    name = path.stem
    try:
        connection = _open_copy(path)
        try:
            events, last_day = connection.execute(
                "SELECT count(*) FILTER (WHERE kind NOT IN ('day_opened', 'day_planned')),"
                " coalesce(max(study_day), '') FROM event"
            ).fetchone()
            seconds = connection.execute("SELECT coalesce(sum(seconds), 0) FROM day").fetchone()[0]
        finally:
            connection.close()
        if last_day:
            date.fromisoformat(last_day)
        return Backup(name, path, taken, events, last_day, int(seconds) // 60, readable=True)
    except (sqlite3.Error, ValueError, TypeError, OverflowError):  # any bytes at all may stand there
        return Backup(name, path, taken, 0, "", 0, readable=False)
