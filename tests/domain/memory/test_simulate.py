"""What a retention costs and brings, card by card."""

import pytest

from mlcoach.domain.memory.fsrs6 import Memory
from mlcoach.domain.memory.simulate import KnownCard, Learner, simulate
from mlcoach.domain.memory.trace import Trace
from mlcoach.errors import UsageError
from tests.store.journals import FITTED

FRESH = Learner(new=5, waiting=400)


def test_more_retention_asks_more_and_leaves_more() -> None:
    outcomes = [simulate(FRESH, retention, 200) for retention in (0.75, 0.85, 0.95)]
    assert [outcome.met for outcome in outcomes] == [400, 400, 400]
    answers, known = [outcome.answers for outcome in outcomes], [outcome.known for outcome in outcomes]
    assert answers == sorted(answers)
    assert known == sorted(known)
    assert all(0 < each <= 400 for each in known)


def test_recall_comes_near_what_was_asked_for() -> None:
    for retention in (0.8, 0.9, 0.95):
        outcome = simulate(Learner(new=20, waiting=2000), retention, 365)
        assert outcome.recalled / outcome.asked == pytest.approx(retention, abs=0.03)


def test_the_same_seed_is_the_same_luck() -> None:
    assert simulate(FRESH, 0.9, 100) == simulate(FRESH, 0.9, 100)
    assert simulate(FRESH, 0.9, 100) != simulate(FRESH, 0.9, 100, seed=1)


def test_cards_that_wait_are_met_until_there_are_no_more() -> None:
    assert simulate(Learner(new=10, waiting=33), 0.9, 100).met == 33
    assert simulate(Learner(new=10, waiting=10_000), 0.9, 7).met == 70
    nothing = simulate(Learner(new=0), 0.9, 30)
    assert (nothing.answers, nothing.known, nothing.met) == (0, 0.0, 0)


def test_a_card_known_for_long_is_asked_when_it_is_due() -> None:
    sure = KnownCard(Trace(Memory(5000.0, 5.0), -100, answered=True), 50)
    asked = simulate(Learner([sure], new=0), 0.9, 51)
    assert (asked.answers, asked.asked) == (1, 1)
    assert simulate(Learner([sure], new=0), 0.9, 50).answers == 0
    assert 0.99 < asked.known <= 1


def test_seconds_are_the_learner_s() -> None:
    slow = FRESH._replace(recalled_seconds=60.0, failed_seconds=60.0, first_seconds=60.0)
    outcome = simulate(slow, 0.9, 60)
    assert outcome.seconds == pytest.approx(60 * outcome.answers)
    assert 0 < outcome.later_seconds < outcome.seconds


def test_parameters_matter() -> None:
    assert simulate(FRESH._replace(parameters=FITTED), 0.9, 200) != simulate(FRESH, 0.9, 200)


@pytest.mark.parametrize("retention", [0.5, 1.0, float("nan")])
def test_no_retention(retention: float) -> None:
    with pytest.raises(UsageError, match="retention"):
        simulate(FRESH, retention, 10)
