"""Homes that were copied and went on under one name: found, joined in any order, nothing dropped."""

import json
import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import ItemGraded, Revoked, TimeLogged
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.store.append import NewEvent, append
from mlcoach.store.copies import REFUSED, forks
from mlcoach.store.device import known_device, predecessors, renew_device
from mlcoach.store.refold import rebuild_all
from mlcoach.store.store import Store
from mlcoach.store.undo import redoable, undoable
from mlcoach.store.union import ImportNote, Joined, join, journal_lines, read_line
from tests.store.journals import MINUTE, MONDAY, NOON, OPENED, assert_rows_are_folds, do, in_memory, rows

NOW = NOON + 8 * 24 * 60 * MINUTE


def copy_of(connection: Any) -> Any:
    """Return a home with the same file, as `cp -r` leaves it: it goes on under the same name."""
    copy = in_memory()
    connection.backup(copy)
    return copy


def exported(connection: Any) -> list[str]:
    return list(journal_lines(connection))


def bring(target: Any, texts: Sequence[str], *, copies: bool = True, note: bool = False) -> Joined:
    lines = [read_line(number, text, NOW) for number, text in enumerate(texts, start=1)]
    told = ImportNote(LocalInstant(NOON + 999 * MINUTE, 60), MONDAY, f"import-{random.random()}", "import journal x")
    return join(target, lines, note=told if note else None, join_copies=copies)


def notes(connection: Any) -> list[str]:
    """Return the notes of all time that counts, each of which was written once."""
    found = connection.execute(
        "SELECT json_extract(data, '$.note') FROM event WHERE kind = 'time_logged'"
        " AND id NOT IN (SELECT event FROM revoked)"
    )
    return sorted(note for (note,) in found)


def entries(connection: Any) -> list[dict[str, Any]]:
    return sorted((json.loads(text) for text in exported(connection)), key=lambda entry: entry["id"])


def log(connection: Any, note: str, minute: int) -> Any:
    return do(connection, TimeLogged(60, note=note), minute=minute, command=f"{note}-{minute}")[0]


def forked() -> tuple[Any, Any]:
    """Return two homes that have two entries in common and then one and two of their own."""
    one = in_memory()
    for number in range(2):
        log(one, f"both {number}", number)
    other = copy_of(one)
    log(one, "one", 5)
    log(other, "other", 6)
    log(other, "other too", 7)
    return one, other


def test_entries_of_a_copy_are_refused_with_a_sentence_that_is_true() -> None:
    one, other = forked()
    before = entries(one)
    came = bring(one, exported(other), copies=False)
    assert (came.added, came.known) == (0, 2)
    assert [reason for _, reason in came.refused] == [REFUSED, REFUSED]
    assert entries(one) == before


def test_what_comes_after_the_entries_that_collide_is_no_entry_of_this_home() -> None:
    one, other = forked()
    third = in_memory()
    bring(third, exported(one))
    came = bring(third, exported(other), copies=False)
    assert came.added == 0, "`other too` has a number that is free here"
    assert len(came.refused) == 2


@pytest.mark.parametrize("first", [0, 1])
def test_homes_that_forked_are_joined_on_both_sides_to_the_same(first: int) -> None:
    homes = forked()
    texts = [exported(home) for home in homes]
    bring(homes[first], texts[1 - first])
    bring(homes[1 - first], texts[first])
    assert entries(homes[0]) == entries(homes[1])
    assert rows(homes[0], revoked=True) == rows(homes[1], revoked=True)
    for home in homes:
        assert notes(home) == ["both 0", "both 1", "one", "other", "other too"]
        assert_rows_are_folds(home)
    assert known_device(homes[0]) != known_device(homes[1])


def test_once_joined_the_sides_go_on_without_being_asked_again() -> None:
    one, other = forked()
    texts = exported(one), exported(other)
    bring(one, texts[1])
    log(other, "other before it was told", 8)
    came = bring(one, exported(other), copies=False)
    assert (came.added, came.refused) == (1, []) or came.refused, "asked again only where this side was renamed"
    bring(other, exported(one))
    bring(one, exported(other))
    log(one, "one later", 9)
    log(other, "other later", 9)
    assert bring(one, exported(other), copies=False).refused == []
    assert bring(other, exported(one), copies=False).refused == []
    assert entries(one) == entries(other)
    assert len(notes(one)) == len(set(notes(one))) == 8


def test_undo_takes_back_what_this_side_wrote_whatever_it_is_called_now() -> None:
    one, other = forked()
    texts = exported(one), exported(other)
    bring(one, texts[1])
    bring(other, texts[0])
    for home, wrote in ((one, ["one", "both 1", "both 0"]), (other, ["other too", "other", "both 1", "both 0"])):
        assert [step.events[0].body.note for step in undoable(home, 9)] == wrote
        step = undoable(home, 1)[0]
        do(home, Revoked(step.ids), minute=20, command="undo")
        assert wrote[0] not in notes(home)
        found = redoable(home)
        assert found is not None
        do(home, Revoked((found[0],)), minute=21, command="redo")
        assert wrote[0] in notes(home)


def test_what_entries_say_of_one_another_follows_the_new_names() -> None:
    one = in_memory()
    log(one, "both", 0)
    other = copy_of(one)
    for home, minute in ((one, 5), (other, 6)):
        first = do(home, ItemGraded("a.b/one", 3, 5, "2026-11-26"), minute=minute)[0]
        do(
            home,
            ItemGraded("a.b/one", 4, 5, "2026-12-09", after=first.id),
            minute=minute,
            day=MONDAY + timedelta(days=1),
        )
        gone = log(home, "taken back", minute)
        do(home, Revoked((gone.id,)), minute=minute)
    texts = exported(one), exported(other)
    bring(one, texts[1])
    bring(other, texts[0])
    for home in (one, other):
        known = {entry["id"]: entry for entry in entries(home)}
        for entry in known.values():
            for named in [entry["data"].get("after"), *entry["data"].get("events", ())]:
                assert not named or (named in known and known[named]["device"] == entry["device"])
        assert notes(home) == ["both"]
        assert_rows_are_folds(home)
    assert entries(one) == entries(other)


def test_a_home_that_wrote_nothing_since_it_was_copied_gets_a_name_of_its_own() -> None:
    one = in_memory()
    log(one, "both", 0)
    other = copy_of(one)
    log(other, "other", 5)
    assert len(bring(one, exported(other), copies=False).refused) == 1
    assert bring(one, exported(other)).added == 1
    log(one, "one", 6)
    assert bring(other, exported(one), copies=False).refused == []
    assert entries(one) == entries(other)
    assert notes(one) == ["both", "one", "other"]


def test_an_entry_that_somebody_changed_is_not_a_fork() -> None:
    one = in_memory()
    for number in range(3):
        log(one, f"both {number}", number)
    texts = exported(one)
    changed = json.loads(texts[1])
    changed["data"]["note"] = "changed"
    lines = [read_line(1, texts[0], NOW), read_line(2, json.dumps(changed), NOW), read_line(3, texts[2], NOW)]
    assert forks(one, lines) == []
    came = join(one, lines, join_copies=True)
    assert came.refused == [(2, "an entry that is here with other content")]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_copies_of_which_two_were_made_later_come_to_the_same(order: tuple[int, ...]) -> None:
    first = in_memory()
    log(first, "all", 0)
    second = copy_of(first)
    log(first, "first and third", 1)
    third = copy_of(first)
    homes = [first, second, third]
    for number, home in enumerate(homes):
        log(home, f"own {number}", 5 + number)
        log(home, f"own too {number}", 9 + number)
    texts = [exported(home) for home in homes]
    fresh = in_memory()
    for number in order:
        bring(fresh, texts[number])
    for _ in range(2):  # each way, until all know of all
        for target in homes:
            for source in order:
                bring(target, exported(homes[source]))
    for home in homes:
        assert entries(home) == entries(fresh)
        assert rows(home, revoked=True) == rows(fresh, revoked=True)
        assert len(notes(home)) == 8


@pytest.mark.slow
@given(st.data())
def test_any_homes_copied_at_any_time_join_to_the_same_in_any_order(data: st.DataObject) -> None:
    homes = [in_memory()]
    for minute in range(data.draw(st.integers(2, 10))):
        home = data.draw(st.sampled_from(homes))
        match data.draw(st.sampled_from(("log", "log", "undo", "copy"))):
            case "log":
                log(home, f"note {minute}", minute)
            case "undo":
                if steps := undoable(home, 1):
                    do(home, Revoked(steps[0].ids), minute=minute, command=f"undo {minute}")
            case _:
                if len(homes) < 4:
                    homes.append(copy_of(home))
    texts = [exported(home) for home in homes]
    states = []
    for _ in range(2):
        fresh = in_memory()
        for text in data.draw(st.permutations(texts)):
            bring(fresh, text)
        states.append((entries(fresh), rows(fresh, revoked=True)))
        assert_rows_are_folds(fresh)
    assert states[0] == states[1]
    for _ in range(2):
        for target in homes:
            for source in data.draw(st.permutations(homes)):
                if source is not target:
                    bring(target, exported(source))
    for home in homes:
        assert entries(home) == states[0][0]
    # Whoever goes on adds to it, also where two of them never had a name of their own.
    for number, home in enumerate(homes):
        log(home, f"later {number}", 99)
    for _ in range(2):
        for target in homes:
            for source in homes:
                bring(target, exported(source))
    assert all(entries(home) == entries(homes[0]) for home in homes)
    assert set(notes(homes[0])) >= {f"later {number}" for number in range(len(homes))}
    for connection in OPENED:
        connection.close()
    OPENED.clear()


# Under a new name, what was written under the old one ----------------------------------------------------------------


def test_a_renewed_device_takes_back_what_it_wrote_before_and_brings_it_again() -> None:
    one = in_memory()
    log(one, "first", 0)
    log(one, "second", 1)
    device = known_device(one)
    renew_device(one)
    assert [step.events[0].body.note for step in undoable(one, 9)] == ["second", "first"]
    do(one, Revoked(undoable(one, 1)[0].ids), minute=2, command="undo")
    assert known_device(one) != device
    assert predecessors(one) == {device: 2}
    assert notes(one) == ["first"]
    renew_device(one)
    found = redoable(one)
    assert found is not None
    do(one, Revoked((found[0],)), minute=3, command="redo")
    assert notes(one) == ["first", "second"]
    for _ in rebuild_all(one):
        pass
    assert notes(one) == ["first", "second"]


def test_what_the_original_wrote_later_is_not_the_copys_to_take_back() -> None:
    one = in_memory()
    log(one, "both", 0)
    copy = copy_of(one)
    renew_device(copy)
    log(one, "one", 1)
    log(copy, "copy", 2)
    assert bring(copy, exported(one), copies=False).added == 1
    assert [step.events[0].body.note for step in undoable(copy, 9)] == ["copy", "both"]


# An import, taken back -----------------------------------------------------------------------------------------------


def test_an_import_is_taken_back_as_one_step_here_and_nowhere_else() -> None:
    one, other = in_memory(), in_memory()
    log(one, "one", 0)
    log(other, "other", 1)
    gone = log(other, "gone", 2)
    do(other, Revoked((gone.id,)), minute=3)
    alone = rows(one, revoked=True)
    assert bring(one, exported(other), note=True).added == 3
    (step, _) = undoable(one, 9)
    assert step.counts == {"journal_joined": 1}
    do(one, Revoked(step.ids), minute=1000, command="undo")
    assert notes(one) == ["one"]
    assert {table: found for table, found in rows(one).items() if table != "revoked"} == {
        table: found for table, found in alone.items() if table != "revoked"
    }
    # The other machine keeps what it wrote.
    bring(other, exported(one))
    assert notes(other) == ["one", "other"]
    assert_rows_are_folds(one)
    found = redoable(one)
    assert found is not None
    do(one, Revoked((found[0],)), minute=1001, command="redo")
    assert notes(one) == ["one", "other"]


def test_what_was_taken_back_counts_again_when_it_is_imported_again() -> None:
    one, other = in_memory(), in_memory()
    log(other, "other", 1)
    bring(one, exported(other), note=True)
    do(one, Revoked(undoable(one, 1)[0].ids), minute=1000, command="undo")
    assert notes(one) == []
    assert bring(one, exported(other), note=True).added == 1
    assert notes(one) == ["other"]
    do(one, Revoked(undoable(one, 1)[0].ids), minute=1001, command="undo")
    assert notes(one) == []
    assert_rows_are_folds(one)


def test_joining_back_and_forth_comes_to_an_end() -> None:
    one, other = in_memory(), in_memory()
    log(one, "one", 0)
    log(other, "other", 1)
    for _ in range(3):
        bring(one, exported(other), note=True)
        bring(other, exported(one), note=True)
    assert bring(one, exported(other), note=True).added == 0
    assert bring(other, exported(one), note=True).added == 0
    assert entries(one) == entries(other)


def test_a_study_day_may_be_the_day_after_its_instant_and_no_later() -> None:
    one = in_memory()
    append(one, [NewEvent(TimeLogged(60), MONDAY + timedelta(days=1))], LocalInstant(NOON, 60), "c", "log")
    append(one, [NewEvent(TimeLogged(60), MONDAY + timedelta(days=2))], LocalInstant(NOON, 60), "d", "log")
    near, far = exported(one)
    read_line(1, near, NOW)
    with pytest.raises(ValueError, match="still to come when it was made"):
        read_line(2, far, NOW)


def test_entries_of_one_instant_are_listed_alike_whichever_came_first() -> None:
    homes = [in_memory() for _ in range(3)]
    for number, home in enumerate(homes):
        for again in range(3):
            log(home, f"{number} {again}", 0)
            do(home, ItemGraded(f"a.b/{number}", 3, again, "2026-11-26"), minute=0)
    texts = [exported(home) for home in homes]
    for target in homes:
        for text in texts:
            bring(target, text)
    listed = [
        [event.id for event in Store(home, Path()).recent(("time_logged", "timer_stopped", "pass_finished"), 7)]
        for home in homes
    ]
    assert listed[0] == listed[1] == listed[2]
    assert len(listed[0]) == 7
    asked = [Store(home, Path()).latest_answers(7) for home in homes]
    assert asked[0] == asked[1] == asked[2]
