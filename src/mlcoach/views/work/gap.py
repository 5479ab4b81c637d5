"""What adverts ask for, held against what the learner has evidence of."""

from typing import Literal, NamedTuple

SkillState = Literal["passed", "part", "open", "untaught"]


class SkillGapView(NamedTuple):
    """A skill: in how many adverts, in how many of them a must, what there is of it, and the unit to take next.

    `hours` are those of the units not passed yet; `per_hour` counts adverts, a must twice, for each of them.
    """

    skill: str
    name: str
    adverts: int
    must: int
    state: SkillState
    evidence: str
    unit: str
    hours: float
    per_hour: float


class UnknownWordView(NamedTuple):
    """A word that may be the name of a tool and that no role knows, and in how many adverts it is."""

    word: str
    adverts: int


class GapView(NamedTuple):
    """The skills that lack, by what an hour brings, those that are there, and the words that are not known."""

    about: str
    adverts: int
    other_languages: int
    missing: tuple[SkillGapView, ...]
    untaught: tuple[SkillGapView, ...]
    there: tuple[SkillGapView, ...]
    unknown: tuple[UnknownWordView, ...]
    unknown_words: int
