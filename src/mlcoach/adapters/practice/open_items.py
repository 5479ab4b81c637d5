"""An item as an assistant asks it: how it is answered, what came up beside it, its texts with and without answer."""

from typing import NamedTuple

from mlcoach.adapters.practice.typed_items import AskedItem, drawn, with_numbers
from mlcoach.domain.assistant import saying
from mlcoach.domain.cloze import filled_in, with_blanks
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.events import ItemDiscussed
from mlcoach.domain.memory.items import ItemState
from mlcoach.domain.practice.accept import AnswerWay
from mlcoach.domain.practice.variants import feedback
from mlcoach.domain.quoting import Quoted, quoted


class OpenItem(NamedTuple):
    """An item as it is asked now: how it is answered, and what came up beside it since its last grade.

    `backwards`: a card that goes both ways, asked from its answer.
    """

    item: str
    asked: AskedItem
    way: AnswerWay
    state: ItemState
    discussed: tuple[ItemDiscussed, ...]
    backwards: bool

    @property
    def hints(self) -> int:
        """How many hints were opened."""
        return sum(one.step == "hint" for one in self.discussed)

    @property
    def sayings(self) -> tuple[str, ...]:
        """What the learner said to it in their own words."""
        return tuple(one.words for one in self.discussed if one.step == "said")

    @property
    def text_shown(self) -> bool:
        """Whether its text was shown after their words: all of it was said, they were asked once more, or gave up."""
        texts = answer_texts(self)
        gave_up = bool(self.sayings) and any(one.step == "solution" for one in self.discussed)
        return gave_up or saying.is_text_due(str(texts.get("answer", "")), self.sayings)


def way_of(asked: AskedItem) -> AnswerWay:
    """Return how an item is answered."""
    subject = asked.subject
    if asked.typing:
        return asked.typing
    if isinstance(subject, Card):
        return "number" if subject.form == "numeric" and subject.number is not None else "words"
    return "code" if subject.code is not None else "words"


def is_answered_by(subject: Card | Exercise, way: str) -> bool:
    """Return whether an item is answered in a way; numbers are drawn only where these decide."""
    if subject.vary is not None and not subject.vary.free:
        return way in ("number", "vector") and way_of(with_numbers(subject, 1)) == way
    if subject.vary is not None:
        return way == "formula"
    return way == way_of(AskedItem(subject, "text" if isinstance(subject, Card) and subject.accept_text else ""))


def hints_left(found: OpenItem) -> int:
    """Return how many hints of an item were not opened yet."""
    subject = found.asked.subject
    return max(0, len(subject.hints) - found.hints) if isinstance(subject, Exercise) else 0


def language_of(subject: Card | Exercise) -> str:
    """Return the programming language of an item, "" for none."""
    if isinstance(subject, Card):
        return subject.language
    return subject.code.language if subject.code else ""


def asked_texts(found: OpenItem) -> Quoted:
    """Return an item as it is asked, without its answer."""
    subject = found.asked.subject
    if isinstance(subject, Card):
        text = subject.answer if found.backwards else with_blanks(subject.question)
        return quoted(question=text, code=subject.code)
    code = subject.code
    visible = [test.body for test in code.tests if test.visible] if code else []
    return quoted(
        question=subject.prompt,  # a title often names the method
        file=code.file if code else "",
        starter=code.starter if code else "",
        tests=visible,
    )


def answer_texts(found: OpenItem) -> Quoted:
    """Return the answer of an item and the way to it."""
    subject, asked = found.asked.subject, found.asked
    if isinstance(subject, Card):
        whole = filled_in(subject.question) if subject.form == "cloze" else subject.answer
        return quoted(answer=subject.question if found.backwards else whole, solution=asked.solution)
    solution = subject.code.solution if subject.code else ""
    return quoted(
        title=subject.title, answer=subject.solution, solution=solution, check=subject.check, pattern=subject.pattern
    )


def said_of(subject: Card | Exercise, mistake: str, seed: int) -> tuple[str, str]:
    """Return what is said of a known mistake, and the card that explains it; "" where there is none.

    `seed` is that of the numbers it was made with, 0 where they are not known.
    """
    if subject.vary is not None:
        known = next((one for one in subject.vary.mistakes if one.id == mistake), None)
        if known is None:
            return "", ""
        again = drawn(subject, seed) if seed else None
        return feedback(again.variant, known) if again and again.variant else "", known.card
    code = subject.code if isinstance(subject, Exercise) else None
    return next((one.feedback for one in code.wrong if one.id == mistake), "") if code else "", ""
