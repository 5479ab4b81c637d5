"""What imports and exports ask of the journal: its answers, and under which ids they are now."""

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple


class Given(NamedTuple):
    """An answer that counts, or where an item was begun afresh (a rating of 0).

    `here` says whether it was an item of the curriculum then, or a card known by its number only. `happened` is in
    microseconds since 1970 UTC, `offset` in minutes, `study_day` ISO.
    """

    card: str
    here: bool
    rating: int
    seconds: int
    happened: int
    offset: int
    study_day: str
    backdated: bool


def answers_given(connection: sqlite3.Connection) -> Iterator[Given]:
    """Yield the answers that count in journal order, marks of a fresh beginning among them."""
    rows = connection.execute(
        "SELECT kind, happened, offset_minutes, study_day, backdated, data FROM event"
        " WHERE kind IN ('item_graded', 'answer_kept', 'item_marked')"
        " AND id NOT IN (SELECT event FROM revoked) ORDER BY study_day, happened, device, seq"
    )
    for kind, happened, offset, study_day, backdated, data in rows:
        body = json.loads(data)
        if kind == "item_marked":
            if body["mark"] == "forgotten":
                yield Given(body["item"], True, 0, 0, happened, offset, study_day, bool(backdated))
            continue
        card = body["item" if kind == "item_graded" else "card"]
        yield Given(
            card, kind == "item_graded", body["rating"], body["seconds"], happened, offset, study_day, bool(backdated)
        )


def kept_here(connection: sqlite3.Connection) -> dict[tuple[str, int], str]:
    """Return the answers without a card that this device wrote and that count: (card, milliseconds UTC) -> event."""
    rows = connection.execute(
        "SELECT json_extract(data, '$.card'), happened / 1000, id FROM event WHERE kind = 'answer_kept'"
        " AND device = (SELECT value FROM meta WHERE name = 'device') AND id NOT IN (SELECT event FROM revoked)"
    )
    return {(card, instant): id for card, instant, id in rows}


def adoptions(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (old, new) of the items whose history went over to another, as they count, the last one last."""
    return connection.execute(
        "SELECT json_extract(data, '$.old'), json_extract(data, '$.new') FROM event WHERE kind = 'item_adopted'"
        " AND id NOT IN (SELECT event FROM revoked) ORDER BY number"
    ).fetchall()
