"""What the screens of people show. They are for the learner alone: nothing of them is in a report or an export."""

from datetime import date
from typing import NamedTuple


class AdviceView(NamedTuple):
    """Advice: its text, and the days on which it was given, done and reported back."""

    id: str
    text: str
    given: date
    done: date | None
    reported: date | None


class PersonView(NamedTuple):
    """A person, and what to write next: a reason in words, due on a day, with the command to type then."""

    id: str
    name: str
    tag: str
    weeks: int
    last: date | None
    reason: str
    due: date
    overdue_days: int
    command: str


class PeopleView(NamedTuple):
    """The people to write to now, and the others by the day on which their turn comes."""

    date: date
    due: tuple[PersonView, ...]
    later: tuple[PersonView, ...]
    asks: tuple[str, ...] = ()


class PersonLineView(NamedTuple):
    """One line of what passed."""

    day: date
    touch: str
    text: str


class ShownPersonView(NamedTuple):
    """All that is kept of a person."""

    person: PersonView
    advice: tuple[AdviceView, ...]
    lines: tuple[PersonLineView, ...]
    today: date


class TouchedView(NamedTuple):
    """What was recorded of a person: `action` says what; `advice` is what it was about."""

    person: PersonView
    action: str
    advice: str = ""
    hint: str = ""
