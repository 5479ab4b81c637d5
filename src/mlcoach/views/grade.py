"""What `grade` shows; by itself, because scripts call it for every card."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.curriculum import ItemKind
from mlcoach.domain.memory.ratings import RatingName


class StepFinishedView(NamedTuple):
    """The step of a unit that an answer finished, the `n`th `of` its unit's, and the `next` one.

    `next_n` is its number, 0 after the last, and in a unit that is `passed` already. `opens` is the address of what
    comes, or the command that opens it.
    """

    unit: str
    title: str
    n: int
    of: int
    next_n: int = 0
    next: str = ""
    opens: str = ""
    passed: bool = False


class GradedView(NamedTuple):
    """One answer and what it did. `day` is the answer's study day, `due` the day the item is asked next.

    `changed` says that the item's text is another one than when it was answered before.
    """

    item: str
    rating: RatingName
    day: date
    interval_days: int
    due: date
    stability: float
    difficulty: float
    lapses: int
    leech: bool
    kind: ItemKind
    question: str
    seconds: int
    suspended: bool = False
    changed: bool = False
    variant: int = 0  # the seed of its numbers; 0 where they are always the same
    answer: str = ""  # what was typed, and what came of it
    verdict: str = ""  # right, wrong, or "" where nothing was typed
    misconception: str = ""
    feedback: str = ""
    brings: str = ""  # the card that explains the mistake
    right_answer: str = ""
    solution: str = ""
    step: StepFinishedView | None = None  # that the answer finished
