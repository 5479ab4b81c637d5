"""Simulated learners whose memory is known: by FSRS-6 with parameters of their own, by two components, by a power law.

Everything is drawn from a seed, so that a learner is the same at every call. What is not FSRS is written as the
literature has it in its simplest form: recall as a mixture of a fast and a slow exponential trace (two components), or
as a power of the time passed (J. T. Wixted, The form of forgetting, 1991), each strengthened by recalls, more so when
recall was less likely.
"""

import math
import random
from typing import NamedTuple, Protocol

from mlcoach.domain.memory import fsrs6
from mlcoach.domain.memory.fsrs6 import Memory
from mlcoach.domain.memory.ratings import AGAIN, EASY, HARD
from mlcoach.domain.memory.recall import decay_of, next_memory, retrievability

# Standard deviations of fitted parameters over many learners, as fsrs-rs draws fitted ones towards the defaults.
SPREAD = (
    6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32,
    0.14, 0.27,
)  # fmt: skip
BY_FACTOR = (0, 1, 2, 3, 20)


class Learner(NamedTuple):
    """How somebody remembers and answers: true parameters, weights of ratings, and seconds for an answer."""

    parameters: tuple[float, ...]
    first: tuple[float, ...]
    later: tuple[float, ...]
    pace: float


def draw(seed: int) -> Learner:
    """Return a learner, the same at every call."""
    chance = random.Random(f"learner {seed}")
    values = []
    for place, (usual, low, high) in enumerate(zip(fsrs6.DEFAULT_PARAMETERS, fsrs6.LOWEST, fsrs6.HIGHEST, strict=True)):
        drawn = chance.gauss(0, 0.5)
        value = usual * math.exp(drawn) if place in BY_FACTOR else usual + SPREAD[place] * drawn
        values.append(round(min(max(value, low), high), 6))
    return Learner(
        (*sorted(values[:4]), *values[4:]),
        (chance.uniform(0.1, 0.4), chance.uniform(0.05, 0.2), 1.0, chance.uniform(0.05, 0.3)),
        (0.0, chance.uniform(0.03, 0.2), 1.0, chance.uniform(0.03, 0.2)),
        chance.uniform(5, 15),
    )


class Truth(Protocol):
    """What a learner really remembers of each card."""

    def recall(self, card: int, elapsed: int) -> float:
        """Return the true probability of recall, so many days after the last answer to a card met before."""

    def answer(self, card: int, elapsed: int, rating: int) -> None:
        """Take an answer."""


class Fsrs:
    """A memory by FSRS-6."""

    def __init__(self, seed: int) -> None:
        self._parameters = draw(seed).parameters
        self._memories: dict[int, Memory] = {}

    def recall(self, card: int, elapsed: int) -> float:
        return retrievability(self._memories[card].stability, elapsed, decay_of(self._parameters))

    def answer(self, card: int, elapsed: int, rating: int) -> None:
        self._memories[card] = next_memory(self._memories.get(card), elapsed, rating, self._parameters)


class TwoComponents:
    """A memory of two traces: a fast one, and a slow one that grows with each recall."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"two components {seed}")
        scale = math.exp(chance.gauss(0, 0.4))
        self._seed = seed
        self._share = chance.uniform(0.4, 0.75)
        self._fast, self._slow = chance.uniform(1, 4) * scale, chance.uniform(15, 50) * scale
        self._share_gain, self._slow_gain = chance.uniform(0.2, 0.5), chance.uniform(0.5, 1.3)
        self._kept = chance.uniform(0.3, 0.7)
        self._cards: dict[int, tuple[float, float, float]] = {}  # share of the slow trace, days of the fast and it

    def recall(self, card: int, elapsed: int) -> float:
        share, fast, slow = self._cards[card]
        return (1 - share) * math.exp(-elapsed / fast) + share * math.exp(-elapsed / slow)

    def answer(self, card: int, elapsed: int, rating: int) -> None:
        if card not in self._cards:
            own = _own(self._seed, card)
            share = self._share * {AGAIN: 0.6, HARD: 0.8, EASY: 1.4}.get(rating, 1.0)
            self._cards[card] = min(share, 0.999), self._fast * own, self._slow * own
            return
        share, fast, slow = self._cards[card]
        if elapsed < 1:
            self._cards[card] = share + 0.03 * (1 - share), fast, slow
        elif rating == AGAIN:
            self._cards[card] = share * 0.9, fast, max(self._slow * _own(self._seed, card), slow * self._kept)
        else:
            gain = 1 + self._slow_gain * (1.08 - self.recall(card, elapsed)) * 3
            self._cards[card] = share + self._share_gain * (1 - share), fast * 1.15, min(slow * gain, 36500.0)


class PowerLaw:
    """A memory that falls by a power of the time passed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"power law {seed}")
        self._seed = seed
        self._days = 2 * math.exp(chance.gauss(0, 0.4))
        self._power, self._by_rating = chance.uniform(0.25, 0.6), chance.uniform(0.5, 1.0)
        self._gain, self._kept = chance.uniform(0.25, 0.6), chance.uniform(0.2, 0.6)
        self._cards: dict[int, float] = {}

    def recall(self, card: int, elapsed: int) -> float:
        return float((1 + elapsed / self._cards[card]) ** -self._power)

    def answer(self, card: int, elapsed: int, rating: int) -> None:
        own = self._days * _own(self._seed, card)
        if card not in self._cards:
            self._cards[card] = own * math.exp(self._by_rating * (rating - 3))
            return
        days = self._cards[card]
        if elapsed < 1:
            self._cards[card] = days * 1.05
        elif rating == AGAIN:
            self._cards[card] = max(0.3, own * (days / own) ** self._kept)
        else:
            kind = {HARD: 1.0, EASY: 1.55}.get(rating, 1.25)
            gain = 1 + self._gain * kind * (1.15 - self.recall(card, elapsed)) * 6 * days**-0.12
            self._cards[card] = min(days * gain, 36500.0)


def _own(seed: int, card: int) -> float:
    """Return how much better or worse than others a card is remembered."""
    return math.exp(random.Random(f"{seed} card {card}").gauss(0, 0.3))
