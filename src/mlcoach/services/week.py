"""The weekly look back."""

from typing import TYPE_CHECKING

from mlcoach.domain.weeks import week_to_look_back_on

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def looked_back(context: "Context") -> bool:
    """Return whether the week that a look back would be about now was looked back on."""
    rows = context.store.rows(
        "SELECT 1 FROM event WHERE kind = 'week_reviewed' AND json_extract(data, '$.week') >= ?"
        " AND id NOT IN (SELECT event FROM revoked) LIMIT 1",
        (week_to_look_back_on(context.today).isoformat(),),
    )
    return bool(rows)
