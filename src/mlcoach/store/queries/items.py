"""Questions about units, cards and exercises: their states, and what is due."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.memory.items import ItemState
from mlcoach.store.database import explained
from mlcoach.store.queries.base import Queries

if TYPE_CHECKING:
    from mlcoach.domain.memory.fsrs6 import Parameters
    from mlcoach.domain.memory.learner_model import Correction


class DueItem(NamedTuple):
    """An item whose day has come. `overdue_days` is 0 on the day itself; `interval` in days (at least 1)."""

    item: str
    unit: str
    due: str
    overdue_days: int
    interval: int


class ItemQueries(Queries):
    """Questions about units, cards and exercises, and about the learner's memory of them."""

    def parameters(self) -> "Parameters":
        """Return the adopted parameters of FSRS-6, None for the defaults."""
        from mlcoach.store.projections import parameters_of

        with explained(self.path):
            return parameters_of(self.connection)

    def correction(self) -> "Correction":
        """Return what is known of the learner's memory from all answers."""
        from mlcoach.store.learner_model import read

        with explained(self.path):
            return read(self.connection).correction

    def units(self) -> dict[str, UnitState]:
        """Return the state of every unit with events of its own."""
        rows = self._rows("SELECT key, mark, first_day, last_day, passed_day, seconds FROM unit")
        return {row[0]: UnitState(*row[1:]) for row in rows}

    def units_with_items(self) -> dict[str, str]:
        """Return the first day on which an item of each unit was answered (ISO)."""
        # One look into the index for each unit: a plain GROUP BY would read every item.
        rows = self._rows(
            "WITH RECURSIVE seen (unit) AS (SELECT min(unit) FROM item UNION ALL"
            " SELECT (SELECT min(unit) FROM item WHERE unit > seen.unit) FROM seen WHERE seen.unit IS NOT NULL)"
            " SELECT unit, (SELECT min(first_day) FROM item WHERE item.unit = seen.unit AND first_day <> '') FROM seen"
            " WHERE unit IS NOT NULL"
        )
        return {unit: first_day for unit, first_day in rows if first_day}

    def items(self, keys: Iterable[str]) -> dict[str, ItemState]:
        """Return the states of those of these items that have one."""
        found: dict[str, ItemState] = {}
        wanted = list(keys)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ", ".join("?" for _ in part)
            for row in self._rows(f"SELECT * FROM item WHERE key IN ({marks})", part):
                found[row[0]] = _item_state(row)
        return found

    def every_item(self) -> dict[str, ItemState]:
        """Return the states of all items: for screens that judge the whole map, not for `today`."""
        return {row[0]: _item_state(row) for row in self._rows("SELECT * FROM item")}

    def unit_keys(self) -> list[str]:
        """Return the ids of all units that have a state."""
        return [key for (key,) in self._rows("SELECT key FROM unit ORDER BY key")]

    def item_keys(self) -> list[str]:
        """Return the ids of all items that have a state."""
        return [key for (key,) in self._rows("SELECT key FROM item ORDER BY key")]

    def due(self, today: date, limit: int = -1, subject: str = "") -> list[DueItem]:
        """Return the items due on `today` or before, the most overdue relative to their interval first.

        Suspended items and those buried until later are left out. Ties are broken by id, so that the order is the
        same at every call. A `limit` of -1 returns all.
        """
        number = today.toordinal()
        rows = self._rows(
            "SELECT key, unit, ? - due_number AS overdue, max(interval, 1) AS gap FROM item"
            " WHERE suspended = 0 AND due_number <= ? AND buried_until <= ?"
            " AND (? = '' OR unit = ? OR unit LIKE ? || '.%')"
            " ORDER BY 1.0 * overdue / gap DESC, key LIMIT ?",
            (number, number, today.isoformat(), subject, subject, subject, limit),
        )
        return [
            DueItem(key, unit, date.fromordinal(number - overdue).isoformat(), overdue, gap)
            for key, unit, overdue, gap in rows
        ]

    def due_count(self, today: date) -> int:
        """Return how many items are due on `today` or before."""
        rows = self._rows(
            "SELECT count(*) FROM item WHERE suspended = 0 AND due_number <= ? AND buried_until <= ?",
            (today.toordinal(), today.isoformat()),
        )
        return int(rows[0][0])

    def due_on(self, day: date) -> int:
        """Return how many items fall due on that very day."""
        rows = self._rows("SELECT count(*) FROM item WHERE suspended = 0 AND due_number = ?", (day.toordinal(),))
        return int(rows[0][0])

    def next_due(self, today: date) -> tuple[date, int] | None:
        """Return the first day after `today` on which items fall due, and how many; None when there is none."""
        rows = self._rows(
            "SELECT due_number, count(*) FROM item WHERE suspended = 0 AND due_number > ? AND due <> ''"
            " GROUP BY due_number ORDER BY due_number LIMIT 1",
            (today.toordinal(),),
        )
        return (date.fromordinal(rows[0][0]), rows[0][1]) if rows else None

    def falling_due(self, until: date) -> list[tuple[str, str]]:
        """Return (ISO day, item) of what is due or falls due until this day, what waits longest first.

        The day of a buried item is the one it is buried until.
        """
        return self._rows(
            "SELECT max(due, buried_until) AS day, key FROM item"
            " WHERE suspended = 0 AND due <> '' AND due <= ? ORDER BY day, key",
            (until.isoformat(),),
        )

    def answered_items(self) -> list[str]:
        """Return the ids of the items answered at least once, in their order."""
        return [key for (key,) in self._rows("SELECT key FROM item WHERE first_day > '' ORDER BY key")]

    def answered_item_count(self) -> int:
        """Return how many items were answered at least once."""
        return int(self._rows("SELECT count(*) FROM item WHERE first_day > ''")[0][0])

    def first_answered_on(self, day: date) -> int:
        """Return how many items were answered for the first time on that day: the new ones already taken."""
        return int(self._rows("SELECT count(*) FROM item WHERE first_day = ?", (day.isoformat(),))[0][0])


def _item_state(row: tuple[Any, ...]) -> ItemState:
    fields = list(row[2:-1])
    fields[11], fields[13] = bool(fields[11]), bool(fields[13])
    return ItemState(*fields)
