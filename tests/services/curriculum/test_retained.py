"""Covered and retained from a real store: what counts, and what does not."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mlcoach.domain.curriculum import Unit
from mlcoach.domain.day.retained import Shares
from mlcoach.domain.events import ItemGraded, ItemMarked, UnitMarked
from mlcoach.services.context import Context
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.curriculum.retained import shares_of, unit_shares
from mlcoach.services.record import record
from mlcoach.services.review.items import item_states, scheduled_recall

VECTORS = "math.la.vectors"


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "curriculum")
    yield made
    made.close()


def cards_of(context: Context, unit: str) -> list[str]:
    return [head.id for head in context.catalog.items(unit) if head.kind == "card"]


def answer(context: Context, items: list[str], rating: int = 3, days_ago: int = 5) -> None:
    day = context.today - timedelta(days=days_ago)
    due = (day + timedelta(days=9)).isoformat()
    record(context, *(ItemGraded(item, rating, 10, due, "") for item in items), day=day)


def shares(context: Context, *units: str) -> Shares:
    return shares_of(context, unit_progress(context, with_memory=True), units)


def hours(context: Context, unit: str) -> float:
    known: Unit = context.catalog.units[unit]
    return known.hours


def test_passed_without_an_answer_is_covered_and_not_retained(context: Context) -> None:
    record(context, UnitMarked(VECTORS, "passed"), UnitMarked("start.setup", "skipped"))
    assert shares(context, VECTORS, "start.setup") == (1.0, 0.0)
    whole = hours(context, VECTORS) + hours(context, "math.la.eigen")
    assert shares(context, VECTORS, "math.la.eigen") == pytest.approx((hours(context, VECTORS) / whole, 0.0))


def test_retained_is_the_recall_of_the_schedule_over_all_cards(context: Context) -> None:
    record(context, UnitMarked(VECTORS, "passed"))
    cards = cards_of(context, VECTORS)
    answer(context, cards[:3])
    recall = scheduled_recall(context)
    answered = [recall(state, context.today) for state in item_states(context, cards[:3]).values()]
    assert all(0.5 < one < 1 for one in answered)
    covered, retained = shares(context, VECTORS)
    assert covered == 1.0
    assert retained == pytest.approx(sum(answered) / len(cards))


def test_it_fades_with_the_days(home: Path, context: Context) -> None:
    record(context, UnitMarked(VECTORS, "passed"))
    answer(context, cards_of(context, VECTORS))
    later = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2027-05-23T20:00:00+01:00"}, "curriculum")
    assert 0 < shares(later, VECTORS).retained < shares(context, VECTORS).retained
    assert shares(later, VECTORS).covered == 1.0
    later.close()


def test_a_unit_under_way_has_a_number_of_its_own_and_counts_for_no_sum(context: Context) -> None:
    answer(context, cards_of(context, VECTORS))
    now = unit_progress(context, with_memory=True)
    covered, retained = unit_shares(now, VECTORS)
    assert covered == 0.0
    assert retained > 0.5
    assert shares_of(context, now, [VECTORS]) == (0.0, 0.0)


def test_exercises_count_where_they_were_done(context: Context) -> None:
    record(context, UnitMarked(VECTORS, "passed"))
    exercises = [head.id for head in context.catalog.items(VECTORS) if head.kind == "exercise"]
    answer(context, exercises)
    assert shares(context, VECTORS).retained == 0.0, "no card was answered"
    answer(context, cards_of(context, VECTORS))
    with_exercises = shares(context, VECTORS).retained
    assert 0.5 < with_exercises < 1


def test_a_card_set_aside_fades_like_any_other(context: Context) -> None:
    record(context, UnitMarked(VECTORS, "passed"))
    cards = cards_of(context, VECTORS)
    answer(context, cards)
    before = shares(context, VECTORS).retained
    record(context, ItemMarked(cards[0], "suspended"))
    assert shares(context, VECTORS).retained == pytest.approx(before), "setting a card aside lifts nothing"


def test_what_is_gone_and_what_is_a_deck_are_left_out(context: Context) -> None:
    assert shares(context, "no.such.unit", "anki.words", VECTORS) == (0.0, 0.0)
    assert shares(context) == (0.0, 0.0)


def test_nothing_is_stored(home: Path, context: Context) -> None:
    """Taking the answers back takes the number back: it is computed when read."""
    record(context, UnitMarked(VECTORS, "passed"))
    answer(context, cards_of(context, VECTORS)[:1])
    assert shares(context, VECTORS).retained > 0
    from mlcoach.services.upkeep.undo import undo

    undo(context)
    assert shares(context, VECTORS) == (1.0, 0.0)
    assert context.today == date(2026, 11, 23)
