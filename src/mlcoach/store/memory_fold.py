"""All items and what is known of the learner, folded from the beginning in one read of the journal.

An import or an update folds hundreds of thousands of answers: each event is decoded once, and the item's state, what
its recall depends on and what is learned from it come from the same step.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from mlcoach.domain.event_keys import Key
from mlcoach.domain.event_order import EventOrder, order_of
from mlcoach.domain.events import AnswerKept, Event, ItemAdopted, ItemGraded, ItemMarked, ItemScheduled
from mlcoach.domain.memory.items import ItemFold
from mlcoach.domain.memory.learner_model import START, Learning
from mlcoach.domain.memory.trace import LearnedAnswer, Trace, after, trials, was_recalled
from mlcoach.store import learner_model
from mlcoach.store.journal import COUNTS, EVENT_COLUMNS, ORDER, decode
from mlcoach.store.learner_model import Stored
from mlcoach.store.parameters import note_model, parameters_of
from mlcoach.store.projections import history_of, item_row, row_of, write_row

STEP = 1000  # events folded before the next word about it
FOLDED = (ItemGraded, ItemScheduled, ItemMarked, AnswerKept)
KINDS = "('item_graded', 'item_scheduled', 'item_marked', 'answer_kept')"


def fold_memory(connection: sqlite3.Connection, written: Sequence[Event] = ()) -> Iterator[tuple[int, int]]:
    """Fold the items and what is known of the learner again, inside the caller's transaction.

    The keys that events touch, and what was taken back, are known. `written` are events that have just come into the
    journal: where they are all there is, as after a first import, they are not read again. Yields (events folded,
    events in all) as it goes.
    """
    connection.execute("DELETE FROM item")
    connection.execute("DELETE FROM correction")
    total = connection.execute(f"SELECT count(*) FROM event WHERE kind IN {KINDS}").fetchone()[0]
    fold = _Fold(connection)
    for done, event in enumerate(_events(connection, written, total), start=1):
        fold.add(event)
        if done % STEP == 0:
            yield done, total
    fold.write()
    note_model(connection)
    yield total, total


def _events(connection: sqlite3.Connection, written: Sequence[Event], total: int) -> Iterable[Event]:
    """Return the events to fold in the order of time: those `written` where they are all of them, else read."""
    if len(written) >= total:
        found = {event.id: event for event in written if isinstance(event.body, FOLDED)}
        if len(found) == total:
            for row in connection.execute("SELECT event FROM revoked"):
                found.pop(row[0], None)
            return sorted(found.values(), key=order_of)
    rows = connection.execute(f"SELECT {EVENT_COLUMNS} FROM event WHERE kind IN {KINDS} AND {COUNTS} ORDER BY {ORDER}")
    return map(decode, rows)


class _Fold:
    """The folds of all items side by side, in the order of time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._parameters = parameters_of(connection)
        self._items: dict[str, ItemFold] = {}
        self._kept: dict[str, Trace] = {}
        self._learning = Learning(START, self._parameters)
        self._last: Event | None = None  # answer
        self._checkpoints: list[Stored] = []
        # An item that took another one's history over is folded from both: few are, and each by itself.
        self._moved = _moved(connection)
        self._waiting = sorted(self._trials_of_moved(), key=lambda trial: trial.place, reverse=True)

    def _trials_of_moved(self) -> list[LearnedAnswer]:
        found: dict[EventOrder, LearnedAnswer] = {}
        for item in sorted(self._moved):
            for trial in trials(history_of(self._connection, item), self._parameters):
                found.setdefault(trial.place, trial)
        return list(found.values())

    def add(self, event: Event) -> None:
        """Fold the next event."""
        body = event.body
        if isinstance(body, ItemGraded):
            self._last = event
            if self._moved and body.item in self._moved:
                place = order_of(event)
                while self._waiting and self._waiting[-1].place <= place:
                    trial = self._waiting.pop()
                    self._learn(event, trial.trace, trial.elapsed, trial.recalled)
                return
            fold = self._item(body.item)
            before = fold.trace
            fold.add(event)
            self._learn_from(event, before, body)
        elif isinstance(body, AnswerKept):
            self._last = event
            before = self._kept.get(body.card, Trace())
            self._kept[body.card] = after(before, event, self._parameters)
            self._learn_from(event, before, body)
        elif isinstance(body, (ItemScheduled, ItemMarked)) and body.item not in self._moved:
            self._item(body.item).add(event)

    def _item(self, item: str) -> ItemFold:
        fold = self._items.get(item)
        if fold is None:
            fold = self._items[item] = ItemFold(item, self._parameters)
        return fold

    def _learn_from(self, event: Event, before: Trace, answer: ItemGraded | AnswerKept) -> None:
        if before.answered:
            elapsed = event.study_day.toordinal() - before.day
            if elapsed > 0:
                self._learn(event, before, elapsed, was_recalled(answer))

    def _learn(self, event: Event, before: Trace, elapsed: int, recalled: bool) -> None:
        learning = self._learning
        learning.learn(before, elapsed, recalled)
        if learning.answers % learner_model.LADDER[0][0] == 0:
            self._checkpoints.append(Stored(order_of(event), learning.model()))
            if learning.answers % learner_model.LADDER[1][0] == 0:
                self._thin()

    def _thin(self) -> None:
        stays, answers = learner_model.stays, self._learning.answers
        self._checkpoints = [kept for kept in self._checkpoints if stays(kept.model.answers, answers)]

    def write(self) -> None:
        """Write the rows."""
        connection = self._connection
        rows = [item_row(item, fold.state()) for item, fold in sorted(self._items.items())]
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"INSERT INTO item VALUES ({marks})", rows)
        for item in sorted(self._moved):
            key = Key("item", item)
            write_row(connection, key, row_of(connection, key))
        if self._last is None:
            return
        self._thin()
        for stored in (*self._checkpoints, Stored(order_of(self._last), self._learning.model())):
            learner_model.write(connection, stored)


def _moved(connection: sqlite3.Connection) -> set[str]:
    """Return every item that ever took over a history, or gave its own away."""
    rows = connection.execute(f"SELECT {EVENT_COLUMNS} FROM event WHERE kind = 'item_adopted'").fetchall()
    bodies = [decode(row).body for row in rows]
    return {id for body in bodies if isinstance(body, ItemAdopted) for id in (body.old, body.new)}
