"""How an answer is rated: the numbers of the journal, and the words of the learner."""

from typing import Literal

RatingName = Literal["again", "hard", "good", "easy"]

FORGOTTEN = 0  # in the place of a rating: no answer, the learner began the item afresh
CONFIDENCES = ("no idea", "doubtful", "fairly sure", "certain")  # 1 to 4, told before an answer is shown
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RATINGS: dict[RatingName, int] = {"again": AGAIN, "hard": HARD, "good": GOOD, "easy": EASY}
RATING_NAMES: dict[int, RatingName] = {rating: name for name, rating in RATINGS.items()}
