"""What the review shows: the queue, the current item, and the session as a whole."""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.curriculum import CardForm, ItemKind
from mlcoach.domain.practice.accept import Typing
from mlcoach.views.day import MinutesView, StreakView
from mlcoach.views.grade import StepFinishedView

ItemForm = CardForm | Literal["exercise"]
Phase = Literal["question", "confidence", "check", "answer"]
TypedVerdict = Literal["right", "wrong", ""]


class QueuedView(NamedTuple):
    """An item that waits. `due` is None for one never answered; `minutes` estimates one repetition."""

    item: str
    kind: str  # card or exercise
    question: str  # one line; a title for an exercise
    due: date | None
    overdue_days: int
    unit: str
    minutes: float


class QueueCountsView(NamedTuple):
    """How many items there are, also beyond those listed."""

    due: int
    new: int


class ReviewView(NamedTuple):
    """What `review` would ask, in its order: due items and new ones. `next_due` is the first later day with any."""

    due: tuple[QueuedView, ...]
    new: tuple[QueuedView, ...]
    counts: QueueCountsView
    next_due: date | None = None
    next_count: int = 0
    scope: str = ""  # what was asked for with --subject and --only, in words
    begun: bool = True  # whether anything was ever answered or is being learned
    waiting: str = ""  # a unit with new cards that today's minutes have no room for


class CurrentItemView(NamedTuple):
    """The item being asked. `phase` is question, confidence, check (an exercise's own test) or answer.

    `serial` counts the items shown, so that a screen knows a new one. Texts are as their author wrote them; a cloze
    card's `question` has its {{…}}. `intervals` are the days that again, hard, good and easy would give, empty until
    an answer may be graded. `verdict` is right or wrong for a typed number, else "".
    `changed` says that the text is another one than when the item was answered last.
    """

    serial: int
    position: int
    total: int
    item: str
    kind: ItemKind
    form: ItemForm  # question code cloze numeric exercise
    unit: str
    unit_title: str
    is_new: bool
    repeated: bool  # asked before in this session
    flagged: bool
    phase: Phase
    title: str
    question: str
    answer: str
    code: str
    language: str
    hints: tuple[str, ...]
    hints_left: int
    check: str
    typed: str
    verdict: TypedVerdict
    graded: int  # the machine's rating, which the learner may correct; 0 when there is none
    intervals: tuple[int, ...]
    minutes: int  # an exercise's estimate, at the learner's pace
    changed: bool
    leech_lapses: int  # lapses to speak up about, else 0
    note: str
    checked: bool = False  # whether tests check it: `practice` runs them
    typing: Typing = ""  # what is typed for an answer that is judged; a frozen number has the form numeric
    judged: str = ""  # the typed answer that the verdict is on
    solution: str = ""  # the way to the answer of a card
    feedback: str = ""  # what to say of a known mistake
    brings: str = ""  # the question of the card that explains it and comes next
    anew: bool = False  # whether its numbers vary since it was answered last: the first answer is that of a new item
    exercises: int = 0  # of those still to come, this one included: they come behind the cards
    keys_act: bool = True  # whether letters are keys, not part of what is typed


class HardView(NamedTuple):
    """An item that was hard in this session. `leech` when it has slipped so often that it should change."""

    item: str
    question: str
    leech: bool


class SummaryView(NamedTuple):
    """A session. `due` counts items answered that were not new, `recalled` those known at the first try.

    `marked_last` says that what came last was not an answer: an item was set aside, put off or flagged.
    """

    answers: int
    items: int
    due: int
    recalled: int
    new: int
    seconds: int
    hard: tuple[HardView, ...]
    left: int
    minutes_of_day: MinutesView
    streak: StreakView
    streak_shown: bool
    marked_last: bool = False
    finished: tuple[StepFinishedView, ...] = ()
    put_off: tuple[str, ...] = ()  # questions of items that come back tomorrow
    set_aside: tuple[str, ...] = ()  # questions of items that are not asked again
    put_off_ids: tuple[str, ...] = ()  # ids of the same items, in the same order
    set_aside_ids: tuple[str, ...] = ()
