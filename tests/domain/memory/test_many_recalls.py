"""The recall of thousands of items at once is that of each alone, and a unit's tally is what its items say."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcoach.domain.memory.items import ItemState
from mlcoach.domain.memory.learner_model import scheduled_recall
from mlcoach.domain.memory.many_recalls import packed_recalls
from mlcoach.domain.memory.recall import decay_of, retrievability
from mlcoach.domain.memory.tallies import ItemsThere, MetItem, item_tallies
from mlcoach.domain.memory.trace import packed
from tests.domain.memory.test_learner_model import items, live, parameter_sets

TODAY = date(2026, 11, 23)


@given(items, st.integers(-2, 4000), parameter_sets)
@settings(max_examples=200, deadline=None)
@pytest.mark.slow
def test_many_at_once_are_recalled_as_each_alone(lives: list[Any], elapsed: int, parameters: Any) -> None:
    traces, known = [], None
    for history in lives:
        trace, known = live(history, *([] if known is None else [known]), parameters=parameters)
        traces.append(trace)
    assert known is not None
    # Believed to the full, the correction reaches every item.
    for model in (known, known._replace(trust=6.0)):
        recalled, alone = packed_recalls(model, parameters), packed_recalls(None, parameters)
        for trace in traces * 2:
            if trace.memory is None:
                continue
            bare = retrievability(trace.memory.stability, elapsed, decay_of(parameters))
            each = scheduled_recall(model, trace, elapsed, parameters)
            assert recalled(*trace.memory, packed(trace), elapsed) == pytest.approx(each, abs=1e-9)
            assert recalled(*trace.memory, "", elapsed) == pytest.approx(bare, abs=1e-12)
            assert alone(*trace.memory, packed(trace), elapsed) == pytest.approx(bare, abs=1e-12)


def met(item: str, recalls: float, *, again: bool = False) -> MetItem:
    """An item whose stability is the recall that the test wants of it."""
    return MetItem(
        item, recalls, 5.0, "2026-11-20", "2026-11-01", "2026-11-02", "2026-11-20" if again else "2026-11-02", ""
    )


def test_the_tally_of_a_unit_leaves_out_what_is_gone_and_drills_and_counts_cards_never_met() -> None:
    asked = ItemsThere(
        {"a.b/one", "a.b/two", "a.b/new", "a.b/work", "a.b/drill"}, {"a.b/work"}, frozenset({"a.b/drill"}),
        {"a.b": (3, 2)}, {"a.b/old": "a.b/two"},
    )  # fmt: skip
    rows = [
        met("a.b/one", 0.9, again=True),
        met("a.b/old", 0.6),
        met("a.b/work", 0.9),
        met("a.b/drill", 0.1),
        met("a.b/gone", 0.1),
    ]
    days: list[int] = []

    def recall(stability: float, difficulty: float, trace: str, elapsed: int) -> float:
        days.append(elapsed)
        return stability

    tally = item_tallies(rows, asked, recall, TODAY)["a.b"]
    assert set(days) == {3}
    assert (tally.items, tally.first_day, tally.relearned) == (4, "2026-11-01", ("2026-11-20",))
    assert tally.recall == pytest.approx(0.8)
    assert tally.retained == pytest.approx((0.9 + 0.6 + 0.9) / 4), (
        "a card never met is not recalled, an exercise not asked"
    )
    assert item_tallies([], asked, recall, TODAY) == {}


def test_a_row_has_the_fields_of_the_state_it_comes_from() -> None:
    assert set(MetItem._fields) - {"item"} <= set(ItemState._fields)
