"""Answers are scheduled by what all answers before them say of the learner."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mlcoach.domain.events import Revoked
from mlcoach.domain.memory import learner_model
from mlcoach.domain.memory.intervals import fuzz_bounds
from mlcoach.domain.memory.ratings import RATINGS
from mlcoach.domain.memory.recall import raw_interval
from mlcoach.domain.memory.trace import trace_of
from mlcoach.services.context import Context
from mlcoach.services.memory import explain as memory_explain
from mlcoach.services.memory import learner_model as memory_learner_model
from mlcoach.services.record import record
from mlcoach.services.review import grade
from mlcoach.services.review import items as review_items

MONDAY = date(2026, 11, 23)
FIRST, SECOND, THIRD = (f"math.la.vectors/{name}" for name in (
    "dot-product-sign", "one-norm-likes-sparse", "outer-product-view",
))  # fmt: skip


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = at(home, 0)
    yield made
    made.close()


def at(home: Path, days: int) -> Context:
    """Return the world so many days after Monday."""
    now = datetime.fromisoformat("2026-11-23T20:00:00+01:00") + timedelta(days=days)
    return Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": now.isoformat()}, "grade")


def answer(home: Path, days: int, item: str, rating: int, seconds: int = 8) -> grade.RecordedAnswer:
    """Answer an item so many days after Monday."""
    context = at(home, days)
    done = grade.record_answer(context, item, rating, seconds, context.today)
    context.close()
    return done


def slip(home: Path, times: int = 6) -> None:
    """Fail where FSRS-6 expects recall."""
    for number in range(times):
        answer(home, 3 * number, FIRST, 3 if number == 0 else 1)
        answer(home, 3 * number, SECOND, 3 if number % 2 == 0 else 1)


def test_the_first_interval_is_close_to_that_of_fsrs(context: Context) -> None:
    with_it = grade.next_intervals(context, FIRST)
    (context.places.config_file).parent.mkdir(exist_ok=True)
    (context.places.config_file).write_text("[memory]\nadaptive = false\n", encoding="utf-8")
    alone = at(context.places.config_file.parent.parent, 0)
    assert memory_learner_model.corrected_interval_after(alone, FIRST, MONDAY, 0.9) is None
    assert all(abs(one - other) <= 3 for one, other in zip(with_it, grade.next_intervals(alone, FIRST), strict=True))
    alone.close()


def test_who_forgets_more_is_asked_sooner(home: Path) -> None:
    slip(home)
    context = at(home, 20)
    corrected_interval = memory_learner_model.corrected_interval_after(context, THIRD, context.today, 0.9)
    assert corrected_interval is not None
    from mlcoach.domain.memory.recall import next_memory

    for rating in (3, 4):
        memory = next_memory(None, 0, rating)
        assert corrected_interval(rating, memory) < 0.9 * raw_interval(memory.stability, 0.9)
    context.close()


def test_the_preview_is_what_is_recorded_and_lies_around_the_corrected_interval(home: Path) -> None:
    slip(home)
    for place, (word, rating) in enumerate(RATINGS.items()):
        context = at(home, 25 + place)
        shown = grade.next_intervals(context, SECOND)
        before = context.store.learner_model()
        corrected_interval = memory_learner_model.corrected_interval_after(context, SECOND, context.today, 0.9)
        done = grade.grade(context, SECOND, word, 1 + 40 * place, context.today)
        assert done.interval_days == shown[rating - 1]
        trace = trace_of(review_items.item_history(context, SECOND))
        after = context.store.learner_model()
        assert after.answers == before.answers + 1
        assert corrected_interval is not None and trace.memory is not None
        corrected = learner_model.interval(after, trace, 0.9)
        assert corrected_interval(rating, trace.memory) == corrected
        if rating == 1:
            low, high = fuzz_bounds(corrected)
            assert low <= done.interval_days <= high
        context.close()


def test_an_answer_for_a_day_before_counts_what_came_before_it(home: Path) -> None:
    slip(home)
    context = at(home, 30)
    earlier = MONDAY + timedelta(days=1)
    done = grade.record_answer(context, SECOND, 3, 5, earlier)
    assert done.events[-1].study_day == earlier
    known = context.store.learner_model()
    record(context, Revoked(tuple(event.id for event in done.events)), opens_day=False)
    undone = context.store.learner_model()
    assert known != undone
    context.close()


def test_undo_takes_back_what_was_learned(home: Path) -> None:
    slip(home)
    context = at(home, 30)
    before = context.store.learner_model()
    done = grade.record_answer(context, FIRST, 3, 5, context.today)
    assert context.store.learner_model() != before
    record(context, Revoked(tuple(event.id for event in done.events)), opens_day=False)
    assert context.store.learner_model() == before
    context.close()


def test_reading_needs_no_store(context: Context, home: Path) -> None:
    assert context.store.learner_model() == learner_model.START
    assert memory_explain.explain(context, FIRST).days is None
    assert not (home / "data").exists()
