"""Items whose answer is typed, as they are asked: with the numbers of their next answer, and judged."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.events import Attempted
from mlcoach.domain.practice.accept import Typing

if TYPE_CHECKING:
    from mlcoach.domain.practice.accept import Judged
    from mlcoach.domain.practice.variants import Variant


TRIES = 2  # typed answers before the right one is shown


HOW = {"number": "number", "vector": "number", "formula": "formula", "text": "text"}


class AskedItem(NamedTuple):
    """An item as it is asked: `subject` has the numbers of the variant in its texts.

    `typing` says what is typed, "" where nothing is or where the card is a frozen number. `before` are the attempts
    since the last grade. `digest` is that of the item as its author wrote it. `anew` says that it was graded with
    frozen numbers alone: its first varied answer is that of a new item, as to remember a number is not to know the
    way to it.
    """

    subject: Card | Exercise
    typing: Typing = ""
    variant: "Variant | None" = None
    solution: str = ""
    before: tuple[Attempted, ...] = ()
    digest: str = ""
    anew: bool = False

    @property
    def seed(self) -> int:
        """The seed of the numbers, 0 where they are always the same."""
        return self.variant.seed if self.variant else 0


def with_numbers(subject: Card | Exercise, number: int) -> AskedItem:
    """Return an item with the numbers of its answer of this number, or frozen where they cannot be drawn."""
    from mlcoach.domain.practice.variants import seed_of

    return drawn(subject, seed_of(subject.id, number)) or AskedItem(subject)


def drawn(subject: Card | Exercise, seed: int) -> AskedItem | None:
    """Return an item with the numbers of a seed, None where they cannot be drawn."""
    from mlcoach.adapters.expressions import evaluate
    from mlcoach.domain.practice import accept, values, variants

    vary = subject.vary
    assert vary is not None
    try:
        variant = variants.draw(vary, seed, evaluate)
    except values.ExpressionError:
        return None
    typing: Typing = "formula" if vary.free else "vector" if isinstance(variant.answer, tuple) else "number"
    answer = variants.as_formula(variant.formula) if vary.free else accept.answer_text(variant.answer, vary.accept)
    if isinstance(subject, Card):
        shown: Card | Exercise = subject._replace(question=variant.prompt, answer=answer, tolerance=0.0)
        return AskedItem(shown, typing, variant, variant.solution)
    solution = variant.solution or answer
    # What the author says of the frozen numbers does not hold for these; the typed answer is the check.
    shown = subject._replace(prompt=variant.prompt, check="", solution=solution)
    return AskedItem(shown, typing, variant, solution)


def judge(asked: AskedItem, typed: str) -> "Judged":
    """Return what comes of a typed answer."""
    from mlcoach.domain.practice import accept

    if asked.typing == "text":
        assert isinstance(asked.subject, Card)
        return accept.judge_text(typed, asked.subject.accept_text)
    from mlcoach.adapters.expressions import evaluate

    assert asked.variant is not None and asked.subject.vary is not None
    return accept.judge_variant(asked.subject.vary, asked.variant, typed, evaluate)


def feedback(asked: AskedItem, judged: "Judged") -> str:
    """Return what to say of a known mistake, "" for another one."""
    from mlcoach.domain.practice.variants import feedback as said

    return said(asked.variant, judged.mistake) if asked.variant and judged.mistake else ""


def attempt(asked: AskedItem, judged: "Judged", typed: str, seconds: int, hints: int = 0) -> Attempted:
    """Return an answer as the journal keeps it."""
    return Attempted(
        item=asked.subject.id,
        verdict="right" if judged.right else "wrong",
        how=HOW[asked.typing],
        answer=typed.strip(),
        variant=asked.seed,
        hints=hints,
        seconds=seconds,
        misconception=judged.mistake.id if judged.mistake else "",
        text=asked.digest,
    )


def proposal(asked: AskedItem, tried: Sequence[Attempted], usual: float) -> int | None:
    """Return the rating that the attempts propose, None while another try is left; `usual` is in seconds."""
    from mlcoach.domain.practice.attempts import proposed_rating

    all_tried = [*asked.before, *tried]
    return proposed_rating(all_tried, usual, gave_up=len(all_tried) >= TRIES)


def question_of(subject: Card | Exercise) -> str:
    """Return what an item asks, in full."""
    return subject.question if isinstance(subject, Card) else subject.prompt
