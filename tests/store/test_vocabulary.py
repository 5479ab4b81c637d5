"""Kinds and fields of a release to come: kept to the letter, and folded once a release knows them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.event_keys import touched
from mlcoach.domain.events import KINDS, Event, TimeLogged, UnknownBody, Wording
from mlcoach.store import vocabulary
from mlcoach.store.journal import EVENT_COLUMNS, decode, encode
from mlcoach.store.open_database import connect_to_read, connect_to_write
from mlcoach.store.refold import rebuild_all
from mlcoach.store.undo import undoable
from mlcoach.store.union import join, journal_lines, read_line
from mlcoach.store.verify import rows_unlike_folds
from tests.store.journals import APPLIED, MONDAY, NOON, assert_rows_are_folds, in_memory

LINES = (Path(__file__).parent.parent / "fixtures" / "future.jsonl").read_text(encoding="utf-8").splitlines()
NOW = NOON + 60_000_000


class Moody(TimeLogged):
    """An entry of time as a later release could know it: a mood counts double."""

    _fields = (*TimeLogged._fields, "mood")
    mood: tuple[str, ...]

    def __new__(
        cls,
        seconds: int,
        unit: str = "",
        paper: str = "",
        note: str = "",
        work: str = "",
        worded_by: Wording = "",
        mood: Any = (),
    ) -> "Moody":
        return super().__new__(cls, seconds * 2 if mood else seconds, unit, paper, note, work, worded_by)


def seconds(connection: sqlite3.Connection) -> int:
    """Return the seconds of the unit a.b."""
    return int(connection.execute("SELECT seconds FROM unit WHERE key = 'a.b'").fetchone()[0])


def wrong(connection: sqlite3.Connection) -> list[str]:
    return [look.wrong for look in rows_unlike_folds(connection) if look.wrong]


def joined(connection: sqlite3.Connection) -> None:
    assert join(connection, [read_line(1, text, NOW) for text in LINES])[:2] == (3, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The database of this release that took in the journal of one to come."""
    path = tmp_path / "mlcoach.db"
    with closing(connect_to_write(path, APPLIED)) as connection:
        joined(connection)
    return path


def test_what_is_not_known_is_kept_and_goes_on_to_the_letter() -> None:
    connection, other = in_memory(), in_memory()
    joined(connection)
    assert list(journal_lines(connection)) == LINES
    assert seconds(connection) == 300
    assert_rows_are_folds(connection)
    assert wrong(connection) == []
    again = join(connection, [read_line(1, text, NOW) for text in LINES])
    assert (again.added, again.known, again.refused) == (0, 3, [])
    join(other, [read_line(1, text, NOW) for text in journal_lines(connection)])
    assert list(journal_lines(other)) == LINES
    for row in connection.execute(f"SELECT {EVENT_COLUMNS} FROM event").fetchall():
        assert encode(decode(row)) == row
    for _ in rebuild_all(connection):
        pass
    assert seconds(connection) == 300


def test_an_unknown_kind_touches_nothing() -> None:
    event: Event = read_line(1, LINES[1], NOW).event
    assert event.body == UnknownBody(
        "future_thing", json.dumps(json.loads(LINES[1])["data"], ensure_ascii=False, separators=(",", ":"))
    )
    assert touched(event.body, MONDAY) == ()


def test_releases_that_write_different_fields_of_it_mean_the_same_entry() -> None:
    connection = in_memory()
    joined(connection)
    entry = json.loads(LINES[1])
    for change, (known, refused) in (({"new": 0}, (1, 0)), ({"seconds": 1}, (0, 1))):
        other = json.dumps({**entry, "data": {**entry["data"], **change}})
        again = join(connection, [read_line(1, other, NOW)])
        assert (again.known, len(again.refused)) == (known, refused)


def test_a_release_that_knows_the_kind_folds_it_at_its_first_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "future_thing", TimeLogged)
    with closing(connect_to_write(path, APPLIED)) as connection:
        # The third entry is not what it says, which nobody could see when it came; it is kept and does not count.
        assert seconds(connection) == 900
        assert wrong(connection) == []
        assert list(journal_lines(connection)) == LINES
        for _ in rebuild_all(connection):
            pass
        assert seconds(connection) == 900
        assert "cc-3" not in [id for step in undoable(connection, 9) for id in step.ids]
        assert not vocabulary.is_outdated(connection)
    monkeypatch.delitem(KINDS, "future_thing")
    with closing(connect_to_read(path, APPLIED)) as connection:  # an older program again
        assert seconds(connection) == 300
        assert wrong(connection) == []


def test_a_release_that_knows_the_field_folds_it_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "time_logged", Moody)
    with closing(connect_to_read(path, APPLIED)) as connection:  # a reading command comes first
        assert seconds(connection) == 600
        assert wrong(connection) == []


def test_a_new_kind_without_entries_costs_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "another_thing", TimeLogged)
    monkeypatch.setattr("mlcoach.store.refold.rebuilt", None)
    connect_to_read(path, APPLIED).close()
    with closing(connect_to_write(path, APPLIED)) as connection:
        (words,) = connection.execute("SELECT value FROM meta WHERE name = 'vocabulary'").fetchone()
    assert "another_thing" in words.split()


def test_a_database_from_before_there_were_such_entries_is_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(connect_to_write(path, APPLIED)) as connection:
        connection.execute("DELETE FROM meta WHERE name = 'vocabulary'")
    monkeypatch.setattr("mlcoach.store.refold.rebuilt", None)
    connect_to_write(path, APPLIED).close()
