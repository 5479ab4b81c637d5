"""Predictions are made before they are learned from, and scored as the benchmark does it."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain import measure
from mlcoach.domain.measure import Answer, Trial, calibration, folds, log_loss, rmse_bins, trials
from mlcoach.domain.memory import next_memory, retrievability

answers = st.lists(
    st.builds(Answer, st.sampled_from(["a", "b", "c"]), st.integers(739_000, 739_400), st.integers(1, 4)),
    max_size=60,
).map(lambda found: sorted(found, key=lambda answer: answer.day))


def test_only_answers_of_a_later_day_are_scored() -> None:
    found = trials([Answer("a", 10, 3), Answer("a", 10, 1), Answer("a", 13, 1), Answer("b", 13, 3), Answer("a", 20, 4)])
    assert found == [
        Trial(place=2, item="a", elapsed=3, repetitions=2, lapses=0, recalled=False),
        Trial(place=4, item="a", elapsed=7, repetitions=3, lapses=1, recalled=True),
    ]


def test_a_clock_that_went_back_scores_nothing() -> None:
    assert trials([Answer("a", 10, 3), Answer("a", 7, 3), Answer("a", 10, 3)]) == []


@pytest.mark.parametrize("count", [0, 5, 6, 60, 61, 65, 6372])
def test_folds_follow_each_other_to_the_end(count: int) -> None:
    found = list(folds(count))
    assert len(found) == 5
    assert all(end == begin for (_, end), (begin, _) in pairwise(found))
    assert found[-1][1] == count
    assert {end - begin for begin, end in found} == {count // 6}


def test_log_loss_of_a_known_case() -> None:
    assert log_loss([0.9, 0.8], [True, False]) == pytest.approx(-(math.log(0.9) + math.log(0.2)) / 2)
    assert log_loss([1.0], [False]) == pytest.approx(-math.log(1e-4))
    assert log_loss([], []) == 0


def test_rmse_weighs_bins_by_their_trials() -> None:
    near = [Trial(0, "a", 1, 2, 0, True), Trial(1, "b", 1, 2, 0, False)]
    far = [Trial(2, "c", 50, 2, 0, True)]
    # The near bin foretells 0.7 and gets 0.5, twice; the far one foretells 0.8 and gets 1.
    assert rmse_bins([0.8, 0.6, 0.8], near + far) == pytest.approx(math.sqrt((2 * 0.2**2 + 0.2**2) / 3))
    assert rmse_bins([], []) == 0


@given(answers)
def test_every_model_foretells_every_trial_and_nothing_impossible(given_answers: list[Answer]) -> None:
    scored = trials(given_answers)
    for predictions in (
        measure.predict_fsrs(given_answers),
        measure.predict_moving_average(scored),
        measure.predict_sm2(given_answers),
    ):
        assert len(predictions) == len(scored)
        assert all(0 <= p <= 1 for p in predictions)


@given(answers, st.integers(1, 4))
def test_a_prediction_does_not_know_its_own_answer(given_answers: list[Answer], rating: int) -> None:
    if not given_answers:
        return
    changed = [*given_answers[:-1], given_answers[-1]._replace(rating=rating)]
    assert measure.predict_fsrs(changed) == measure.predict_fsrs(given_answers)
    assert measure.predict_sm2(changed) == measure.predict_sm2(given_answers)
    assert measure.predict_moving_average(trials(changed)) == measure.predict_moving_average(trials(given_answers))


def test_fsrs_foretells_what_the_scheduler_would() -> None:
    found = measure.predict_fsrs([Answer("a", 0, 3), Answer("a", 5, 3)])
    assert found == [retrievability(next_memory(None, 0, 3).stability, 5)]


def test_sm2_expects_nine_of_ten_at_the_end_of_its_interval() -> None:
    # One day after the first success, six after the second.
    found = measure.predict_sm2([Answer("a", 0, 3), Answer("a", 1, 3), Answer("a", 7, 3), Answer("a", 8, 1)])
    assert found[:2] == [pytest.approx(0.9), pytest.approx(0.9)]
    assert found[2] > 0.9


def test_a_moving_average_moves_towards_what_happens() -> None:
    always = [Trial(place, "a", 1, 2, 0, True) for place in range(50)]
    found = measure.predict_moving_average(always)
    assert found == sorted(found)
    assert found[0] == pytest.approx(1 / (1 + math.exp(-1.2)))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_calibration_loses_no_trial(pairs: list[tuple[float, bool]]) -> None:
    scored = [Trial(place, "a", 1, 2, 0, recalled) for place, (_, recalled) in enumerate(pairs)]
    bins = calibration([p for p, _ in pairs], scored)
    assert sum(entry.trials for entry in bins) == len(pairs)
    assert [entry.predicted for entry in bins] == pytest.approx(sorted(entry.predicted for entry in bins))
    assert math.fsum(entry.recalled * entry.trials for entry in bins) == pytest.approx(sum(y for _, y in pairs))
