"""The simulated year measures what it says, and the first two months of it are as they should be."""

from pathlib import Path

import pytest

from tests.benchmarks.year import live
from tests.benchmarks.year.life import Life
from tests.benchmarks.year.program import Program
from tests.benchmarks.year.record import Evening, Look, Morning, Record, Spent
from tests.benchmarks.year.runs import RUNS, Run
from tests.benchmarks.year.statistics import Statistics, summarize

DAYS = 14


def lived(home: Path, run: Run) -> tuple[Record, Program]:
    program = Program(home, run.path, run.week, run.known)
    return Life(run, 0, program).live(DAYS), program


def counted(run: str, record: Record) -> Statistics:
    return summarize(RUNS[run], 0, record, (), {}, review_cap=10)


@pytest.mark.slow
def test_the_program_knows_what_the_learner_did(home: Path) -> None:
    record, program = lived(home, RUNS["core"])
    stored = program.stored_minutes()
    for unit in record.begun:
        lived_minutes = sum(spent.minutes for spent in record.spent if spent.unit == unit)
        assert stored[unit] == pytest.approx(lived_minutes, abs=1), "the program shows whole minutes"
    # Of a card left open for long the program counts a minute.
    assert stored[""] == pytest.approx(sum(spent.minutes for spent in record.spent), rel=0.01)
    status = program.status()
    assert record.passed
    assert {unit for unit in program.path if status[unit] in ("passed", "mastered", "rusty")} == set(record.passed)
    program.close()


@pytest.mark.slow
def test_a_learner_who_does_no_exercises_answers_none(home: Path) -> None:
    record, program = lived(home, RUNS["no-exercises"])
    assert record.met and not record.done
    assert not any(spent.kind == "practice" for spent in record.spent)
    program.close()


def test_the_range_of_a_forecast_is_judged_by_the_true_end() -> None:
    record = Record()
    record.last_day = record.ended = 100
    record.looks = [Look(7, 10, 20, 30), Look(35), Look(42, 90, 92, 110), Look(49, 101, 149, 201)]
    life = counted("core", record)
    assert (life.forecast_looks, life.forecast_held, life.forecast_silent) == (2, 0.5, 1)
    assert life.forecast_width == pytest.approx((10 / 50 + 50 / 100) / 2)


def test_a_range_that_is_over_before_the_path_is_wrong() -> None:
    record = Record()
    record.last_day = 100
    record.looks = [Look(42, 60, 70, 80), Look(49, 90, 95, 150)]
    life = counted("core", record)
    assert (life.forecast_looks, life.forecast_held) == (1, 0)


def test_an_absence_is_measured_until_as_little_is_due_as_before() -> None:
    record = Record()
    record.last_day = 150
    record.evenings = [Evening(120, 5), Evening(142, 60), Evening(143, 30), Evening(145, 4), Evening(146, 0)]
    record.mornings = [Morning(120, 20, 0, ("review",)), Morning(142, 80, 0, ("review",))]
    record.spent = [Spent(142, "review", 20), Spent(142, "units", 80), Spent(145, "review", 1), Spent(146, "review", 9)]
    life = counted("away", record)
    assert (life.cleared_after, life.comeback_reviews, life.most_due) == (4, 1, 1)


def test_the_same_thing_to_open_is_counted_by_days_in_a_row() -> None:
    record = Record()
    for line in ("book", "book", "video", *["book"] * 6):
        record.line("math.la.vectors", line)
    record.end(rusty=0)
    assert record.line_runs == [2, 1, 6]
    assert counted("core", record).stuck_lines == 1


@pytest.mark.slow
def test_a_year_is_the_same_at_every_call() -> None:
    assert live("core", seed=1, days=8) == live("core", seed=1, days=8) != live("core", seed=2, days=8)


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_content")
def test_two_months_by_the_plan_are_what_a_tutor_would_give() -> None:
    """What the whole year is measured by, as far as sixty days show it; `python -m tests.benchmarks.year` has the rest."""
    life = live("core", seed=0, days=60)
    shares = life.shares
    assert life.days == 60 and life.end_day is None
    assert shares["units"] >= 0.8
    assert 0.03 <= shares["practice"] <= 0.1
    assert life.unit_time_ratio is not None and life.unit_time_ratio <= 1.03
    assert (life.empty_days, life.days_without_review, life.locked_minutes, life.named_again) == (0, 0, 0, 0)
    assert (life.late_cards, life.units_overspent) == (0, 0)
    assert life.most_due <= 1
    assert life.first_ml_day is not None and life.first_ml_day <= 15
    assert life.promises_units is not None and life.promises_units >= 0.9
    assert life.cards_met == life.cards_in_passed > 100


@pytest.mark.slow
def test_a_learner_who_knows_some_units_is_placed_before_the_first_plan(home: Path) -> None:
    run = RUNS["placed"]
    program = Program(home, run.path, run.week, run.known)
    record = Life(run, 0, program).live(3)
    assert 5 <= record.questions <= 30
    assert len(record.placed) + len(record.reopened) >= 4
    assert sum(run.is_known(unit) for unit in record.placed) >= 0.8 * len(record.placed)
    studied = {spent.unit for spent in record.spent if spent.kind == "units"}
    assert studied and not studied & set(record.placed)
    program.close()
