"""The correction is the fold of all answers in time order, however and whenever they arrive."""

import itertools
import random
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcoach.domain.events import (
    AnswerKept,
    Event,
    ItemAdopted,
    ItemGraded,
    ItemMarked,
    ItemScheduled,
    ParametersAdopted,
    Revoked,
)
from mlcoach.domain.memory.learner_model import START, LearnerModel, Learning, learn
from mlcoach.domain.memory.trace import trials
from mlcoach.store import journal, learner_model, memory_fold, refold
from mlcoach.store.journal import insert
from mlcoach.store.learner_model import BEGINNING, read, refolded, unlike_fold
from mlcoach.store.migrations import MIGRATIONS, migrate
from mlcoach.store.open_database import connect_to_read, connect_to_write
from mlcoach.store.refold import rebuild_all
from mlcoach.store.verify import rows_unlike_folds
from tests.domain.memory.learner_history import history
from tests.domain.memory.test_learner_history import EXACT, MOODS, WEIGHTS
from tests.domain.memory.test_recall import FITTED
from tests.store.journals import APPLIED, MINUTE, MONDAY, NOON, arrive, do, in_memory, journals

pytestmark = pytest.mark.slow  # by its nature; each landing runs it

ITEMS = tuple(f"a.b/{number}" for number in range(6))


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkpoints so close together that a small journal has several."""
    monkeypatch.setattr(learner_model, "LADDER", ((2, 6), (8, 1 << 60)))


def is_sound(connection: Any) -> bool:
    """Whether each stored row is the fold from the beginning."""
    return not any(wrong for _, _, wrong in unlike_fold(connection))


def a_life(count: int, seed: int = 1) -> list[Event]:
    """Return answers to a few items over many days, by two devices in turn."""
    chance = random.Random(seed)
    events = []
    for seq in range(1, count + 1):
        day = MONDAY + timedelta(days=seq // 3)
        device = "aa" if seq % 2 else "bb"
        body = ItemGraded(chance.choice(ITEMS), chance.choice((1, 2, 3, 3, 3, 4)), chance.randrange(40), "")
        instant = NOON + seq * MINUTE
        events.append(Event(f"{device}-{seq}", instant, 60, day, instant, device, seq, f"c{seq}", body))
    return events


def known_after(events: list[Event]) -> LearnerModel:
    """What a fold that knows nothing of stores makes of events in any order."""
    scored = []
    for item in ITEMS:
        own = [event for event in events if event.body.item == item]
        scored += trials(sorted(own, key=lambda event: (event.study_day, event.happened, event.device, event.seq)))
    known = START
    for trial in sorted(scored, key=lambda trial: trial.place):
        known = learn(known, trial.trace, trial.elapsed, trial.recalled)
    return known


def test_without_answers_nothing_is_known() -> None:
    connection = in_memory()
    assert read(connection) == (BEGINNING, START)
    assert is_sound(connection)


def test_each_answer_goes_on_from_the_one_before() -> None:
    connection, events = in_memory(), a_life(40)
    for event in events:
        arrive(connection, [event])
    assert read(connection).model == known_after(events)
    assert read(connection).model.answers > 20
    assert is_sound(connection)


@pytest.mark.slow
@given(st.permutations(range(30)), st.lists(st.integers(1, 12), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_any_order_of_arrival_leaves_the_same_state_to_the_last_bit(order: list[int], sizes: list[int]) -> None:
    connection, events = in_memory(), a_life(30)
    shuffled = iter([events[number] for number in order])
    for size in itertools.cycle(sizes):
        part = list(itertools.islice(shuffled, size))
        if not part:
            break
        arrive(connection, part)
        assert is_sound(connection)
    assert read(connection).model == known_after(events)


@given(st.permutations(history()), st.integers(1, 20))
@settings(max_examples=10, deadline=None)
def test_a_history_written_by_hand_comes_to_what_it_always_came_to(events: list[Event], size: int) -> None:
    connection = in_memory()
    for start in range(0, len(events), size):
        arrive(connection, events[start : start + size])
    known = read(connection).model
    assert known.weights == pytest.approx(WEIGHTS, **EXACT)
    assert (known.mood, known.usual, known.pace) == pytest.approx(MOODS[known.answers], **EXACT)
    assert is_sound(connection)


@given(journals(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_whatever_two_devices_wrote_comes_to_the_same(events: list[Event], chance: random.Random) -> None:
    at_once, one_by_one, rebuilt = in_memory(), in_memory(), in_memory()
    arrive(at_once, events)
    for event in chance.sample(events, len(events)):
        # A revocation is known with what it takes back, and no sooner.
        arrive(one_by_one, [event])
    arrive(rebuilt, events)
    for _ in rebuild_all(rebuilt):
        pass
    assert read(at_once) == read(one_by_one) == read(rebuilt)
    assert is_sound(at_once) and is_sound(one_by_one) and is_sound(rebuilt)


@given(st.integers(1, 29), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_undo_is_exact(at: int, rating: int) -> None:
    connection, events = in_memory(), a_life(30)
    arrive(connection, events)
    before = read(connection)
    day = events[at].study_day
    (added,) = do(connection, ItemGraded(ITEMS[at % 6], rating, 9, day.isoformat()), day=day)
    assert read(connection).model == known_after([*events, added])
    (taken,) = do(connection, Revoked((added.id,)), day=day, minute=1)
    assert read(connection) == before
    do(connection, Revoked((taken.id,)), day=day, minute=2)
    assert read(connection).model == known_after([*events, added])
    assert is_sound(connection)


def test_a_new_answer_is_one_step_and_undo_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    connection, events = in_memory(), a_life(120)
    arrive(connection, events)
    steps: list[int] = []

    learned = Learning.learn

    def counted(*arguments: Any) -> None:
        steps.append(1)
        learned(*arguments)

    monkeypatch.setattr(Learning, "learn", counted)
    last = events[-1].study_day + timedelta(days=3)
    (added,) = do(connection, ItemGraded(events[-1].body.item, 3, 9, ""), day=last)
    assert len(steps) == 1
    do(connection, Revoked((added.id,)), day=last, minute=1)
    assert len(steps) <= 1 + 2


def test_rows_do_not_pile_up() -> None:
    connection = in_memory()
    for event in a_life(150):
        arrive(connection, [event])
    answers = [row[0] for row in connection.execute("SELECT answers FROM correction ORDER BY answers")]
    assert len(answers) == len(set(answers))
    newest = answers[-1]
    assert [n for n in answers if n < newest - 6] == [n for n in range(newest - 6) if n % 8 == 0 and n in answers]
    assert len(answers) <= 150 // 8 + 6


def test_many_first_answers_do_not_make_each_next_one_dearer() -> None:
    connection = in_memory()
    for number in range(30):
        do(connection, ItemGraded(f"a.b/new{number}", 3, 5, ""), minute=number)
    place, known = read(connection)
    assert known.answers == 0
    assert place[:2] == (MONDAY.isoformat(), NOON + 29 * MINUTE)
    assert connection.execute("SELECT count(*) FROM correction").fetchone() == (1,)


def test_marks_that_change_no_memory_change_nothing() -> None:
    connection = in_memory()
    arrive(connection, a_life(30))
    before = connection.execute("SELECT * FROM correction").fetchall()
    do(connection, ItemMarked(ITEMS[0], "flagged"), ItemMarked(ITEMS[1], "suspended"), day=MONDAY)
    assert connection.execute("SELECT * FROM correction").fetchall() == before


def test_a_mark_of_forgetting_in_the_past_folds_again() -> None:
    connection, events = in_memory(), a_life(30)
    arrive(connection, events)
    before = read(connection)
    (mark,) = do(connection, ItemMarked(events[12].body.item, "forgotten"), day=events[12].study_day)
    assert read(connection).model != before.model
    assert is_sound(connection)
    do(connection, Revoked((mark.id,)), minute=1)
    assert read(connection) == before


def test_history_moved_to_another_id_is_learned_from_as_one() -> None:
    apart, together = in_memory(), in_memory()
    first = ItemGraded("a.b/old", 3, 5, "")
    for connection, item in ((apart, "a.b/new"), (together, "a.b/old")):
        do(connection, first)
        do(connection, ItemGraded(item, 1, 5, ""), day=MONDAY + timedelta(days=4), minute=1)
    assert read(apart).model.answers == 0
    (moved,) = do(apart, ItemAdopted("a.b/old", "a.b/new"), day=MONDAY + timedelta(days=5), minute=2)
    assert read(apart).model == read(together).model != START
    assert is_sound(apart)
    do(apart, Revoked((moved.id,)), day=MONDAY + timedelta(days=5), minute=3)
    assert read(apart).model == START


def test_history_moved_on_and_back_again_is_learned_from_as_one() -> None:
    connection = in_memory()
    names = [f"a.b/name-{number}" for number in range(3)]
    for number, name in enumerate((*names, *names)):
        rating = 1 if number % 2 else 3
        do(connection, ItemGraded(name, rating, 5, ""), day=MONDAY + timedelta(days=4 * number), minute=number)
    moves: list[Event] = []
    for minute, (old, new) in enumerate(((0, 1), (1, 2), (2, 0), (0, 2)), start=10):
        moves += do(connection, ItemAdopted(names[old], names[new]), day=MONDAY + timedelta(days=30), minute=minute)
        assert is_sound(connection)
    assert read(connection).model.answers == 5
    for minute, number in enumerate((1, 3, 0, 2), start=20):
        do(connection, Revoked((moves[number].id,)), day=MONDAY + timedelta(days=30), minute=minute)
        assert is_sound(connection)
    assert read(connection).model.answers == 3


def test_history_moved_through_a_name_without_answers_arrives() -> None:
    connection = in_memory()
    do(connection, ItemGraded("a.b/first", 3, 5, ""))
    do(connection, ItemGraded("a.b/third", 1, 5, ""), day=MONDAY + timedelta(days=4), minute=1)
    do(connection, ItemAdopted("a.b/first", "a.b/second"), day=MONDAY + timedelta(days=5), minute=2)
    assert read(connection).model.answers == 0
    do(connection, ItemAdopted("a.b/second", "a.b/third"), day=MONDAY + timedelta(days=5), minute=3)
    assert read(connection).model.answers == 1
    assert is_sound(connection)


def test_a_schedule_from_elsewhere_in_the_past_folds_again() -> None:
    connection = in_memory()
    for day in (0, 10, 20):
        do(connection, ItemGraded(ITEMS[0], 3, 5, ""), day=MONDAY + timedelta(days=day), minute=day)
    assert read(connection).model.answers == 2
    do(connection, ItemScheduled(ITEMS[0], "2026-12-20", 12.0, 5.0, "anki"), day=MONDAY + timedelta(days=5), minute=30)
    assert read(connection).model.answers == 1, "the answer after it has none of ours before it"
    assert is_sound(connection)


def test_other_parameters_fold_all_of_it_again() -> None:
    connection = in_memory()
    arrive(connection, a_life(30))
    before = read(connection)
    (adopted,) = do(connection, ParametersAdopted(FITTED), minute=1)
    assert read(connection).model.weights != before.model.weights
    assert is_sound(connection)
    do(connection, Revoked((adopted.id,)), minute=2)
    assert read(connection) == before


def test_answers_from_elsewhere_count_also_those_to_cards_that_are_not_here() -> None:
    connection = in_memory()
    for day, body in (
        (0, AnswerKept("17", 3, 9, "reviews")),
        (3, AnswerKept("17", 1, 9, "reviews")),
        (3, ItemGraded("a.b/one", 3, 9, "", origin="anki")),
        (8, ItemGraded("a.b/one", 3, 9, "", origin="anki")),
        (8, ItemScheduled("a.b/two", "2026-12-20", 12.0, 5.0, "anki")),
        (20, ItemGraded("a.b/two", 3, 9, "")),
        (24, ItemGraded("a.b/two", 3, 9, "")),
    ):
        do(connection, body, day=MONDAY + timedelta(days=day), minute=day)
    assert read(connection).model.answers == 3
    assert is_sound(connection)


def test_a_changed_row_is_noticed() -> None:
    connection = in_memory()
    arrive(connection, a_life(30))
    assert is_sound(connection)
    connection.execute("UPDATE correction SET data = replace(data, '[3,[1.', '[3,[2.') WHERE answers % 8 <> 0")
    assert not is_sound(connection)
    for _ in refolded(connection, BEGINNING):
        pass
    assert is_sound(connection)
    connection.execute("DELETE FROM correction WHERE answers = (SELECT max(answers) FROM correction)")
    assert not is_sound(connection)


def test_what_was_learned_in_another_way_is_learned_again_with_the_next_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    connection, events = in_memory(), a_life(30)
    monkeypatch.setattr(learner_model, "MODEL_VERSION", 0)
    arrive(connection, events[:-1])
    monkeypatch.undo()
    monkeypatch.setattr(learner_model, "LADDER", ((2, 6), (8, 1 << 60)))
    assert read(connection) == (BEGINNING, START)
    assert not is_sound(connection)
    arrive(connection, events[-1:])
    assert read(connection).model == known_after(events)
    assert is_sound(connection)


@pytest.mark.parametrize("connect", [connect_to_read, connect_to_write])
def test_a_store_of_the_release_before_is_learned_from(tmp_path: Path, connect: Any) -> None:
    path, events = tmp_path / "mlcoach.db", a_life(30)
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, APPLIED, MIGRATIONS[:3])
    connection.execute("BEGIN")
    insert(connection, events, "written by the release before")
    connection.execute("COMMIT")
    connection.close()
    connection = connect(path, APPLIED)
    assert read(connection).model == known_after(events)
    assert is_sound(connection)
    connection.close()


def test_the_last_answer_is_found_without_sorting() -> None:
    connection = in_memory()
    query = f"SELECT {journal.ORDER} FROM {learner_model._ANSWERS} ORDER BY {learner_model._LAST_FIRST} LIMIT 1"
    plan = " ".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert "event_answers" in plan and "ORDER BY" not in plan


def test_very_many_answers_taken_back_at_once_leave_nothing_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_FEW", 3)
    connection, events = in_memory(), a_life(30)
    arrive(connection, events)
    before = read(connection)
    bodies = [ItemGraded(ITEMS[number % 6], 1, 5, "") for number in range(12)]
    added = do(connection, *bodies, day=events[5].study_day)
    assert read(connection).model == known_after([*events, *added])
    (taken,) = do(connection, Revoked(tuple(event.id for event in added)), minute=1)
    assert read(connection) == before
    assert is_sound(connection)
    do(connection, Revoked((taken.id,)), minute=2)
    assert read(connection).model == known_after([*events, *added])
    assert is_sound(connection)


@pytest.mark.parametrize(
    "body", [ItemMarked(ITEMS[1], "forgotten"), ItemAdopted(ITEMS[0], ITEMS[1]), ParametersAdopted(FITTED)]
)
def test_among_very_many_taken_back_at_once_what_bears_on_earlier_answers_is_found(
    monkeypatch: pytest.MonkeyPatch, body: Any
) -> None:
    monkeypatch.setattr(journal, "_FEW", 3)
    connection, events = in_memory(), a_life(30)
    arrive(connection, events)
    before = read(connection)
    early = do(connection, body, day=events[5].study_day)
    late = do(connection, *(ItemGraded(ITEMS[number], 3, 5, "") for number in range(5)), day=events[-1].study_day)
    (taken,) = do(connection, Revoked(tuple(event.id for event in (*early, *late))), minute=1)
    assert read(connection) == before
    assert is_sound(connection)
    do(connection, Revoked((taken.id,)), minute=2)
    assert read(connection) != before
    assert is_sound(connection)


@pytest.mark.parametrize("many", [1, 10_000])
def test_an_import_in_one_read_comes_to_what_item_by_item_comes_to(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(refold, "MANY", many)
    connection, events = in_memory(), a_life(120)
    arrive(connection, events)
    (moved,) = do(connection, ItemAdopted(ITEMS[0], ITEMS[1]), day=events[70].study_day)
    (begun,) = do(connection, ItemMarked(ITEMS[2], "forgotten"), day=events[50].study_day)
    kept = [AnswerKept("77", rating, 9, "reviews") for rating in (3, 1, 3)]
    for number, body in enumerate(kept):
        do(connection, body, day=MONDAY + timedelta(days=3 * number), minute=number)
    assert moved.id != begun.id
    assert not list(filter(None, (look.wrong for look in rows_unlike_folds(connection))))
    before = connection.execute("SELECT * FROM item ORDER BY key").fetchall()
    list(rebuild_all(connection))
    assert connection.execute("SELECT * FROM item ORDER BY key").fetchall() == before
    assert not list(filter(None, (look.wrong for look in rows_unlike_folds(connection))))
    assert is_sound(connection)


def test_the_latest_answers_are_predicted_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    connection, events = in_memory(), a_life(90)
    arrive(connection, events)
    everything, came = learner_model.latest_predictions(connection, 10_000, adaptive=True)
    latest, came_last = learner_model.latest_predictions(connection, 12, adaptive=True)
    assert 12 <= len(latest) < len(everything) == read(connection).model.answers
    assert (latest, came_last) == (everything[-len(latest) :], came[-len(latest) :])
    alone, _ = learner_model.latest_predictions(connection, 12, adaptive=False)
    assert len(alone) == len(latest) and alone != latest


@given(journals())
@settings(max_examples=40, deadline=None)
def test_events_that_have_just_come_in_are_folded_as_those_that_are_read(events: list[Event]) -> None:
    connection = in_memory()
    written = insert(connection, events, "").memory
    total = connection.execute(f"SELECT count(*) FROM event WHERE kind IN {memory_fold.KINDS}").fetchone()[0]
    read_again = list(memory_fold._events(connection, (), total))
    assert list(memory_fold._events(connection, written, total)) == read_again
    # Where one is not at hand, all are read.
    assert list(memory_fold._events(connection, written[1:], total)) == read_again
