"""Fitting the parameters of FSRS-6 to answers, by the extra package `fsrs-rs-python`."""

from collections.abc import Sequence
from importlib.util import find_spec

from mlcoach.errors import MissingExtraError

NEEDED = 400  # scored answers; fitted to fewer, parameters were worse than the defaults on most logs looked at
# The package takes 512 lessons a step. On a log of 12,580 answers smaller steps predicted better in every one of the
# comparisons made (four seeds, two hours at which days begin): log loss 0.436 to 0.438 against 0.438 to 0.443.
BATCH = 128

Lesson = tuple[tuple[int, int], ...]
"""The answers to one item up to one that is scored, as (rating, study days since the one before)."""


def is_installed() -> bool:
    """Return whether parameters can be fitted here."""
    return find_spec("fsrs_rs_python") is not None


def fit(lessons: Sequence[Lesson]) -> tuple[float, ...]:
    """Return the 21 parameters that predict the last answer of each lesson best, lessons being in the order of time.

    The same lessons give the same parameters. With few of them they are worthless, which the package does not say:
    judge them on answers that were held out. Raises MissingExtraError without the package.
    """
    if not is_installed():
        raise MissingExtraError(
            "fitting needs the extra package `fsrs-rs-python`", "install it: `pip install 'mlcoach[optimize]'`"
        )
    from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, TrainingConfig

    reviews = {answer: FSRSReview(*answer) for lesson in lessons for answer in lesson}
    items = [FSRSItem([reviews[answer] for answer in lesson]) for lesson in lessons]
    config = TrainingConfig(batch_size=BATCH)
    return tuple(FSRS(DEFAULT_PARAMETERS).compute_parameters(items, training_config=config))
