"""Help with an item, one piece at a time: a hint, and the solution of what was tried, or given up for good."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.practice import typed_items
from mlcoach.adapters.practice.open_items import OpenItem, answer_texts, hints_left
from mlcoach.domain.assistant import tutoring
from mlcoach.domain.assistant.threads import OpenCard, gives_up, open_cards
from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import Attempted, Body, ItemDiscussed
from mlcoach.domain.memory.ratings import AGAIN, RATING_NAMES
from mlcoach.domain.practice.code import digest_of
from mlcoach.domain.quoting import quoted
from mlcoach.errors import UsageError
from mlcoach.services.assistant.questions import open_item
from mlcoach.services.practice import typed
from mlcoach.services.record import record
from mlcoach.services.review import grade as grading
from mlcoach.views.assistant.asking import HintGivenView, SolutionShownView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def hint(context: "Context", name: str) -> HintGivenView:
    """Open the next hint of an exercise, which counts in its grade. Raises UsageError where there is none left."""
    found = open_item(context, name)
    hints = found.asked.subject.hints if isinstance(found.asked.subject, Exercise) else ()
    if found.hints >= len(hints):
        raise UsageError(
            "that was the last hint" if hints else f"there are no hints to `{found.item}`",
            "ask the learner what they know of it already",
        )
    record(context, ItemDiscussed(found.item, "hint"))
    return HintGivenView(
        found.item, found.hints + 1, len(hints), tutoring.TRY_WITH_HINT, quoted(hint=hints[found.hints])
    )


def solution(context: "Context", name: str, *, give_up: bool = False, urged: bool = True) -> SolutionShownView:
    """Show the answer of an item that was graded today or said in the learner's words; else only to give up.

    To give up is an answer, graded again; after words it only shows the text. `urged`: the learner was asked for a
    guess or a smaller question before. Raises UsageError before any of that.
    """
    found = open_item(context, name)
    comes_back = OpenCard(found.item, sentence=False) in open_today(context)
    if found.text_shown or (found.state.last_day == context.today.isoformat() and not comes_back):
        return SolutionShownView(
            found.item, False, "", None, tutoring.NEXT_QUESTION, answer_texts(_as_answered(context, found))
        )
    begun = bool(found.asked.before or found.sayings)
    if not give_up or not (urged or begun or found.hints):
        tried = "one try is left" if begun else "it was not tried yet"
        raise UsageError(
            f"the solution of `{found.item}` comes after an answer, and {tried}",
            tutoring.before_giving_up(hints_left(found), said=bool(found.sayings)),
        )
    if found.sayings:
        record(context, ItemDiscussed(found.item, "solution"))
        return SolutionShownView(found.item, True, "", None, tutoring.COMPARE, answer_texts(found))
    given_up = _given_up(found)
    attempt = given_up if isinstance(given_up, Attempted) else None
    also: tuple[Body, ...] = () if attempt else (given_up,)
    kept = grading.record_answer(context, found.item, AGAIN, 0, context.today, attempt=attempt, also=also)
    return SolutionShownView(
        found.item,
        True,
        RATING_NAMES[AGAIN],
        date.fromisoformat(kept.state.due),
        tutoring.after_giving_up(found.item),
        answer_texts(found),
    )


def _as_answered(context: "Context", found: OpenItem) -> OpenItem:
    """Return an item with the numbers that were answered last: those that come next are not given away.

    Raises UsageError where it was answered with other numbers than can be drawn now.
    """
    if not found.asked.seed:
        return found
    tried = typed.attempts(context, found.item)
    written = context.catalog.item(found.item)
    again = typed_items.drawn(written, tried[-1].attempt.variant) if tried and written and written.vary else None
    if again is None:
        raise UsageError(f"the numbers that `{found.item}` was answered with are not known", "`question` asks it anew")
    return found._replace(asked=again)


def _given_up(found: OpenItem) -> Attempted | ItemDiscussed:
    """Return the entry that says so: an attempt that saw the solution, of what nothing judges a word alone."""
    asked, subject = found.asked, found.asked.subject
    if isinstance(subject, Exercise) and subject.code is not None:
        how, text = "tests", digest_of(subject.code)[:16]
    elif asked.typing:
        how, text = typed_items.HOW[asked.typing], asked.digest
    else:
        return ItemDiscussed(found.item, "solution")
    return Attempted(
        item=found.item, verdict="wrong", how=how, variant=asked.seed, hints=found.hints, solution=True, text=text
    )


def sentence(context: "Context", name: str, words: str) -> str:
    """Keep the learner's sentence on an item of today, and return its id. Raises UsageError for one not answered."""
    found = open_item(context, name)
    if found.state.last_day != context.today.isoformat():
        raise UsageError(f"`{found.item}` was not answered today", "`answer` takes what they say to it first")
    record(context, ItemDiscussed(found.item, "sentence", words))
    return found.item


def open_today(context: "Context") -> tuple[OpenCard, ...]:
    """Return what was given up today and is still open."""
    day, written = context.today, context.store.written
    told = written.between(("item_discussed", "attempted"), day, day)
    if not any(gives_up(event.body) for event in told):
        return ()  # the answers of a year are looked through only where something was given up
    return open_cards(sorted([*told, *written.between(("item_graded",), day, day)], key=order_of))
