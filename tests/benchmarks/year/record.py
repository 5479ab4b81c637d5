"""What is written down of a simulated year while it is lived: days, minutes, answers, what the program said."""

from typing import NamedTuple


class Spent(NamedTuple):
    """Minutes of a day. `kind` is units, review, practice, papers, close or other; `unit` of those on units."""

    day: int
    kind: str
    minutes: float
    unit: str = ""


class Morning(NamedTuple):
    """What a studied day began with: what was due, and the kinds of the blocks planned."""

    day: int
    cards_due: int
    exercises_due: int
    kinds: tuple[str, ...]


class Evening(NamedTuple):
    """What was left due at the end of a studied day."""

    day: int
    cards_due: int


class Look(NamedTuple):
    """A look at the forecast, as days of the simulation; all None while the program said nothing."""

    day: int
    early: int | None = None
    likely: int | None = None
    late: int | None = None


class Promise(NamedTuple):
    """Whether `plan` said in the evening what `today` said in the next morning.

    `units` compares the blocks' kinds and units, `exact` also their minutes, papers and items.
    """

    day: int
    exact: bool
    units: bool


class Recall(NamedTuple):
    """What the learner would really recall, in the evening of a day: means over what was met or done.

    `exercises` are the steps of units, `drills` the short ones, `skills` both together, each counted once.
    """

    day: int
    cards: float | None
    exercises: float | None
    drills: float | None = None
    skills: float | None = None
    drills_done: int = 0


class Record:
    """The year so far."""

    def __init__(self) -> None:
        self.last_day = 0
        self.ended: int | None = None  # the day on which the last unit of the path was passed
        self.needed: dict[str, float] = {}  # true minutes of the units of the path
        self.passed: dict[str, int] = {}
        self.begun: dict[str, int] = {}
        self.met: dict[str, int] = {}  # cards
        self.done: dict[str, int] = {}  # exercises
        self.answers = 0
        self.spent: list[Spent] = []
        self.mornings: list[Morning] = []
        self.evenings: list[Evening] = []
        self.looks: list[Look] = []
        self.promises: list[Promise] = []
        self.recalls: list[Recall] = []
        self.rusty = 0
        self.locked_minutes = 0  # on units before what they build on
        self.named_again = 0  # times that a block stood at a step finished before
        self._lines: dict[str, tuple[str, int]] = {}
        self.questions = 0  # of placement
        self.placed: list[str] = []  # units passed by it
        self.reopened: list[str] = []  # of these, those that came back
        self.line_runs: list[int] = []  # how many days in a row a unit's block opened the same thing

    def line(self, unit: str, resource: str) -> None:
        """Write down what the block of a unit opens."""
        before, count = self._lines.get(unit, ("", 0))
        if before != resource and count:
            self.line_runs.append(count)
        self._lines[unit] = (resource, count + 1 if before == resource else 1)

    def end(self, rusty: int) -> None:
        """Write down how it ended."""
        self.rusty = rusty
        self.line_runs += [count for _, count in self._lines.values()]
