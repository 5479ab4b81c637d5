"""One answer to one item: what it makes of the item's memory, written down."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from mlcoach.domain import intervals, memory
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.days import elapsed_days
from mlcoach.domain.events import Body, Event, ItemAdopted, ItemGraded, is_circumstance
from mlcoach.domain.progress import CARD_SECONDS_CAP, ItemState, fold_item
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import correction, names, states
from mlcoach.services import load as load_of_days
from mlcoach.services.views.grade import GradedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_SECONDS = 24 * 3600
RATING_NAMES = {rating: name for name, rating in memory.RATINGS.items()}


class Answer(NamedTuple):
    """An answer as written: its events, the item's state after it, and whether the item had slipped.

    `changed` says that the item's text is another one than when it was answered before.
    """

    events: tuple[Event, ...]
    state: ItemState
    lapsed: bool
    changed: bool


def grade(context: "Context", name: str, rating: str, seconds: int, day: date) -> GradedView:
    """Record one answer to the item that `name` means, on a study day, and return what it did.

    Early and late answers are fine, and so are answers to suspended items; a second one on a day is a same-day
    repetition. Raises NotFoundError or UsageError for a name, a rating or seconds that cannot be.
    """
    item = names.item(context, name)
    answer = record_answer(context, item, parse_rating(rating), check_seconds(seconds), day)
    graded = answer.events[-1].body
    subject = load(context, item)
    return GradedView(
        item=item,
        rating=RATING_NAMES[graded.rating],
        day=day,
        interval_days=answer.state.interval,
        due=date.fromisoformat(answer.state.due),
        stability=answer.state.stability,
        difficulty=answer.state.difficulty,
        lapses=answer.state.lapses,
        leech=answer.lapsed and memory.is_leech(answer.state.lapses),
        kind="card" if isinstance(subject, Card) else "exercise",
        question=one_line_question(subject),
        seconds=graded.seconds,
        suspended=answer.state.suspended,
        changed=answer.changed,
    )


def record_answer(context: "Context", item: str, rating: int, seconds: int, day: date, confidence: int = 0) -> Answer:
    """Write an answer as one step of undo. An item known under an older id is adopted in the same step.

    `confidence` is how sure the learner was before the answer was shown, 1 to 4; 0 when that was not asked.
    """
    before = state_on(context, item, day)
    now = states.item_state(context, item) or ItemState()
    subject = load(context, item)
    graded = intervals.graded(
        item,
        before.repetitions,
        _memory_of(before),
        _elapsed(before, day),
        rating,
        context.settings.get("retention"),
        before.interval,
        parameters=context.store.parameters(),
        weigh=load_of_days.welcome(context, day),
        reach=correction.reach_after(context, item, day),
    )
    body = ItemGraded(
        item=item,
        rating=rating,
        seconds=counted_seconds(context, item, seconds),
        due=(day + timedelta(days=graded.interval)).isoformat(),
        after=before.last_grade,
        retention=context.settings.get("retention"),
        confidence=confidence,
        text=text_digest(subject),
    )
    events = context.record(*adoptions(context, item), body, day=day)
    after = states.item_state(context, item)
    assert after is not None
    own = tuple(event for event in events if not is_circumstance(event.body))
    return Answer(own, after, after.lapses > now.lapses, has_changed(before, subject))


def next_intervals(context: "Context", item: str) -> tuple[int, int, int, int]:
    """Return the days that again, hard, good and easy would give now: exactly those an answer records."""
    state = state_on(context, item, context.today)
    return intervals.next_intervals(
        item,
        state.repetitions,
        _memory_of(state),
        _elapsed(state, context.today),
        context.settings.get("retention"),
        state.interval,
        parameters=context.store.parameters(),
        weigh=load_of_days.welcome(context, context.today),
        reach=correction.reach_after(context, item, context.today),
    )


def text_digest(subject: Card | Exercise) -> str:
    """Return a short digest of what an item asks and answers, by which a later change of its text is noticed."""
    if isinstance(subject, Card):
        parts = [subject.form, subject.question, subject.answer, subject.code]
    else:
        parts = [subject.prompt, subject.check, subject.solution]
    return f"{crc32(chr(0).join(parts).encode(errors='replace')):08x}"


def has_changed(state: ItemState, subject: Card | Exercise) -> bool:
    """Return whether an item says something else than when it was answered last, as far as that is known."""
    return bool(state.text) and state.text != text_digest(subject)


def state_on(context: "Context", item: str, day: date) -> ItemState:
    """Return the item's state that an answer on this day follows: later answers do not count for it."""
    state = states.item_state(context, item) or ItemState()
    if state.last_day <= day.isoformat():
        return state
    events = (event for event in states.item_history(context, item) if event.study_day <= day)
    return fold_item(events, item, context.store.parameters())


def adoptions(context: "Context", item: str) -> list[Body]:
    """Return the events by which an item takes over what was recorded under its older ids."""
    return [ItemAdopted(old, item) for old in states.stored_under(context, item)]


def counted_seconds(context: "Context", item: str, seconds: int) -> int:
    """Return the seconds that count: all of an exercise's, at most a minute of a card's."""
    head = context.catalog.heads([item])[item]
    return seconds if head.kind == "exercise" else min(seconds, CARD_SECONDS_CAP)


def parse_rating(text: str) -> int:
    """Return 1 to 4 for `again`, `hard`, `good`, `easy` or the number itself. Raises UsageError."""
    word = text.strip().lower()
    if word in memory.RATINGS:
        return memory.RATINGS[word]
    if word in {str(rating) for rating in RATING_NAMES}:
        return int(word)
    raise UsageError(f"no rating `{text:.40}`", "say again, hard, good or easy")


def check_seconds(seconds: int) -> int:
    """Return the seconds if an answer can have taken them. Raises UsageError."""
    if not 0 <= seconds <= MOST_SECONDS:
        raise UsageError(f"`{seconds}` seconds cannot be", f"write 0 to {MOST_SECONDS:,}, a day")
    return seconds


def load(context: "Context", item: str) -> Card | Exercise:
    """Return an item with its texts. Raises NotFoundError when the curriculum has it no more."""
    found = context.catalog.item(item)
    if found is None:
        raise NotFoundError(f"no card or exercise `{item}`")
    return found


def one_line_question(subject: Card | Exercise) -> str:
    """Return what an item asks, as one line: an exercise's title, a card's question with its blanks hidden."""
    if isinstance(subject, Exercise):
        return subject.title
    return " ".join(hide_blanks(subject.question).split())


def hide_blanks(text: str) -> str:
    """Return a cloze text with `[…]` for each {{hidden}} part."""
    first, *rest = text.split("{{")
    return first + "".join("[…]" + piece.partition("}}")[2] if "}}" in piece else "{{" + piece for piece in rest)


def _memory_of(state: ItemState) -> memory.Memory | None:
    return memory.Memory(state.stability, state.difficulty) if state.repetitions else None


def _elapsed(state: ItemState, day: date) -> int:
    return elapsed_days(date.fromisoformat(state.last_day), day) if state.last_day else 0
