"""Due days lean towards light days and away from rest."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mlcoach.domain.events import ItemGraded, RestPlanned
from mlcoach.services.context import Context
from mlcoach.services.record import record
from mlcoach.services.review import grade
from mlcoach.services.review.day_load import FURTHEST, welcome

MONDAY = date(2026, 11, 23)
UNIT = "math.la.vectors"


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "grade")
    yield made
    made.close()


def fill(context: Context, day: date, items: list[str]) -> None:
    """Let items be due on a day."""
    record(context, *(ItemGraded(item, 3, 5, day.isoformat()) for item in items))


def test_an_empty_calendar_has_no_preference(context: Context) -> None:
    day_weight = welcome(context, MONDAY)
    assert {day_weight(interval) for interval in range(1, 30)} == {1.0}


def test_full_days_weigh_less(context: Context) -> None:
    heads = [head.id for head in context.catalog.items(UNIT) if head.kind == "card"]
    fill(context, MONDAY + timedelta(days=10), heads[:3])
    day_weight = welcome(context, MONDAY)
    assert day_weight(10) == pytest.approx(1 / 16)
    assert day_weight(9) == day_weight(11) == 1.0


def test_rest_and_days_off_weigh_next_to_nothing(context: Context, home: Path) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "config.toml").write_text("[weekday]\nsat = 60\nsun = 0\n", encoding="utf-8")
    record(context, RestPlanned("2026-12-01", "2026-12-03"))
    day_weight = welcome(context, MONDAY)
    tuesday, saturday, sunday = 8, 12, 13
    assert day_weight(tuesday) < 1e-9 < day_weight(7)
    assert day_weight(saturday) == pytest.approx(1 / 4)
    assert day_weight(sunday) < 1e-9
    assert day_weight(FURTHEST + 1) == 1.0


def test_answers_avoid_a_week_of_rest_where_they_can(context: Context) -> None:
    """What falls due after about eight days is asked before or after the rest, not within it."""
    heads = [head.id for head in context.catalog.items(UNIT) if head.kind == "card"][:12]
    record(context, RestPlanned("2026-12-01", "2026-12-01"))
    due = [grade.record_answer(context, item, 4, 5, MONDAY).state.due for item in heads]
    assert "2026-12-01" not in due
    assert len(set(due)) >= 3


def test_a_load_spreads_evenly(context: Context) -> None:
    """Answered on one evening, cards do not all come back on one day."""
    heads = [head.id for unit in (UNIT, "math.la.eigen", "math.la.svd") if unit in context.catalog.units
             for head in context.catalog.items(unit) if head.kind == "card"]  # fmt: skip
    days = [grade.record_answer(context, item, 4, 5, MONDAY).state.due for item in heads]
    counts = sorted(days.count(day) for day in set(days))
    assert counts[-1] <= counts[0] + 3, "no day holds much more than another"


def test_what_is_shown_is_what_is_written(context: Context) -> None:
    heads = [head.id for head in context.catalog.items(UNIT) if head.kind == "card"]
    fill(context, MONDAY + timedelta(days=8), heads[3:9])
    for item in heads[:3]:
        shown = grade.next_intervals(context, item)
        assert shown[0] <= shown[1] < shown[2] < shown[3]
        assert grade.record_answer(context, item, 4, 5, MONDAY).state.interval == shown[3]
