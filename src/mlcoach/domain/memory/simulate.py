"""What a desired retention would cost and bring: the same learner, card by card, under the model in force.

Each card lives by itself: it is asked on the day it is due, recalled with the probability that the model gives, and a
failure is repeated the same day until it is recalled. Chance is seeded by card, so that targets are compared on the
same luck.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.memory.fsrs6 import Memory, Parameters
from mlcoach.domain.memory.ratings import AGAIN, EASY, GOOD, HARD
from mlcoach.domain.memory.recall import decay_of, next_memory, raw_interval, retrievability

FIRST_RATINGS = {AGAIN: 0.2, HARD: 0.1, GOOD: 0.6, EASY: 0.1}
LATER_RATINGS = {HARD: 0.1, GOOD: 0.8, EASY: 0.1}


class KnownCard(NamedTuple):
    """A card met before: its memory, study days since its last answer, and until it is due (0 for overdue)."""

    memory: Memory
    elapsed: int
    due_in: int


class Learner(NamedTuple):
    """Whom to simulate. Seconds are those of an answer that was recalled, one that failed, and a first one.

    `new` cards are met each study day while there are any of the `waiting` ones left.
    """

    known: Sequence[KnownCard] = ()
    new: int = 10
    waiting: int = 0
    recalled_seconds: float = 12.0
    failed_seconds: float = 20.0
    first_seconds: float = 20.0
    parameters: Parameters = None


class Outcome(NamedTuple):
    """What a target came to after so many study days: answers and seconds in all, cards met and expected to be known.

    `later_seconds` are those of the last quarter of the days, when the beginning weighs no more; `asked` and
    `recalled` count the answers that were not first ones.
    """

    answers: int
    seconds: float
    later_seconds: float
    asked: int
    recalled: int
    met: int
    known: float


def simulate(learner: Learner, retention: float, days: int, seed: int = 0) -> Outcome:
    """Return what asking for `retention` comes to over `days` study days. Raises UsageError for a bad retention."""
    raw_interval(1.0, retention)  # refuses what is not a retention before any work is done
    life = _Life(learner, retention, days)
    for number, card in enumerate(learner.known):
        life.live(random.Random(f"{seed} known {number}"), card.memory, -card.elapsed, card.due_in)
    first_days = [day for day in range(days) for _ in range(learner.new)][: learner.waiting]
    for number, day in enumerate(first_days):
        chance = random.Random(f"{seed} new {number}")
        life.live(chance, life.meet(chance, day), day)
    return Outcome(
        life.answers,
        life.seconds,
        life.later_seconds,
        life.asked,
        life.recalled,
        len(learner.known) + len(first_days),
        life.known,
    )


class _Life:
    """The sums over all cards, and the rules one card lives by."""

    def __init__(self, learner: Learner, retention: float, days: int) -> None:
        self.learner = learner
        self.days = days
        self.decay = decay_of(learner.parameters)
        # Intervals grow with stability in proportion.
        self.per_stability = raw_interval(1.0, retention, self.decay)
        self.late = days - days // 4
        self.answers = self.asked = self.recalled = 0
        self.seconds = self.later_seconds = self.known = 0.0

    def live(self, chance: random.Random, memory: Memory, last: int, due: int | None = None) -> None:
        """Let a card be asked until the days are over. `last` is the day of its last answer, `due` its next one."""
        day = last + self._interval(memory) if due is None else due
        while day < self.days:
            self.asked += 1
            elapsed = day - last
            if chance.random() < retrievability(memory.stability, elapsed, self.decay):
                self.recalled += 1
                rating = _drawn(chance, LATER_RATINGS)
                self._spend(day, self.learner.recalled_seconds)
                memory = next_memory(memory, elapsed, rating, self.learner.parameters)
            else:
                memory = self._relearned(next_memory(memory, elapsed, AGAIN, self.learner.parameters), day)
            last, day = day, day + self._interval(memory)
        self.known += retrievability(memory.stability, self.days - last, self.decay)

    def meet(self, chance: random.Random, day: int) -> Memory:
        """Return what the first answer to a card leaves behind."""
        rating = _drawn(chance, FIRST_RATINGS)
        self._spend(day, self.learner.first_seconds)
        memory = next_memory(None, 0, rating, self.learner.parameters)
        return self._relearned(memory, day, spent=True) if rating == AGAIN else memory

    def _relearned(self, memory: Memory, day: int, *, spent: bool = False) -> Memory:
        """Return the memory after a failure was repeated the same day and recalled."""
        if not spent:
            self._spend(day, self.learner.failed_seconds)
        self._spend(day, self.learner.recalled_seconds)
        return next_memory(memory, 0, GOOD, self.learner.parameters)

    def _spend(self, day: int, seconds: float) -> None:
        self.answers += 1
        self.seconds += seconds
        if day >= self.late:
            self.later_seconds += seconds

    def _interval(self, memory: Memory) -> int:
        return max(1, round(memory.stability * self.per_stability))


def _drawn(chance: random.Random, ratings: dict[int, float]) -> int:
    mark = chance.random()
    for rating, probability in ratings.items():
        mark -= probability
        if mark < 0:
            return rating
    return GOOD
