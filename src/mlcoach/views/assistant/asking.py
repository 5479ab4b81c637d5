"""What an assistant is told when something is asked, answered, helped with or written down.

Whatever others wrote is below a key `quoted`. A question comes without its answer.
"""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.quoting import Quoted

AnswerWay = Literal["number", "vector", "formula", "text", "code", "words"]
AnswerVerdict = Literal["right", "wrong", "error", "timeout", "said"]


class AskedItemView(NamedTuple):
    """An item as it is asked, without its answer.

    `way` says how it is answered: number, vector, formula and text are judged by the coach, code by its tests, words by
    the learner. `tries` were made since the last grade, `tries_left` are left (None where there is no bound).
    `quoted`: title, question, code, for code the starter and the tests that may be seen.
    """

    item: str
    unit: str
    kind: str
    way: AnswerWay
    due: date | None
    is_new: bool
    tries: int
    tries_left: int | None
    hints: int
    hints_opened: int
    language: str
    minutes: int
    quoted: Quoted


class NextQuestionView(NamedTuple):
    """The question, None where nothing waits; `waiting` counts due items, `next_due` is the first later day of any."""

    question: AskedItemView | None
    waiting: int
    next_due: date | None
    then: str


class RanTestView(NamedTuple):
    """A test of a code exercise and what it said. `quoted`: its message, and why it matters."""

    id: str
    ok: bool
    ran: bool
    quoted: Quoted


class AnsweredItemView(NamedTuple):
    """What came of an answer. `said`: the learner's own words were kept, and the learner judges them with `grade`.

    `rating` and `due` follow where a grade did, else they are "" and None. `misconception` is the known mistake.
    `quoted`: what is to be said of the mistake; the answer and the way to it once the item is graded or was said.
    """

    item: str
    way: AnswerWay
    verdict: AnswerVerdict
    rating: str
    due: date | None
    tries_left: int | None
    misconception: str
    explained_by: str
    tests: tuple[RanTestView, ...]
    then: str
    quoted: Quoted


class GradeGivenView(NamedTuple):
    """A grade that the learner gave themselves, and the day the item comes back."""

    item: str
    rating: str
    due: date
    interval_days: int
    then: str


class HintGivenView(NamedTuple):
    """One hint, the `n`th `of` all. `quoted`: the hint."""

    item: str
    n: int
    of: int
    then: str
    quoted: Quoted


class SolutionShownView(NamedTuple):
    """An answer that was asked for. `gave_up`: it was recorded as given up, graded again. `quoted`: the answer."""

    item: str
    gave_up: bool
    rating: str
    due: date | None
    then: str
    quoted: Quoted


class MistakeView(NamedTuple):
    """A wrong attempt. `quoted`: what was asked, what was answered, and what is to be said of the known mistake."""

    item: str
    unit: str
    day: date
    verdict: str
    misconception: str
    failed: tuple[str, ...]
    explained_by: str
    settled: bool
    quoted: Quoted


class MistakesView(NamedTuple):
    """The wrong attempts of late, the newest first."""

    mistakes: tuple[MistakeView, ...]


class TimerMovedView(NamedTuple):
    """What came of starting or stopping a timer, or of logging time."""

    action: Literal["started", "stopped", "logged", "noted"]
    what: str
    minutes: int
    day_minutes: int
    goal_minutes: int
    step: str
    step_done: bool
    notices: tuple[str, ...]
    then: str
    quoted: Quoted


class CardDraftView(NamedTuple):
    """A draft of a card that waits until the learner accepts it. `quoted`: what it asks and answers."""

    draft: str
    unit: str
    waiting: int
    then: str
    quoted: Quoted
