"""How well the learner's recall is predicted, from the answers in the journal."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.views.memory import (
    BinView,
    ConfidenceView,
    ExpectedView,
    MemoryStatusView,
    ModelName,
    ModelView,
    RetentionView,
)

if TYPE_CHECKING:
    from mlcoach.domain.memory.measure import MeasuredAnswer, ScoredAnswer
    from mlcoach.services.context import Context

NEEDED = 60  # scored answers; with fewer every figure is mostly chance
FIRST = 100  # scored answers, over which each model is judged apart: what it is worth at the beginning
LATELY = 30  # study days


def status(context: "Context", on_progress: OnProgress = silent) -> MemoryStatusView:
    """Return recall against what was asked for, and how well each model predicts it. Nothing is written.

    `on_progress` hears (models measured, models in all) as a long look goes on.
    """
    from mlcoach.adapters.memory import optimizer
    from mlcoach.domain.memory import measure
    from mlcoach.domain.memory.ratings import FORGOTTEN

    answers = read_answers(context)
    given = [answer for answer in answers if answer.rating != FORGOTTEN]
    trials = measure.trials(answers)
    since = context.today.toordinal() - LATELY
    lately = [trial.recalled for trial in trials if answers[trial.place].day > since]
    models: tuple[ModelView, ...] = ()
    bins: tuple[BinView, ...] = ()
    measured = 0
    expected: ExpectedView | None = None
    if len(trials) >= NEEDED:
        # What lies before the first fold is what a fitted model would learn from; all are judged on the same rest.
        begin = next(iter(measure.folds(len(trials))))[0]
        judged = trials[begin:]
        measured = len(judged)
        recalled = [trial.recalled for trial in judged]
        predictions: dict[ModelName, list[float]] = {}
        predictors = _predictors(context, answers, trials)
        for done, (name, predict) in enumerate(predictors.items(), start=1):
            predictions[name] = predict()
            on_progress(done, len(predictors))
        if (default := predictions.get("fsrs6_default")) is not None:
            usual = sum(default[-measured:]) / measured
            expected = ExpectedView(foretold=usual, recalled=sum(recalled) / measured, predicted=usual)
        models = tuple(_model(name, predicted, trials, measured) for name, predicted in predictions.items())
        bins = tuple(BinView(*entry) for entry in measure.calibration(predictions["current"][-measured:], recalled))
    return MemoryStatusView(
        items=len({answer.item for answer in given}),
        reviews=len(given),
        scored=len(trials),
        needed=NEEDED,
        retention=RetentionView(
            actual=_share([trial.recalled for trial in trials]), desired=context.settings.get("retention")
        ),
        recalled_lately=_share(lately),
        measured=measured,
        models=models,
        calibration=bins,
        confidence=tuple(ConfidenceView(*row) for row in context.store.confidence()),
        default=context.store.parameters() is None,
        adaptive=context.settings.get("memory.adaptive"),
        expected=expected,
        fit_from=optimizer.NEEDED,
    )


def _predictors(
    context: "Context", answers: "Sequence[MeasuredAnswer]", trials: "Sequence[ScoredAnswer]"
) -> dict[ModelName, Callable[[], list[float]]]:
    """Return the models to compare, each as a function that predicts the trials, or those of the folds at the end."""
    from mlcoach.adapters.memory import optimizer
    from mlcoach.domain.memory import measure

    parameters = context.store.parameters()
    adaptive = context.settings.get("memory.adaptive")
    found: dict[ModelName, Callable[[], list[float]]] = {}
    if not adaptive:
        found["current"] = lambda: measure.predict_fsrs(answers, parameters)
    found["current" if adaptive else "adaptive"] = lambda: list(measure.predict_adaptive(answers, parameters))
    if adaptive or parameters:
        found["fsrs6_default"] = lambda: measure.predict_fsrs(answers)
    if len(trials) >= optimizer.NEEDED and optimizer.is_installed():
        found["fsrs6_fitted"] = lambda: measure.predict_fitted(answers, optimizer.fit)
    found["moving_average"] = lambda: measure.predict_moving_average(trials)
    found["sm2"] = lambda: measure.predict_sm2(answers)
    return found


def read_answers(context: "Context") -> "list[MeasuredAnswer]":
    """Return all answers that count, under the ids that items have today, in the order of time.

    Among them are the marks `ratings.FORGOTTEN`, where an item was started again.
    """
    from mlcoach.domain.memory.measure import MeasuredAnswer

    aliases = context.catalog.aliases()
    return [
        MeasuredAnswer(
            aliases.get(answer.card, answer.card) if answer.here else f"card:{answer.card}",
            date.fromisoformat(answer.study_day).toordinal(),
            answer.rating,
            answer.seconds,
        )
        for answer in context.store.answers()
    ]


def _model(name: ModelName, predictions: Sequence[float], trials: "Sequence[ScoredAnswer]", measured: int) -> ModelView:
    from mlcoach.domain.memory.measure import log_loss, score

    found = score(predictions[-measured:], trials[-measured:])
    early = [trial.recalled for trial in trials[:FIRST]]
    first = log_loss(predictions[:FIRST], early) if len(predictions) == len(trials) >= FIRST else None
    return ModelView(name, found.log_loss, found.rmse_bins, found.auc, first)


def _share(recalled: Sequence[bool]) -> float | None:
    return sum(recalled) / len(recalled) if recalled else None
