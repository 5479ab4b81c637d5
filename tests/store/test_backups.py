"""Backups: complete copies, thinned with age, put back without losing what they replace."""

import shutil
import sqlite3
import stat
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import TimeLogged
from mlcoach.errors import NotFoundError, StoreError
from mlcoach.store import backups
from mlcoach.store.backups import back_up, back_up_when_due, is_due, kept, restore
from mlcoach.store.device import known_device
from mlcoach.store.migrations import NEWEST
from mlcoach.store.open_database import connect_to_read, connect_to_write
from tests.store.journals import APPLIED, assert_rows_are_folds, do

NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
instants = st.integers(0, 3 * 365 * 48).map(lambda halves: NOW - timedelta(minutes=30 * halves))


class Store:
    """A database with its backups, as two folders on the disk."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "mlcoach.db"
        self.folder = folder / "backups"

    def log(self, minutes: int) -> None:
        connection = connect_to_write(self.path, APPLIED)
        do(connection, TimeLogged(minutes * 60))
        connection.close()

    def back_up(self, now: datetime) -> Path:
        connection = connect_to_write(self.path, APPLIED)
        try:
            return back_up(connection, self.folder, now)
        finally:
            connection.close()

    def minutes(self) -> int:
        connection = connect_to_read(self.path, APPLIED)
        found = connection.execute("SELECT coalesce(sum(seconds), 0) / 60 FROM day").fetchone()[0]
        assert_rows_are_folds(connection)
        connection.close()
        return found

    def names(self) -> list[str]:
        return sorted(file.name for file in self.folder.iterdir())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


# Thinning -------------------------------------------------------------------------------------------------------


@given(st.lists(instants, max_size=60))
def test_what_is_kept_is_recent_or_the_last_of_its_day_week_or_month(taken):
    keep = kept(taken, NOW)
    recent = {instant for instant in taken if NOW - instant <= timedelta(days=2)}
    assert recent <= keep <= set(taken)
    older = keep - recent
    assert len(older) <= 12 + 10 + 9
    for instant in older:
        rivals = [other for other in set(taken) - recent if other > instant]
        assert any(
            all(other.strftime(period) != instant.strftime(period) for other in rivals)
            for period in ("%Y-%j", "%G-%V", "%Y-%m")
        )
    if taken:
        assert max(taken) in keep


@given(st.lists(instants, max_size=60))
def test_thinning_after_every_backup_keeps_what_thinning_once_at_the_end_keeps(taken):
    held: set[datetime] = set()
    for instant in sorted(set(taken)):
        held = kept(held | {instant}, instant)
    assert kept(held, NOW) == kept(taken, NOW)


def test_two_years_of_half_hours_leave_a_few_dozen():
    taken = [NOW - timedelta(minutes=30 * number) for number in range(2 * 365 * 48)]
    keep = sorted(kept(taken, NOW), reverse=True)
    assert len(keep) == 97 + 12 + 10 + 9 - 3  # three are the last of a day and of a week or month
    older = [instant for instant in keep if NOW - instant > timedelta(days=2)]
    assert [f"{instant:%Y-%m-%d %H:%M}" for instant in older][:13] == [
        "2026-11-21 18:30", *[f"2026-11-{day} 23:30" for day in range(20, 9, -1)], "2026-11-08 23:30"
    ]  # fmt: skip
    months = Counter(f"{instant:%Y-%m}" for instant in older)
    assert list(months) == [f"2026-{month:02d}" for month in range(11, 2, -1)]
    assert months["2026-03"] == months["2026-04"] == 1


def test_a_day_without_use_costs_no_backup():
    # Used on the first of each month only: nine months are kept, not nine days.
    taken = [datetime(2026, month, 1, 12, tzinfo=UTC) for month in range(1, 12)]
    assert kept(taken, NOW) == set(taken)
    assert kept([NOW + timedelta(days=400), *taken], NOW) == {NOW + timedelta(days=400), *taken}


def test_copies_that_a_clock_dated_in_the_future_are_thinned_by_themselves():
    ahead = [NOW + timedelta(days=3650, minutes=30 * number) for number in range(40)]
    behind = [NOW - timedelta(days=number) for number in range(40)]
    keep = kept([*ahead, *behind], NOW)
    assert keep & set(behind) == kept(behind, NOW)
    assert keep & set(ahead) == {
        max(day for day in ahead if day.date() == date) for date in {day.date() for day in ahead}
    }


# Making ---------------------------------------------------------------------------------------------------------


def test_a_backup_is_one_private_complete_file(store):
    store.log(45)
    path = store.back_up(NOW)
    assert path.name == "mlcoach-20261123T190000Z.db"
    assert store.names() == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (found,) = backups.backups(store.folder)
    assert found == (path.stem, path, NOW, 1, "2026-11-23", 45, True)
    assert store.names() == [path.name], "looking into a copy lays nothing beside it"


def test_what_the_write_ahead_log_holds_is_in_the_backup(store):
    connection = connect_to_write(store.path, APPLIED)
    do(connection, TimeLogged(600))
    back_up(connection, store.folder, NOW)
    assert store.path.with_name("mlcoach.db-wal").stat().st_size > 0
    connection.close()
    assert backups.backups(store.folder)[0].minutes == 10


def test_at_most_one_backup_each_half_hour_of_use(mlcoach):
    for _ in range(13):
        mlcoach("log 1m")
        mlcoach.later(minutes=10)
    names = sorted(name for name in mlcoach.files() if "backups" in name)
    assert names == [f"data/backups/mlcoach-20261123T{time}00Z.db" for time in ("1900", "1930", "2000", "2030", "2100")]


def test_a_backup_is_due_again_when_the_clock_went_back(store):
    store.log(1)
    store.back_up(NOW)
    assert not is_due(store.folder, NOW + timedelta(minutes=29))
    assert is_due(store.folder, NOW + timedelta(minutes=30))
    assert not is_due(store.folder, NOW - timedelta(minutes=30))
    assert is_due(store.folder, NOW - timedelta(days=2))
    store.back_up(NOW - timedelta(days=2))
    assert not is_due(store.folder, NOW - timedelta(days=2)), "one is enough, however many are dated later"
    assert is_due(store.folder, NOW - timedelta(days=2) + timedelta(minutes=30))
    connection = connect_to_write(store.path, APPLIED)
    assert back_up_when_due(connection, store.folder, NOW + timedelta(minutes=29)) is None
    assert back_up_when_due(connection, store.folder, NOW + timedelta(minutes=30)) is not None
    connection.close()


def test_of_two_processes_that_find_one_due_one_makes_it(store):
    store.log(1)
    holder = connect_to_write(store.path, APPLIED)
    waiter = sqlite3.connect(store.path, check_same_thread=False, isolation_level=None, timeout=20)
    holder.execute("BEGIN IMMEDIATE")
    made: list[Path | None] = []
    waiting = threading.Thread(target=lambda: made.append(back_up_when_due(waiter, store.folder, NOW)))
    waiting.start()
    waiting.join(0.2)
    store.folder.mkdir()
    (store.folder / "mlcoach-20261123T190000Z.db").touch()
    holder.execute("ROLLBACK")
    waiting.join()
    assert made == [None]
    holder.close()
    waiter.close()


def test_looking_into_a_copy_that_somebody_else_made_lays_nothing_beside_it(store):
    store.log(45)
    store.folder.mkdir()
    shutil.copy(store.path, store.folder / "mine.db")
    assert [(backup.name, backup.minutes) for backup in backups.backups(store.folder)] == [("mine", 45)]
    assert store.names() == ["mine.db"]


def test_a_backup_that_was_killed_leaves_no_half_copy(store):
    store.log(1)
    store.back_up(NOW)
    (store.folder / "mlcoach-20261123T193000Z.db.77.partial").write_bytes(b"half a copy")
    assert [backup.name for backup in backups.backups(store.folder)] == ["mlcoach-20261123T190000Z"]
    store.back_up(NOW + timedelta(hours=1))
    assert store.names() == ["mlcoach-20261123T190000Z.db", "mlcoach-20261123T200000Z.db"]


def test_old_backups_are_thinned_and_other_files_are_not(store):
    store.log(1)
    first = store.back_up(NOW - timedelta(days=40))
    others = {"mlcoach-notes.db", "replaced-20240101T000000Z.db", "before-upgrade-from-1-20240101T000000Z.db", "x.txt"}
    for name in others:
        (store.folder / name).write_bytes(b"kept")
    for hours in range(0, 24 * 40, 12):
        store.back_up(NOW - timedelta(days=39) + timedelta(hours=hours))
    assert not first.exists(), "there is a later one of its week and month"
    made = [name for name in store.names() if name.startswith("mlcoach-2")]
    assert len(made) == len(kept([backups._taken(Path(name)) or NOW for name in made], NOW)) < 25
    assert others < set(store.names())


def test_a_backup_that_cannot_be_written_is_a_note_and_the_entry_is_safe(mlcoach):
    mlcoach.write("data/backups", "a file where the folder should be")
    result = mlcoach("log 45m")
    assert "Logged 45m" in result.out
    assert "note: no backup was made: cannot write a backup" in result.err
    assert mlcoach("log").out.count("45m") == 1


# Restoring ------------------------------------------------------------------------------------------------------


def test_restore_puts_a_backup_back_and_keeps_what_it_replaces(store):
    store.log(45)
    store.back_up(NOW)
    store.log(10)
    chosen, replaced = restore(store.path, store.folder, "mlcoach-20261123T190000Z", NOW + timedelta(days=1))
    assert (chosen.minutes, store.minutes()) == (45, 45)
    assert replaced == store.folder / "replaced-20261124T190000Z.db"
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert sorted(file.name for file in store.path.parent.iterdir()) == ["backups", "mlcoach.db"]
    # What was replaced is listed, and comes back the same way; twice in a second costs nothing either.
    chosen, again = restore(store.path, store.folder, "replaced-20261124T190000Z.db", NOW + timedelta(days=1))
    assert (chosen.minutes, store.minutes()) == (55, 55)
    assert again == store.folder / "replaced-20261124T190000Z-2.db"


def test_after_a_restore_new_entries_never_reuse_old_names(store):
    store.log(45)
    store.back_up(NOW)
    store.log(10)
    restore(store.path, store.folder, "mlcoach-20261123T190000Z", NOW)
    reader = connect_to_read(store.path, APPLIED)
    assert known_device(reader) == ""
    reader.close()
    store.log(20)
    connection = connect_to_write(store.path, APPLIED)
    devices = connection.execute("SELECT device, seq FROM event ORDER BY number").fetchall()
    assert devices[0][0] != devices[1][0]
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize("content", [b"garbage" * 1000, b""])
@pytest.mark.parametrize("logged", [True, False])
def test_restore_works_when_the_database_is_damaged(store, content, logged):
    store.log(45)
    store.back_up(NOW)
    connection = connect_to_write(store.path, APPLIED)
    do(connection, TimeLogged(600))
    log = store.path.with_name("mlcoach.db-wal")
    lost = log.read_bytes() if logged else b"a log of something else"
    connection.close()
    store.path.write_bytes(content)
    log.write_bytes(lost)
    _, replaced = restore(store.path, store.folder, "mlcoach-20261123T190000Z", NOW)
    assert store.minutes() == 45
    assert replaced is not None
    if not logged:
        assert replaced.read_bytes() == content


def test_restore_needs_no_database_at_all(store):
    store.log(45)
    store.back_up(NOW)
    store.path.unlink()
    chosen, replaced = restore(store.path, store.folder, "mlcoach-20261123T190000Z", NOW)
    assert (chosen.minutes, replaced, store.minutes()) == (45, None, 45)


def test_restore_waits_for_no_other_terminal_but_says_so(store, monkeypatch):
    store.log(45)
    store.back_up(NOW)
    monkeypatch.setattr(backups, "RESTORE_WAIT_SECONDS", 0.05)
    other = connect_to_write(store.path, APPLIED)
    with pytest.raises(StoreError, match="open in another terminal"):
        restore(store.path, store.folder, "mlcoach-20261123T190000Z", NOW)
    do(other, TimeLogged(300))
    other.close()
    assert store.minutes() == 50
    assert store.names() == ["mlcoach-20261123T190000Z.db"]


def test_what_cannot_be_restored_changes_nothing(store):
    store.log(45)
    good = store.back_up(NOW)
    newer = good.with_name("newer.db")
    newer.write_bytes(good.read_bytes())
    connection = sqlite3.connect(newer)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.close()
    good.with_name("broken.db").write_bytes(b"garbage" * 1000)
    before = store.path.read_bytes()
    for name, error, message in (
        ("newer", StoreError, "newer mlcoach"),
        ("broken", StoreError, "cannot be read"),
        ("nothing", NotFoundError, "no backup `nothing`"),
    ):
        with pytest.raises(error, match=message):
            restore(store.path, store.folder, name, NOW)
    assert store.path.read_bytes() == before
    assert sorted(file.name for file in store.path.parent.iterdir()) == ["backups", "mlcoach.db"]
    readable = {backup.name: backup.readable for backup in backups.backups(store.folder)}
    assert readable == {"mlcoach-20261123T190000Z": True, "newer": True, "broken": False}


@pytest.mark.parametrize("edit", ["study_day = 'x'", "study_day = '9'", "study_day = CAST(x'ff' AS TEXT)"])
def test_a_backup_with_a_day_that_is_none_is_listed_as_one_that_cannot_be_read(store, edit):
    store.log(10)
    path = store.back_up(NOW)
    damaged = sqlite3.connect(path, isolation_level=None)
    damaged.execute(f"UPDATE event SET {edit}")
    damaged.close()
    assert [backup.readable for backup in backups.backups(store.folder)] == [False]
