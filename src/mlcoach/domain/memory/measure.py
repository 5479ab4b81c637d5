"""How well a model of memory predicts answers: predicted before learned from, and scored on what came later.

Reviews are scored as the srs-benchmark does it: an answer counts when at least one study day lies between it and
the one before; answers of the same day belong to the history and are not scored. Five folds follow each other in
time, each predicted from what lies before it.

Sources: https://github.com/open-spaced-repetition/srs-benchmark for the split, the bins and the moving average;
SM-2 as published in 1990, with recall falling to 0.9 at the end of its interval.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from mlcoach.domain.memory.fsrs6 import Memory, Parameters
from mlcoach.domain.memory.ratings import AGAIN, FORGOTTEN
from mlcoach.domain.memory.recall import decay_of, next_memory, retrievability

FOLDS = 5
LOWEST_PROBABILITY = 1e-4  # a prediction is kept away from 0 and 1, where one surprise would cost everything

Fit = Callable[[Sequence[tuple[tuple[int, int], ...]]], tuple[float, ...]]


class MeasuredAnswer(NamedTuple):
    """One grade, in the order of time: the item, its study day (a number of days), the rating 1 to 4, the seconds.

    A rating of FORGOTTEN is not a grade: whatever came before it no longer counts for the item, and its next answer is
    a first one.
    """

    item: str
    day: int
    rating: int
    seconds: int = 0


class ScoredAnswer(NamedTuple):
    """An answer that is scored: where it is among all answers, and what was known of its item before.

    `elapsed` are the study days since the answer before, `repetitions` counts the answers of the item that lie a day
    or more behind the one before them, this one included, `lapses` the failures among the earlier of them. All three
    begin afresh where the item did.
    """

    place: int
    item: str
    elapsed: int
    repetitions: int
    lapses: int
    recalled: bool


class Score(NamedTuple):
    """How good predictions were; `log_loss` is the main number, lower is better in it and in `rmse_bins`.

    `auc`, 0 to 1 and higher is better, is None where all trials ended alike.
    """

    log_loss: float
    rmse_bins: float
    auc: float | None
    trials: int


def _grades(answers: Iterable[MeasuredAnswer]) -> Iterator[tuple[int, str, int, int, bool]]:
    """Yield the grades among the answers: place, item, rating, study days since the one before, and whether it is the
    first of its item, maybe afresh. Plain tuples, for there are hundreds of thousands."""
    last: dict[str, int] = {}
    for place, (item, day, rating, _) in enumerate(answers):
        if rating == FORGOTTEN:
            last.pop(item, None)
            continue
        before = last.get(item)
        last[item] = day if before is None or day > before else before
        yield place, item, rating, 0 if before is None or day < before else day - before, before is None


def trials(answers: Sequence[MeasuredAnswer]) -> list[ScoredAnswer]:
    """Return the answers that are scored, in their order."""
    repetitions: dict[str, int] = {}
    lapses: dict[str, int] = {}
    found: list[ScoredAnswer] = []
    for place, item, rating, elapsed, first in _grades(answers):
        if first:
            repetitions[item] = lapses[item] = 0
        if elapsed > 0:
            repetitions[item] += 1
            found.append(ScoredAnswer(place, item, elapsed, repetitions[item] + 1, lapses[item], rating > AGAIN))
            lapses[item] += rating == AGAIN
    return found


def lessons(answers: Sequence[MeasuredAnswer]) -> list[tuple[tuple[int, int], ...]]:
    """Return for each trial what a model can learn from it: the answers to its item up to this one.

    Each is given as (rating, study days since the one before).
    """
    history: dict[str, list[tuple[int, int]]] = {}
    found: list[tuple[tuple[int, int], ...]] = []
    for _, item, rating, elapsed, first in _grades(answers):
        if first:
            history[item] = []
        history[item].append((rating, elapsed))
        if elapsed > 0:
            found.append(tuple(history[item]))
    return found


def predict_fitted(answers: Sequence[MeasuredAnswer], fit: Fit) -> list[float]:
    """Return what FSRS-6 predicts for the trials of the folds, each fold fitted to all that lies before it.

    `fit` makes parameters of lessons. The trials ahead of the first fold are left out.
    """
    learned = lessons(answers)
    predictions: list[float] = []
    for begin, end in folds(len(learned)):
        predictions += predict_fsrs(answers, fit(learned[:begin]))[begin:end]
    return predictions


def folds(count: int, number: int = FOLDS) -> Iterator[tuple[int, int]]:
    """Yield (begin, end) of each fold among `count` trials; what lies before `begin` may be learned from.

    Folds are equally long and the last ends with the last trial, as in scikit-learn's TimeSeriesSplit.
    """
    size = count // (number + 1)
    for fold in range(number):
        begin = count - (number - fold) * size
        yield begin, begin + size


def clipped(probability: float) -> float:
    """Return a probability kept away from 0 and 1."""
    return min(max(probability, LOWEST_PROBABILITY), 1 - LOWEST_PROBABILITY)


def log_loss(predictions: Iterable[float], recalled: Iterable[bool]) -> float:
    """Return the mean of -ln(probability given to what happened); 0 for nothing."""
    losses = [-math.log(clipped(p) if y else 1 - clipped(p)) for p, y in zip(predictions, recalled, strict=True)]
    return math.fsum(losses) / len(losses) if losses else 0.0


def rmse_bins(predictions: Sequence[float], scored: Sequence[ScoredAnswer]) -> float:
    """Return the root mean square of (mean prediction - share recalled) over bins of similar trials.

    Bins are powers in elapsed days, repetitions and lapses; each weighs as many trials as it holds.
    """
    bins: dict[tuple[float, float, float], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for predicted, trial in zip(predictions, scored, strict=True):
        entry = bins[_bin(trial)]
        entry[0] += predicted
        entry[1] += trial.recalled
        entry[2] += 1
    total = sum(count for _, _, count in bins.values())
    squares = math.fsum(count * ((p - y) / count) ** 2 for p, y, count in bins.values())
    return math.sqrt(squares / total) if total else 0.0


def auc(predictions: Sequence[float], recalled: Sequence[bool]) -> float | None:
    """Return how likely a recalled trial was predicted higher than a failed one, a tie counting half.

    0.5 is chance. None when there is no pair to compare. By ranks, as Mann and Whitney count them.
    """
    pairs = sorted(zip(predictions, recalled, strict=True))
    right = sum(recalled)
    wrong = len(pairs) - right
    if not right or not wrong:
        return None
    ranks = 0.0  # of the recalled ones; equal predictions share the mean of their ranks
    before = 0
    for _, group in groupby(pairs, key=lambda pair: pair[0]):
        came = [y for _, y in group]
        ranks += sum(came) * (before + (len(came) + 1) / 2)
        before += len(came)
    return (ranks - right * (right + 1) / 2) / (right * wrong)


def score(predictions: Sequence[float], scored: Sequence[ScoredAnswer]) -> Score:
    """Return how good predictions of these trials were."""
    recalled = [trial.recalled for trial in scored]
    return Score(
        log_loss(predictions, recalled), rmse_bins(predictions, scored), auc(predictions, recalled), len(scored)
    )


def _bin(trial: ScoredAnswer) -> tuple[float, float, float]:
    lapses = round(1.65 * 1.73 ** math.floor(math.log(trial.lapses, 1.73)), 0) if trial.lapses else 0.0
    return (
        round(2.48 * 3.62 ** math.floor(math.log(trial.elapsed, 3.62)), 2),
        round(1.99 * 1.89 ** math.floor(math.log(trial.repetitions, 1.89)), 0),
        lapses,
    )


def predict_fsrs(answers: Sequence[MeasuredAnswer], parameters: Parameters = None) -> list[float]:
    """Return the recall that FSRS-6 with these parameters predicts for each trial, before it learns from it."""
    decay = decay_of(parameters)
    memories: dict[str, Memory] = {}
    predictions: list[float] = []
    for _, item, rating, elapsed, first in _grades(answers):
        before = None if first else memories[item]
        if before is not None and elapsed > 0:
            predictions.append(retrievability(before.stability, elapsed, decay))
        memories[item] = next_memory(before, elapsed, rating, parameters)
    return predictions


def predict_adaptive(answers: Iterable[MeasuredAnswer], parameters: Parameters = None) -> Iterator[float]:
    """Yield the recall that FSRS-6, corrected for the learner, predicts for each trial before it learns from it."""
    from mlcoach.domain.memory import learner_model  # a page with a sample has no need of it
    from mlcoach.domain.memory.trace import Trace, answered, elapsed_days

    learning = learner_model.Learning(learner_model.START, parameters)
    traces: dict[str, Trace] = {}
    for item, day, rating, seconds in answers:
        if rating == FORGOTTEN:
            traces.pop(item, None)
            continue
        trace = traces.get(item, Trace())
        elapsed = elapsed_days(trace, day)
        if elapsed > 0:
            yield learner_model.recall(learning.model(), trace, elapsed, parameters)
            learning.learn(trace, elapsed, rating > AGAIN)
        traces[item] = answered(trace, day, rating, seconds, parameters)


def predict_moving_average(scored: Sequence[ScoredAnswer]) -> list[float]:
    """Return for each trial a slowly moving share of recalls, the same for all items: the model to beat."""
    level, weight = 1.2, 0.3
    predictions: list[float] = []
    for trial in scored:
        predicted = 1 / (1 + math.exp(-level))
        predictions.append(predicted)
        level += weight * ((1 if trial.recalled else 0) - predicted)
    return predictions


def predict_sm2(answers: Sequence[MeasuredAnswer]) -> list[float]:
    """Return the recall that SM-2 predicts for each trial: 0.9 at the end of its interval, falling like 0.9^(t/I)."""
    states: dict[str, tuple[float, float, int]] = {}  # interval, ease, repetitions
    predictions: list[float] = []
    for _, item, rating, elapsed, first in _grades(answers):
        interval, ease, repetitions = (0.0, 2.5, 0) if first else states[item]
        if elapsed > 0:
            predictions.append(0.9 ** (elapsed / max(interval, 1.0)))
        quality = rating + 1
        if rating == AGAIN:
            interval, repetitions = 1.0, 0
        else:
            interval = 1.0 if repetitions == 0 else 6.0 if repetitions == 1 else interval * ease
            repetitions += 1
        ease = max(1.3, ease + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
        states[item] = (interval, ease, repetitions)
    return predictions


class Bin(NamedTuple):
    """Trials with similar predictions: the mean predicted, the share recalled, and how many there are."""

    predicted: float
    recalled: float
    trials: int


def calibration(predictions: Sequence[float], recalls: Sequence[bool], number: int = 8) -> list[Bin]:
    """Return at most `number` bins of equally many trials each, from the least to the most likely recall."""
    pairs = sorted(zip(predictions, recalls, strict=True), key=lambda pair: pair[0])
    number = min(number, len(pairs))
    bins: list[Bin] = []
    for index in range(number):
        part = pairs[index * len(pairs) // number : (index + 1) * len(pairs) // number]
        bins.append(
            Bin(math.fsum(p for p, _ in part) / len(part), sum(recalled for _, recalled in part) / len(part), len(part))
        )
    return bins
