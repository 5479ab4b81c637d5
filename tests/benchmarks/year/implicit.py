"""Whether cards could be asked less often since exercises practise them too: implicit repetition, tried before built.

    python -m tests.benchmarks.year.implicit --seeds 2 --days 365

One simulated year on the core is lived with the program as it is. Then its cards are asked again, each from the day on
which it was first met, by FSRS-6 at the wanted retention, while the exercises keep the days and grades they had. Each
exercise that went well practises cards of its unit and of the units that this one builds on, drawn by chance: few (two
and one) or many (five and three). What that does to the learner's memory is the assumption that decides everything, so
it is swept: `true` is the part of a whole good repetition (0 nothing, 1 all of it) by which the memory grows. The
program credits `weight` of one, times (1 - R) as the rule has it or plainly; never a failure, and nothing on cards that
failed more than one time in five.

Less credit than is true asks too often, more asks too late. Since asking less always costs recall, minutes are compared
at the same recall: with those of a program that credits nothing and asks at the lower retention that leaves as much
known after the year. `saved` is that difference; what the wanted retention alone can do is no gain of the credit.

Found (two learners, 947 cards met and 760 exercises done well; `recall` is that of the year's end):

    practised  true       credit  minutes  recall  min/known   saved
          few   0.0         none     3306   0.963       3.64    0.0%
          few   0.0  0.6 (1 - R)     3264   0.960       3.60   -0.9%
          few   0.0          0.3     3143   0.945       3.53  -14.9%
          few   0.3         none     3131   0.965       3.44    0.0%
          few   0.3  0.6 (1 - R)     3091   0.965       3.39    0.8%
          few   0.3          0.3     2985   0.961       3.29    0.9%
          few   0.6         none     3064   0.967       3.36    0.0%
          few   0.6  0.6 (1 - R)     3013   0.967       3.30    1.5%
          few   0.6          0.3     2903   0.965       3.19    3.7%
         many   0.0         none     3306   0.963       3.64    0.0%
         many   0.0  0.6 (1 - R)     3229   0.957       3.57   -2.9%
         many   0.0          0.3     2938   0.912       3.42  -25.8%
         many   0.3  0.6 (1 - R)     2909   0.968       3.18    2.5%
         many   0.3          0.3     2691   0.963       2.96    3.7%
         many   0.6  0.6 (1 - R)     2746   0.972       3.00    2.5%
         many   0.6          0.3     2500   0.970       2.73    9.6%
         many   1.0  0.6 (1 - R)     2656   0.974       2.89    3.0%
         many   1.0          0.3     2424   0.973       2.64   11.1%

So the rule is not built: at best it saves three in a hundred minutes of reviews, which are a twelfth of all, and it
loses some where exercises practise no cards. Plain credit could save a tenth of the reviews if exercises practise as
much as that assumes, and costs a quarter if they do not; nobody has measured which.
"""

import argparse
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from mlcoach.domain.memory.fsrs6 import DEFAULT_PARAMETERS, Memory, curve_factor, model
from mlcoach.domain.memory.recall import raw_interval
from tests.benchmarks.learners import draw
from tests.benchmarks.year import life
from tests.benchmarks.year.learner import AGAIN, GOOD, ITEM_SPREAD, SECONDS_SPREAD
from tests.benchmarks.year.program import Program
from tests.benchmarks.year.runs import RUNS

RETENTIONS = (0.9, 0.89, 0.88, 0.86, 0.83, 0.8)
LAPSE_RATE = 0.2  # of a card's answers, above which nothing is credited
FEW, MANY = (2, 1), (5, 3)  # cards of an exercise's own unit, and of those that it builds on


class Lived(NamedTuple):
    """What a year leaves to ask again: cards by the day and grade of the first answer, exercises that went well."""

    seed: int
    days: int
    first: Mapping[str, tuple[int, int]]
    exercises: Sequence[tuple[int, str]]
    requires: Mapping[str, Sequence[str]]
    minutes: Mapping[str, float]


class Year(NamedTuple):
    """Minutes of reviews, and of the cards met the mean recall on the last day."""

    minutes: float
    recall: float
    answers: int


class Credit(NamedTuple):
    """What a good exercise is counted for: `weight` of a repetition, times (1 - R) if `faded`."""

    weight: float = 0.0
    faded: bool = True

    def of(self, recall: float) -> float:
        """Return the part of a repetition that is credited to a card of this recall."""
        return self.weight * (1 - recall if self.faded else 1.0)


class _Card:
    """One card in the learner's head and in the program's books."""

    def __init__(self, after: Callable[..., Memory], decay: float, ease: float) -> None:
        self._after, self._decay, self._factor, self._ease = after, decay, curve_factor(decay), ease
        self._memory: Memory | None = None
        self._day = 0.0

    def recall(self, day: float) -> float:
        if self._memory is None:
            return 0.0
        return float(math.pow(1 + self._factor * self._elapsed(day) / self._memory.stability, -self._decay))

    def answer(self, day: float, rating: int) -> Memory:
        self._memory = self._after(self._memory, self._elapsed(day), rating)
        self._day = day
        return self._memory

    def practise(self, day: float, part: float) -> None:
        """Let so much of a good repetition happen: that part of the way, in stability and in time."""
        if self._memory is None or not part:
            return
        whole = self._after(self._memory, max(1, self._elapsed(day)), GOOD)
        grown = self._memory.stability * (whole.stability / self._memory.stability) ** part
        self._memory = Memory(max(grown, self._memory.stability), self._memory.difficulty)
        self._day += part * (day - self._day)

    def due(self, retention: float) -> float:
        assert self._memory is not None
        return self._day + max(1, round(raw_interval(self._memory.stability, retention, self._decay)))

    def _elapsed(self, day: float) -> float:
        return max(0.0, (day - self._day) / self._ease)


def ask_again(lived: Lived, retention: float, true: float, credit: Credit, cards_of: tuple[int, int]) -> Year:
    """Return the reviews of a year in which exercises practise cards, and the program credits so much of it."""
    drawn = draw(lived.seed)
    truth, books = model(drawn.parameters), model(DEFAULT_PARAMETERS)
    heads, ours, due = {}, {}, {}
    answered: defaultdict[str, list[int]] = defaultdict(list)
    seconds, answers = 0.0, 0
    waiting: defaultdict[int, list[str]] = defaultdict(list)
    for item, (day, _) in lived.first.items():
        waiting[day].append(item)
    done: defaultdict[int, list[str]] = defaultdict(list)
    for day, exercise in lived.exercises:
        done[day].append(exercise)
    practised = dict(_practised(lived, cards_of))

    def answer(item: str, day: int, rating: int) -> None:
        nonlocal seconds, answers
        heads[item].answer(day, rating)
        ours[item].answer(day, rating)
        due[item] = ours[item].due(retention)
        answered[item].append(rating)
        spread = _chance(lived.seed, item, len(answered[item])).gauss(0, SECONDS_SPREAD)
        seconds += lived.minutes[item] * 60 * math.exp(spread)
        answers += 1

    for day in range(1, lived.days + 1):
        for item in [item for item, at in due.items() if at <= day]:
            chance = _chance(lived.seed, "again", item, len(answered[item]))
            rating = GOOD if chance.random() < heads[item].recall(day) else AGAIN
            answer(item, day, rating)
            if rating == AGAIN:
                answer(item, day, GOOD)
        for item in waiting[day]:
            ease = math.exp(_chance(lived.seed, "ease", item).gauss(0, ITEM_SPREAD))
            heads[item] = _Card(truth, drawn.parameters[20], ease)
            ours[item] = _Card(books, DEFAULT_PARAMETERS[20], 1.0)
            answer(item, day, lived.first[item][1])
        for exercise in done[day]:
            for item in practised[exercise]:
                if item not in heads:
                    continue
                heads[item].practise(day, true)
                lapses = sum(rating == AGAIN for rating in answered[item][1:])
                if lapses <= LAPSE_RATE * max(1, len(answered[item]) - 1):
                    ours[item].practise(day, credit.of(ours[item].recall(day)))
                    due[item] = ours[item].due(retention)
    return Year(seconds / 60, fmean(head.recall(lived.days) for head in heads.values()), answers)


def _practised(lived: Lived, cards_of: tuple[int, int]) -> Iterator[tuple[str, list[str]]]:
    by_unit: defaultdict[str, list[str]] = defaultdict(list)
    for item in lived.first:
        by_unit[item.partition("/")[0]].append(item)
    for exercise in dict.fromkeys(name for _, name in lived.exercises):
        unit = exercise.partition("/")[0]
        below = [item for other in lived.requires.get(unit, ()) for item in by_unit[other]]
        chance = _chance(lived.seed, "practises", exercise)
        yield (
            exercise,
            [
                item
                for cards, number in zip((by_unit[unit], below), cards_of, strict=True)
                for item in chance.sample(cards, min(number, len(cards)))
            ],
        )


def _chance(*about: object) -> random.Random:
    return random.Random(" ".join(map(str, about)))


def at_recall(years: Sequence[Year], recall: float) -> float:
    """Return the minutes at which years without credit, of falling retention, leave this recall; beyond them the last.

    Between two years it is drawn straight.
    """
    for more, less in pairwise(years):
        if less.recall <= recall <= more.recall and more.recall > less.recall:
            part = (recall - less.recall) / (more.recall - less.recall)
            return less.minutes + part * (more.minutes - less.minutes)
    return years[0].minutes if recall >= years[0].recall else years[-1].minutes


def lived_year(seed: int, days: int) -> Lived:
    """Live a year on the core and return what it leaves."""
    answers: list[tuple[int, str, int, bool]] = []

    class Noting(life.Life):
        def _answer(self, day: int, item: str, *, within_unit: bool = False) -> int:
            rating = super()._answer(day, item, within_unit=within_unit)
            answers.append((day, item, rating, self._program.items[item].exercise))
            return rating

    _, program = life.record_of(RUNS["core"], seed, days, Noting)
    return lived_from(seed, days, answers, program)


def lived_from(seed: int, days: int, answers: Sequence[tuple[int, str, int, bool]], program: Program) -> Lived:
    """Return what the answers of a life leave to ask again."""
    first: dict[str, tuple[int, int]] = {}
    for day, item, rating, exercise in answers:
        if not exercise:
            first.setdefault(item, (day, rating))
    done = [(day, item) for day, item, rating, exercise in answers if exercise and rating > AGAIN]
    items, pieces = program.items, program.pieces
    return Lived(
        seed,
        days,
        first,
        done,
        {unit: piece.requires for unit, piece in pieces.items()},
        {item: items[item].minutes for item in first},
    )


def table(years: Sequence[Lived]) -> Iterator[str]:
    """Yield a line for each assumption and each way of crediting it, the means over the lives."""
    yield f"{'practised':>9} {'true':>5} {'credit':>12} {'minutes':>8} {'recall':>7} {'min/known':>10} {'saved':>7}"
    for name, cards_of in (("few", FEW), ("many", MANY)):
        for true in (0.0, 0.3, 0.6, 1.0):
            plain = [[ask_again(one, retention, true, Credit(), cards_of) for retention in RETENTIONS] for one in years]
            ways = {"none": Credit(), "0.6 (1 - R)": Credit(0.6), "1 (1 - R)": Credit(1.0), "0.3": Credit(0.3, False)}
            ways |= {"0.6": Credit(0.6, False)}
            for way, credit in ways.items():
                found = [ask_again(one, 0.9, true, credit, cards_of) for one in years]
                saved = [
                    1 - year.minutes / at_recall(same, year.recall) for year, same in zip(found, plain, strict=True)
                ]
                known = [year.minutes / (year.recall * len(one.first)) for year, one in zip(found, years, strict=True)]
                yield (
                    f"{name:>9} {true:>5.1f} {way:>12} {fmean(year.minutes for year in found):>8.0f}"
                    f" {fmean(year.recall for year in found):>7.3f} {fmean(known):>10.2f} {fmean(saved):>7.1%}"
                )


def main() -> None:
    """Live, ask again, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.year.implicit")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--days", type=int, default=365)
    wanted = parser.parse_args()
    years = [lived_year(wanted.first + number, wanted.days) for number in range(wanted.seeds)]
    print(*table(years), sep="\n")


if __name__ == "__main__":
    main()
