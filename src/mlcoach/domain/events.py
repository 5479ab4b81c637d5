"""What can happen: one NamedTuple a kind, and the envelope that says when, where and by which command.

The journal of these events is the only truth about the learner. They are never changed or deleted; every state
in the program is folded from them. Fields may be added with a default, never renamed or given a new meaning.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from mlcoach.domain.paper_events import (
    PaperAdded,
    PaperCardMade,
    PaperCited,
    PaperDescribed,
    PaperDropped,
    PaperNoted,
    PaperQuestionAsked,
    PaperStepChecked,
    PassFinished,
)
from mlcoach.domain.work_events import (
    ChecklistTicked,
    Erased,
    HabitKept,
    Interrupted,
    JobDropped,
    JobMoved,
    JobNoted,
    JobStepChecked,
    JobTimeLogged,
    OtherTimeLogged,
    PersonTouched,
    ProjectBegun,
    ProjectDropped,
    ProjectIdeaKept,
    ProjectMeasured,
    ProjectNoted,
    ProjectStageFinished,
    ProjectStepChecked,
    WeekAudited,
)

ItemMark = Literal["suspended", "resumed", "buried", "flagged", "unflagged", "forgotten"]
UnitMark = Literal["passed", "skipped", "learning"]
StepMark = Literal["done", "skipped", "open"]
PassedBy = Literal["", "study", "placement"]
Decision = Literal["keep", "change"]
AttemptVerdict = Literal["right", "wrong", "error", "timeout"]
Discussion = Literal["said", "hint", "solution", "sentence"]
Wording = Literal["", "assistant"]  # whose words a line is: "" for the learner's


class TimeLogged(NamedTuple):
    """Study time reported by the learner: on a unit, a paper, own work (`project:ID`) or nothing in particular."""

    seconds: int
    unit: str = ""
    paper: str = ""
    note: str = ""
    work: str = ""
    worded_by: Wording = ""


class TimerStarted(NamedTuple):
    """A timer began to run; with focus, `pause` minutes of break follow every `focus` minutes of work."""

    unit: str = ""
    paper: str = ""
    work: str = ""
    focus: int = 0
    pause: int = 0


class TimerStopped(NamedTuple):
    """A timer ended. `began` and `ended` are microseconds since 1970 UTC; the event's study day is the start's."""

    began: int
    ended: int
    unit: str = ""
    paper: str = ""
    note: str = ""
    stopped_on: str = ""  # ISO study day on which it was stopped; answers given then may lie inside the timer
    work: str = ""
    worded_by: Wording = ""


class TimerCancelled(NamedTuple):
    """A timer was thrown away."""


class ItemGraded(NamedTuple):
    """An answer to a card or exercise. Records the due day it chose and the grade that choice followed.

    `due` is an ISO study day, `after` the id of the item's grade before ("" for the first), `retention` the desired
    recall probability then. `origin` names where an answer came from that was not given here (anki, reviews): its due
    day, "" for unknown, is what was decided there, and it is not study time of its day. `confidence` is how sure the
    learner was before the answer was shown, 1 to 4 (0: not asked), `text` a digest of what the item said then.
    `missed`: the first try with fresh numbers was wrong, and a later one right.
    """

    item: str
    rating: int
    seconds: int
    due: str
    after: str = ""
    retention: float = 0.9
    origin: str = ""
    confidence: int = 0
    text: str = ""
    missed: bool = False


class ItemScheduled(NamedTuple):
    """What another program knew of an item, for want of answers: stability in days, difficulty 1 to 10, ISO due day."""

    item: str
    due: str
    stability: float
    difficulty: float
    origin: str


class AnswerKept(NamedTuple):
    """An answer to a card that is not here: history for measuring and fitting, and for nothing else."""

    card: str
    rating: int
    seconds: int
    origin: str


class Attempted(NamedTuple):
    """One go at something that checks itself. It schedules nothing and adds no time: a grade does.

    `how` names what checked it: tests, number, formula or text. `answer` is what was typed, "" for code, which stays in
    its file; `variant` the seed of its numbers, 0 without one. `failed` are ids of tests, `misconception` that of a
    known mistake. `hints` were opened, `solution` says whether the solution was seen; `seconds` are those since the
    item was opened or tried last, `text` is a digest of what it said, `reason` how they came to it in their words.
    """

    item: str
    verdict: AttemptVerdict
    how: str
    answer: str = ""
    variant: int = 0
    hints: int = 0
    seconds: int = 0
    misconception: str = ""
    failed: tuple[str, ...] = ()
    solution: bool = False
    text: str = ""
    reason: str = ""


class CodeAllowed(NamedTuple):
    """On this device the learner agreed to run an exercise's code, the text with this digest alone; or took it back."""

    item: str
    digest: str
    allowed: bool = True


class ItemDiscussed(NamedTuple):
    """What came up beside an item: the learner's words, a hint, its solution as they gave up, and after it a sentence.

    It schedules nothing and adds no time: a grade does. `words` are those of the learner, "" for a hint and a solution;
    `seconds` were spent on them. A `sentence` says what they make of the item once they saw its answer.
    """

    item: str
    step: Discussion
    words: str = ""
    seconds: int = 0


class CardDrafted(NamedTuple):
    """A card that was proposed for a unit, with the keys that it would have in a file; the learner decides later."""

    unit: str
    card: dict[str, Any]
    worded_by: Wording = ""


class DraftSettled(NamedTuple):
    """The learner decided on a draft, named by its entry: `item` is what it became, "" where it was not wanted."""

    draft: str
    item: str = ""


class ParametersAdopted(NamedTuple):
    """From now on these parameters of FSRS-6 schedule, by default those of `()`; `scored` answers judged both."""

    parameters: tuple[float, ...]
    scored: int = 0
    loss_before: float = 0.0
    loss_after: float = 0.0


class ItemMarked(NamedTuple):
    """A mark on an item: suspended, resumed, buried (until the ISO day `until`), flagged, unflagged or forgotten."""

    item: str
    mark: ItemMark
    until: str = ""


class ItemAdopted(NamedTuple):
    """The history of the item `old` continues under `new` (a rename in the curriculum)."""

    old: str
    new: str


class UnitMarked(NamedTuple):
    """The learner's word on a unit: passed, skipped or learning (reopened).

    `how` says what a pass rests on, "" for nothing; `recalled` grades the closing question (0: not asked). `claimed`:
    skipped as known by the learner's word alone, which placement looks at.
    """

    unit: str
    mark: UnitMark
    note: str = ""
    how: PassedBy = ""
    recalled: int = 0
    claimed: bool = False


class StepMarked(NamedTuple):
    """The learner's word on a step (a full id); `seconds` of an exercise that was done count for its unit."""

    unit: str
    step: str
    mark: StepMark
    seconds: int = 0


class PlacementAnswered(NamedTuple):
    """An answer to a question of placement. `how`: what checked it, or self; `variant`: the seed of its numbers."""

    unit: str
    question: str
    right: bool
    how: str
    answer: str = ""
    variant: int = 0
    seconds: int = 0


class PlacementJudged(NamedTuple):
    """What placement found of each unit. It goes on if not `complete`; `about`: these were that unit's questions."""

    asked: int
    units: tuple[dict[str, Any], ...]
    complete: bool = True
    about: str = ""


class RestPlanned(NamedTuple):
    """Days of rest, first to last (ISO, both included)."""

    first: str
    last: str


class RestCleared(NamedTuple):
    """Planned rest taken off these days again."""

    first: str
    last: str


class DayOpened(NamedTuple):
    """The goal and floor of a day in minutes, recorded with its first event so that later changes spare it."""

    goal: int
    floor: int


class DayPlanned(NamedTuple):
    """The blocks of a day as computed. The earliest counts, unless the learner asked for a new plan.

    `adds_up`: done to its last block it reaches the goal; plans of older releases do not.
    """

    minutes: int
    blocks: tuple[dict[str, Any], ...]
    replanned: bool = False
    adds_up: bool = False


class FileWritten(NamedTuple):
    """A command wrote a file of the learner's; copies lie in the backups folder, and "" is the digest of no file."""

    path: str
    digest_before: str
    digest_after: str


class WeekReviewed(NamedTuple):
    """The look back on a week, named by the ISO day of its Monday; `plan` is what the learner changes, in words."""

    week: str
    well: str = ""
    hurt: str = ""
    decision: Decision = "keep"
    plan: str = ""


class WeekPromised(NamedTuple):
    """What the learner promised a buddy, and themselves, for the week that begins on this Monday (ISO)."""

    week: str
    text: str


class GoalSet(NamedTuple):
    """A path is to be walked by this ISO day, its units `kept` whatever happens; an empty day ends the goal."""

    path: str
    by: str
    kept: tuple[str, ...] = ()


class Revoked(NamedTuple):
    """These events no longer count. Revoking a revocation brings its events back."""

    events: tuple[str, ...]


class FutureSetAside(NamedTuple):
    """These events of days that were still to come, written under a wrong clock, no longer count."""

    events: tuple[str, ...]


class JournalJoined(NamedTuple):
    """A journal was joined here and brought these events, as spans of numbers (`cafe-3..90`)."""

    brought: tuple[str, ...]


class UnknownBody(NamedTuple):
    """What an event of a kind that this release does not know says: kept to the letter, as JSON, and not read."""

    kind: str
    data: str


Body = (
    TimeLogged | TimerStarted | TimerStopped | TimerCancelled | ItemGraded | ItemScheduled | ItemMarked | ItemAdopted
    | AnswerKept | ParametersAdopted | UnitMarked | StepMarked | RestPlanned | RestCleared | PaperAdded
    | PaperStepChecked | PaperNoted | PassFinished | PaperDropped | PaperDescribed | PaperQuestionAsked | PaperCited
    | PaperCardMade | Attempted | CodeAllowed | ItemDiscussed | CardDrafted | DraftSettled | PlacementAnswered
    | PlacementJudged | DayOpened | DayPlanned | FileWritten | WeekReviewed | WeekPromised | GoalSet | ChecklistTicked
    | ProjectIdeaKept | ProjectBegun | ProjectStepChecked | ProjectMeasured | ProjectStageFinished | ProjectNoted
    | ProjectDropped | PersonTouched | JobMoved | JobStepChecked | JobNoted | JobTimeLogged | JobDropped
    | OtherTimeLogged | Interrupted | HabitKept | WeekAudited | Erased | Revoked | FutureSetAside | JournalJoined
    | UnknownBody
)  # fmt: skip


def _kind(body: type[Any]) -> str:
    """Return the name of a kind in the journal: TimeLogged is time_logged."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in body.__name__)[1:]


KINDS: dict[str, type[Any]] = {_kind(body): body for body in get_args(Body) if body is not UnknownBody}
_KIND_OF = {kind_type: kind for kind, kind_type in KINDS.items()}
# The events that say something of how the learner remembers.
MEMORY = (ItemGraded, ItemScheduled, ItemMarked, ItemAdopted, AnswerKept, ParametersAdopted)


class Event(NamedTuple):
    """One entry of the journal.

    `happened` and `recorded` are microseconds since 1970 UTC, `offset` the local minutes east of UTC then. `backdated`
    entries name another study day than their instant falls on. `unread` are fields that this release does not know.
    """

    id: str
    happened: int
    offset: int
    study_day: date
    recorded: int
    device: str
    seq: int
    command: str
    body: Body
    backdated: bool = False
    unread: Mapping[str, Any] = {}


def kind_of(body: Body) -> str:
    """Return the kind of an event, as the journal names it."""
    return body.kind if isinstance(body, UnknownBody) else _KIND_OF[type(body)]
