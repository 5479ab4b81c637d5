"""Predictions are made before they are learned from, and scored as the benchmark does it."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.memory import measure
from mlcoach.domain.memory.fsrs6 import DEFAULT_PARAMETERS
from mlcoach.domain.memory.measure import (
    MeasuredAnswer,
    ScoredAnswer,
    auc,
    calibration,
    folds,
    log_loss,
    rmse_bins,
    trials,
)
from mlcoach.domain.memory.ratings import FORGOTTEN
from mlcoach.domain.memory.recall import next_memory, retrievability

answers = st.lists(
    st.builds(MeasuredAnswer, st.sampled_from(["a", "b", "c"]), st.integers(739_000, 739_400), st.integers(0, 4)),
    max_size=60,
).map(lambda found: sorted(found, key=lambda answer: answer.day))


def test_only_answers_of_a_later_day_are_scored() -> None:
    found = trials(
        [
            MeasuredAnswer("a", 10, 3),
            MeasuredAnswer("a", 10, 1),
            MeasuredAnswer("a", 13, 1),
            MeasuredAnswer("b", 13, 3),
            MeasuredAnswer("a", 20, 4),
        ]
    )
    assert found == [
        ScoredAnswer(place=2, item="a", elapsed=3, repetitions=2, lapses=0, recalled=False),
        ScoredAnswer(place=4, item="a", elapsed=7, repetitions=3, lapses=1, recalled=True),
    ]


def test_a_forgotten_item_begins_afresh() -> None:
    before = [MeasuredAnswer("a", 10, 3), MeasuredAnswer("a", 13, 1), MeasuredAnswer("b", 13, 3)]
    after = [MeasuredAnswer("a", 20, 3), MeasuredAnswer("b", 20, 3), MeasuredAnswer("a", 25, 3)]
    given_answers = [*before, MeasuredAnswer("a", 15, FORGOTTEN), *after]
    assert trials(given_answers) == [
        ScoredAnswer(place=1, item="a", elapsed=3, repetitions=2, lapses=0, recalled=False),
        ScoredAnswer(place=5, item="b", elapsed=7, repetitions=2, lapses=0, recalled=True),
        ScoredAnswer(place=6, item="a", elapsed=5, repetitions=2, lapses=0, recalled=True),
    ]
    for predict in (measure.predict_fsrs, measure.predict_sm2):
        assert predict(given_answers)[1:] == predict([before[2], *after])


def test_an_item_forgotten_before_any_answer_is_as_it_was() -> None:
    given_answers = [MeasuredAnswer("a", 9, FORGOTTEN), MeasuredAnswer("a", 10, 3), MeasuredAnswer("a", 13, 3)]
    assert trials(given_answers) == [trial._replace(place=2) for trial in trials(given_answers[1:])]
    assert measure.predict_fsrs(given_answers) == measure.predict_fsrs(given_answers[1:])
    assert measure.predict_sm2(given_answers) == measure.predict_sm2(given_answers[1:])


def test_a_clock_that_went_back_scores_nothing() -> None:
    assert trials([MeasuredAnswer("a", 10, 3), MeasuredAnswer("a", 7, 3), MeasuredAnswer("a", 10, 3)]) == []


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
    near = [ScoredAnswer(0, "a", 1, 2, 0, True), ScoredAnswer(1, "b", 1, 2, 0, False)]
    far = [ScoredAnswer(2, "c", 50, 2, 0, True)]
    # The near bin predicts 0.7 and gets 0.5, twice; the far one predicts 0.8 and gets 1.
    assert rmse_bins([0.8, 0.6, 0.8], near + far) == pytest.approx(math.sqrt((2 * 0.2**2 + 0.2**2) / 3))
    assert rmse_bins([], []) == 0


@pytest.mark.parametrize(
    ("predictions", "recalled", "expected"),
    [
        ([0.9, 0.8, 0.2], [True, True, False], 1.0),
        ([0.2, 0.8, 0.9], [True, False, False], 0.0),
        ([0.5, 0.5, 0.5, 0.5], [True, False, True, False], 0.5),
        # Of the four pairs the recalled one is ahead in two, level in one and behind in one.
        ([0.9, 0.4, 0.4, 0.6], [True, True, False, False], 2.5 / 4),
        ([0.9, 0.8], [True, True], None),
        ([0.9, 0.8], [False, False], None),
        ([], [], None),
    ],
)
def test_auc_of_known_cases(predictions: list[float], recalled: list[bool], expected: float | None) -> None:
    assert auc(predictions, recalled) == (expected if expected is None else pytest.approx(expected))


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.5, 0.9]), st.booleans()), max_size=30))
def test_auc_is_the_share_of_pairs_in_the_right_order(pairs: list[tuple[float, bool]]) -> None:
    right = [p for p, came in pairs if came]
    wrong = [p for p, came in pairs if not came]
    ahead = sum((p > q) + (p == q) / 2 for p in right for q in wrong)
    expected = ahead / (len(right) * len(wrong)) if right and wrong else None
    found = auc([p for p, _ in pairs], [came for _, came in pairs])
    assert found == (expected if expected is None else pytest.approx(expected))


@given(answers)
def test_every_model_predicts_every_trial_and_nothing_impossible(given_answers: list[MeasuredAnswer]) -> None:
    scored = trials(given_answers)
    for predictions in (
        measure.predict_fsrs(given_answers),
        measure.predict_moving_average(scored),
        measure.predict_sm2(given_answers),
    ):
        assert len(predictions) == len(scored)
        assert all(0 <= p <= 1 for p in predictions)


@given(answers, st.integers(1, 4))
def test_a_prediction_does_not_know_its_own_answer(given_answers: list[MeasuredAnswer], rating: int) -> None:
    if not given_answers or given_answers[-1].rating == FORGOTTEN:
        return
    changed = [*given_answers[:-1], given_answers[-1]._replace(rating=rating)]
    assert measure.predict_fsrs(changed) == measure.predict_fsrs(given_answers)
    assert measure.predict_sm2(changed) == measure.predict_sm2(given_answers)
    assert measure.predict_moving_average(trials(changed)) == measure.predict_moving_average(trials(given_answers))


def test_fsrs_predicts_what_the_scheduler_would() -> None:
    found = measure.predict_fsrs([MeasuredAnswer("a", 0, 3), MeasuredAnswer("a", 5, 3)])
    assert found == [retrievability(next_memory(None, 0, 3).stability, 5)]


def test_sm2_expects_nine_of_ten_at_the_end_of_its_interval() -> None:
    # One day after the first success, six after the second.
    found = measure.predict_sm2(
        [MeasuredAnswer("a", 0, 3), MeasuredAnswer("a", 1, 3), MeasuredAnswer("a", 7, 3), MeasuredAnswer("a", 8, 1)]
    )
    assert found[:2] == [pytest.approx(0.9), pytest.approx(0.9)]
    assert found[2] > 0.9


def test_a_moving_average_moves_towards_what_happens() -> None:
    always = [ScoredAnswer(place, "a", 1, 2, 0, True) for place in range(50)]
    found = measure.predict_moving_average(always)
    assert found == sorted(found)
    assert found[0] == pytest.approx(1 / (1 + math.exp(-1.2)))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_calibration_loses_no_trial(pairs: list[tuple[float, bool]]) -> None:
    bins = calibration([p for p, _ in pairs], [recalled for _, recalled in pairs])
    assert sum(entry.trials for entry in bins) == len(pairs)
    assert [entry.predicted for entry in bins] == pytest.approx(sorted(entry.predicted for entry in bins))
    assert math.fsum(entry.recalled * entry.trials for entry in bins) == pytest.approx(sum(y for _, y in pairs))


def test_lessons_are_what_came_before_and_the_answer_itself() -> None:
    given_answers = [
        MeasuredAnswer("a", 10, 3), MeasuredAnswer("b", 10, 1), MeasuredAnswer("a", 10, 2), MeasuredAnswer("a", 13, 1), MeasuredAnswer("a", 15, FORGOTTEN),
        MeasuredAnswer("b", 16, 3), MeasuredAnswer("a", 20, 4), MeasuredAnswer("a", 22, 3),
    ]  # fmt: skip
    assert measure.lessons(given_answers) == [
        ((3, 0), (2, 0), (1, 3)),
        ((1, 0), (3, 6)),
        ((4, 0), (3, 2)),
    ]
    assert len(measure.lessons(given_answers)) == len(trials(given_answers))


def test_each_fold_is_fitted_to_what_lies_before_it() -> None:
    given_answers = [MeasuredAnswer(f"i{day % 7}", day, 3 if day % 5 else 1) for day in range(100)]
    seen: list[int] = []

    def fit(lessons: object) -> tuple[float, ...]:
        seen.append(len(lessons))  # type: ignore[arg-type]
        return DEFAULT_PARAMETERS

    predicted = measure.predict_fitted(given_answers, fit)
    begins = [begin for begin, _ in folds(len(trials(given_answers)))]
    assert seen == begins
    assert predicted == measure.predict_fsrs(given_answers)[begins[0] :]
