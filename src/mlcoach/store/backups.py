"""Copies of the database: made while it is in use, thinned with age, put back without losing what they replace."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from mlcoach.errors import NotFoundError, StoreError
from mlcoach.store.database import explained, newer
from mlcoach.store.journal import renew_device
from mlcoach.store.migrations import NEWEST, version

BETWEEN_BACKUPS = timedelta(minutes=30)
KEEP_ALL = timedelta(days=2)
KEEP_DAILY, KEEP_WEEKLY, KEEP_MONTHLY = 12, 10, 9
_STAMP = "%Y%m%dT%H%M%SZ"
_PREFIX = "mlcoach-"


class Backup(NamedTuple):
    """A copy and what it holds. `last_day` is the newest study day in it (ISO), `minutes` all time logged."""

    name: str
    path: Path
    taken: datetime
    events: int
    last_day: str
    minutes: int
    readable: bool


def copy_database(connection: sqlite3.Connection, target: Path) -> None:
    """Write a complete copy to `target`: to a temporary file first, so that no half copy is ever named so."""
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    copy = sqlite3.connect(partial)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    partial.replace(target)


def back_up(connection: sqlite3.Connection, folder: Path, now: datetime) -> Path:
    """Copy the database into the folder and thin the older copies. `now` is UTC. Returns the copy's path."""
    with explained(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{_PREFIX}{now.strftime(_STAMP)}.db"
            copy_database(connection, target)
            taken = {path: when for path in folder.glob(f"{_PREFIX}*.db") if (when := _taken(path))}
            keep = kept(taken.values(), now)
            for path, when in taken.items():
                if when not in keep:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"cannot write a backup to `{folder}`: {error.strerror}", "check the folder") from error
    return target


def is_due(folder: Path, now: datetime) -> bool:
    """Return whether half an hour has passed since the last backup."""
    if not folder.exists():
        return True
    newest = max((when for path in folder.glob(f"{_PREFIX}*.db") if (when := _taken(path))), default=None)
    return newest is None or now - newest >= BETWEEN_BACKUPS or newest > now + BETWEEN_BACKUPS


def kept(taken: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which of these instants to keep: all of two days, then the last of 12 days, 10 weeks and 9 months."""
    moments = sorted(taken, reverse=True)
    keep = {moment for moment in moments if now - moment <= KEEP_ALL}
    older = [moment for moment in moments if moment not in keep]
    for period, count in (("%Y-%j", KEEP_DAILY), ("%G-%V", KEEP_WEEKLY), ("%Y-%m", KEEP_MONTHLY)):
        last_of: dict[str, datetime] = {}
        for moment in older:
            last_of.setdefault(moment.strftime(period), moment)
        keep.update(sorted(last_of.values(), reverse=True)[:count])
    return keep


def backups(folder: Path) -> list[Backup]:
    """Return the copies in the folder with what each holds, the newest first."""
    found = []
    for path in folder.glob("*.db") if folder.exists() else ():
        when = _taken(path) or datetime.fromtimestamp(path.stat().st_mtime, UTC)
        found.append(_look_into(path, when))
    return sorted(found, key=lambda backup: (backup.taken, backup.name), reverse=True)


def restore(database: Path, folder: Path, name: str, now: datetime) -> tuple[Backup, Path | None]:
    """Put a backup in the place of the database; what it replaces is kept in the folder.

    Returns the backup and the path of the kept file (None when there was no database). Raises NotFoundError for an
    unknown name and StoreError for a copy that cannot be read or is newer than this program.
    """
    chosen = next((backup for backup in backups(folder) if name in (backup.name, backup.path.name)), None)
    if chosen is None:
        raise NotFoundError(f"no backup `{name}`", "`mlcoach restore` lists them")
    if not chosen.readable:
        raise StoreError(f"the backup `{name}` cannot be read", "choose another: `mlcoach restore` lists them")
    with explained(chosen.path):
        source = sqlite3.connect(f"{chosen.path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            if version(source) > NEWEST:
                raise newer(chosen.path, version(source))
            fresh = database.with_name(database.name + ".restored")
            copy_database(source, fresh)
        finally:
            source.close()
        _give_new_device(fresh)
        replaced = _set_aside(database, folder, now)
        fresh.replace(database)
    return chosen, replaced


def _give_new_device(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        with connection:
            renew_device(connection)
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _set_aside(database: Path, folder: Path, now: datetime) -> Path | None:
    """Move the current database (and its log, without which it may be incomplete) into the folder."""
    if not database.exists():
        return None
    replaced = folder / f"replaced-{now.strftime(_STAMP)}.db"
    number = 1
    while replaced.exists():
        number += 1
        replaced = folder / f"replaced-{now.strftime(_STAMP)}-{number}.db"
    for suffix in ("-wal", "-shm"):
        beside = database.with_name(database.name + suffix)
        if beside.exists():
            beside.replace(replaced.with_name(replaced.name + suffix))
    database.replace(replaced)
    return replaced


def _taken(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem.removeprefix(_PREFIX), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _look_into(path: Path, taken: datetime) -> Backup:
    name = path.stem
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            events, last_day = connection.execute("SELECT count(*), coalesce(max(study_day), '') FROM event").fetchone()
            seconds = connection.execute("SELECT coalesce(sum(seconds), 0) FROM day").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return Backup(name, path, taken, 0, "", 0, readable=False)
    return Backup(name, path, taken, events, last_day, seconds // 60, readable=True)
