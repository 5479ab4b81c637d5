"""Copies of the store: one made now, the list of them, one put back. The last two need no sound database."""

from datetime import UTC, date
from typing import TYPE_CHECKING

from mlcoach.errors import NotFoundError
from mlcoach.views.upkeep import BackupMadeView, BackupsView, BackupView, RestoredView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.backups import Backup


def make(context: "Context") -> BackupMadeView:
    """Copy the store now and return where to. Raises StoreError when it cannot be read or copied."""
    from mlcoach.store.backups import back_up
    from mlcoach.store.database import explained

    if not context.places.database.exists():
        return BackupMadeView(None)
    store = context.writable_store()
    with explained(store.path):
        path = back_up(store.connection, context.places.backups, context.now.astimezone(UTC))
    return BackupMadeView(str(path))


def listing(context: "Context") -> BackupsView:
    """Return all copies, the newest first."""
    from mlcoach.store.backups import backups

    folder = context.places.backups
    return BackupsView(str(folder), tuple(_view(context, backup) for backup in backups(folder)))


def find(context: "Context", name: str) -> BackupView:
    """Return one copy by its name. Raises NotFoundError with the nearest."""
    from mlcoach.store import backups

    folder = context.places.backups
    try:
        return _view(context, backups.find(folder, name))
    except NotFoundError as error:
        from mlcoach.domain.text import nearest

        near = nearest(name, [backup.name for backup in backups.backups(folder)])
        raise NotFoundError(error.message, near or error.hint) from None


def restore(context: "Context", name: str) -> RestoredView:
    """Restore a copy of the database and keep what it replaces. Raises NotFoundError and StoreError."""
    from mlcoach.store import backups

    where = context.places
    chosen, replaced = backups.restore(where.database, where.backups, name, context.now.astimezone(UTC))
    kept = (str(replaced), replaced.stem) if replaced else (None, None)
    return RestoredView(_view(context, chosen), *kept)


def _view(context: "Context", backup: "Backup") -> BackupView:
    return BackupView(
        name=backup.name,
        path=str(backup.path),
        taken=backup.taken.astimezone(context.now.tzinfo),
        entries=backup.events,
        last_day=date.fromisoformat(backup.last_day) if backup.last_day else None,
        minutes=backup.minutes,
        readable=backup.readable,
    )
