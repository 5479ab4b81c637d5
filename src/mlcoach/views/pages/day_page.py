"""What the page of the day shows: `report --today`."""

from typing import NamedTuple

from mlcoach.domain.curriculum import ItemKind
from mlcoach.views.day import TodayView
from mlcoach.views.papers.paper import PaperView


class CarriedItemView(NamedTuple):
    """An item to recall away from the machine, with the numbers that its next answer has.

    `title` is that of an exercise, `code` belongs to the question, `solution` is the way to the answer of a card.
    """

    item: str
    kind: ItemKind
    unit_title: str
    is_new: bool
    title: str
    question: str
    code: str
    language: str
    answer: str
    solution: str


class DayPageView(NamedTuple):
    """The page of a day: the plan, what the review asks, and the paper whose turn it is."""

    today: TodayView
    items: tuple[CarriedItemView, ...]
    paper: PaperView | None
