"""What FSRS-6 gets wrong about one learner, learned from every answer, and the interval that follows from it.

Default FSRS-6 fits no learner exactly, and fitting its parameters needs hundreds of answers. This model starts with
the first one: recall is p = σ(w·x), where x are features of the item before the answer, among them the logit of
FSRS's own retrievability, and the weights w are known up to a covariance P. After each answer y (1 recalled, 0 not),
with v = p (1 - p) and d = 1 + v xᵀPx:

    w += P x (y - p) / d        P -= (v / d) P x xᵀP, and a tiny growth of its diagonal: learners change

This is online Bayesian logistic regression, the extended Kalman filter with an observation of one bit (D. J.
Spiegelhalter and S. L. Lauritzen, Sequential updating of conditional probabilities on directed graphical structures,
Networks 20, 1990; D. J. C. MacKay, The evidence framework applied to classification networks, Neural Computation 4,
1992). The prior mean is FSRS itself, so that the first predictions are close to its own.

No feature but FSRS's logit ℓ depends on the days since the last answer. So z = w·x is a straight line in ℓ, recall
falls in time wherever its slope is positive, and the day on which it comes down to the desired retention has a
closed form. With the elapsed days as features of their own the predictions are not better, and in logs they go with how
well an item is known: a schedule made from that could move the wrong way.

What was tried, and with which figures, is beside the measurement in tests/benchmarks/adaptive.py.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from operator import add, itemgetter, mul, sub
from typing import NamedTuple

from mlcoach.domain.memory.fsrs6 import Memory, Parameters
from mlcoach.domain.memory.ratings import AGAIN, EASY, HARD
from mlcoach.domain.memory.recall import decay_of, raw_interval, retrievability
from mlcoach.domain.memory.trace import Trace, answered, elapsed_days

FORM = 1  # another number whenever the same answers would give other ones
SHORTEST, LONGEST = 0.5, 2.0  # of FSRS's own interval
_FLATTEST = 0.05  # a slope below which the corrected curve says nothing about when to ask
_LOWEST_LOGIT, _HIGHEST_LOGIT = -4.0, 6.0
_FURTHEST = 9.2  # σ of it is just below 0.9999
_DRIFT = 1e-6  # growth of each variance at an answer
_MOOD_WEIGHT, _USUAL_WEIGHT, _PACE_WEIGHT = 0.3, 0.01, 0.01
_MIXED = 0.3  # scale of products of features

Vector = tuple[float, ...]


class LearnerModel(NamedTuple):
    """What is known of a learner after a number of scored answers: a fold of them in time order.

    `mood` is the logit of how often they recalled lately, `usual` its slow mean, `pace` the slow mean of the
    logarithm of their seconds (0 while unknown).
    """

    weights: Vector
    covariance: tuple[Vector, ...]
    mood: float = 1.2
    usual: float = 1.2
    pace: float = 0.0
    answers: int = 0


# The features, in order: a name for the reason they give, and mean and variance of the prior weight.
_PRIOR: tuple[tuple[str, float, float], ...] = (
    ("learner", 1.5, 0.1),  # 1
    ("curve", 1.0, 0.1),  # ℓ = logit of FSRS's retrievability, less 1.5
    ("mood", 0.2, 0.1),  # logit of the recent share of recalls, less 1.2
    ("stability", 0.0, 0.05),  # s = ln stability, less 2
    ("stability", 0.0, 0.05),  # s²
    ("stability", 0.0, 0.05),  # ℓ s
    ("difficulty", 0.0, 0.05),
    ("reviews", 0.0, 0.05),  # n = ln(1 + reviews), less 1.5
    ("reviews", 0.0, 0.05),  # ℓ n
    ("lapses", 0.0, 0.05),
    ("run", 0.0, 0.05),
    ("rating", 0.0, 0.05),  # the last one was again
    ("rating", 0.0, 0.05),  # hard
    ("rating", 0.0, 0.05),  # easy
    ("repeats", 0.0, 0.05),
    ("repeats", 0.0, 0.05),  # those of the last day
    ("growth", 0.0, 0.1),  # of the stability over the last gap
    ("growth", 0.0, 0.1),  # there was a gap
    ("seconds", 0.0, 0.05),
)
SIZE = len(_PRIOR)
START = LearnerModel(
    weights=tuple(mean for _, mean, _ in _PRIOR),
    covariance=tuple(
        tuple(variance if row == column else 0.0 for column in range(SIZE))
        for row, (_, _, variance) in enumerate(_PRIOR)
    ),
)


def _place(row: int, column: int) -> int:
    """Return where the value of a row and column is in the list of the triangle."""
    low, high = sorted((row, column))
    return high * (high + 1) // 2 + low


_TRIANGLE = tuple((row, column) for row in range(SIZE) for column in range(row + 1))
_BY_ROW = itemgetter(*(row for row, _ in _TRIANGLE))
_BY_COLUMN = itemgetter(*(column for _, column in _TRIANGLE))
_DIAGONAL = tuple(_place(row, row) for row in range(SIZE))


@lru_cache(maxsize=200)
def _rows_of(columns: tuple[int, ...]) -> "tuple[Callable[[list[float]], Vector], ...]":
    """Return for each row what takes its values in these columns, of which there are several, from the triangle."""
    return tuple(itemgetter(*(_place(row, column) for column in columns)) for row in range(SIZE))


def corrected_interval(
    model: LearnerModel,
    trace: Trace,
    day: int,
    retention: float,
    parameters: Parameters = None,
) -> Callable[[int, Memory], float]:
    """Return the corrected interval as a function of an answer on this day: its rating, and the memory after it.

    `trace` is that of the item before the answer, from which is learned first.
    """
    elapsed = elapsed_days(trace, day)
    known: dict[bool, LearnerModel] = {}

    def days(rating: int, memory: Memory) -> float:
        recalled = rating > AGAIN
        if recalled not in known:
            scored = trace.answered and elapsed > 0
            known[recalled] = learn(model, trace, elapsed, recalled, parameters) if scored else model
        then = answered(trace, day, rating, 0, parameters)._replace(memory=memory)
        return interval(known[recalled], then, retention, parameters)

    return days


def recall(model: LearnerModel, trace: Trace, elapsed: int, parameters: Parameters = None) -> float:
    """Return the corrected probability, above 0.0001 and below 0.9999, of recalling an item answered before."""
    features = _features(model.pace, trace, model.mood, _curve(trace, elapsed, parameters))
    return _probability(_product(model.weights, features))


def learn(
    model: LearnerModel, trace: Trace, elapsed: int, recalled: bool, parameters: Parameters = None
) -> LearnerModel:
    """Return what is known of the learner after an answer `elapsed` study days (1 or more) after the one before.

    `trace` is that of the item before the answer.
    """
    learning = Learning(model, parameters)
    learning.learn(trace, elapsed, recalled)
    return learning.model()


class Learning:
    """What is known of a learner while one answer after the other is learned from: the same as `learn` for each.

    An import brings thousands of answers, and this is most of what it costs. So of the covariance, which is symmetric
    to the last bit, only the triangle is kept, as one list; what is added up skips the features that are zero.
    """

    def __init__(self, model: LearnerModel, parameters: Parameters = None) -> None:
        self.answers = model.answers
        self._parameters = parameters
        self._weights = list(model.weights)
        self._triangle = [model.covariance[row][column] for row, column in _TRIANGLE]
        self._mood, self._usual, self._pace = model.mood, model.usual, model.pace

    def learn(self, trace: Trace, elapsed: int, recalled: bool) -> None:
        """Learn from an answer `elapsed` study days (1 or more) after the one before, whose item has this trace."""
        features = _features(self._pace, trace, self._mood, _curve(trace, elapsed, self._parameters))
        there = tuple([place for place, value in enumerate(features) if value])
        values = [features[place] for place in there]
        triangle = self._triangle
        # All that is by element is done by functions of C.
        predicted = _probability(_product(self._weights, features))
        spread = [_product(row(triangle), values) for row in _rows_of(there)]  # P x
        certain = predicted * (1 - predicted)
        damped = 1 + certain * _product(spread, features)
        step = (recalled - predicted) / damped
        # The same factor on either side keeps the covariance symmetric to the last bit.
        shrink = math.sqrt(certain / damped)
        lost = [shrink * value for value in spread]
        self._triangle = triangle = list(map(sub, triangle, map(mul, _BY_ROW(lost), _BY_COLUMN(lost))))
        for place in _DIAGONAL:
            triangle[place] += _DRIFT
        self._weights = [weight + step * value for weight, value in zip(self._weights, spread, strict=True)]
        self._mood += _MOOD_WEIGHT * (recalled - _sigmoid(self._mood))
        self._usual += _USUAL_WEIGHT * (self._mood - self._usual)
        self._pace = _moved(self._pace, trace.seconds)
        self.answers += 1

    def model(self) -> LearnerModel:
        """Return what is known now."""
        rows = [tuple([self._triangle[_place(row, column)] for column in range(SIZE)]) for row in range(SIZE)]
        return LearnerModel(tuple(self._weights), tuple(rows), self._mood, self._usual, self._pace, self.answers)


def interval(model: LearnerModel, trace: Trace, retention: float, parameters: Parameters = None) -> float:
    """Return the study days, not rounded, until corrected recall comes down to `retention`.

    `trace` is that of the item after its answer. The interval is at least half and at most twice that of FSRS, and
    the same as that where the corrected curve does not fall. The seconds of the answer are left out: an interval is
    shown before they are known. Raises UsageError for a bad retention.
    """
    assert trace.memory is not None
    stability = trace.memory.stability
    decay = decay_of(parameters)
    own = raw_interval(stability, retention, decay)
    base, slope = _line(model, trace)
    if slope < _FLATTEST:
        return own
    wanted = min(max((_logit(retention) - base) / slope, _LOWEST_LOGIT), _HIGHEST_LOGIT)
    # The forgetting curve of FSRS, solved for the days: (R^(-1/decay) - 1) relative to the same at the retention.
    out = math.pow(_sigmoid(wanted), -1 / decay) - 1
    days = own * out / (math.pow(retention, -1 / decay) - 1)
    return min(max(days, SHORTEST * own), LONGEST * own)


def reasons(model: LearnerModel, trace: Trace, retention: float) -> dict[str, float]:
    """Return what moves recall on FSRS's own due day, and by how much in logits; positive speaks for a longer interval.

    The names are learner, stability, difficulty, reviews, lapses, run, rating, repeats and growth; what belongs to no
    item in particular is learner's.
    """
    own = _logit(retention)
    features = _features(model.pace, trace._replace(seconds=0), model.usual, own - _PRIOR[0][1])
    found: dict[str, float] = {"learner": -own}
    for (name, _, _), weight, value in zip(_PRIOR, model.weights, features, strict=True):
        reason = "learner" if name in ("curve", "mood", "seconds") else name
        found[reason] = found.get(reason, 0.0) + weight * value
    return found


def _curve(trace: Trace, elapsed: int, parameters: Parameters) -> float:
    """Return ℓ after so many study days."""
    assert trace.memory is not None
    known = retrievability(trace.memory.stability, elapsed, decay_of(parameters))
    logit = _logit(known) if known < 1 else _HIGHEST_LOGIT
    return min(max(logit, _LOWEST_LOGIT), _HIGHEST_LOGIT) - _PRIOR[0][1]


def _line(model: LearnerModel, trace: Trace) -> tuple[float, float]:
    """Return z at a logit of zero and its slope in FSRS's logit, with the learner in their usual mood."""
    trace = trace._replace(seconds=0)
    flat = _product(model.weights, _features(model.pace, trace, model.usual, 0.0))
    slope = _product(model.weights, _features(model.pace, trace, model.usual, 1.0)) - flat
    return flat - slope * _PRIOR[0][1], slope


def _features(pace: float, trace: Trace, mood: float, curve: float) -> Vector:
    assert trace.memory is not None
    stability, difficulty = trace.memory
    size = min(max(math.log(stability) - 2, -4.0), 5.0)
    reviews = math.log(1 + trace.reviews) - 1.5
    growth = math.log((stability + 1) / (trace.gap + 1)) if trace.gap else 0.0
    hurry = math.log(trace.seconds) - pace if trace.seconds and pace else 0.0
    return (
        1.0,
        curve,
        mood - 1.2,
        size,
        _MIXED * size * size,
        _MIXED * curve * size,
        (difficulty - 5) / 3,
        reviews,
        _MIXED * curve * reviews,
        math.log(1 + trace.lapses),
        math.log(1 + trace.run) - 0.7,
        1.0 if trace.rating == AGAIN else 0.0,
        1.0 if trace.rating == HARD else 0.0,
        1.0 if trace.rating == EASY else 0.0,
        math.log(1 + trace.repeats),
        math.log(max(1, trace.on_day)),
        min(max(growth, -4.0), 4.0),
        1.0 if trace.gap else 0.0,
        min(max(hurry, -3.0), 3.0),
    )


def _product(one: Sequence[float], other: Sequence[float]) -> float:
    # One after the other: `sum` of floats has other last digits from Python 3.12 on, and all folds are to be the same.
    return float(reduce(add, map(mul, one, other)))


def _probability(logit: float) -> float:
    return _sigmoid(min(max(logit, -_FURTHEST), _FURTHEST))


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _moved(pace: float, seconds: int) -> float:
    """Return the mean logarithm of the seconds, moved towards those of one answer more."""
    if not seconds:
        return pace
    return pace + _PACE_WEIGHT * (math.log(seconds) - pace) if pace else math.log(seconds)
