"""The parameters of the memory model: fitted to the learner's answers, adopted when they are better, chosen by hand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.events import ParametersAdopted
from mlcoach.domain.memory.fsrs6 import DEFAULT_PARAMETERS
from mlcoach.domain.memory.recall import as_fsrs6
from mlcoach.errors import UsageError
from mlcoach.services.memory.status import read_answers
from mlcoach.services.record import record_all
from mlcoach.store.append import NewEvent
from mlcoach.views.memory import LossView, OptimizeView

if TYPE_CHECKING:
    from mlcoach.domain.memory.measure import ScoredAnswer
    from mlcoach.services.context import Context

JUDGED_BY = 100  # scored answers at least, where parameters are in force that learned from the earlier ones
LEARNED_FROM = 0.8  # of the scored answers, in the order of time; the rest judges


def optimize(context: "Context", on_progress: OnProgress = silent) -> OptimizeView:
    """Fit the parameters to the learner's answers and adopt them if they predict the last of these better.

    They are judged on the last fifth of the answers, as fitted to the earlier ones alone, and only on answers that came
    after those in force were adopted: neither set has learned from them. They are adopted as fitted to all. What is
    adopted folds all
    items again, with the due days they have; `on_progress` hears (items done, items in all). Raises MissingExtraError
    without the package that fits.
    """
    from mlcoach.adapters.memory.optimizer import NEEDED, fit
    from mlcoach.domain.memory import measure

    in_force = context.store.parameters()
    answers = read_answers(context)
    trials = measure.trials(answers)
    if len(trials) < NEEDED:
        reason = f"{len(trials)} scored answers are too few: with fewer than {NEEDED}, fitting mostly makes it worse"
        return _view(context, reason=reason, scored=len(trials))
    lessons = measure.lessons(answers)
    learned = _learned_from(context, trials) if in_force else 0
    cut = max(int(len(trials) * LEARNED_FROM), learned)
    if in_force and len(trials) - cut < JUDGED_BY:
        missing = JUDGED_BY - (len(trials) - cut)
        reason = (
            f"the parameters in force may have learned from all but {len(trials) - cut} of your answers; "
            f"others can be judged after {missing} more"
        )
        return _view(context, reason=reason, scored=len(trials))
    recalled = [trial.recalled for trial in trials[cut:]]
    before = measure.log_loss(measure.predict_fsrs(answers, in_force)[cut:], recalled)
    after = measure.log_loss(measure.predict_fsrs(answers, fit(lessons[:cut]))[cut:], recalled)
    if not after < before:
        reason = f"the parameters in force predict {_judges(trials, cut)} better"
        return _view(context, reason=reason, scored=len(trials), before=before, after=after)
    fitted = as_fsrs6(_rounded(fit(lessons)))
    if fitted == in_force:
        reason = "these parameters are in force already"
        return _view(context, reason=reason, scored=len(trials), before=before, after=after)
    _adopt(context, ParametersAdopted(fitted, len(recalled), before, after), on_progress)
    reason = f"they predict {_judges(trials, cut)} better"
    return _view(context, adopted=True, reason=reason, scored=len(trials), before=before, after=after)


def _judges(trials: "Sequence[ScoredAnswer]", cut: int) -> str:
    """Return in words by which answers other parameters were judged."""
    usual = cut == int(len(trials) * LEARNED_FROM)
    return "the last fifth of your answers" if usual else f"your {len(trials) - cut} answers since they were adopted"


def _learned_from(context: "Context", trials: "Sequence[ScoredAnswer]") -> int:
    """Return how many of the scored answers the parameters in force may have learned from: those before them."""
    adopted = context.store.parameters_adopted()
    if adopted is None:
        return 0
    before = sum((answer.study_day, answer.happened) <= adopted for answer in context.store.answers())
    return sum(trial.place < before for trial in trials)


def use(context: "Context", words: Sequence[str], on_progress: OnProgress = silent) -> OptimizeView:
    """Adopt parameters that are known already: 21 numbers of FSRS-6, 19 of FSRS-5 or 17 of FSRS-4.5, or `default`.

    They may be joined by commas or blanks, as Anki shows them. How well they predict the answers is
    reported; they are adopted either way. `on_progress` as in `optimize`.

    Raises UsageError for what are not parameters.
    """
    from mlcoach.domain.memory import measure

    in_force = context.store.parameters()
    chosen = None if [word.lower() for word in words] == ["default"] else as_fsrs6(_numbers(words))
    answers = read_answers(context)
    trials = measure.trials(answers)
    recalled = [trial.recalled for trial in trials]
    before, after = (
        measure.log_loss(measure.predict_fsrs(answers, parameters), recalled) for parameters in (in_force, chosen)
    )
    if chosen == in_force:
        reason = "these parameters are in force already"
        return _view(context, reason=reason, scored=len(trials), before=before, after=after)
    _adopt(context, ParametersAdopted(chosen or (), len(trials), before, after), on_progress)
    reason = "the defaults are in force again" if chosen is None else "you chose them"
    return _view(context, adopted=True, reason=reason, scored=len(trials), before=before, after=after)


def _adopt(context: "Context", body: ParametersAdopted, on_progress: OnProgress) -> None:
    record_all(context, [NewEvent(body, context.today)], on_progress)


def _numbers(words: Sequence[str]) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in " ".join(words).replace(",", " ").strip(" []").split())
    except ValueError:
        raise UsageError(
            "parameters are numbers", "write 21 of them as Anki shows them, or `mlcoach memory use default`"
        ) from None


def _rounded(parameters: tuple[float, ...]) -> tuple[float, ...]:
    """Return parameters with the digits that 32 bits hold."""
    return tuple(round(parameter, 6) for parameter in parameters)


def _view(
    context: "Context",
    *,
    reason: str,
    scored: int,
    adopted: bool = False,
    before: float | None = None,
    after: float | None = None,
) -> OptimizeView:
    in_force = context.store.parameters()
    return OptimizeView(
        adopted=adopted,
        reason=reason,
        before=LossView(before if scored else None),
        after=LossView(after if scored else None),
        parameters=in_force or DEFAULT_PARAMETERS,
        scored=scored,
        default=in_force is None,
    )
