"""What recall was predicted for the latest answers, kept as they are learned from.

A page that shows how well recall is predicted would otherwise fold the whole history of hundreds of items. A row is
what the fold of all answers says at its place; where too few are kept, as after an update, they are computed instead.
"""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.event_order import EventOrder
from mlcoach.store.journal import ORDER
from mlcoach.store.parameters import parameters_of

if TYPE_CHECKING:
    from mlcoach.domain.memory.learner_model import LearnerModel
    from mlcoach.domain.memory.trace import LearnedAnswer, Trace

KEPT = 600
_LAST_FIRST = "study_day DESC, happened DESC, device DESC, seq DESC"


class PredictedAnswer(NamedTuple):
    """An answer to predict: its place in time, what was known of the learner and of the item ahead of it, its end."""

    place: EventOrder
    model: "LearnerModel"
    trace: "Trace"
    elapsed: int
    recalled: bool


def ahead_of(answer: "LearnedAnswer", model: "LearnerModel") -> PredictedAnswer:
    """Return what an answer is predicted from: `model` has learned from all before it."""
    return PredictedAnswer(answer.place, model, answer.trace, answer.elapsed, answer.recalled)


def write(connection: sqlite3.Connection, answers: Iterable[PredictedAnswer]) -> None:
    """Write the predictions of these answers and leave the latest only, inside the caller's transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO prediction VALUES (?, ?, ?, ?, ?, ?, ?)", rows_of(connection, answers)
    )
    connection.execute(
        f"DELETE FROM prediction WHERE ({ORDER}) <="
        f" (SELECT {ORDER} FROM prediction ORDER BY {_LAST_FIRST} LIMIT 1 OFFSET {KEPT})"
    )


def rows_of(connection: sqlite3.Connection, answers: Iterable[PredictedAnswer]) -> list[tuple[object, ...]]:
    """Return the rows: the place, the recall predicted by FSRS-6 alone and corrected, and whether it was recalled."""
    from mlcoach.domain.memory.learner_model import scheduled_recall
    from mlcoach.domain.memory.recall import decay_of, retrievability

    parameters = parameters_of(connection)
    decay = decay_of(parameters)
    rows: list[tuple[object, ...]] = []
    for place, model, trace, elapsed, recalled in answers:
        assert trace.memory is not None
        alone = retrievability(trace.memory.stability, elapsed, decay)
        rows.append((*place, alone, scheduled_recall(model, trace, elapsed, parameters), int(recalled)))
    return rows


def latest(connection: sqlite3.Connection, count: int, *, adaptive: bool) -> tuple[list[float], list[bool]] | None:
    """Return so many of the latest predictions in time order, fewer where there are fewer answers, and what came.

    None where too few are kept.
    """
    column = "corrected" if adaptive else "alone"
    query = f"SELECT {column}, recalled FROM prediction ORDER BY {_LAST_FIRST} LIMIT ?"
    rows = connection.execute(query, (count,)).fetchall()
    answers = connection.execute(f"SELECT answers FROM correction ORDER BY {_LAST_FIRST} LIMIT 1").fetchone()
    if len(rows) < min(count, answers[0] if answers else 0):
        return None
    rows.reverse()
    return [predicted for predicted, _ in rows], [bool(recalled) for _, recalled in rows]


def unlike(connection: sqlite3.Connection, answers: Iterable[PredictedAnswer]) -> bool:
    """Return whether a row is not what these answers, the latest of all, come to."""
    from mlcoach.store.projections import alike

    expected = {row[:4]: list(row) for row in rows_of(connection, answers)}
    stored = connection.execute("SELECT * FROM prediction").fetchall()
    return any(tuple(row[:4]) not in expected or not alike(list(row), expected[tuple(row[:4])]) for row in stored)
