"""The table of papers: upgraded from the release before it, and read in the order of the queue without its texts."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from mlcoach.domain.events import Event, TimeLogged
from mlcoach.domain.paper_events import PaperAdded, PaperCited, PaperDescribed, PassFinished
from mlcoach.store import migrations, refold
from mlcoach.store import refold as store_refold
from mlcoach.store.journal import insert
from mlcoach.store.migrations import MIGRATIONS, migrate, version
from mlcoach.store.open_database import connect_to_read, connect_to_write
from mlcoach.store.projections import all_keys, row_of, stored_row
from mlcoach.store.store import Store
from tests.store.journals import APPLIED, do

MONDAY = date(2026, 11, 23)
ADAM = "arxiv:1412.6980"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of release 0.1.0 that holds a paper with a pass."""
    path = tmp_path / "mlcoach.db"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, APPLIED, MIGRATIONS[:1])
    bodies = (PaperAdded(ADAM, "Adam", ("D. Kingma",), 2014, "why"), PassFinished(ADAM, 1, "go-on", 600, "clear"))
    events = [
        Event(f"here-{seq}", seq, 60, MONDAY, seq, "here", seq, f"command-{seq}", body)
        for seq, body in enumerate((*bodies, TimeLogged(300, paper=ADAM)), start=1)
    ]
    connection.execute("BEGIN")
    insert(connection, events, "written by the release before")
    connection.execute("INSERT INTO paper VALUES (?, 'reading', 2, '2026-11-23', '2026-11-23', '{}')", (ADAM,))
    connection.execute("COMMIT")
    connection.close()
    return path


@pytest.mark.parametrize("connect", [connect_to_read, connect_to_write])
def test_the_rows_of_an_older_store_are_folded_again(old: Path, connect) -> None:  # type: ignore[no-untyped-def]
    store = Store(connect(old, APPLIED), old)
    (row,) = store.paper_rows("reading")
    assert (row.key, row.title, json.loads(row.authors), row.year, row.why) == (
        ADAM,
        "Adam",
        ["D. Kingma"],
        2014,
        "why",
    )
    assert (row.reading_pass, row.passes_done) == (2, 1)
    assert version(store.connection) == len(MIGRATIONS)
    for key in all_keys(store.connection):
        if key.kind == "paper":
            assert stored_row(store.connection, key) == row_of(store.connection, key)
    assert store.connection.execute("SELECT 1 FROM meta WHERE name = 'refold'").fetchall() == []
    store.close()


def test_a_kill_between_the_new_schema_and_its_rows_is_made_good(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(refold, "refold_kinds", killed)
        with pytest.raises(KeyboardInterrupt):
            connect_to_write(old, APPLIED)
    store = Store(connect_to_write(old, APPLIED), old)
    assert [row.key for row in store.paper_rows("reading")] == [ADAM]
    store.close()


def test_several_migrations_may_leave_word() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, APPLIED)
    migrations.refold_later(connection, "item")
    assert connection.execute("SELECT value FROM meta WHERE name = 'refold'").fetchone() == (
        "paper correction unit day item",
    )
    store_refold.refold_kinds(connection)
    assert connection.execute("SELECT value FROM meta WHERE name = 'refold'").fetchone() is None


class TestReading:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        store = Store(connect_to_write(tmp_path / "mlcoach.db", APPLIED), tmp_path / "mlcoach.db")
        for minute, key in enumerate(("b", "a", "c", "d", "e")):
            do(store.connection, PaperAdded(key, f"Title {key}"), minute=minute, command=key)
        return store

    def keys(self, store: Store, status: str, limit: int = -1) -> list[str]:
        return [row.key for row in store.paper_rows(status, limit)]

    def test_the_queue_is_in_the_order_of_its_turn(self, store: Store) -> None:
        assert self.keys(store, "queued") == ["a", "b", "c", "d", "e"]
        assert self.keys(store, "queued", 2) == ["a", "b"]
        for minute, key in enumerate(("c", "a"), start=10):
            do(store.connection, TimeLogged(60, paper=key), minute=minute, command=f"log-{key}")
        assert self.keys(store, "reading") == ["a", "c"]
        assert store.paper_counts() == {"reading": 2, "queued": 3}

    def test_its_order_costs_no_sorting(self, store: Store) -> None:
        for status, order in (("queued", "added, key"), ("reading", "touched DESC, key")):
            plan = store.connection.execute(
                f"EXPLAIN QUERY PLAN SELECT key FROM paper WHERE status = '{status}' ORDER BY {order} LIMIT 9"
            ).fetchall()
            assert "TEMP B-TREE" not in str(plan)

    def test_citations_and_passes_are_found(self, store: Store) -> None:
        do(store.connection, PaperCited("a", "c"), PaperCited("b", "c"), PaperCited("b", "elsewhere"), minute=20)
        assert store.citing("c") == ["a", "b"]
        assert store.citing("elsewhere") == ["b"]
        assert store.newest_passes(9) == []
        do(store.connection, PassFinished("a", 1, "stop", 600), minute=21, command="pass")
        assert [record[:3] for record in store.newest_passes(9)] == [[1, "2026-11-23", "stop"]]
        assert store.papers_moved(MONDAY, MONDAY) == {"a"}
        assert store.papers_moved(date(2026, 11, 1), date(2026, 11, 22)) == set()

    def test_what_is_known_of_a_paper_is_behind_its_row(self, store: Store) -> None:
        do(store.connection, PaperDescribed("a", details={"abstract": "We …", "categories": ["cs.LG"]}), minute=30)
        found = store.paper("a")
        assert found is not None
        assert found["details"] == {"abstract": "We …", "categories": ["cs.LG"]}
