"""What placement shows: a question, and in the end what is known, kept and unsure."""

from typing import Literal, NamedTuple

from mlcoach.views.grade import StepFinishedView

QuestionForm = Literal["number", "vector", "formula", "text", "self"]


class PlacementQuestionView(NamedTuple):
    """A question, for where there is no screen. `form` is what is typed; self is graded by the learner.

    Those have their `answer` beside them, to be shown before they are graded; elsewhere it is "".
    """

    item: str
    unit: str
    title: str
    text: str
    form: QuestionForm
    code: str = ""
    answer: str = ""


class PlacementAnswerView(NamedTuple):
    """What came of the answer just given."""

    item: str
    right: bool
    answer: str


class PlacedUnitView(NamedTuple):
    """What placement says of a unit. `because` is the unit whose right answer says so, `why` the same in words.

    An `unsure` unit is kept. `passed` says that it counts as passed, by this placement or before, `skipped` that the
    learner said so, or does not want it: then it is not in the plan, whatever the answers say of others. `inside` is
    False for what the units asked about only build on: a path may take it for granted.
    """

    unit: str
    title: str
    hours: float
    probability: float
    verdict: Literal["known", "kept"]
    unsure: bool
    passed: bool
    because: str
    why: str
    skipped: bool = False
    inside: bool = True


class ClaimView(NamedTuple):
    """A unit that the learner said they know, and what the answers say: it is confirmed, open or withdrawn.

    An open one stands on their word.
    """

    unit: str
    title: str
    state: Literal["confirmed", "open", "withdrawn"]
    why: str


class DisagreementView(NamedTuple):
    """A unit answered wrong, and one that builds on it answered right; titles for screens."""

    below: str
    above: str
    below_title: str
    above_title: str


class BeforeView(NamedTuple):
    """The questions before a unit: `right` of those `asked`, `left` not asked yet.

    `step` is what came of it for the unit that is under way: its first step is finished, and another one comes.
    """

    unit: str
    title: str
    right: int
    asked: int
    left: int
    passed: bool
    step: StepFinishedView | None


class PlacementView(NamedTuple):
    """Placement as it is: the next question, or with `done` what was found.

    `asked` and `minutes` are of this placement, `passed` the units that it passed now, `withdrawn` those that the
    learner said they know and that are to be learned after all. `scope` is what is looked at. Not `complete`: it was
    stopped and can be continued. `claims` are what the learner said they know, `begin` the titles of the units to begin
    with, `missed` how many of the questions were not known. `before` is there where these were the questions of one
    unit alone, `saved_hours` are the stated hours of what was passed now and is on the learner's path.
    """

    question: PlacementQuestionView | None
    asked: int
    done: bool
    minutes: int
    last: PlacementAnswerView | None = None
    units: tuple[PlacedUnitView, ...] = ()
    passed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    disagreements: tuple[DisagreementView, ...] = ()
    scope: str = ""
    complete: bool = True
    note: str = ""
    claims: tuple[ClaimView, ...] = ()
    begin: tuple[str, ...] = ()
    missed: int = 0
    before: BeforeView | None = None
    saved_hours: float = 0.0


class MissedQuestionView(NamedTuple):
    """A question of placement that was not known, with its answer."""

    item: str
    title: str
    question: str
    answer: str
    code: str = ""


class MissedQuestionsView(NamedTuple):
    """What was not known of the `asked` questions whose answers still count, the newest first."""

    asked: int
    missed: tuple[MissedQuestionView, ...]


class PlacementScreenView(NamedTuple):
    """The question on the screen, as far as it was opened. `serial` changes with each question.

    `form` is as for `PlacementQuestionView`; `typed` is what was typed so far; `verdict` is right or wrong once a
    typed answer was judged. `keys_act`: letters are keys, not part of what is typed. `of_all`: so many come as `most`.
    `may_be_right`: the learner may say that what they typed was right.
    """

    serial: int
    position: int
    most: int
    title: str
    text: str
    code: str
    language: str
    cloze: bool
    form: QuestionForm
    phase: Literal["question", "answer"]
    typed: str
    verdict: Literal["right", "wrong", ""]
    answer: str
    note: str
    keys_act: bool
    of_all: bool = False
    may_be_right: bool = False
