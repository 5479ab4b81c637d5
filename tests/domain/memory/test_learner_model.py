"""The correction learns from the first answer, stays a probability whatever comes, and gives intervals within bounds."""

import math
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import AnswerKept, Event, ItemGraded, ItemMarked, ItemScheduled
from mlcoach.domain.memory import learner_model
from mlcoach.domain.memory.cholesky import factor
from mlcoach.domain.memory.fsrs6 import Memory
from mlcoach.domain.memory.intervals import fuzz_bounds, graded, next_intervals
from mlcoach.domain.memory.learner_model import (
    SIZE,
    START,
    WIDEST,
    LearnerModel,
    bound,
    corrected_interval,
    interval,
    learn,
    reasons,
    recall,
    scheduled_recall,
)
from mlcoach.domain.memory.recall import decay_of, next_memory, raw_interval, retrievability
from mlcoach.domain.memory.trace import Trace, answered, elapsed_days, trace_of, trials
from mlcoach.errors import UsageError
from tests.domain.memory.test_recall import FITTED

LONG_AGO = date(2026, 1, 1)
parameter_sets = st.sampled_from([None, FITTED])
retentions = st.floats(0.70, 0.99)
ratings = st.integers(1, 4)
gaps = st.one_of(st.integers(0, 3), st.integers(0, 400), st.just(7300))
seconds = st.one_of(st.just(0), st.integers(1, 60), st.just(1_000_000))
histories = st.lists(st.tuples(gaps, ratings, seconds), min_size=1, max_size=60)
items = st.lists(histories, min_size=1, max_size=4)


def live(history: list[tuple[int, int, int]], known: LearnerModel = START, parameters: Any = None) -> tuple[Trace, Any]:
    """Answer one item by (study days since, rating, seconds) and learn from it."""
    trace, day = Trace(), LONG_AGO.toordinal()
    for gap, rating, took in history:
        day += gap
        if trace.answered and gap > 0:
            assert 0.0001 < recall(known, trace, gap, parameters) < 0.9999
            known = learn(known, trace, gap, rating > 1, parameters)
        trace = answered(trace, day, rating, took, parameters)
    return trace, known


def assert_sound(known: LearnerModel) -> None:
    assert all(map(math.isfinite, known.weights))
    assert all(row[-1] > 0 for row in factor(known.information))  # it is positive definite
    assert math.isfinite(known.mood) and math.isfinite(known.usual) and math.isfinite(known.pace)
    assert 0 <= known.waiting <= known.answers


def assert_within_bounds(known: LearnerModel, trace: Trace, retention: float, parameters: Any = None) -> None:
    assert trace.memory is not None
    own = raw_interval(trace.memory.stability, retention, decay_of(parameters))
    most = bound(known, trace, retention)
    assert 2 <= most <= WIDEST
    assert 0.999 * own / most <= interval(known, trace, retention, parameters) <= 1.001 * own * most


# --- whatever comes


@given(items, retentions, parameter_sets)
@settings(max_examples=60)
def test_any_history_leaves_a_sound_state(lives: list[Any], retention: float, parameters: Any) -> None:
    known = START
    for history in lives:
        trace, known = live(history, known, parameters)
        assert_within_bounds(known, trace, retention, parameters)
        assert interval(known, trace, retention, parameters) == interval(known, trace, retention, parameters)
    assert_sound(known)


@pytest.mark.slow
@pytest.mark.parametrize("gap", [1, 30, 7300])
@pytest.mark.parametrize("took", [0, 1_000_000])
@pytest.mark.parametrize("pattern", [(1,), (2,), (3,), (4,), (1, 3), (4, 1)])
def test_ten_thousand_answers_of_one_kind(pattern: tuple[int, ...], took: int, gap: int) -> None:
    # A few items in turn, for the numbers of one item alone soon leave the range of anything.
    known, traces = START, [Trace()] * 5
    day = LONG_AGO.toordinal()
    for number in range(10_000 if gap == 30 and took == 0 else 1_500):
        place = number % len(traces)
        trace = traces[place]
        rating = pattern[number // len(traces) % len(pattern)]
        day += gap if place == 0 else 0
        elapsed = elapsed_days(trace, day)
        if trace.answered:
            assert 0.0001 < recall(known, trace, elapsed) < 0.9999
            known = learn(known, trace, elapsed, rating > 1)
        traces[place] = answered(trace, day, rating, took)
    assert_sound(known)
    for trace in traces:
        assert_within_bounds(known, trace, 0.9)
    expected = sum(rating > 1 for rating in pattern) / len(pattern)
    if len(pattern) == 1:
        assert recall(known, traces[0], gap) == pytest.approx(expected, abs=0.05)


# --- learning


def test_the_first_prediction_is_close_to_that_of_fsrs() -> None:
    trace = answered(Trace(), 0, 3, 8)
    for elapsed in (1, 2, 5, 20):
        assert trace.memory is not None
        own = retrievability(trace.memory.stability, elapsed)
        assert recall(START, trace, elapsed) == pytest.approx(own, abs=0.08)


@given(histories, st.booleans(), st.integers(1, 100))
def test_an_answer_moves_the_prediction_towards_itself(history: Any, recalled: bool, gap: int) -> None:
    trace, known = live(history)
    before = recall(known, trace, gap)
    after = learn(known, trace, gap, recalled)
    # The mood of the learner is held still: it is not what is looked at.
    moved = recall(after._replace(mood=known.mood, pace=known.pace), trace, gap)
    assert moved >= before if recalled else moved <= before
    assert after.answers == known.answers + 1


def test_a_learner_who_forgets_faster_than_fsrs_says_is_known_after_a_few_answers() -> None:
    known = START
    for number in range(40):
        known = learn(known, answered(Trace(), 0, 3, 8), 3, number % 2 == 0)
    fresh = answered(Trace(), 0, 3, 8)
    assert fresh.memory is not None
    assert retrievability(fresh.memory.stability, 3) > 0.87
    assert recall(known, fresh, 3) < 0.75
    assert interval(known, fresh, 0.9) < 0.8 * raw_interval(fresh.memory.stability, 0.9)


def test_the_bound_widens_as_the_learner_becomes_known() -> None:
    trace, known, bounds = answered(answered(Trace(), 0, 3, 8), 4, 3, 8), START, []
    for number in range(400):
        if number in (0, 20, 399):
            bounds.append(bound(known, trace, 0.9))
        known = learn(known, trace, 3 + number % 7, number % 3 > 0)
    assert bounds[0] == pytest.approx(2.0)
    assert bounds == sorted(set(bounds)) and bounds[-1] > 6


def test_who_is_as_fsrs_expects_stays_close_to_it() -> None:
    """What the correction made of chance is not believed while it predicts no better than FSRS alone."""
    known = START._replace(weights=(3.0, *START.weights[1:]))
    trace = answered(Trace(), 0, 3, 8)
    assert trace.memory is not None
    own = retrievability(trace.memory.stability, 9)
    far, near = (abs(recall(known._replace(trust=trust), trace, 9) - own) for trust in (6.0, -6.0))
    assert near < 0.01 < far


def test_four_lapses_make_a_leech() -> None:
    trace = answered(Trace(), 0, 3, 8)
    before, after = (recall(START, trace._replace(lapses=lapses), 3) for lapses in (3, 4))
    assert after < before
    assert recall(START, trace._replace(lapses=5), 3) == after


@pytest.mark.parametrize("lapses", [3, 4])
def test_how_often_leeches_are_recalled_is_learned_apart_from_the_others(lapses: int) -> None:
    """Also late: a thousand answers to other cards do not fix what is believed of these."""
    other, leech = answered(answered(Trace(), 0, 3, 8), 3, 3, 8), answered(answered(Trace(), 0, 3, 8), 3, 3, 8)
    leech = leech._replace(lapses=lapses)
    known = START
    for number in range(1000):
        known = learn(known, other, 3 + number % 5, number % 10 > 0)
    expected = recall(known, leech, 5), recall(known, other, 5)
    for number in range(40):
        known = learn(known, leech, 5, number % 2 > 0)
    found = recall(known._replace(mood=1.2), leech, 5), recall(known._replace(mood=1.2), other, 5)
    assert expected[0] - found[0] > max(0.1, 3 * abs(expected[1] - found[1]))


def test_one_learner_says_nothing_of_another() -> None:
    assert START.answers == 0
    live([(0, 3, 5), (3, 1, 5)])
    assert START.weights[0] == 1.5 and START.answers == 0


# --- when to ask


@given(items, retentions, parameter_sets)
@settings(max_examples=60)
def test_corrected_recall_falls_to_what_is_desired_on_that_day(
    lives: list[Any], retention: float, parameters: Any
) -> None:
    known = START
    for history in lives:
        trace, known = live(history, known, parameters)
    calm = known._replace(mood=known.usual)
    quiet = trace._replace(seconds=0)
    assert trace.memory is not None
    days = interval(known, trace, retention, parameters)
    own = raw_interval(trace.memory.stability, retention, decay_of(parameters))
    if 0.51 * own < days < 1.99 * own and days != own and days > 50:
        assert recall(calm, quiet, round(days), parameters) == pytest.approx(retention, abs=0.01)
        assert scheduled_recall(known, trace, round(days), parameters) == pytest.approx(retention, abs=0.01)


@given(items, retentions)
@settings(max_examples=60)
def test_more_desired_recall_is_a_shorter_interval_where_the_curve_falls(lives: list[Any], retention: float) -> None:
    known = START
    for history in lives:
        trace, known = live(history, known)
    less = max(0.70, retention - 0.05)
    assert interval(known, trace, retention) <= interval(known, trace, less) * (1 + 1e-9)


def test_where_the_curve_does_not_fall_the_interval_is_that_of_fsrs() -> None:
    trace = answered(Trace(), 0, 3)
    assert trace.memory is not None
    flat = START._replace(weights=(1.5, -1.5, *START.weights[2:]))
    assert interval(flat, trace, 0.9) == raw_interval(trace.memory.stability, 0.9)


def test_a_retention_that_cannot_be_is_refused() -> None:
    with pytest.raises(UsageError, match=r"retention `1\.5`"):
        interval(START, answered(Trace(), 0, 3), 1.5)


@given(items, gaps, retentions, st.integers(0, 400), parameter_sets, st.sampled_from([1, 30, 36500]))
@settings(max_examples=60)
def test_the_four_answers_keep_their_order_and_the_preview_is_what_grading_gives(
    lives: list[Any], gap: int, retention: float, previous: int, parameters: Any, maximum: int
) -> None:
    known = START
    for history in lives:
        trace, known = live(history, known, parameters)
    day = trace.day + gap
    days = corrected_interval(known, trace, day, retention, parameters)
    common = {"parameters": parameters, "maximum": maximum, "corrected_interval": days}
    shown = next_intervals("a/b", 3, trace.memory, gap, retention, previous, **common)  # type: ignore[arg-type]
    again, hard, good, easy = shown
    assert 1 <= again <= hard <= good <= easy <= maximum
    for rating in (1, 2, 3, 4):
        given_one = graded("a/b", 3, trace.memory, gap, rating, retention, previous, **common)  # type: ignore[arg-type]
        assert given_one.interval == shown[rating - 1]
        assert given_one.memory == next_memory(trace.memory, gap, rating, parameters)
    # The first of them is spread around the corrected interval and nothing else.
    low, high = fuzz_bounds(days(1, next_memory(trace.memory, gap, 1, parameters)), 1, maximum)
    assert low <= again <= high


def test_what_an_answer_says_counts_for_its_own_interval() -> None:
    trace, known = live([(0, 3, 5), (2, 3, 5), (6, 3, 5)])
    day = trace.day + 10
    days = corrected_interval(known, trace, day, 0.9)
    after = answered(trace, day, 3)
    assert after.memory is not None
    learned = learn(known, trace, 10, True)
    assert days(3, after.memory) == interval(learned, after, 0.9)


# --- reasons


@given(items, retentions)
@settings(max_examples=40)
def test_reasons_add_up_to_what_is_corrected(lives: list[Any], retention: float) -> None:
    known = START
    for history in lives:
        trace, known = live(history, known)
    found = reasons(known, trace, retention)
    total = math.fsum(found.values())
    assert trace.memory is not None
    own = raw_interval(trace.memory.stability, retention)
    days = interval(known, trace, retention)
    if days > own * 1.0001:
        assert total > 0
    elif days < own * 0.9999:
        assert total < 0


def test_reasons_have_the_names_of_what_is_known_of_an_item() -> None:
    trace, known = live([(0, 3, 5), (2, 1, 5), (0, 3, 5)])
    assert set(reasons(known, trace, 0.9)) == {
        "learner", "stability", "difficulty", "reviews", "lapses", "run", "rating", "repeats", "growth",
    }  # fmt: skip


# --- what is known of one item


def event(day: int, body: Any, number: int = 1) -> Event:
    return Event(f"aa-{number}", number, 0, LONG_AGO + timedelta(days=day), number, "aa", number, "c", body)


def test_the_trace_of_a_history() -> None:
    bodies = [(0, 3), (0, 3), (2, 3), (9, 1), (9, 1), (9, 3), (12, 4)]
    events = [event(day, ItemGraded("a/b", rating, 5, ""), n) for n, (day, rating) in enumerate(bodies)]
    trace = trace_of(events)
    assert trace._replace(memory=None) == Trace(
        None, LONG_AGO.toordinal() + 12, True, rating=4, reviews=3, lapses=1, run=1, repeats=3, on_day=1, gap=3, seconds=5
    )  # fmt: skip
    assert [(trial.elapsed, trial.recalled) for trial in trials(events)] == [(2, True), (7, False), (3, True)]
    assert [trial.place for trial in trials(events)] == [order_of(events[n]) for n in (2, 3, 6)]


def test_a_forgotten_item_begins_afresh() -> None:
    events = [
        event(0, ItemGraded("a/b", 3, 5, "")),
        event(3, ItemMarked("a/b", "forgotten"), 2),
        event(4, ItemGraded("a/b", 1, 5, ""), 3),
    ]
    assert list(trials(events)) == []
    assert trace_of(events).lapses == 0


def test_what_another_program_knew_is_no_answer_but_its_memory_holds() -> None:
    events = [
        event(0, ItemScheduled("a/b", "2026-02-01", 31.0, 5.0, "anki")),
        event(31, ItemGraded("a/b", 3, 5, ""), 2),
        event(60, ItemGraded("a/b", 3, 5, ""), 3),
    ]
    assert [trial.elapsed for trial in trials(events)] == [29]
    assert trace_of(events[:2]).memory == next_memory(Memory(31.0, 5.0), 31, 3)


def test_answers_to_cards_that_are_not_here_are_answers() -> None:
    events = [event(day, AnswerKept("17", 3, 9, "reviews"), day) for day in (0, 4)]
    assert [trial.elapsed for trial in trials(events)] == [4]


@given(histories)
def test_a_trace_is_a_fold(history: Any) -> None:
    day, events = 0, []
    for number, (gap, rating, took) in enumerate(history):
        day += gap
        events.append(event(day, ItemGraded("a/b", rating, took, ""), number))
    folded = trace_of(events)
    assert folded.memory is not None
    assert folded.reviews == len(list(trials(events)))
    assert folded.repeats + folded.reviews + 1 == len(events)
    assert 0 <= folded.run <= folded.reviews + 1
    assert folded.seconds <= 60


def test_reading_the_learner_model_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    program = (
        "import sys; from mlcoach.domain.memory import learner_model;"
        "heavy = {'numpy', 'fsrs', 'random', 'dataclasses', 'sqlite3'};"
        "sys.exit(' '.join(heavy & sys.modules.keys()) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)


def test_the_prior_belongs_to_fsrs() -> None:
    assert SIZE == len(START.weights) == len(START.gradient)
    assert len(START.information) == SIZE * (SIZE + 1) // 2
    assert learner_model.START.weights[1] == 1.0
    assert_sound(START)
