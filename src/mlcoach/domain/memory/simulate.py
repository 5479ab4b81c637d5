"""What a desired retention would cost and bring: the same learner, card by card, under the model in force.

Each card lives by itself: it is asked on the day it is due, recalled with the probability that the model gives, and a
failure is repeated the same day until it is recalled. What was learned of the learner is taken as it is; nothing is
learned on the way. Chance is seeded by card, so that targets are compared on the same luck.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.memory.fsrs6 import Parameters
from mlcoach.domain.memory.learner_model import LearnerModel, interval, scheduled_recall
from mlcoach.domain.memory.ratings import AGAIN, EASY, GOOD, HARD
from mlcoach.domain.memory.recall import decay_of, raw_interval, retrievability
from mlcoach.domain.memory.trace import Trace, answered, elapsed_days

FIRST_RATINGS = {AGAIN: 0.2, HARD: 0.1, GOOD: 0.6, EASY: 0.1}
LATER_RATINGS = {HARD: 0.1, GOOD: 0.8, EASY: 0.1}


class KnownCard(NamedTuple):
    """A card met before: its trace, whose days count from the first one simulated, and the days until it is due.

    A due day of 0 stands for overdue.
    """

    trace: Trace
    due_in: int


class Learner(NamedTuple):
    """Whom to simulate. Seconds are those of an answer that was recalled, one that failed, and a first one.

    `new` cards are met each study day while there are any of the `waiting` ones left. `model` corrects FSRS-6; None
    leaves it alone.
    """

    known: Sequence[KnownCard] = ()
    new: int = 10
    waiting: int = 0
    recalled_seconds: float = 12.0
    failed_seconds: float = 20.0
    first_seconds: float = 20.0
    parameters: Parameters = None
    model: LearnerModel | None = None


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
        life.live(random.Random(f"{seed} known {number}"), card.trace, card.due_in)
    first_days = [day for day in range(days) for _ in range(learner.new)][: learner.waiting]
    for number, day in enumerate(first_days):
        chance = random.Random(f"{seed} new {number}")
        life.live(chance, life.meet(chance, day))
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
        self.retention = retention
        self.decay = decay_of(learner.parameters)
        # Intervals grow with stability in proportion.
        self.per_stability = raw_interval(1.0, retention, self.decay)
        self.late = days - days // 4
        self.answers = self.asked = self.recalled = 0
        self.seconds = self.later_seconds = self.known = 0.0

    def live(self, chance: random.Random, trace: Trace, due: int | None = None) -> None:
        """Let a card be asked until the days are over. `due` is the day on which it is asked next."""
        day = trace.day + self._interval(trace) if due is None else due
        while day < self.days:
            self.asked += 1
            if chance.random() < self._recall(trace, day):
                self.recalled += 1
                rating = _drawn(chance, LATER_RATINGS)
                self._spend(day, self.learner.recalled_seconds)
                trace = self._answered(trace, day, rating)
            else:
                trace = self._relearned(self._answered(trace, day, AGAIN), day)
            day += self._interval(trace)
        self.known += self._recall(trace, self.days)

    def meet(self, chance: random.Random, day: int) -> Trace:
        """Return what the first answer to a card leaves behind."""
        rating = _drawn(chance, FIRST_RATINGS)
        self._spend(day, self.learner.first_seconds)
        trace = self._answered(Trace(), day, rating)
        return self._relearned(trace, day, spent=True) if rating == AGAIN else trace

    def _relearned(self, trace: Trace, day: int, *, spent: bool = False) -> Trace:
        """Return the trace after a failure was repeated the same day and recalled."""
        if not spent:
            self._spend(day, self.learner.failed_seconds)
        self._spend(day, self.learner.recalled_seconds)
        return self._answered(trace, day, GOOD)

    def _answered(self, trace: Trace, day: int, rating: int) -> Trace:
        return answered(trace, day, rating, 0, self.learner.parameters)

    def _recall(self, trace: Trace, day: int) -> float:
        elapsed = elapsed_days(trace, day)
        if self.learner.model:
            return scheduled_recall(self.learner.model, trace, elapsed, self.learner.parameters)
        assert trace.memory is not None
        return retrievability(trace.memory.stability, elapsed, self.decay)

    def _spend(self, day: int, seconds: float) -> None:
        self.answers += 1
        self.seconds += seconds
        if day >= self.late:
            self.later_seconds += seconds

    def _interval(self, trace: Trace) -> int:
        assert trace.memory is not None
        if self.learner.model:
            return max(1, round(interval(self.learner.model, trace, self.retention, self.learner.parameters)))
        return max(1, round(trace.memory.stability * self.per_stability))


def _drawn(chance: random.Random, ratings: dict[int, float]) -> int:
    mark = chance.random()
    for rating, probability in ratings.items():
        mark -= probability
        if mark < 0:
            return rating
    return GOOD
