"""What `plan` shows."""

from datetime import date
from typing import NamedTuple

from mlcoach.views.day import BlockView
from mlcoach.views.papers.paper import ChecklistStepView


class PlannedDayView(NamedTuple):
    """A coming day of `plan`. `rest` days have no blocks."""

    date: date
    minutes: int
    rest: bool
    blocks: tuple[BlockView, ...]


class PlanView(NamedTuple):
    """The coming days, if each is done as planned. `remarks` say why their order is as it is."""

    path: str
    days: tuple[PlannedDayView, ...]
    remarks: tuple[str, ...] = ()


class ComingUnitView(NamedTuple):
    """A unit of the coming weeks: the days on which it is begun and finished, None where that is earlier or later.

    `early` and `late` are around the day it is finished, as sure as the forecast's.
    """

    unit: str
    title: str
    begins: date | None
    finishes: date | None
    early: date | None
    late: date | None


class ComingCardsView(NamedTuple):
    """A unit that is passed, and the last day on which cards of it are new."""

    unit: str
    title: str
    until: date


class ComingUnitsView(NamedTuple):
    """The coming weeks by unit, in the order in which they end, those that go on last.

    `cards` are the units that are passed and whose cards still come, `remarks` say why the order is as it is.
    `later` are the titles of open units of the path that begin after these weeks, in its order, `falls` those that a
    goal leaves no time for.
    """

    path: str
    first: date
    last: date
    units: tuple[ComingUnitView, ...]
    cards: tuple[ComingCardsView, ...] = ()
    remarks: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()


class LongPartView(NamedTuple):
    """A part of a long day, from its `starts` minutes on; a part without a block is a break."""

    starts: int
    minutes: int
    block: BlockView | None


class LongDayView(NamedTuple):
    """A day off for study, its minutes without the breaks."""

    minutes: int
    parts: tuple[LongPartView, ...]


class SurveyedView(NamedTuple):
    """A subject to look at: what to skim, the unit that shows it best to a beginner, and minutes for it."""

    subject: str
    title: str
    unit: str
    unit_title: str
    skim: tuple[str, ...]
    minutes: int


class SurveyDayView(NamedTuple):
    """A day of the survey."""

    date: date
    subjects: tuple[SurveyedView, ...]


class SurveyView(NamedTuple):
    """A week in which every subject of the path is looked at."""

    path: str
    days: tuple[SurveyDayView, ...]


class MobileCardView(NamedTuple):
    """A card to recall on the way."""

    item: str
    question: str
    answer: str


class MobilePaperView(NamedTuple):
    """A paper for a first pass, with the questions of that."""

    id: str
    title: str
    address: str
    questions: tuple[ChecklistStepView, ...]


class MobileView(NamedTuple):
    """What can be done on the way, without a keyboard."""

    date: date
    cards: tuple[MobileCardView, ...]
    paper: MobilePaperView | None
