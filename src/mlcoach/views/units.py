"""What `done`, `skip` and `reopen` show."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.events import StepMark, UnitMark
from mlcoach.views.day import StepView


class StepChangedView(NamedTuple):
    """A step that was finished, skipped or opened again; `next` is the one its unit is at now, None after the last.

    `minutes` were recorded with it; `untimed` says that little or no time is on record for it, `passed` that its unit
    is passed already. `recall` is the closing question where the step is that, `answered` the exercise by an answer to
    which the step before was finished, where this one had no time since. `timer`: a timer runs on.
    """

    unit: str
    title: str
    step: str
    step_title: str
    mark: StepMark
    date: date
    next: StepView | None
    status: str
    remainder: None = None
    minutes: int = 0
    untimed: bool = False
    passed: bool = False
    recall: str = ""
    answered: str = ""
    timer: bool = False


class RemainderView(NamedTuple):
    """What a unit was passed without: cards not met, the mean recall of those that were, exercises to do alone."""

    cards_unmet: int
    mean_recall: float | None
    exercises: tuple[str, ...]


class UnitChangedView(NamedTuple):
    """A unit that was passed, skipped or reopened; `unlocked` are the units that became ready by it.

    `open_steps` are the titles of those it was passed without.
    """

    unit: str
    title: str
    mark: UnitMark
    date: date
    recall: str
    unlocked: tuple[tuple[str, str], ...]
    items: int
    recalled: int
    status: str = ""
    remainder: RemainderView | None = None
    open_steps: tuple[str, ...] = ()
