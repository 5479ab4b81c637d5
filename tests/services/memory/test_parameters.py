"""Parameters are fitted when there is enough to learn from, adopted when they are better, and can be taken back."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mlcoach.adapters.memory import optimizer
from mlcoach.domain.events import AnswerKept, ItemGraded
from mlcoach.domain.memory.fsrs6 import DEFAULT_PARAMETERS
from mlcoach.domain.memory.recall import next_memory, retrievability
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.errors import MissingExtraError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.memory import parameters as memory_parameters
from mlcoach.services.memory import status as memory_status
from mlcoach.services.record import record, record_all
from mlcoach.services.review import items
from mlcoach.services.upkeep.undo import redo, undo
from mlcoach.store.append import NewEvent
from tests.store.journals import FITTED, assert_rows_are_folds

MONDAY = date(2026, 11, 23)
CARD = "math.la.eigen/eig-def"
# Somebody who keeps things a third as long as the defaults say at first, and gains less from each recall.
TRUE = (*(value / 3 for value in DEFAULT_PARAMETERS[:4]), *DEFAULT_PARAMETERS[4:8], 1.0, *DEFAULT_PARAMETERS[9:])


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "memory optimize")
    yield made
    made.close()


def remember(context: Context, cards: int, answers: int, parameters: tuple[float, ...] = TRUE) -> None:
    """Let a learner with these true parameters have answered cards of another program, on the days it was due there."""
    chance = random.Random(7)
    new: list[NewEvent] = []
    for card in range(cards):
        day = MONDAY - timedelta(days=700 - card % 300)
        true = believed = None
        elapsed = 0
        for _ in range(answers):
            recalled = true is None or chance.random() < retrievability(true.stability, elapsed, parameters[-1])
            rating = 3 if recalled else 1
            true, believed = next_memory(true, elapsed, rating, parameters), next_memory(believed, elapsed, rating)
            instant = (day.toordinal() - 719163) * 86_400_000_000 + card
            new.append(NewEvent(AnswerKept(str(card), rating, 9, "reviews"), day, happened=LocalInstant(instant, 0)))
            elapsed = max(1, round(believed.stability))
            day += timedelta(days=elapsed)
            if day > MONDAY:
                break
    record_all(context, new)


def test_few_answers_are_refused(context: Context) -> None:
    remember(context, 40, 4)
    view = memory_parameters.optimize(context)
    assert not view.adopted
    assert "too few" in view.reason
    assert (view.parameters, view.default, view.before.log_loss) == (DEFAULT_PARAMETERS, True, None)
    assert context.store.parameters() is None


@pytest.mark.slow
def test_better_parameters_are_adopted_and_can_be_taken_back(context: Context) -> None:
    remember(context, 300, 12)
    record(context, ItemGraded(CARD, 3, 9, "2026-12-24"), day=MONDAY - timedelta(days=9))
    before = items.item_state(context, CARD)
    view = memory_parameters.optimize(context)
    assert view.adopted
    assert view.after.log_loss is not None
    assert view.before.log_loss is not None
    assert view.after.log_loss < view.before.log_loss
    assert view.parameters == context.store.parameters() != DEFAULT_PARAMETERS
    after = items.item_state(context, CARD)
    assert before is not None
    assert after is not None
    assert after.due == before.due == "2026-12-24"
    assert after.stability == view.parameters[2] != before.stability
    assert_rows_are_folds(context.writable_store().connection)
    assert memory_status.status(context).models[0].log_loss < memory_status.status(context).models[1].log_loss
    undo(context)
    assert context.store.parameters() is None
    assert items.item_state(context, CARD) == before
    redo(context)
    assert items.item_state(context, CARD) == after
    again = memory_parameters.optimize(context)
    assert not again.adopted
    assert context.store.parameters() == view.parameters


def test_parameters_that_are_no_better_are_not_adopted(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(context, 300, 12)
    monkeypatch.setattr(optimizer, "fit", lambda lessons: (*(100.0,) * 4, *DEFAULT_PARAMETERS[4:]))
    view = memory_parameters.optimize(context)
    assert not view.adopted
    assert "in force predict" in view.reason
    assert view.before.log_loss is not None
    assert view.after.log_loss is not None
    assert view.after.log_loss > view.before.log_loss
    assert context.store.parameters() is None


@pytest.mark.slow
def test_the_package_that_fits_may_be_missing(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(context, 300, 12)
    monkeypatch.setattr(optimizer, "is_installed", lambda: False)
    with pytest.raises(MissingExtraError, match="fsrs-rs-python") as caught:
        memory_parameters.optimize(context)
    assert "pip install 'mlcoach[optimize]'" in caught.value.hint
    assert [model.name for model in memory_status.status(context).models] == [
        "current", "fsrs6_default", "moving_average", "sm2",
    ]  # fmt: skip


def test_fitting_is_shown_beside_the_others(context: Context) -> None:
    remember(context, 300, 12)
    found = {model.name: model for model in memory_status.status(context).models}
    assert list(found) == ["current", "fsrs6_default", "fsrs6_fitted", "moving_average", "sm2"]
    assert found["fsrs6_fitted"].log_loss < found["fsrs6_default"].log_loss


def test_the_same_lessons_give_the_same_parameters() -> None:
    lessons = [((3, 0), (3, 2)), ((1, 0), (3, 1)), ((3, 0), (1, 5))] * 50
    assert optimizer.fit(lessons) == optimizer.fit(lessons)
    assert len(optimizer.fit(lessons)) == 21


class TestUse:
    def test_numbers_as_anki_shows_them(self, context: Context) -> None:
        view = memory_parameters.use(context, ["[" + ", ".join(map(str, FITTED)) + "]"])
        assert view.adopted
        assert context.store.parameters() == FITTED

    def test_older_sets_are_converted(self, context: Context) -> None:
        memory_parameters.use(context, list(map(str, DEFAULT_PARAMETERS[:19])))
        assert context.store.parameters() == (*DEFAULT_PARAMETERS[:19], 0.0, 0.5)
        assert not memory_parameters.use(context, list(map(str, DEFAULT_PARAMETERS[:19]))).adopted

    def test_the_defaults_again(self, context: Context) -> None:
        assert not memory_parameters.use(context, ["default"]).adopted, "they are in force"
        memory_parameters.use(context, list(map(str, FITTED)))
        view = memory_parameters.use(context, ["default"])
        assert (view.adopted, view.default) == (True, True)
        assert context.store.parameters() is None

    @pytest.mark.parametrize("words", [["few"], ["1", "2"], ["nan"] * 21, ["9e9"] * 21, ["default", "please"]])
    def test_what_are_none(self, context: Context, words: list[str]) -> None:
        with pytest.raises(UsageError, match="parameters"):
            memory_parameters.use(context, words)


def answer_on(context: Context, cards: int, answers: int) -> None:
    """Answer other cards of another program from today on, as somebody does who goes on learning."""
    day = context.today.toordinal()
    new = []
    for card in range(cards):
        for turn in range(answers):
            at = date.fromordinal(day + 1 + 3 * turn)
            instant = (at.toordinal() - 719163) * 86_400_000_000 + card
            body = AnswerKept(f"late {card}", 1 if (card + turn) % 4 == 0 else 3, 9, "reviews")
            new.append(NewEvent(body, at, happened=LocalInstant(instant, 0)))
    record_all(context, new)


def test_other_parameters_are_judged_by_answers_from_which_neither_set_learned(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(context, 100, 8)
    memory_parameters.use(context, list(map(str, FITTED)))
    learned: list[int] = []

    def fit(lessons: list[object]) -> tuple[float, ...]:
        learned.append(len(lessons))
        return DEFAULT_PARAMETERS

    monkeypatch.setattr(optimizer, "fit", fit)
    refused = memory_parameters.optimize(context)
    assert not refused.adopted and "after 100 more" in refused.reason and not learned
    answer_on(context, 30, 5)  # 120 of them are scored
    judged = memory_parameters.optimize(context)
    assert learned[0] == judged.scored - 120
    assert "your 120 answers since they were adopted" in judged.reason
