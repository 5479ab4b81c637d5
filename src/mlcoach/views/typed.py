"""What practice shows of typed answers."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.curriculum import ItemKind
from mlcoach.domain.practice.accept import Typing


class QuestionView(NamedTuple):
    """An item as it is asked, for where there is no screen: its numbers belong to the seed `variant`."""

    item: str
    kind: ItemKind
    typing: Typing
    variant: int
    question: str
    title: str = ""
    tries: int = 0  # since the last grade


class AttemptMadeView(NamedTuple):
    """A typed answer that was wrong, with another try left. `brings` is the card that explains the known mistake."""

    item: str
    variant: int
    answer: str
    verdict: str
    misconception: str
    feedback: str
    brings: str
    tries_left: int


class PastAttemptView(NamedTuple):
    """An attempt of an item's history; `question` is what was asked, "" where the item says something else since."""

    day: date
    verdict: str
    answer: str
    variant: int
    misconception: str
    question: str
    seconds: int
    failed: tuple[str, ...] = ()
    hints: int = 0
    reason: str = ""
