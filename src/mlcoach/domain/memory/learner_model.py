"""What FSRS-6 gets wrong about one learner, learned from every answer, and the interval that follows from it.

Default FSRS-6 fits no learner exactly, and fitting its parameters needs hundreds of answers. This model starts with
the first one: recall is p = σ(w·x), where x are features of the item before the answer, among them the logit of
FSRS's own retrievability. The weights w are known with an information matrix Λ, the inverse of their covariance. After
each answer y (1 recalled, 0 not):

    Λ += p (1 - p) x xᵀ        g += x (y - p)        and, once in a while, w += Λ⁻¹ g, g = 0

This is online Bayesian logistic regression (D. J. Spiegelhalter and S. L. Lauritzen, Sequential updating of conditional
probabilities on directed graphical structures, Networks 20, 1990; D. J. C. MacKay, The evidence framework applied to
classification networks, Neural Computation 4, 1992). The step is taken at each of the first answers, later when a
sixty-fourth part of the answers there are has come, 256 at most: by then one answer hardly moves the weights, and ten
years of answers are learned from in seconds. What was learned fades by a ten-thousandth an answer, and how often the
learner recalls, and recalls what slips, becomes uncertain faster (a random walk of these weights): learners change.

The prior mean is FSRS itself, and how far the correction counts is learned too: the weights in force are g w + (1 - g)
those of FSRS alone, where g = σ(trust) and the trust is the sum of ln(p / p of FSRS alone) for what happened, within
bounds: the odds that the corrected model is the better one. So who is as FSRS expects stays close to it.

No feature but FSRS's logit ℓ depends on the days since the last answer. So z = w·x is a straight line in ℓ, recall
falls in time wherever its slope is positive, and the day on which it comes down to the desired retention has a
closed form. With the elapsed days as features of their own the predictions are not better, and in logs they go with how
well an item is known: a schedule made from that could move the wrong way.

The corrected interval is at least a half and at most twice that of FSRS while little is known, down to an eighth and up
to eight times as the correction becomes certain: the less the standard deviation of z, the further.

What was tried, and with which figures, is beside the measurement in tests/benchmarks/adaptive.py.
"""

import math
from collections.abc import Callable
from itertools import repeat
from operator import add, itemgetter, mul
from typing import NamedTuple

from mlcoach.domain.memory.cholesky import Vector, factor, less_certain, product, solved, variance
from mlcoach.domain.memory.fsrs6 import Memory, Parameters
from mlcoach.domain.memory.ratings import AGAIN, EASY, HARD
from mlcoach.domain.memory.recall import decay_of, raw_interval, retrievability
from mlcoach.domain.memory.trace import Trace, answered, elapsed_days

NARROWEST, WIDEST = 2.0, 8.0  # how many times FSRS's own interval, or which part of it, the corrected one may be
_UNCERTAIN, _CERTAIN = 0.5, 0.3  # standard deviations of z, at which the bound is narrowest and widest
FLATTEST = 0.05  # a slope below which the corrected curve says nothing about when to ask
_LOWEST_LOGIT, _HIGHEST_LOGIT = -4.0, 6.0
_FURTHEST = 9.2  # σ of it is just below 0.9999
_FADING = 1e-4  # of what was learned, at an answer
_STEP_PART, _LONGEST_STEP = 64, 256  # answers, of which each such part is one step of the weights
_ALL, _EVERY = 2048, 8  # up to so many answers all add to Λ; then every so many-th, for as many
_MOST_TRUST = 6.0
_MOOD_WEIGHT, _USUAL_WEIGHT, _PACE_WEIGHT = 0.3, 0.01, 0.01
MIXED = 0.3  # scale of products of features
_SLIPPED, _LEECH = 3, 4  # lapses from which an item is harder than its difficulty says, and from which more so


class LearnerModel(NamedTuple):
    """What is known of a learner after a number of scored answers: a fold of them in time order.

    `information` is the lower triangle of Λ, row by row; `gradient` is g, of the last `waiting` answers. `mood` is the
    logit of how often they recalled lately, `usual` its slow mean, `pace` the slow mean of the logarithm of their
    seconds (0 while unknown). `trust` is the logarithm of the odds that the correction predicts better than FSRS alone.
    """

    weights: Vector
    information: Vector
    gradient: Vector
    mood: float = 1.2
    usual: float = 1.2
    pace: float = 0.0
    trust: float = 0.0
    waiting: int = 0
    answers: int = 0


# The features, in order: a name for the reason they give, and mean and variance of the prior weight.
_PRIOR: tuple[tuple[str, float, float], ...] = (
    ("learner", 1.5, 0.1),  # 1
    ("curve", 1.0, 0.1),  # ℓ = logit of FSRS's retrievability, less 1.5
    ("mood", 0.2, 0.05),  # logit of the recent share of recalls, less 1.2
    ("stability", 0.0, 0.01),  # s = ln stability, less 2
    ("stability", 0.0, 0.01),  # s²
    ("stability", 0.0, 0.01),  # ℓ s
    ("difficulty", 0.0, 0.05),
    ("reviews", 0.0, 0.05),  # n = ln(1 + reviews), less 1.5
    ("reviews", 0.0, 0.05),  # ℓ n
    ("lapses", 0.0, 0.05),
    ("run", 0.0, 0.05),
    ("rating", -0.2, 0.05),  # the last one was again
    ("rating", 0.0, 0.05),  # hard
    ("rating", 0.0, 0.05),  # easy
    ("repeats", 0.0, 0.05),
    ("repeats", 0.0, 0.05),  # those of the last day
    ("growth", 0.0, 0.2),  # of the stability over the last gap
    ("growth", 0.0, 0.2),  # there was a gap
    ("seconds", 0.0, 0.05),
    ("run", 0.0, 0.1),  # of what slipped four times or more
    ("lapses", 0.0, 0.1),  # it slipped three times or more
    ("lapses", -0.1, 0.1),  # four times or more
)
SIZE = len(_PRIOR)
# What the variance of a weight grows by at an answer: of the learner, and of what slipped three and four times or more.
_WALKS = ((0, 1e-5), (SIZE - 2, 3e-5), (SIZE - 1, 3e-5))
# Which features are products with ℓ, and with which other ones: the slope of z in ℓ is made of their weights.
_CURVE, BY_SIZE, _BY_REVIEWS = 1, 5, 8
SIZE_ALONE, SIZE_SQUARED, DIFFICULTY, GROWTH, GAP = 3, 4, 6, 16, 17
USUAL_LOGIT = _PRIOR[0][1]  # about which the logit of FSRS is counted
_ALONE: Vector = tuple((USUAL_LOGIT, 1.0)[place] if place < 2 else 0.0 for place in range(SIZE))
_ROWS = range(SIZE)
_TRIANGLE = tuple((row, column) for row in _ROWS for column in range(row + 1))
_BY_ROW = itemgetter(*(row for row, _ in _TRIANGLE))
_BY_COLUMN = itemgetter(*(column for _, column in _TRIANGLE))
_PRIOR_INFORMATION: Vector = tuple(1 / _PRIOR[row][2] if row == column else 0.0 for row, column in _TRIANGLE)
START = LearnerModel(tuple(mean for _, mean, _ in _PRIOR), _PRIOR_INFORMATION, (0.0,) * SIZE)
_LOGS = tuple(math.log(1 + number) for number in range(1024))


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
    """Return the corrected probability, above 0.0001 and below 0.9999, of recalling an item answered before.

    It is that of the moment: with the mood of the last answers, and the seconds of the item's last one.
    """
    features = _features(model.pace, trace, model.mood, _curve(trace, elapsed, parameters))
    return probability_of(product(weights_in_force(model), features))


def scheduled_recall(model: LearnerModel, trace: Trace, elapsed: int, parameters: Parameters = None) -> float:
    """Return the probability of recall from which `interval` makes dates: with the learner in their usual mood.

    The seconds of the last answer are left out; where the corrected curve does not fall, it is FSRS's own. On the day
    of the last answer it is 1.
    """
    return scheduled_recalls(model, parameters)(trace, elapsed)


def scheduled_recalls(model: LearnerModel, parameters: Parameters = None) -> Callable[[Trace, int], float]:
    """Return `scheduled_recall` as a function of the trace and the study days: for thousands of items at once."""
    weights, decay = weights_in_force(model), decay_of(parameters)

    def recalled(trace: Trace, elapsed: int) -> float:
        assert trace.memory is not None
        base, slope = line_of(weights, model, trace)
        if elapsed < 1 or slope < FLATTEST:
            return retrievability(trace.memory.stability, elapsed, decay)
        return probability_of(base + slope * (_curve_of(trace, elapsed, decay) + USUAL_LOGIT))

    return recalled


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

    An import brings thousands of answers. All that is by element is done by functions of C.
    """

    def __init__(self, model: LearnerModel, parameters: Parameters = None) -> None:
        self.answers = model.answers
        self._decay = decay_of(parameters)
        self._weights, self._information, self._gradient = model.weights, model.information, model.gradient
        self._mood, self._usual, self._pace = model.mood, model.usual, model.pace
        self._trust, self._waiting = model.trust, model.waiting

    def learn(self, trace: Trace, elapsed: int, recalled: bool) -> None:
        """Learn from an answer `elapsed` study days (1 or more) after the one before, whose item has this trace."""
        curve = _curve_of(trace, elapsed, self._decay)
        features = _features(self._pace, trace, self._mood, curve)
        predicted = probability_of(product(self._weights, features))
        error = recalled - predicted
        self._gradient = tuple(map(add, self._gradient, map(mul, repeat(error), features)))
        alone = _sigmoid(curve + USUAL_LOGIT)
        trust = self._trust + math.log(predicted / alone if recalled else (1 - predicted) / (1 - alone))
        self._trust = trust if -_MOST_TRUST <= trust <= _MOST_TRUST else math.copysign(_MOST_TRUST, trust)
        if self.answers < _ALL or self.answers % _EVERY == 0:
            certain = predicted * (1 - predicted) * (1 if self.answers < _ALL else _EVERY)
            scaled = [certain * value for value in features]
            self._information = tuple(map(add, self._information, map(mul, _BY_ROW(scaled), _BY_COLUMN(features))))
        self._mood += _MOOD_WEIGHT * (recalled - _sigmoid(self._mood))
        self._usual += _USUAL_WEIGHT * (self._mood - self._usual)
        self._pace = _moved(self._pace, trace.seconds)
        self.answers += 1
        self._waiting += 1
        if self._waiting >= min(self.answers // _STEP_PART, _LONGEST_STEP):
            self._step()

    def _step(self) -> None:
        """Move the weights by what the answers since the last step say."""
        moved = solved(factor(self._information), self._gradient)
        self._weights = tuple(map(add, self._weights, moved))
        kept = 1 - _FADING * self._waiting
        self._information = tuple(
            [prior + kept * (value - prior) for prior, value in zip(_PRIOR_INFORMATION, self._information, strict=True)]
        )
        for place, by in _WALKS:
            self._information = less_certain(self._information, SIZE, place, by * self._waiting)
        self._gradient, self._waiting = (0.0,) * SIZE, 0

    def model(self) -> LearnerModel:
        """Return what is known now."""
        return LearnerModel(
            self._weights, self._information, self._gradient, self._mood, self._usual, self._pace, self._trust,
            self._waiting, self.answers,
        )  # fmt: skip


def interval(model: LearnerModel, trace: Trace, retention: float, parameters: Parameters = None) -> float:
    """Return the study days, not rounded, until corrected recall comes down to `retention`.

    `trace` is that of the item after its answer. The interval is within `bound` times that of FSRS, and the same as
    that where the corrected curve does not fall. The seconds of the answer are left out: an interval is shown before
    they are known. Raises UsageError for a bad retention.
    """
    assert trace.memory is not None
    stability = trace.memory.stability
    decay = decay_of(parameters)
    own = raw_interval(stability, retention, decay)
    base, slope = _line(model, trace)
    if slope < FLATTEST:
        return own
    wanted = min(max((_logit(retention) - base) / slope, _LOWEST_LOGIT), _HIGHEST_LOGIT)
    # The forgetting curve of FSRS, solved for the days: (R^(-1/decay) - 1) relative to the same at the retention.
    out = math.pow(_sigmoid(wanted), -1 / decay) - 1
    ratio = out / (math.pow(retention, -1 / decay) - 1)
    if 1 / NARROWEST <= ratio <= NARROWEST:
        return own * ratio
    most = bound(model, trace, retention)
    return own * min(max(ratio, 1 / most), most)


def bound(model: LearnerModel, trace: Trace, retention: float) -> float:
    """Return how many times FSRS's interval the corrected one may be, and which part of it: 2 to 8 times.

    It follows the standard deviation of z on FSRS's own due day: what is known of the learner says how far.
    """
    features = _features(model.pace, trace._replace(seconds=0), model.usual, _logit(retention) - USUAL_LOGIT)
    spread = math.sqrt(variance(factor(model.information), features))
    certainty = min(max((_UNCERTAIN - spread) / (_UNCERTAIN - _CERTAIN), 0.0), 1.0)
    return NARROWEST * math.pow(WIDEST / NARROWEST, certainty)


def reasons(model: LearnerModel, trace: Trace, retention: float) -> dict[str, float]:
    """Return what moves recall on FSRS's own due day, and by how much in logits; positive speaks for a longer interval.

    The names are learner, stability, difficulty, reviews, lapses, run, rating, repeats and growth; what belongs to no
    item in particular is learner's.
    """
    own = _logit(retention)
    features = _features(model.pace, trace._replace(seconds=0), model.usual, own - USUAL_LOGIT)
    found: dict[str, float] = {"learner": -own}
    for (name, _, _), weight, value in zip(_PRIOR, weights_in_force(model), features, strict=True):
        reason = "learner" if name in ("curve", "mood", "seconds") else name
        found[reason] = found.get(reason, 0.0) + weight * value
    return found


def weights_in_force(model: LearnerModel) -> Vector:
    """Return the weights with the correction as far as it is trusted."""
    share = _sigmoid(model.trust)
    return tuple([alone + share * (weight - alone) for weight, alone in zip(model.weights, _ALONE, strict=True)])


def _curve(trace: Trace, elapsed: int, parameters: Parameters) -> float:
    """Return ℓ, less 1.5, after so many study days."""
    return _curve_of(trace, elapsed, decay_of(parameters))


def _curve_of(trace: Trace, elapsed: int, decay: float) -> float:
    assert trace.memory is not None
    known = retrievability(trace.memory.stability, elapsed, decay)
    return shown_logit(known) - USUAL_LOGIT


def shown_logit(recall: float) -> float:
    """Return ℓ, the logit of FSRS's own retrievability, within bounds."""
    logit = _logit(recall) if recall < 1 else _HIGHEST_LOGIT
    return _within(logit, _LOWEST_LOGIT, _HIGHEST_LOGIT)


def _line(model: LearnerModel, trace: Trace) -> tuple[float, float]:
    """Return z at a logit of zero and its slope in FSRS's logit, with the learner in their usual mood."""
    return line_of(weights_in_force(model), model, trace)


def line_of(weights: Vector, model: LearnerModel, trace: Trace) -> tuple[float, float]:
    """Return z at a logit of zero and its slope in FSRS's logit, for these weights in force."""
    features = _features(0.0, trace, model.usual, 0.0)  # without a pace, the seconds say nothing
    slope = weights[_CURVE] + MIXED * (weights[BY_SIZE] * features[3] + weights[_BY_REVIEWS] * features[7])
    return product(weights, features) - slope * USUAL_LOGIT, slope


def _features(pace: float, trace: Trace, mood: float, curve: float) -> Vector:
    memory, _, _, rating, reviews, lapses, run, repeats, on_day, gap, seconds = trace
    assert memory is not None
    stability, difficulty = memory
    try:
        logs = _LOGS[reviews], _LOGS[lapses], _LOGS[run], _LOGS[repeats]
    except IndexError:
        logs = math.log(1 + reviews), math.log(1 + lapses), math.log(1 + run), math.log(1 + repeats)
    size = _within(math.log(stability) - 2, -4.0, 5.0)
    asked = logs[0] - 1.5
    growth = _within(math.log((stability + 1) / (gap + 1)), -4.0, 4.0) if gap else 0.0
    hurry = _within(math.log(seconds) - pace, -3.0, 3.0) if seconds and pace else 0.0
    return (
        1.0,
        curve,
        mood - 1.2,
        size,
        MIXED * size * size,
        MIXED * curve * size,
        (difficulty - 5) / 3,
        asked,
        MIXED * curve * asked,
        logs[1],
        logs[2] - 0.7,
        1.0 if rating == AGAIN else 0.0,
        1.0 if rating == HARD else 0.0,
        1.0 if rating == EASY else 0.0,
        logs[3],
        math.log(on_day) if on_day > 1 else 0.0,
        growth,
        1.0 if gap else 0.0,
        hurry,
        logs[2] - 0.7 if lapses >= _LEECH else 0.0,
        1.0 if lapses >= _SLIPPED else 0.0,
        1.0 if lapses >= _LEECH else 0.0,
    )


def _within(value: float, low: float, high: float) -> float:
    return low if value < low else high if value > high else value


def probability_of(logit: float) -> float:
    """Return the probability of a logit, which is kept within bounds."""
    return _sigmoid(_within(logit, -_FURTHEST, _FURTHEST))


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _moved(pace: float, seconds: int) -> float:
    """Return the mean logarithm of the seconds, moved towards those of one answer more."""
    if not seconds:
        return pace
    return pace + _PACE_WEIGHT * (math.log(seconds) - pace) if pace else math.log(seconds)
