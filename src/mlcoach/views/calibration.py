"""How well recall is predicted, as figures. Probabilities are 0 to 1."""

from typing import NamedTuple


class BinView(NamedTuple):
    """Answers with similar predictions: the mean predicted, the share recalled, and how many there are."""

    predicted: float
    recalled: float
    answers: int
