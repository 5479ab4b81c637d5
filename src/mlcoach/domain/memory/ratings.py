"""How an answer is rated: the numbers of the journal, and the words of the learner."""

from typing import Literal

from mlcoach.errors import UsageError

RatingName = Literal["again", "hard", "good", "easy"]

FORGOTTEN = 0  # in the place of a rating: no answer, the learner began the item afresh
CONFIDENCES = ("no idea", "doubtful", "fairly sure", "certain")  # 1 to 4, asked for before an answer is shown
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RATINGS: dict[RatingName, int] = {"again": AGAIN, "hard": HARD, "good": GOOD, "easy": EASY}
RATING_NAMES: dict[int, RatingName] = {rating: name for name, rating in RATINGS.items()}
MOST_SECONDS = 24 * 3600


def parse_rating(text: str) -> int:
    """Return 1 to 4 for `again`, `hard`, `good`, `easy` or the number itself. Raises UsageError."""
    word = text.strip().lower()
    if word in RATINGS:
        return RATINGS[word]
    if word in {str(rating) for rating in RATING_NAMES}:
        return int(word)
    raise UsageError(f"no rating `{text:.40}`", "say again, hard, good or easy")


def check_seconds(seconds: int) -> int:
    """Return the seconds if an answer can have taken them. Raises UsageError."""
    if not 0 <= seconds <= MOST_SECONDS:
        raise UsageError(f"`--seconds` must be 0 to {MOST_SECONDS:,} (a day), got {seconds}")
    return seconds
