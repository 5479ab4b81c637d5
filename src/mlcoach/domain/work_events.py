"""What happens beside the units: time that is not study, interruptions, habits, the audit of a week, and erasure."""

from typing import NamedTuple


class OtherTimeLogged(NamedTuple):
    """Time that went elsewhere, to `what` in the learner's own words. It is never study: no day or streak counts it."""

    seconds: int
    what: str
    note: str = ""


class Interrupted(NamedTuple):
    """What broke into a timer, told when it was stopped: how often, why in a word, and the id of the timer's entry."""

    number: int
    why: str = ""
    entry: str = ""


class HabitKept(NamedTuple):
    """On how many days (0 to 7) of the week that begins on this Monday (ISO) a habit of the learner's was kept."""

    week: str
    habit: str
    days: int


class WeekAudited(NamedTuple):
    """The look at where a week's hours went: what of the feeds changed anything, and what is to give way."""

    week: str
    changed: str = ""
    less: str = ""


class Erased(NamedTuple):
    """The free text of these events was blanked for ever, here and wherever this journal is joined."""

    events: tuple[str, ...]
