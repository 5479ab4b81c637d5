"""What the screens of `mlcoach cards` show. Days are study days, stability is in days, probabilities are 0 to 1."""

from datetime import date
from typing import Literal, NamedTuple

from mlcoach.domain.curriculum import Card, Exercise, ItemKind
from mlcoach.domain.events import ItemMark
from mlcoach.domain.memory.ratings import RatingName
from mlcoach.views.typed import PastAttemptView

Standing = Literal["new", "due", "waiting", "suspended", "buried"]


class FoundView(NamedTuple):
    """One item of a search; `text` is what it asks, in one line.

    `standing` is new, due, waiting (until `due`), suspended or buried.
    """

    item: str
    kind: ItemKind
    unit: str
    text: str
    standing: Standing
    due: date | None


class CardSearchView(NamedTuple):
    """The items whose texts hold all words on a study day; all there are when no word was given."""

    words: str
    cards: tuple[FoundView, ...]
    today: date


class AnswerView(NamedTuple):
    """One answer of an item's history; `interval_days` until it was to be asked again.

    `forgotten` is the day on which the item was started again after it: the answer no longer counts then.
    """

    day: date
    rating: RatingName
    seconds: int
    interval_days: int
    forgotten: date | None


class CurvePointView(NamedTuple):
    """How likely recall is on a day to come, if nothing is answered until then."""

    day: date
    recall: float


class ItemView(NamedTuple):
    """A card or exercise with all that is known of it on a study day.

    `retrievability`, the probability of recall, is today's, None before the first answer that counts. `changed` says
    that its text is another one than when it was answered last.
    """

    item: str
    unit: str
    kind: ItemKind
    unit_title: str
    subject: Card | Exercise
    standing: Standing
    due: date | None
    flagged: bool
    stability: float
    difficulty: float
    repetitions: int
    lapses: int
    leech: bool
    retrievability: float | None
    suspended: bool
    changed: bool
    history: tuple[AnswerView, ...]
    curve: tuple[CurvePointView, ...]
    today: date
    next_question: str = ""  # what an item whose numbers vary asks next
    attempts: tuple[PastAttemptView, ...] = ()


class LeechView(NamedTuple):
    """An item that keeps slipping."""

    item: str
    kind: ItemKind
    question: str
    lapses: int
    repetitions: int
    suspended: bool


class LeechesView(NamedTuple):
    """All items that slipped at least `threshold` times, the worst first."""

    threshold: int
    leeches: tuple[LeechView, ...]


class NewCardView(NamedTuple):
    """A card that was written, where it is, and what the checker thinks could be better.

    `item` and `file` are None when the editor was left without a card.
    """

    item: str | None
    file: str | None
    question: str
    warnings: tuple[str, ...]


class DraftView(NamedTuple):
    """A draft of a card that waits: its number in the list, its id, and what the card asks and answers, in one line.

    Of a cloze text `question` has its blanks, `answer` is all of it. `worded_by` is "" where the words are the
    learner's own.
    """

    n: int
    draft: str
    unit: str
    unit_title: str
    question: str
    answer: str
    day: date
    worded_by: str = ""


class DraftsView(NamedTuple):
    """The drafts that wait, the oldest first."""

    drafts: tuple[DraftView, ...]


class SettledView(NamedTuple):
    """Drafts that were accepted (`items` are the new cards) or rejected (`items` are their units).

    `waiting` are left; `warnings` are what the checker thinks could be better.
    """

    action: Literal["accepted", "rejected"]
    items: tuple[str, ...]
    waiting: int
    warnings: tuple[str, ...]


class AdoptedView(NamedTuple):
    """A history that went on under another id: the answers that moved, all there are now, and the state of the item."""

    old: str
    item: str
    moved: int
    repetitions: int
    standing: Standing
    due: date | None


class MarkedView(NamedTuple):
    """What was done to items: suspended, resumed or forgotten. `already` were so before."""

    mark: ItemMark
    items: tuple[str, ...]
    already: tuple[str, ...]
