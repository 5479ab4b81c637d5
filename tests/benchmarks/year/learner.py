"""A learner who does not know the program: what they remember, how long they need, when they rest.

Memory is FSRS-6 with parameters of their own, drawn as those of the learners in `adaptive`, and a noise for each item:
time passes faster for one that is hard for them. All chance depends on the seed and on what it decides, so that two
planners meet the same learner.
"""

import math
import random
from collections import Counter
from typing import NamedTuple

from mlcoach.domain.memory.fsrs6 import Memory, curve_factor, model
from tests.benchmarks.learners import draw

AGAIN, GOOD = 1, 3
WRONG = 0.1  # of the answers in a placement
REST = 0.05  # of the days
UNIT_SPREAD = 0.3  # standard deviation of the logarithm of true over stated hours
ITEM_SPREAD = 0.3  # the same, of how slowly an item is forgotten
SECONDS_SPREAD = 0.5  # the same, of the time one answer takes
REDO_SPREAD = 0.3  # the same, of the time an exercise takes
GUESSED = 0.1  # of the cards of a unit never studied


class Habits(NamedTuple):
    """What a learner does beside following the plan.

    `away` are the first and last days of an absence, `memory` how slowly they forget (1 as usual), `exercises` whether
    they do any, `elsewhere` the share of the unit blocks whose time goes to something else, `peeks` the days on which
    they look at cards far off.
    """

    away: tuple[int, int] = (0, 0)
    memory: float = 1.0
    exercises: bool = True
    elsewhere: float = 0.0
    peeks: tuple[int, ...] = ()


class Learner:
    """What one learner remembers, and what comes to them by chance."""

    def __init__(self, seed: int, habits: Habits) -> None:
        self.habits = habits
        self._seed = seed
        self._drawn = draw(seed)
        self._after = model(self._drawn.parameters)
        self._decay = self._drawn.parameters[20]
        self._factor = curve_factor(self._decay)
        self._memories: dict[str, Memory] = {}
        self._last: dict[str, int] = {}
        self._visits: Counter[str] = Counter()
        self._ease: dict[str, float] = {}

    def answers_right(self, question: str, *, knows: bool) -> bool:
        """Return whether they answer a question of placement right: one in ten is a slip, or a guess."""
        return (self._chance("placement", question).random() < WRONG) != knows

    def studies_on(self, day: int) -> bool:
        """Return whether they study on a day that has minutes."""
        first, last = self.habits.away
        return not first <= day <= last and self._chance("rest", day).random() >= REST

    def minutes_needed(self, unit: str, hours: float) -> float:
        """Return the true minutes of a unit of so many stated hours."""
        return hours * 60 * math.exp(self._chance("unit", unit).gauss(0, UNIT_SPREAD))

    def pass_minutes_needed(self, paper: str, reading_pass: int) -> float:
        """Return the true minutes of a pass over a paper."""
        return {1: 10, 2: 60, 3: 240}[reading_pass] * math.exp(self._chance(paper, reading_pass).gauss(0, UNIT_SPREAD))

    def verdict(self, paper: str, reading_pass: int) -> str:
        """Return what they decide at the end of a pass: three papers in ten deserve another one."""
        return "go-on" if reading_pass < 3 and self._chance(paper, "verdict", reading_pass).random() < 0.3 else "stop"

    def goes_elsewhere(self, day: int, unit: str) -> bool:
        """Return whether the time of a unit goes to something else on a day."""
        return self._chance("elsewhere", day, unit).random() < self.habits.elsewhere

    def recall(self, item: str, day: int) -> float:
        """Return the probability of recalling an item on a day; 0 for one never answered."""
        if item not in self._memories:
            return 0.0
        return self._curve(self._memories[item], self._elapsed(item, day))

    def answer(self, item: str, day: int, minutes: float, *, exercise: bool, studied: int | None) -> tuple[int, float]:
        """Return rating and seconds of an answer, and remember the item by it.

        `minutes` are the stated ones of the item, `studied` is the last day spent on its unit, None for never: what is
        asked for the first time has faded since then.
        """
        chance = self._chance(item, self._visits[item])
        luck, kind, spread = chance.random(), chance.random(), chance.gauss(0, 1)
        self._visits[item] += 1
        before = self._memories.get(item)
        elapsed = self._elapsed(item, day)
        if before:
            weights, known = self._drawn.later, self._curve(before, elapsed)
        else:
            weights = self._drawn.first
            learned = self._after(None, 0, GOOD)
            since = GUESSED if studied is None else self._curve(learned, (day - studied) / self._ease_of(item))
            known = since * (1 - weights[0] / sum(weights))
        rating = _chosen(weights, kind) if luck < known else AGAIN
        self._memories[item] = self._after(before, elapsed, rating)
        self._last[item] = day
        return rating, minutes * 60 * math.exp((REDO_SPREAD if exercise else SECONDS_SPREAD) * spread)

    def _elapsed(self, item: str, day: int) -> float:
        """Return the days since the last answer, as long as they feel for this item."""
        days = day - self._last.get(item, day)
        return max(1.0, days / self._ease_of(item)) if days else 0

    def _curve(self, memory: Memory, elapsed: float) -> float:
        return math.pow(1 + self._factor * elapsed / memory.stability, -self._decay)

    def _ease_of(self, item: str) -> float:
        if item not in self._ease:
            noise = self._chance("ease", item).gauss(0, ITEM_SPREAD)
            self._ease[item] = self.habits.memory * math.exp(noise)
        return self._ease[item]

    def _chance(self, *about: object) -> random.Random:
        return random.Random(f"{self._seed} {' '.join(map(str, about))}")


def _chosen(weights: tuple[float, ...], mark: float) -> int:
    """Return a rating of recall, hard to easy, by its weight."""
    mark *= sum(weights[1:])
    for rating, weight in enumerate(weights[1:], start=2):
        mark -= weight
        if mark < 0:
            return rating
    return GOOD
