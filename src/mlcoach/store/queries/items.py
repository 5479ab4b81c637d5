"""Questions about units, cards and exercises: their states, and what is due."""

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.memory.items import ItemState
from mlcoach.store.database import explained
from mlcoach.store.parameters import parameters_of
from mlcoach.store.queries.base import Queries

if TYPE_CHECKING:
    from mlcoach.domain.memory.fsrs6 import Parameters
    from mlcoach.domain.memory.learner_model import LearnerModel


class DueItem(NamedTuple):
    """An item whose day has come. `overdue_days` is 0 on the day itself; `interval` in days (at least 1)."""

    item: str
    unit: str
    due: str
    overdue_days: int
    interval: int


_CHOSEN = (
    " AND (? IS NULL OR key IN (SELECT value FROM json_each(?)))"
    " AND (? IS NULL OR key NOT IN (SELECT value FROM json_each(?)))"
)


def _chosen(among: Iterable[str] | None, without: Iterable[str]) -> tuple[str | None, ...]:
    """Return the values of `_CHOSEN`: items as JSON, NULL for no choice."""
    only = None if among is None else json.dumps(list(among))
    left_out = json.dumps(excluded) if (excluded := list(without)) else None
    return only, only, left_out, left_out


class ItemQueries(Queries):
    """Questions about units, cards and exercises, and about the learner's memory of them."""

    def parameters(self) -> "Parameters":
        """Return the adopted parameters of FSRS-6, None for the defaults."""
        with explained(self.path):
            return parameters_of(self.connection)

    def learner_model(self) -> "LearnerModel":
        """Return what is known of the learner's memory from all answers."""
        from mlcoach.store.learner_model import read

        with explained(self.path):
            return read(self.connection).model

    def latest_predictions(self, least: int, *, adaptive: bool) -> tuple[list[float], list[bool]]:
        """Return the recall from which dates are made, for at least that many of the latest answers, and what came.

        Each is predicted from the answers before it: by FSRS-6, corrected where `adaptive`.
        """
        from mlcoach.store.memory import predictions

        with explained(self.path):
            found = predictions.latest(self.connection, least, adaptive=adaptive)
            if found is not None:
                return found
            from mlcoach.store.learner_model import latest_predictions

            return latest_predictions(self.connection, least, adaptive=adaptive)

    def units(self) -> dict[str, UnitState]:
        """Return the state of every unit with events of its own."""
        rows = self._rows(
            "SELECT key, mark, first_day, last_day, passed_day, seconds, steps, since_step, how FROM unit"
        )
        return {
            key: UnitState(mark, first, last, passed, seconds, {} if steps == "{}" else json.loads(steps), since, how)
            for key, mark, first, last, passed, seconds, steps, since, how in rows
        }

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

    def met_items(self) -> list[tuple[str, float, float, str, str, str, str, str]]:
        """Return what the rows of all answered items say of their units, in the order of `tallies.MetItem`."""
        return self._rows(
            "SELECT key, stability, difficulty, last_day, first_day, first_recalled, last_recalled, trace FROM item"
            " WHERE last_day > ''"
        )

    def unit_keys(self) -> list[str]:
        """Return the ids of all units that have a state."""
        return [key for (key,) in self._rows("SELECT key FROM unit ORDER BY key")]

    def item_keys(self) -> list[str]:
        """Return the ids of all items that have a state."""
        return [key for (key,) in self._rows("SELECT key FROM item ORDER BY key")]

    def due(
        self,
        today: date,
        limit: int = -1,
        subject: str = "",
        *,
        among: Iterable[str] | None = None,
        without: Iterable[str] = (),
    ) -> list[DueItem]:
        """Return the items due on `today` or before, the most overdue relative to their interval first.

        `among` are the only items to look at, `without` those to leave out. Suspended items and those buried until
        later are left out. Ties are broken by id, so that the order is the same at every call. A `limit` of -1 returns
        all.
        """
        number = today.toordinal()
        rows = self._rows(
            "SELECT key, unit, ? - due_number AS overdue, max(interval, 1) AS gap FROM item"
            " WHERE suspended = 0 AND due_number <= ? AND buried_until <= ?"
            " AND (? = '' OR unit = ? OR unit LIKE ? || '.%')"
            f"{_CHOSEN} ORDER BY 1.0 * overdue / gap DESC, key LIMIT ?",
            (number, number, today.isoformat(), subject, subject, subject, *_chosen(among, without), limit),
        )
        return [
            DueItem(key, unit, date.fromordinal(number - overdue).isoformat(), overdue, gap)
            for key, unit, overdue, gap in rows
        ]

    def due_count(self, today: date, without: Iterable[str] = ()) -> int:
        """Return how many items are due on `today` or before, some left out."""
        rows = self._rows(
            f"SELECT count(*) FROM item WHERE suspended = 0 AND due_number <= ? AND buried_until <= ?{_CHOSEN}",
            (today.toordinal(), today.isoformat(), *_chosen(None, without)),
        )
        return int(rows[0][0])

    def due_on(self, day: date) -> int:
        """Return how many items fall due on that very day."""
        rows = self._rows("SELECT count(*) FROM item WHERE suspended = 0 AND due_number = ?", (day.toordinal(),))
        return int(rows[0][0])

    def next_due(self, today: date) -> tuple[date, int] | None:
        """Return the first day after `today` on which items fall due, and how many; None when there is none.

        What was buried comes back on the day it was buried until.
        """
        rows = self._rows(
            "SELECT max(due, buried_until) AS back, count(*) FROM item WHERE suspended = 0 AND due <> '' AND back > ?"
            " GROUP BY back ORDER BY back LIMIT 1",
            (today.isoformat(),),
        )
        return (date.fromisoformat(rows[0][0]), rows[0][1]) if rows else None

    def item_counts(self) -> dict[str, int]:
        """Return how many items of each unit have a state."""
        return dict(self._rows("SELECT unit, count(*) FROM item GROUP BY unit"))

    def steps_known_since(self) -> str:
        """Return the ISO day on which this journal learned of steps: units begun before it go by their hours.

        That is the day of the first plan with steps, the same on all machines that joined their journals; when this
        store was made says it only where no plan has them. Before any plan, all there is was written for earlier days.
        """
        planned = "SELECT key FROM day WHERE plan <> '[]' ORDER BY key LIMIT 1"
        with_steps = "SELECT key FROM day WHERE instr(plan, '\"parts\":') ORDER BY key LIMIT 1"
        made = "SELECT substr(applied, 1, 10) FROM migration WHERE name = 'm006_steps'"
        if not self._rows(planned):
            return date.max.isoformat()
        rows = self._rows(with_steps) or self._rows(made)
        return str(rows[0][0]) if rows else ""

    def answered_items(self) -> list[str]:
        """Return the ids of the items answered at least once, in their order."""
        return [key for (key,) in self._rows("SELECT key FROM item WHERE first_day > '' ORDER BY key")]

    def answered_item_count(self) -> int:
        """Return how many items were answered at least once."""
        return int(self._rows("SELECT count(*) FROM item WHERE first_day > ''")[0][0])

    def first_answered_on(self, day: date, without: Iterable[str] = ()) -> int:
        """Return how many items were answered for the first time on that day: the new ones already taken."""
        query = f"SELECT count(*) FROM item WHERE first_day = ?{_CHOSEN}"
        return int(self._rows(query, (day.isoformat(), *_chosen(None, without)))[0][0])


def _item_state(row: tuple[Any, ...]) -> ItemState:
    fields = [*row[2:-2], row[-1]]  # ahead of the trace is the due day as a number
    fields[11], fields[13] = bool(fields[11]), bool(fields[13])
    return ItemState(*fields)
