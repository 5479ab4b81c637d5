"""Every screen and every gate takes the recall from which dates are made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.domain.memory import learner_model
from mlcoach.domain.memory.trace import trace_of
from mlcoach.services.cards import cards
from mlcoach.services.context import Context
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day import preparation
from mlcoach.services.memory import explain
from mlcoach.services.review import items
from mlcoach.store.refold import rebuild_all
from tests.services.memory.test_learner_model import FIRST, SECOND, THIRD, answer, at, slip


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    """A learner who forgets more than FSRS-6 expects, some days after their last answer."""
    slip(home)
    answer(home, 16, THIRD, 3)
    made = at(home, 24)
    yield made
    made.close()


def scheduled(context: Context, item: str) -> float:
    """The recall of today from the whole history of the item."""
    trace = trace_of(items.item_history(context, item))
    elapsed = context.today.toordinal() - trace.day
    return learner_model.scheduled_recall(context.store.learner_model(), trace, elapsed)


def test_a_row_keeps_what_the_recall_of_the_schedule_depends_on(context: Context) -> None:
    recall = items.scheduled_recall(context)
    states = items.item_states(context, (FIRST, SECOND, THIRD))
    for item, state in states.items():
        assert recall(state, context.today) == pytest.approx(scheduled(context, item), rel=1e-12)


def test_cards_units_and_the_planner_take_the_same_recall(context: Context) -> None:
    wanted = {item: scheduled(context, item) for item in (FIRST, SECOND, THIRD)}
    shown = cards.show(context, THIRD)
    assert shown.retrievability == pytest.approx(wanted[THIRD])
    at_today = [point.recall for point in shown.curve if point.day == context.today]
    assert all(recall == pytest.approx(wanted[THIRD]) for recall in at_today)
    assert preparation.mean_recall(context, "math.la.vectors") == pytest.approx(sum(wanted.values()) / 3)
    found = explain.explain(context, THIRD)
    assert found.recall == pytest.approx(wanted[THIRD])
    # FSRS-6 alone knows nothing of this learner, and expects more.
    plain = items.item_state(context, THIRD)
    assert plain is not None
    assert items.scheduled_recall(context)(plain._replace(trace=""), context.today) > wanted[THIRD] + 0.02
    assert unit_progress(context, with_memory=True).status["math.la.vectors"] == ""


def test_who_switched_the_correction_off_sees_fsrs_alone(context: Context) -> None:
    context.places.config_file.parent.mkdir(exist_ok=True)
    context.places.config_file.write_text("[memory]\nadaptive = false\n", encoding="utf-8")
    alone = at(context.places.config_file.parent.parent, 24)
    state = items.item_state(alone, THIRD)
    assert state is not None
    assert items.scheduled_recall(alone)(state, alone.today) == items.scheduled_recall(alone)(
        state._replace(trace=""), alone.today
    )
    found = explain.explain(alone, THIRD)
    assert found.recall == found.recall_now
    alone.close()


def test_a_rebuild_leaves_the_same_recall(context: Context) -> None:
    before = {key: state.trace for key, state in context.store.every_item().items()}
    list(rebuild_all(context.writable_store().connection))
    assert {key: state.trace for key, state in context.store.every_item().items()} == before


@pytest.mark.parametrize(
    ("note", "learned"),
    [
        ("DELETE FROM meta WHERE name = 'model'", "[1,[],[]]"),
        (
            "UPDATE meta SET value = '2' WHERE name = 'model'",
            f"[2,{[1.5] * 20},{[1.0] * 210},{[0.0] * 20},1,1,2,0,0,9]",
        ),
    ],
)
def test_rows_of_an_earlier_release_are_read_as_fsrs_reads_them_and_folded_again_by_the_next_entry(
    home: Path, note: str, learned: str
) -> None:
    slip(home)
    old = at(home, 20)
    connection = old.writable_store().connection
    due = {key: state.due for key, state in old.store.every_item().items()}
    connection.execute("UPDATE item SET trace = ''")
    connection.execute("UPDATE correction SET data = ?", (learned,))
    connection.execute(note)
    old.close()

    reading = at(home, 20)
    assert reading.store.is_of_older_model()
    state = items.item_state(reading, FIRST)
    assert state is not None
    assert 0 < items.scheduled_recall(reading)(state, reading.today) < 1
    reading.close()

    told: list[tuple[int, int]] = []
    from mlcoach.domain.events import ItemMarked
    from mlcoach.services.record import record_all
    from mlcoach.store.append import NewEvent

    writing = at(home, 20)
    record_all(writing, [NewEvent(ItemMarked(THIRD, "flagged"), writing.today)], lambda *at: told.append(at))
    assert told
    assert not writing.store.is_of_older_model()
    after = writing.store.every_item()
    assert {key: after[key].due for key in due} == due
    assert all(state.trace for key, state in after.items() if state.repetitions)
    assert writing.store.learner_model().answers > 0
    writing.close()


def test_an_exercise_is_explained_by_the_recall_that_is_asked_of_it(home: Path) -> None:
    context = at(home, 0)
    exercise = min(context.catalog.exercises)
    context.close()
    answer(home, 0, exercise, 3)
    context = at(home, 1)
    found = explain.explain(context, exercise)
    assert (found.exercise, found.retention) == (True, 0.75)
    assert found.interval_days >= 5
    context.close()
