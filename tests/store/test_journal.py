"""The journal and its rows: append, undo, redo, merging, and several processes at once."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.event_keys import Key
from mlcoach.domain.events import (
    DayOpened,
    Event,
    ItemAdopted,
    ItemGraded,
    Revoked,
    TimeLogged,
    TimerStarted,
    TimerStopped,
    UnitMarked,
)
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.errors import StoreError
from mlcoach.store.append import NewEvent, append
from mlcoach.store.device import known_device
from mlcoach.store.journal import decode, encode, events_of
from mlcoach.store.open_database import connect_to_read, connect_to_write
from mlcoach.store.refold import rebuild_all
from mlcoach.store.store import Store
from mlcoach.store.undo import redoable, undoable
from tests.store.journals import (
    APPLIED,
    BODIES,
    MINUTE,
    MONDAY,
    NOON,
    arrive,
    assert_rows_are_folds,
    do,
    in_memory,
    journals,
    rows,
)


def revoke_last(connection, minute: int = 0) -> None:
    step = undoable(connection, 1)[0]
    do(connection, Revoked(tuple(event.id for event in step.events)), minute=minute, command=f"undo-{minute}")


def redo_last(connection, minute: int = 0) -> None:
    found = redoable(connection)
    assert found is not None
    do(connection, Revoked((found[0],)), minute=minute, command=f"redo-{minute}")


def test_events_get_their_numbers_and_rows_follow():
    connection = in_memory()
    first, second = do(connection, DayOpened(120, 20), TimeLogged(2700, "math.la.eigen"), command="one")
    (third,) = do(connection, TimeLogged(600), minute=5)
    assert [event.seq for event in (first, second, third)] == [1, 2, 3]
    assert {event.device for event in (first, second, third)} == {known_device(connection)}
    assert connection.execute("SELECT seconds, goal, floor FROM day").fetchall() == [(3300, 120, 20)]
    assert connection.execute("SELECT key, mark, seconds FROM unit").fetchall() == [("math.la.eigen", "learning", 2700)]
    assert [event.id for event in Store(connection, Path()).recent(("time_logged",), 5)] == [third.id, second.id]


def test_what_happened_earlier_keeps_its_instant_and_is_recorded_now():
    connection = in_memory()
    earlier, now = LocalInstant(NOON - 600 * MINUTE, -300), LocalInstant(NOON, 60)
    (event,) = append(connection, [NewEvent(TimeLogged(60), MONDAY, happened=earlier)], now, "c1", "import")
    assert (event.happened, event.offset, event.recorded) == (earlier.microseconds, -300, now.microseconds)


@given(journals())
def test_events_are_read_as_they_were_written(events):
    assert [decode(encode(event)) for event in events] == events


@given(journals(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_order_of_arrival_never_matters(events, chance, batch):
    one, other = in_memory(), in_memory()
    for event in events:
        arrive(one, [event])
    shuffled = events[:]
    chance.shuffle(shuffled)
    for start in range(0, len(shuffled), batch):
        arrive(other, shuffled[start : start + batch])
    assert rows(one, revoked=True) == rows(other, revoked=True)
    assert_rows_are_folds(one)
    for _ in rebuild_all(other):
        pass
    assert rows(one, revoked=True) == rows(other, revoked=True)


@given(st.permutations(range(5)))
def test_folds_see_study_days_then_instants_then_devices_then_their_numbers(order):
    connection = in_memory()

    def told(device, seq, minute, day=MONDAY, recorded=60):
        happened, id = NOON + minute * MINUTE, f"{device}-{seq}"
        body = ItemGraded("a.b/one", 3, 5, "")
        return Event(id, happened, 60, day, NOON + recorded * MINUTE, device, seq, f"c-{id}", body)

    events = [
        told("cc", 9, 90, day=MONDAY - timedelta(days=1)),  # told the day after
        told("cc", 8, -5, recorded=99),  # from another program, hours later
        told("aa", 2, 0),
        told("aa", 3, 0),
        told("bb", 1, 0),
    ]
    for number in order:
        arrive(connection, [events[number]])
    assert events_of(connection, Key("item", "a.b/one")) == events


@given(journals(), st.lists(BODIES, min_size=1, max_size=4), st.integers(-100, 100))
def test_undo_takes_everything_back_and_redo_brings_it_again(events, bodies, minute):
    connection = in_memory()
    arrive(connection, events)
    before = rows(connection)
    do(connection, UnitMarked("a.b", "passed"), *bodies, minute=minute, command="done")
    after = rows(connection)
    frame = [body for body in bodies if type(body).__name__ in ("DayOpened", "DayPlanned")]
    # The clock may go back between do, undo and redo.
    revoke_last(connection, minute=-minute)
    if not frame:
        assert rows(connection) == before
    redo_last(connection, minute=-2 * minute)
    assert rows(connection) == after
    assert_rows_are_folds(connection)


def test_each_undo_goes_one_command_further_and_redo_comes_back():
    connection = in_memory()
    states = [rows(connection)]
    for minutes in (1, 2, 3):
        do(connection, TimeLogged(minutes * 60), TimeLogged(1, "a.b"), minute=minutes, command=f"log{minutes}")
        states.append(rows(connection))
    for number in (2, 1, 0):
        revoke_last(connection, 10 - number)
        assert rows(connection) == states[number]
    assert undoable(connection, 5) == []
    for number in (1, 2, 3):
        redo_last(connection, 20 + number)
        assert rows(connection) == states[number]
    assert redoable(connection) is None


def test_another_command_clears_what_could_be_redone_but_the_frame_of_a_day_does_not():
    connection = in_memory()
    do(connection, TimeLogged(60), command="log1")
    do(connection, TimeLogged(120), command="log2")
    revoke_last(connection, 1)
    # The second undo is the first write of another day.
    do(connection, DayOpened(120, 20), Revoked((undoable(connection, 1)[0].events[0].id,)), command="undo")
    for wanted in ("log1", "log2"):
        found = redoable(connection)
        assert found is not None
        assert found[1].command == wanted
        redo_last(connection, 2)
    revoke_last(connection, 3)
    do(connection, TimeLogged(180), command="log3")
    assert redoable(connection) is None


def test_a_command_that_took_something_back_itself_is_undone_and_redone_as_a_whole():
    connection = in_memory()
    (old,) = do(connection, TimeLogged(60), command="log")
    do(connection, Revoked((old.id,)), TimeLogged(600), command="import")
    step = undoable(connection, 1)[0]
    assert (step.command, len(step.ids), step.counts) == ("import", 2, {"time_logged": 1})
    do(connection, Revoked(step.ids), command="undo")
    assert connection.execute("SELECT seconds FROM day").fetchall() == [(60,)]
    found = redoable(connection)
    assert found is not None
    assert found[1].command == "import"
    redo_last(connection)
    assert connection.execute("SELECT seconds FROM day").fetchall() == [(600,)]


def test_a_step_says_when_its_command_ran_not_when_what_it_brought_happened():
    connection = in_memory()
    earlier, now = LocalInstant(NOON - 600 * MINUTE, -300), LocalInstant(NOON, 60)
    brought = NewEvent(TimeLogged(60), MONDAY, happened=earlier)
    append(connection, [brought], now, "import", "import anki deck.apkg")
    append(connection, [brought, NewEvent(TimeLogged(1), MONDAY)], now, "import-and-log", "import reviews log.csv")
    do(connection, TimeLogged(60), minute=5)
    assert [(step.happened, step.offset) for step in undoable(connection, 3)] == [
        (NOON + 5 * MINUTE, 60), (NOON, 60), (NOON, None)
    ]  # fmt: skip


def test_what_another_terminal_has_undone_is_not_undone_twice():
    connection = in_memory()
    (event,) = do(connection, TimeLogged(60))
    revoke_last(connection)
    with pytest.raises(StoreError, match="another terminal"):
        do(connection, Revoked((event.id,)))
    redo_last(connection)
    assert connection.execute("SELECT seconds FROM day").fetchall() == [(60,)]


def test_a_part_taken_back_before_stays_away_when_the_rest_is_undone_and_redone():
    connection = in_memory()
    one, two = do(connection, TimeLogged(60), TimeLogged(600), command="review")
    do(connection, Revoked((one.id,)), command="review")
    assert [event.id for event in undoable(connection, 1)[0].events] == [two.id]
    revoke_last(connection)
    redo_last(connection)
    assert connection.execute("SELECT seconds FROM day").fetchall() == [(600,)]


def test_readers_find_nothing_to_undo_before_this_copy_has_a_name(tmp_path):
    path = tmp_path / "mlcoach.db"
    connect_to_write(path, APPLIED).close()
    reader = connect_to_read(path, APPLIED)
    assert undoable(reader, 5) == []
    assert redoable(reader) is None
    reader.close()


def test_a_clock_that_went_back_neither_hides_a_stopped_timer_nor_a_redo():
    connection = in_memory()
    do(connection, TimerStarted("a.b"), minute=60)
    do(connection, TimerStopped(NOON + 60, NOON + 60, "a.b"), minute=0)
    assert connection.execute("SELECT data FROM single").fetchall() == []
    revoke_last(connection, minute=120)
    assert connection.execute("SELECT count(*) FROM single").fetchall() == [(1,)]
    redo_last(connection, minute=30)
    assert connection.execute("SELECT count(*) FROM single").fetchall() == [(0,)]


def test_a_failing_append_leaves_everything_as_it_was():
    connection = in_memory()
    do(connection, TimeLogged(60))
    before = list(connection.iterdump())
    with pytest.raises(ValueError, match="isoformat"):
        do(connection, TimeLogged(60), ItemGraded("a/b", 3, 5, "no day"), TimeLogged(60))
    assert list(connection.iterdump()) == before
    assert not connection.in_transaction


def test_a_backdated_grade_recomputes_what_came_after():
    connection = in_memory()
    later = MONDAY + timedelta(days=4)
    (grade,) = do(connection, ItemGraded("a/b", 3, 5, (later + timedelta(days=9)).isoformat()), day=later)
    assert connection.execute("SELECT interval, repetitions FROM item").fetchall() == [(9, 1)]
    do(connection, ItemGraded("a/b", 3, 5, (MONDAY + timedelta(days=3)).isoformat()), minute=1)
    interval, repetitions, last = connection.execute("SELECT interval, repetitions, last_grade FROM item").fetchone()
    # The later grade no longer follows what it followed, so its own due day is not kept.
    assert (repetitions, last) == (2, grade.id)
    assert interval != 9
    revoke_last(connection)
    assert connection.execute("SELECT interval, repetitions FROM item").fetchall() == [(9, 1)]


def test_an_adopted_history_follows_through_every_rename():
    connection = in_memory()
    do(connection, ItemGraded("old/card", 3, 5, "2026-11-26"))
    do(connection, ItemAdopted("old/card", "mid/card"))
    do(connection, ItemAdopted("mid/card", "new/card"))
    do(connection, ItemGraded("old/card", 4, 5, ""), day=MONDAY + timedelta(days=3))
    assert connection.execute("SELECT key, repetitions FROM item").fetchall() == [("new/card", 2)]
    assert_rows_are_folds(connection)


WRITER = """
import sys
from datetime import date
from pathlib import Path
from mlcoach.domain.events import TimeLogged
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.store.append import NewEvent, append
from mlcoach.store.open_database import connect_to_write

path, name = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for number in range(50):
    if number % 10 == 0:
        connection = connect_to_write(path, "2026-11-23T20:00:00+01:00")
    append(connection, [NewEvent(TimeLogged(60), date(2026, 11, 23))], LocalInstant(number, 60), f"{name}-{number}", "log 1m")
    if number % 10 == 9:
        connection.close()
"""


@pytest.mark.slow
def test_eight_processes_with_fifty_entries_each_make_four_hundred(tmp_path: Path):
    path = tmp_path / "data" / "mlcoach.db"
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [
        subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(8)
    ]
    for writer in writers:  # all are told at once, so that they meet at a file that is not there yet
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, complaints = writer.communicate(timeout=60)
        assert (writer.returncode, complaints) == (0, "")
    connection = connect_to_read(path, APPLIED)
    try:
        counts = connection.execute("SELECT count(*), count(DISTINCT command), max(seq) FROM event").fetchone()
        assert counts == (400, 400, 400)
        assert connection.execute("SELECT seconds FROM day").fetchall() == [(24_000,)]
        assert_rows_are_folds(connection)
    finally:
        connection.close()


def test_ids_of_two_devices_never_meet():
    names = {do(in_memory(), TimeLogged(60))[0].id for _ in range(20)}
    assert len(names) == 20
    assert all(isinstance(name, str) and len(name.partition("-")[0]) == 8 for name in names)


def test_an_event_is_kept_once():
    connection = in_memory()
    (event,) = do(connection, TimeLogged(60))
    with pytest.raises(Exception, match="UNIQUE"):
        arrive(connection, [event])
    connection.execute("ROLLBACK")
    assert isinstance(event, Event)
    assert connection.execute("SELECT seconds FROM day").fetchall() == [(60,)]
