"""What the screens of `mlcoach memory` show. Probabilities are 0 to 1."""

from typing import NamedTuple


class RetentionView(NamedTuple):
    """Recall: the share of the scored answers that were recalled, None while there are none, and what is asked for."""

    actual: float | None
    desired: float


class ModelView(NamedTuple):
    """How well one model foretold the answers. `auc` is None where all of them ended alike.

    `name` is current (the one that schedules, FSRS-6 with its defaults), moving_average or sm2.
    """

    name: str
    log_loss: float
    rmse_bins: float
    auc: float | None


class BinView(NamedTuple):
    """Answers with similar predictions: the mean predicted, the share recalled, and how many there are."""

    predicted: float
    recalled: float
    answers: int


class MemoryStatusView(NamedTuple):
    """Recall against what was asked for, and how well it is foretold.

    `reviews` are all answers, `scored` those a day or more after the one before. `models` and `calibration` are empty
    below `needed` scored answers and are measured over the later `measured` of them.
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
