"""A paper of the queue as one line of a list: all that most commands say of it."""

import json
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.errors import NotFoundError
from mlcoach.services.views.papers import QueueEntryView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.store import PaperRow


def entry(context: "Context", key: str) -> QueueEntryView:
    """Return a paper of the queue as one line. Raises NotFoundError for another one."""
    row = context.store.paper_row(key)
    if row is None:
        raise NotFoundError(f"no paper `{key}` in your queue", "`mlcoach paper list` shows it")
    return entry_of(row, context.store.paper_seconds().get(key, 0))


def entry_of(row: "PaperRow", seconds: int) -> QueueEntryView:
    """Return a row of the store as one line of a list."""
    return QueueEntryView(
        id=row.key,
        title=row.title or row.key,
        authors=tuple(json.loads(row.authors)),
        year=row.year,
        status=row.status,
        reading_pass=row.reading_pass,
        minutes=seconds // 60,
        why=row.why,
        added=date.fromisoformat(row.added) if row.added else None,
        passes_done=row.passes_done,
    )
