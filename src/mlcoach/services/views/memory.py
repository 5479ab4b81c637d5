"""What the screens of `mlcoach memory` show. Probabilities are 0 to 1."""

from typing import NamedTuple


class ModelView(NamedTuple):
    """How well one model foretold the answers; `current` is the one that schedules."""

    name: str
    log_loss: float
    rmse_bins: float
    current: bool


class BinView(NamedTuple):
    """Answers with similar predictions: the mean predicted, the share recalled, and how many there are."""

    predicted: float
    recalled: float
    answers: int


class MemoryStatusView(NamedTuple):
    """Recall against what was asked for, and how well it is foretold.

    `answers` are all answers, `scored` those a day or more after the one before. `recalled` is the share of the
    scored ones that were recalled, None while there are none; `models` and `calibration` are empty below `needed`
    scored answers and are measured over the later `measured` of them.
    """

    items: int
    answers: int
    scored: int
    needed: int
    desired: float
    recalled: float | None
    recalled_lately: float | None
    measured: int
    models: tuple[ModelView, ...]
    calibration: tuple[BinView, ...]
