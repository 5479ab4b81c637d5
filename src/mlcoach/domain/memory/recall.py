"""What is still remembered: FSRS-6 in study days. When to ask again is decided in `intervals`.

A model is built when the first answer is graded, not before: reading commands need only `retrievability`. Repetitions
on the same day belong to the session: there are no learning steps.
"""

import math
from functools import cache

from mlcoach.domain.memory import fsrs6
from mlcoach.domain.memory.fsrs6 import DEFAULT_PARAMETERS, Memory, Parameters
from mlcoach.domain.memory.ratings import AGAIN, EASY, GOOD
from mlcoach.errors import UsageError

MAXIMUM_INTERVAL = 36500  # study days: a hundred years
LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.99
LEECH_THRESHOLD = 8  # lapses
FEWEST_TO_JUDGE = 30  # answers on a later day: of four, one more or less is a quarter

DEFAULT_DECAY = DEFAULT_PARAMETERS[-1]

# Fitted parameters come from 32-bit numbers, where an upper bound of 0.8 is 0.80000001 and would be refused.
_PARAMETER_DIGITS = 7
_PARAMETERS_HINT = "it takes 21 numbers within its bounds (or 19 of FSRS-5, 17 of FSRS-4.5)"


def validate_retention(value: float) -> float:
    """Return the desired probability of recall on the due day. Raises UsageError unless it is 0.70 to 0.99."""
    # Written so that a value which is not a number fails too.
    if not LOWEST_RETENTION <= value <= HIGHEST_RETENTION:
        raise UsageError(
            f"retention `{value}` is not between {LOWEST_RETENTION:.2f} and {HIGHEST_RETENTION:.2f}",
            "0.9 asks to recall nine of ten; more means more reviews a day",
        )
    return value


def decay_of(parameters: Parameters) -> float:
    """Return the decay of the forgetting curve: the last parameter of FSRS-6, positive; the default for None."""
    return DEFAULT_DECAY if parameters is None else parameters[-1]


def retrievability(stability: float, elapsed: int, decay: float = DEFAULT_DECAY) -> float:
    """Return the probability, above 0 and at most 1, of recalling an item `elapsed` study days after its last grade.

    R = (1 + f t / S) ^ -decay, with f such that R = 0.9 at t = S (the forgetting curve of FSRS-6).
    """
    return math.pow(1 + _curve_factor(decay) * max(0, elapsed) / stability, -decay)


def raw_interval(stability: float, retention: float, decay: float = DEFAULT_DECAY) -> float:
    """Return the study days, not rounded or limited, until recall falls to `retention`.

    This is the forgetting curve of `retrievability`, solved for t. Raises UsageError when `retention` is not
    between 0.70 and 0.99.
    """
    return stability / _curve_factor(decay) * _excess(validate_retention(retention), decay)


def next_memory(memory: Memory | None, elapsed: int, rating: int, parameters: Parameters = None) -> Memory:
    """Return the memory after a grade given `elapsed` study days after the one before; `memory` is None at first.

    Zero elapsed days are a repetition on the same day; a negative number counts as zero. `parameters` are the
    21 of FSRS-6, None the defaults. Raises UsageError for an unknown rating or unusable parameters.
    """
    validate_rating(rating)
    # Nothing changes beyond a hundred years.
    return _model(parameters)(memory, min(max(0, elapsed), MAXIMUM_INTERVAL), rating)


def from_sm2(ease: float, interval: float, retention: float = 0.9, parameters: Parameters = None) -> Memory:
    """Return the memory of an item known only by an SM-2 schedule: its ease factor (2.5 is usual) and interval in days.

    The interval is taken as the time until recall falls to `retention`; the difficulty is the one with which a good
    answer at its end would multiply the stability by `ease`. As fsrs-rs reads such schedules. Raises UsageError when
    `retention` is not between 0.70 and 0.99.
    """
    decay = decay_of(parameters)
    days = max(interval, fsrs6.LOWEST_STABILITY)
    stability = days * _curve_factor(decay) / _excess(validate_retention(retention), decay)
    w8, w9, w10 = (parameters or DEFAULT_PARAMETERS)[8:11]
    growth = math.exp(w8) * math.pow(stability, -w9) * (math.exp((1 - retention) * w10) - 1)
    difficulty = 11 - (ease - 1) / growth
    return Memory(min(max(stability, fsrs6.LOWEST_STABILITY), fsrs6.HIGHEST_STABILITY), min(max(difficulty, 1.0), 10.0))


def is_leech(lapses: int, threshold: int = LEECH_THRESHOLD) -> bool:
    """Return whether to speak up at this lapse: the `threshold`-th, and every half threshold (rounded up) after it.

    With 8 that is at 8, 12, 16 lapses and so on. A threshold of zero never speaks up.
    """
    if threshold < 1 or lapses < threshold:
        return False
    return (lapses - threshold) % -(-threshold // 2) == 0


def validate_rating(rating: int) -> None:
    """Raise UsageError for a rating that is not 1 to 4."""
    if not AGAIN <= rating <= EASY:
        raise UsageError(f"there is no rating `{rating}`", "use 1 again, 2 hard, 3 good, 4 easy")


def _excess(probability: float, decay: float) -> float:
    """Return p ^ (-1 / decay) - 1: how far out on the forgetting curve a probability is."""
    return math.pow(probability, -1 / decay) - 1


_DEFAULT_FACTOR = fsrs6.curve_factor(DEFAULT_DECAY)


def _curve_factor(decay: float) -> float:
    return _DEFAULT_FACTOR if decay == DEFAULT_DECAY else fsrs6.curve_factor(decay)


def as_fsrs6(parameters: tuple[float, ...]) -> tuple[float, ...]:
    """Return the 21 parameters of FSRS-6 that mean what 17 (FSRS-4.5), 19 (FSRS-5) or 21 parameters do.

    The conversion is that of fsrs-rs: difficulty changes scale after FSRS-4.5, and older curves fall with a decay of
    one half. Raises UsageError for another number of parameters, and for values that FSRS-6 cannot use.
    """
    if len(parameters) == 17:
        first, fifth, sixth = parameters[4], parameters[5], parameters[6]
        if 3 * fifth <= -1:
            raise UsageError(f"FSRS cannot use these parameters: w5 is {fifth:g}", _PARAMETERS_HINT)
        renewed = (first + 2 * fifth, math.log(3 * fifth + 1) / 3, sixth + 0.5)
        parameters = (*parameters[:4], *renewed, *parameters[7:], 0.0, 0.0, 0.0, 0.5)
    elif len(parameters) == 19:
        parameters = (*parameters, 0.0, 0.5)
    if len(parameters) != len(DEFAULT_PARAMETERS):
        raise UsageError(f"FSRS has no set of {len(parameters)} parameters", _PARAMETERS_HINT)
    next_memory(None, 0, GOOD, parameters)  # refuses what is out of bounds
    return parameters


@cache
def _model(parameters: Parameters) -> fsrs6.Model:
    """Return the model with these parameters, built once."""
    if parameters is None:
        return fsrs6.model(DEFAULT_PARAMETERS)
    if len(parameters) != len(DEFAULT_PARAMETERS):
        raise UsageError(f"FSRS-6 cannot use these parameters: there are {len(parameters)}", _PARAMETERS_HINT)
    rounded = tuple(round(parameter, _PARAMETER_DIGITS) for parameter in parameters)
    if wrong := fsrs6.out_of_bounds(rounded):
        number = wrong[0]
        within = f"{fsrs6.LOWEST[number]:g} to {fsrs6.HIGHEST[number]:g}"
        raise UsageError(
            f"FSRS-6 cannot use these parameters: w{number} is {rounded[number]:g}, not {within}", _PARAMETERS_HINT
        )
    return fsrs6.model(rounded)
