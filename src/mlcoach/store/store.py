"""The store as services see it: a database opened for reading or writing, and the questions they ask of it."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from mlcoach.domain.day.progress import DayState, TimerState, UnitState
from mlcoach.domain.habit.streak import Checkpoint, DayMinutes, Span
from mlcoach.domain.memory.items import ItemState
from mlcoach.store.checkpoint import days_after, read_checkpoint, rest_spans
from mlcoach.store.database import explained
from mlcoach.store.journal import device_of
from mlcoach.store.open_database import connect_to_read, connect_to_write

if TYPE_CHECKING:
    from mlcoach.domain.memory.learner_model import LearnerModel


class DueItem(NamedTuple):
    """An item whose day has come. `overdue_days` is 0 on the day itself; `interval` in days (at least 1)."""

    item: str
    unit: str
    due: str
    overdue_days: int
    interval: int


class LatestAnswer(NamedTuple):
    """An answer, its rating (1 to 4) and its seconds. `first` when the item had none before."""

    item: str
    rating: int
    seconds: int
    first: bool


class PaperRow(NamedTuple):
    """What a list shows of a paper. `authors` is a JSON list, `touched` microseconds since 1970 UTC."""

    key: str
    status: str
    reading_pass: int
    added: str
    touched: int
    title: str
    authors: str
    year: int | None
    why: str
    passes_done: int


_PAPER_COLUMNS = ", ".join(PaperRow._fields)


class Store:
    """One connection. Made by `open_to_read` or `open_to_write`; close it, or use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def open_to_read(cls, path: Path, applied_at: str) -> Self:
        """Open without creating anything. Raises StoreError."""
        return cls(connect_to_read(path, applied_at), path)

    @classmethod
    def open_to_write(cls, path: Path, applied_at: str) -> Self:
        """Open for writing, made on first use. Raises StoreError."""
        return cls(connect_to_write(path, applied_at), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows; SQLite's errors become StoreErrors."""
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()

    # Days -----------------------------------------------------------------------------------------------------

    def day(self, day: date) -> DayState:
        """Return the state of one study day; an empty one when nothing happened."""
        rows = self.rows("SELECT * FROM day WHERE key = ?", (day.isoformat(),))
        if not rows:
            return DayState()
        _, seconds, reviews, goal, floor, opened, planned_minutes, plan, units, papers, passes, notes, *more = rows[0]
        return DayState(
            seconds, reviews, goal, floor, bool(opened), planned_minutes,
            None if plan is None else tuple(json.loads(plan)), json.loads(units), json.loads(papers),
            tuple(json.loads(passes)), notes, *more[1:],
        )  # fmt: skip

    def day_minutes(self, after: int = 0) -> list[DayMinutes]:
        """Return what the streak walks over: the days with events after a day's number, ascending."""
        with explained(self.path):
            return days_after(self.connection, after)

    def rest(self) -> list[Span]:
        """Return the spans of planned rest (first, last)."""
        with explained(self.path):
            return rest_spans(self.connection)

    def streak_checkpoint(self) -> Checkpoint:
        """Return how far the streak is known from days that closed long ago."""
        with explained(self.path):
            return read_checkpoint(self.connection)

    def timer(self) -> TimerState | None:
        """Return the running timer."""
        rows = self.rows("SELECT data FROM single WHERE key = 'timer'")
        return TimerState(**json.loads(rows[0][0])) if rows else None

    def parameters(self) -> tuple[float, ...] | None:
        """Return the adopted parameters of FSRS-6, None for the defaults."""
        from mlcoach.store.projections import parameters_of

        with explained(self.path):
            return parameters_of(self.connection)

    def learner_model(self) -> "LearnerModel":
        """Return what is known of the learner's memory from all answers."""
        from mlcoach.store.learner_model import read

        with explained(self.path):
            return read(self.connection).model

    def last_opened_before(self, day: date) -> date | None:
        """Return the last study day before `day` that was opened."""
        number = self.rows("SELECT max(number) FROM day WHERE number < ? AND opened", (day.toordinal(),))[0][0]
        return None if number is None else date.fromordinal(number)

    # The journal ----------------------------------------------------------------------------------------------

    def next_id(self) -> str:
        """Return the id that the next event of this device gets: its numbers only grow."""
        device = device_of(self.connection)
        return f"{device}-{self.rows('SELECT coalesce(max(seq), 0) FROM event WHERE device = ?', (device,))[0][0] + 1}"

    def newest_recorded(self) -> int | None:
        """Return when the last entry was written, in microseconds since 1970 UTC."""
        rows = self.rows("SELECT recorded FROM event ORDER BY number DESC LIMIT 1")
        return rows[0][0] if rows else None

    def remember_clock_warning(self, newest: int) -> bool:
        """Remember that the learner was warned of a clock behind this entry; False when they were before.

        One jump is worth one warning: it is remembered until the clock has passed that instant.
        """
        warned = self.rows("SELECT value FROM meta WHERE name = 'clock_warned'")
        if warned and int(warned[0][0]) == newest:
            return False
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES ('clock_warned', ?)", (str(newest),))
        return True

    # Units and items ------------------------------------------------------------------------------------------

    def units(self) -> dict[str, UnitState]:
        """Return the state of every unit with events of its own."""
        rows = self.rows("SELECT key, mark, first_day, last_day, passed_day, seconds FROM unit")
        return {row[0]: UnitState(*row[1:]) for row in rows}

    def units_with_items(self) -> dict[str, str]:
        """Return the first day on which an item of each unit was answered (ISO)."""
        # One look into the index for each unit: a plain GROUP BY would read every item.
        rows = self.rows(
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
            for row in self.rows(f"SELECT * FROM item WHERE key IN ({marks})", part):
                found[row[0]] = _item_state(row)
        return found

    def every_item(self) -> dict[str, ItemState]:
        """Return the states of all items: for screens that judge the whole map, not for `today`."""
        return {row[0]: _item_state(row) for row in self.rows("SELECT * FROM item")}

    def item_keys(self) -> list[str]:
        """Return the ids of all items that have a state."""
        return [key for (key,) in self.rows("SELECT key FROM item ORDER BY key")]

    def due(self, today: date, limit: int = -1, subject: str = "") -> list[DueItem]:
        """Return the items due on `today` or before, the most overdue relative to their interval first.

        Suspended items and those buried until later are left out. Ties are broken by id, so that the order is the
        same at every call. A `limit` of -1 returns all.
        """
        number = today.toordinal()
        rows = self.rows(
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
        rows = self.rows(
            "SELECT count(*) FROM item WHERE suspended = 0 AND due_number <= ? AND buried_until <= ?",
            (today.toordinal(), today.isoformat()),
        )
        return int(rows[0][0])

    def due_on(self, day: date) -> int:
        """Return how many items fall due on that very day."""
        rows = self.rows("SELECT count(*) FROM item WHERE suspended = 0 AND due_number = ?", (day.toordinal(),))
        return int(rows[0][0])

    def next_due(self, today: date) -> tuple[date, int] | None:
        """Return the first day after `today` on which items fall due, and how many; None when there is none."""
        rows = self.rows(
            "SELECT due_number, count(*) FROM item WHERE suspended = 0 AND due_number > ? AND due <> ''"
            " GROUP BY due_number ORDER BY due_number LIMIT 1",
            (today.toordinal(),),
        )
        return (date.fromordinal(rows[0][0]), rows[0][1]) if rows else None

    def first_answered_on(self, day: date) -> int:
        """Return how many items were answered for the first time on that day: the new ones already taken."""
        return int(self.rows("SELECT count(*) FROM item WHERE first_day = ?", (day.isoformat(),))[0][0])

    def latest_answers(self, limit: int) -> list[LatestAnswer]:
        """Return the answers recorded last, the newest first."""
        # The limit stands inside, so that what was taken back is never walked over.
        rows = self.rows(
            "SELECT json_extract(data, '$.item'), json_extract(data, '$.rating'), json_extract(data, '$.seconds'),"
            " json_extract(data, '$.after') = ''"
            " FROM (SELECT id, data FROM event WHERE kind = 'item_graded' ORDER BY number DESC LIMIT ?)"
            " WHERE id NOT IN (SELECT event FROM revoked)",
            (limit,),
        )
        return [LatestAnswer(item, rating, seconds, bool(first)) for item, rating, seconds, first in rows]

    def studied_before(self, day: date, limit: int) -> list[date]:
        """Return the last days before `day` on which anything was studied, the newest first."""
        rows = self.rows(
            "SELECT number FROM day WHERE number < ? AND seconds > 0 ORDER BY number DESC LIMIT ?",
            (day.toordinal(), limit),
        )
        return [date.fromordinal(number) for (number,) in rows]

    def answers(self) -> list[tuple[str, str, int, int]]:
        """Return every answer that counts as (item, ISO study day, rating, seconds), in the order of time.

        Where an item was begun afresh stands a rating of `measure.FORGOTTEN`. Answers to cards that are not here
        stand under `card:` and their number.
        """
        from mlcoach.domain.memory.measure import FORGOTTEN

        return self.rows(
            "SELECT coalesce(json_extract(data, '$.item'), 'card:' || json_extract(data, '$.card')), study_day,"
            " iif(kind = 'item_marked', ?, json_extract(data, '$.rating')),"
            " coalesce(json_extract(data, '$.seconds'), 0) FROM event"
            " WHERE kind IN ('item_graded', 'answer_kept', 'item_marked')"
            " AND (kind <> 'item_marked' OR json_extract(data, '$.mark') = 'forgotten')"
            " AND id NOT IN (SELECT event FROM revoked) ORDER BY study_day, happened, device, seq",
            (FORGOTTEN,),
        )

    def confidence(self) -> list[tuple[int, int, int]]:
        """Return (level, answers, recalled) for each level of confidence that was told before an answer."""
        return self.rows(
            "SELECT json_extract(data, '$.confidence') AS level, count(*), sum(json_extract(data, '$.rating') > 1)"
            " FROM event WHERE kind = 'item_graded' AND level > 0 AND id NOT IN (SELECT event FROM revoked)"
            " GROUP BY level ORDER BY level"
        )

    # Papers ---------------------------------------------------------------------------------------------------

    def paper_rows(self, status: str, limit: int = -1) -> list[PaperRow]:
        """Return what a list shows of the papers of one status, in the order of their turn; -1 returns all.

        Those queued stand with the longest waiting in front, the others with the last touched.
        """
        order = "added, key" if status == "queued" else "touched DESC, key"
        rows = self.rows(
            f"SELECT {_PAPER_COLUMNS} FROM paper WHERE status = ? ORDER BY {order} LIMIT ?", (status, limit)
        )
        return [PaperRow(*row) for row in rows]

    def paper_row(self, key: str) -> PaperRow | None:
        """Return what a list shows of one paper."""
        rows = self.rows(f"SELECT {_PAPER_COLUMNS} FROM paper WHERE key = ?", (key,))
        return PaperRow(*rows[0]) if rows else None

    def paper_counts(self) -> dict[str, int]:
        """Return how many papers there are of each status."""
        return dict(self.rows("SELECT status, count(*) FROM paper GROUP BY status"))

    def paper_titles(self) -> dict[str, str]:
        """Return the title of every paper by id; "" where none is known."""
        return dict(self.rows("SELECT key, title FROM paper ORDER BY last_day DESC, key"))

    def papers(self) -> dict[str, dict[str, Any]]:
        """Return the folded state of each paper as a plain mapping: for searches, exports and the look back."""
        rows = self.rows("SELECT key, data FROM paper ORDER BY last_day DESC, key")
        return {key: json.loads(data) for key, data in rows}

    def citing(self, key: str) -> list[str]:
        """Return the papers that cite one."""
        rows = self.rows(
            "SELECT paper.key FROM paper, json_each(paper.cites) AS cited"
            " WHERE paper.cites <> '[]' AND cited.value = ? ORDER BY paper.added, paper.key",
            (key,),
        )
        return [row[0] for row in rows]

    def newest_passes(self, papers: int) -> list[list[Any]]:
        """Return the passes of the papers touched last, as the fields of `PassRecord`, in no particular order."""
        rows = self.rows("SELECT passes FROM paper WHERE passes <> '[]' ORDER BY touched DESC LIMIT ?", (papers,))
        return [record for (passes,) in rows for record in json.loads(passes)]

    def papers_moved(self, first: date, last: date) -> set[str]:
        """Return the papers on which time was spent or a pass ended on these study days, both included."""
        rows = self.rows(
            "SELECT papers, passes FROM day WHERE number BETWEEN ? AND ?", (first.toordinal(), last.toordinal())
        )
        return {paper for spent, passes in rows for paper in (*json.loads(spent), *json.loads(passes))}

    def paper(self, key: str) -> dict[str, Any] | None:
        """Return the folded state of one paper."""
        rows = self.rows("SELECT data FROM paper WHERE key = ?", (key,))
        return json.loads(rows[0][0]) if rows else None

    def paper_seconds(self) -> dict[str, int]:
        """Return the seconds spent on each paper over all days; time inside a timer counts once, as in the days."""
        rows = self.rows(
            "SELECT spent.key, sum(spent.value) FROM day, json_each(day.papers) AS spent"
            " WHERE day.papers <> '{}' GROUP BY spent.key"
        )
        return {paper: int(seconds) for paper, seconds in rows}


def _item_state(row: tuple[Any, ...]) -> ItemState:
    fields = list(row[2:-1])
    fields[11], fields[13] = bool(fields[11]), bool(fields[13])
    return ItemState(*fields)
