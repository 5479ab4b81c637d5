"""What the screens of `mlcoach memory` show. Probabilities are 0 to 1."""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.memory.ratings import RatingName
from mlcoach.views.calibration import BinView

ModelName = Literal["current", "adaptive", "fsrs6_default", "fsrs6_fitted", "moving_average", "sm2"]


class RetentionView(NamedTuple):
    """Recall: the share of the scored answers that were recalled, None while there are none, and what is asked for."""

    actual: float | None
    desired: float


class ModelView(NamedTuple):
    """How well one model predicted the answers. `auc` is None where all of them ended alike.

    `name` is current (the one that schedules), adaptive (FSRS-6 corrected by the answers, where it does not schedule),
    fsrs6_default, fsrs6_fitted (to what lies before each fold), moving_average or sm2. `first_log_loss` is that over
    the first 100 scored answers, None where the model did not predict them.
    """

    name: ModelName
    log_loss: float
    rmse_bins: float
    auc: float | None
    first_log_loss: float | None = None


class ExpectedView(NamedTuple):
    """The mean recall that FSRS-6 with its defaults predicted for the measured answers, and the share recalled.

    The first field is the same as the last, under the name it had before: scripts may read it.
    """

    foretold: float
    recalled: float
    predicted: float


class LossView(NamedTuple):
    """A log loss, None where it was not measured."""

    log_loss: float | None


class OptimizeView(NamedTuple):
    """What became of other parameters: whether they were adopted and why, and the log loss without and with them.

    `parameters` are the 21 in force now, `default` says that they are those everybody begins with, `scored` counts
    the answers there are to judge by.
    """

    adopted: bool
    reason: str
    before: LossView
    after: LossView
    parameters: tuple[float, ...]
    scored: int
    default: bool


class ConfidenceView(NamedTuple):
    """How answers went for which the learner was so sure: 1 no idea, 2 doubtful, 3 fairly sure, 4 certain."""

    level: int
    answers: int
    recalled: int


class TargetView(NamedTuple):
    """What a desired retention comes to: answers and minutes a day, and how many cards are known at the end.

    `later_minutes_a_day` are those of the last quarter, `recalled` the share recalled of what was asked again,
    `minutes_for_each` all minutes over the cards known.
    """

    retention: float
    reviews_a_day: float
    minutes_a_day: float
    later_minutes_a_day: float
    recalled: float | None
    known: float
    minutes_for_each: float | None


class SimulationView(NamedTuple):
    """Targets side by side, from the least retention, over `days` study days; `desired` is the one in force.

    The learner has met `met` cards and meets `new` more each day, as long as there are any of the `waiting` ones.
    """

    days: int
    new: int
    met: int
    waiting: int
    desired: float
    targets: tuple[TargetView, ...]


class MemoryStatusView(NamedTuple):
    """Recall against what was asked for, and how well it is predicted.

    `reviews` are all answers, `scored` those a day or more after the one before. `models` and `calibration` are empty
    below `needed` scored answers and are measured over the later `measured` of them. `default` says that the
    parameters in force are those everybody begins with, `adaptive` that they are corrected by what was learned from
    the answers; `expected` is None where the defaults were not measured. From `fit_from` scored answers on, fitting
    the parameters is worth a try.
    """

    items: int
    reviews: int
    scored: int
    needed: int
    retention: RetentionView
    recalled_lately: float | None
    measured: int
    models: tuple[ModelView, ...]
    calibration: tuple[BinView, ...]
    confidence: tuple[ConfidenceView, ...]
    default: bool
    adaptive: bool
    expected: ExpectedView | None
    fit_from: int = 400


class IntervalsView(NamedTuple):
    """The days until recall falls to what is desired: by FSRS-6 alone, and corrected by what was learned.

    `at_most` says that the correction would go further, and is not certain enough for it.
    """

    fsrs: float
    corrected: float
    at_most: bool = False


class ReasonView(NamedTuple):
    """What speaks for a longer interval (positive) or a shorter one, in logits of recall on the due day of FSRS-6.

    `name` is learner, stability, difficulty, reviews, lapses, run, rating, repeats or growth.
    """

    name: str
    logits: float


class ExplainView(NamedTuple):
    """Why an item is due when it is, with what is known now; the strongest reasons come first.

    `recall` is today's as the schedule takes it, `recall_now` the same in the mood of the last answers; both are None
    before the first answer. `exercise` tells it from a card, `ladder` an exercise from a short drill. `interval_days`
    lie between the last answer and the due day as they were chosen then. `answers` counts those that the correction was
    learned from, `days` is None before the first answer. `rating` is that of the last answer, "" where it is not known;
    `reviews`, `lapses`, `run` and `repeats` are those of answers on later days, of failures among them, of recalls
    since the last failure and of repetitions on the same day; `gap` are the study days that it waited for the last of
    them. `elsewhere`: its schedule came from another program and it was not answered since. `afresh`: it was started
    again and not answered since.
    """

    item: str
    question: str
    due: date | None
    last_day: date | None
    interval_days: int
    retention: float
    adaptive: bool
    default: bool
    answers: int
    days: IntervalsView | None
    reasons: tuple[ReasonView, ...]
    stability: float
    difficulty: float
    rating: RatingName | Literal[""]
    reviews: int
    lapses: int
    run: int
    repeats: int
    exercise: bool = False
    ladder: bool = False
    recall: float | None = None
    recall_now: float | None = None
    gap: int = 0
    suspended: bool = False
    elsewhere: bool = False
    afresh: bool = False
