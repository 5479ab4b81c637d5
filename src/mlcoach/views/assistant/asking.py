"""What an assistant is told when something is asked, answered, helped with or written down.

Whatever others wrote is below a key `quoted`. A question comes without its answer.
"""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.assistant.evening import LeftFor
from mlcoach.domain.practice.accept import AnswerWay
from mlcoach.domain.quoting import NOTHING, Quoted, quoted
from mlcoach.views.practice import PracticeView

AnswerVerdict = Literal["right", "wrong", "error", "timeout", "said", "more"]


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
    """The question, None where nothing waits.

    `cards_left` are those of today's plan that were not answered yet, `next_due` is the first later day of any.
    """

    question: AskedItemView | None
    cards_left: int
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

    `more`: they were kept, and the text waits until the learner was asked once more. `rating` and `due` follow where a
    grade did. `misconception` is the known mistake, the first one where a second try is right. `quoted`: what is to be
    said of the mistake; the answer and the way to it. Of all this nothing is told while a typed answer has a try left.
    """

    item: str
    way: AnswerWay
    verdict: AnswerVerdict
    then: str
    rating: str = ""
    due: date | None = None
    tries_left: int | None = None
    misconception: str = ""
    tests: tuple[RanTestView, ...] = ()
    quoted: Quoted = NOTHING


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
    """A wrong attempt. `quoted`: what was asked, what was answered and why, and what is to be said of the mistake.

    `open`: a try is left, and until then the coach keeps back what it knows of the mistake.
    """

    item: str
    unit: str
    day: date
    verdict: str
    misconception: str
    failed: tuple[str, ...]
    explained_by: str
    settled: bool
    open: bool
    quoted: Quoted


class MistakesView(NamedTuple):
    """The wrong attempts of late, the newest first."""

    mistakes: tuple[MistakeView, ...]


class TimerMovedView(NamedTuple):
    """What came of starting or stopping a timer, or of logging time.

    `over_minutes` went beyond what the plan has for it; `minutes_left` are those of the day, or of the time that the
    learner said they have, and `left_for` what they are for. `step_open`: time was recorded, the step is not finished.
    """

    action: Literal["started", "stopped", "logged", "noted", "finished"]
    what: str
    minutes: int
    day_minutes: int
    goal_minutes: int
    then: str
    step: str = ""
    step_done: bool | None = None
    step_open: bool | None = None
    over_minutes: int | None = None
    minutes_left: int | None = None
    left_for: tuple[LeftFor, ...] = ()
    notices: tuple[str, ...] = ()
    quoted: Quoted = NOTHING


class ClosingView(NamedTuple):
    """How an evening ends: minutes of the day, whether a line of the learner's was kept, and what waits for tomorrow.

    `quoted`: what was done and what is open, a line each, and the step that tomorrow begins with.
    """

    day_minutes: int
    goal_minutes: int
    line_kept: bool
    answers: int
    drafts: int
    then: str
    quoted: Quoted


class CardDraftView(NamedTuple):
    """A draft of a card that waits until the learner accepts it by `command`. `quoted`: what it asks and answers."""

    draft: str
    unit: str
    waiting: int
    command: str
    then: str
    quoted: Quoted


def ran_tests(shown: PracticeView) -> tuple[RanTestView, ...]:
    """Return the tests of a run as an assistant is told of them."""
    return tuple(
        RanTestView(
            test.id, test.ok, test.ran, quoted(message=test.message, why=test.why if test.ran and not test.ok else "")
        )
        for test in shown.tests
    )
