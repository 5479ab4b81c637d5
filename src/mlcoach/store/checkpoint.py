"""A checkpoint of the streak: the walk over days that closed long ago, so that `today` walks over the last ones only.

It is a cached fold like every projection, of the day rows and the planned rest up to one day. An entry that touches a
day it covers drops it, and the append that did so makes it again.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.habit.streak import START, Checkpoint, DayMinutes, Span, walk

if TYPE_CHECKING:
    from mlcoach.domain.event_keys import Key

# Entries for the last two weeks are common, older ones rare.
DAYS_LEFT_OPEN = 14
RENEWED_AFTER_DAYS = 60


def read_checkpoint(connection: sqlite3.Connection) -> Checkpoint:
    """Return the stored checkpoint, or the beginning."""
    row = connection.execute("SELECT data FROM single WHERE key = 'streak'").fetchone()
    return Checkpoint(*json.loads(row[0])) if row else START


def keep_checkpoint(connection: sqlite3.Connection, keys: "Iterable[Key]") -> None:
    """Drop the checkpoint when one of the keys just folded lies behind it, and renew it when it has grown old."""
    known = read_checkpoint(connection)
    touched = [date.fromisoformat(key.id).toordinal() for key in keys if key.kind == "day"]
    if any(key.kind == "rest" for key in keys) or (touched and min(touched) <= known.judged):
        connection.execute("DELETE FROM single WHERE key = 'streak'")
        known = START
    newest = connection.execute("SELECT max(number) FROM day").fetchone()[0] or 0
    first = known.judged or connection.execute("SELECT min(number) FROM day").fetchone()[0] or newest
    if newest - DAYS_LEFT_OPEN - first < RENEWED_AFTER_DAYS:
        return
    until = date.fromordinal(newest - DAYS_LEFT_OPEN)
    renewed = walk(days_after(connection, known.judged), rest_spans(connection), until, known).closed
    connection.execute("INSERT OR REPLACE INTO single VALUES ('streak', ?)", (json.dumps(list(renewed)),))


def days_after(connection: sqlite3.Connection, number: int) -> list[DayMinutes]:
    """Return (number, seconds, goal, floor) of the days with study or a goal of their own after a day, ascending.

    Of a day whose plan was done to its last block, goal and floor are at most what was studied. A day that was only
    touched, by an import or by the end of a timer of the evening before, was not opened: its goal is unknown, not
    zero, and it is judged like a day without any entry. The index holds all but `opened`, for which SQLite then reads
    the row of a day without seconds and floor only: a fifth of the time over ten years.
    """
    rows = connection.execute(
        "SELECT number, seconds, iif(finished AND goal, max(1, min(goal, seconds / 60)), goal),"
        " iif(finished AND goal, min(floor, seconds / 60), floor) FROM day INDEXED BY day_minutes"
        " WHERE number > ? AND (seconds > 0 OR floor > 0 OR opened) ORDER BY number",
        (number,),
    )
    return rows.fetchall()


def rest_spans(connection: sqlite3.Connection) -> list[Span]:
    """Return the spans of planned rest (first, last)."""
    row = connection.execute("SELECT data FROM single WHERE key = 'rest'").fetchone()
    spans = json.loads(row[0]) if row else []
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans]
