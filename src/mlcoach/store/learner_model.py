"""The correction of the memory model: a fold of all answers in time order, kept with checkpoints.

A row of `correction` holds what was known of the learner after all answers up to its place in time; the last row is
what is known now. A new answer goes on from there. One that is older, or taken back, drops the rows behind it, and the
fold goes on from the last row that is left. Which rows are kept does not matter; each is the fold up to its place.
"""

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mlcoach.domain.event_keys import Key
from mlcoach.domain.event_order import EventOrder, order_of
from mlcoach.domain.events import (
    AnswerKept,
    Event,
    ItemAdopted,
    ItemGraded,
    ItemMarked,
    ItemScheduled,
    ParametersAdopted,
)
from mlcoach.domain.memory.items import MODEL_VERSION
from mlcoach.domain.memory.learner_model import START, LearnerModel, Learning, scheduled_recall
from mlcoach.domain.memory.recall import decay_of, retrievability
from mlcoach.domain.memory.trace import LearnedAnswer, trials
from mlcoach.store.database import COUNTS
from mlcoach.store.journal import ANSWERED, EVENT_COLUMNS, ORDER, decode, events_of
from mlcoach.store.parameters import parameters_of
from mlcoach.store.projections import alike, followers, history_of

BEGINNING: EventOrder = ("", 0, "", 0)
STEP = 500  # answers learned from before the next word about it
# Every so many scored answers a row stays, until so many more were scored.
LADDER = ((64, 512), (1024, 16_384), (8192, 1 << 60))
_LAST_FIRST = "study_day DESC, happened DESC, device DESC, seq DESC"
# Read by an index of their own: the one by kind has no order in time.
_ANSWERS = f"event INDEXED BY event_answers WHERE {ANSWERED} AND {COUNTS}"


class Stored(NamedTuple):
    """A correction, and the place up to which it is the fold of all answers."""

    place: EventOrder
    model: LearnerModel


def changed_from(connection: sqlite3.Connection, events: Iterable[Event]) -> EventOrder | None:
    """Return from where on the fold is another one with these events, None for nowhere.

    They are in the journal already, and were just added, revoked or brought back.
    """
    places = [place for event in events if (place := _changes_from(connection, event)) is not None]
    return min(places, default=None)


def _changes_from(connection: sqlite3.Connection, event: Event) -> EventOrder | None:
    body = event.body
    if isinstance(body, ItemGraded | AnswerKept | ItemScheduled):
        return order_of(event)
    if isinstance(body, ItemMarked):
        return order_of(event) if body.mark == "forgotten" else None
    if isinstance(body, ParametersAdopted):
        return BEGINNING
    if isinstance(body, ItemAdopted):
        return _joined_from(connection, body)
    return None


def _joined_from(connection: sqlite3.Connection, body: ItemAdopted) -> EventOrder | None:
    """Return from where on two histories are another one together than each by itself."""
    histories = [events_of(connection, Key("item", id)) for id in (body.old, body.new)]
    moves = {event.id for events in histories for event in events if isinstance(event.body, ItemAdopted)}
    if len(moves) > 1:  # moved more than once: rare, and not worth a rule
        return BEGINNING
    firsts = [next((order_of(e) for e in events if e.id not in moves), None) for events in histories]
    known = [first for first in firsts if first is not None]
    return max(known) if len(known) == len(firsts) else None


def read(connection: sqlite3.Connection) -> Stored:
    """Return what is known of the learner: the prior where there are no answers.

    What an older program learned in another way is not known to this one until the next answer, which folds all again.
    """
    row = connection.execute(f"SELECT {ORDER}, data FROM correction ORDER BY {_LAST_FIRST} LIMIT 1").fetchone()
    known = _decoded(row[4]) if row else None
    return Stored(tuple(row[:4]), known) if known else Stored(BEGINNING, START)


def refolded(
    connection: sqlite3.Connection, since: EventOrder, histories: Mapping[str, list[Event]] | None = None
) -> Iterator[tuple[int, int]]:
    """Fold the answers from a place on again, inside the caller's transaction.

    `histories` are those of items that are at hand. Yields (answers learned from, answers in all) now and then.
    """
    connection.execute(f"DELETE FROM correction WHERE ({ORDER}) >= (?, ?, ?, ?)", since)
    known = read(connection)
    connection.execute(f"DELETE FROM prediction WHERE ({ORDER}) > (?, ?, ?, ?)", known.place)
    if known.place == BEGINNING:
        connection.execute("DELETE FROM correction")
    end = _last_answer(connection)
    if end == known.place or end is None:
        return
    # Imported on use: a new store folds no answers.
    from mlcoach.store.memory import predictions

    coming = _trials_after(connection, known.place, histories or {})
    learning = Learning(known.model, parameters_of(connection))
    total = learning.answers + len(coming)
    latest: deque[predictions.PredictedAnswer] = deque(maxlen=predictions.KEPT)
    for done, trial in enumerate(coming, start=1):
        latest.append(predictions.ahead_of(trial, learning.model()))
        learning.learn(trial.trace, trial.elapsed, trial.recalled)
        if stays(learning.answers, total):
            write(connection, Stored(trial.place, learning.model()))
        if done % STEP == 0:
            yield done, len(coming)
    write(connection, Stored(end, learning.model()))
    predictions.write(connection, latest)
    _thin(connection, learning.answers)


def unlike_fold(connection: sqlite3.Connection) -> Iterator[tuple[int, int, bool]]:
    """Fold everything from the beginning and compare each row; yields (answers, answers in all, wrong) now and then."""
    from mlcoach.store.memory import predictions

    rows = connection.execute(f"SELECT {ORDER}, answers, data FROM correction ORDER BY {ORDER}").fetchall()
    end = _last_answer(connection)
    wrong = (tuple(rows[-1][:4]) if rows else None) != end
    coming = _trials_after(connection, BEGINNING, {})
    learning, at = Learning(START, parameters_of(connection)), 0
    latest: deque[predictions.PredictedAnswer] = deque(maxlen=predictions.KEPT)
    for done, trial in enumerate([*coming, None]):
        while at < len(rows) and (trial is None or tuple(rows[at][:4]) < trial.place):
            *_, answers, data = rows[at]
            known = learning.model()
            wrong = wrong or answers != known.answers or not alike(json.loads(data), json.loads(_encoded(known)))
            at += 1
        if trial is None:
            wrong = wrong or predictions.unlike(connection, latest)
        else:
            latest.append(predictions.ahead_of(trial, learning.model()))
            learning.learn(trial.trace, trial.elapsed, trial.recalled)
        if done % STEP == 0 or trial is None:
            yield done, len(coming), wrong and trial is None


def latest_predictions(connection: sqlite3.Connection, least: int, *, adaptive: bool) -> tuple[list[float], list[bool]]:
    """Return what the schedule predicted for so many of the latest answers, and whether they were recalled.

    It goes on from the last row with so many answers behind it, so that few of very many are read.
    """
    total = read(connection).model.answers
    row = connection.execute(
        f"SELECT {ORDER}, data FROM correction WHERE answers <= ? ORDER BY {_LAST_FIRST} LIMIT 1", (total - least,)
    ).fetchone()
    model = _decoded(row[4]) if row else None
    start = Stored(tuple(row[:4]), model) if model else Stored(BEGINNING, START)
    parameters = parameters_of(connection)
    learning, predictions, recalled = Learning(start.model, parameters), [], []
    for trial in _trials_after(connection, start.place, {}):
        if adaptive:
            predictions.append(scheduled_recall(learning.model(), trial.trace, trial.elapsed, parameters))
            learning.learn(trial.trace, trial.elapsed, trial.recalled)
        else:
            assert trial.trace.memory is not None
            predictions.append(retrievability(trial.trace.memory.stability, trial.elapsed, decay_of(parameters)))
        recalled.append(trial.recalled)
    return predictions[-least:], recalled[-least:]


def _trials_after(
    connection: sqlite3.Connection, place: EventOrder, histories: Mapping[str, list[Event]]
) -> list[LearnedAnswer]:
    """Return the scored answers behind a place, in time order. Each needs the whole history of its item."""
    parameters = parameters_of(connection)
    found: dict[EventOrder, LearnedAnswer] = {}
    for history in _histories_after(connection, place, histories):
        for trial in trials(history, parameters):
            if trial.place > place:
                found.setdefault(trial.place, trial)
    return [found[place] for place in sorted(found)]


def _histories_after(
    connection: sqlite3.Connection, place: EventOrder, histories: Mapping[str, list[Event]]
) -> Iterator[list[Event]]:
    """Yield the history of each item, and of each card that is not here, with an answer behind a place."""
    rows = connection.execute(
        "SELECT DISTINCT kind, coalesce(json_extract(data, '$.item'), json_extract(data, '$.card'))"
        f" FROM {_ANSWERS} AND ({ORDER}) > (?, ?, ?, ?)",
        place,
    ).fetchall()
    for key in followers(connection, [Key("item", item) for kind, item in rows if kind == "item_graded"]):
        yield histories[key.id] if key.id in histories else history_of(connection, key.id)
    if cards := {card for kind, card in rows if kind == "answer_kept"}:
        yield from _kept(connection, cards)


def _kept(connection: sqlite3.Connection, cards: set[str]) -> Iterable[list[Event]]:
    """Return the answers to each of these cards that are not here."""
    kept: dict[str, list[Event]] = {}
    rows = connection.execute(
        f"SELECT {EVENT_COLUMNS} FROM event WHERE kind = 'answer_kept' AND {COUNTS} ORDER BY {ORDER}"
    )
    for row in rows:
        event = decode(row)
        if isinstance(event.body, AnswerKept) and event.body.card in cards:
            kept.setdefault(event.body.card, []).append(event)
    return kept.values()


def _last_answer(connection: sqlite3.Connection) -> EventOrder | None:
    row = connection.execute(f"SELECT {ORDER} FROM {_ANSWERS} ORDER BY {_LAST_FIRST} LIMIT 1").fetchone()
    return None if row is None else tuple(row)


def write(connection: sqlite3.Connection, stored: Stored) -> None:
    """Write the row of what is known at its place, inside the caller's transaction."""
    values = (*stored.place, stored.model.answers, _encoded(stored.model))
    connection.execute("INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?, ?)", values)


def stays(at: int, answers: int) -> bool:
    """Return whether the row of a number of answers is kept where there are so many."""
    return any(at % step == 0 and answers - at <= kept_for for step, kept_for in LADDER)


def _thin(connection: sqlite3.Connection, answers: int) -> None:
    """Delete the rows that are neither the last one nor are at one of the numbers that are kept."""
    rows = connection.execute(f"SELECT {ORDER}, answers FROM correction ORDER BY {_LAST_FIRST}").fetchall()
    seen = {-1}
    for number, (*place, at) in enumerate(rows):
        if number and (at in seen or not stays(at, answers)):
            connection.execute(f"DELETE FROM correction WHERE ({ORDER}) = (?, ?, ?, ?)", place)
        seen.add(at)


def _encoded(known: LearnerModel) -> str:
    return json.dumps([MODEL_VERSION, *known], separators=(",", ":"))


def _decoded(data: str) -> LearnerModel | None:
    version, *fields = json.loads(data)
    if version != MODEL_VERSION:
        return None
    weights, information, gradient, *rest = fields
    return LearnerModel(tuple(weights), tuple(information), tuple(gradient), *rest)
