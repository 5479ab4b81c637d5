"""One answer to one item: what it makes of the item's memory, written down."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import LONGEST_DRILL, Card, unit_of
from mlcoach.domain.day.progress import CARD_SECONDS_CAP
from mlcoach.domain.event_keys import is_circumstance
from mlcoach.domain.events import Attempted, Body, Event, ItemAdopted, ItemGraded, ItemMarked, StepMarked
from mlcoach.domain.memory import fsrs6, intervals, ladder, recall
from mlcoach.domain.memory.items import ItemState, fold_item
from mlcoach.domain.memory.ratings import AGAIN, RATING_NAMES, check_seconds, parse_rating
from mlcoach.domain.time.study_days import elapsed_days
from mlcoach.services import names
from mlcoach.services.cards.text import has_changed, load_item, one_line_question, text_digest
from mlcoach.services.day.steps import step_finished
from mlcoach.services.memory import learner_model
from mlcoach.services.record import record
from mlcoach.services.review import day_load as load_of_days
from mlcoach.services.review import items as review_items
from mlcoach.views.grade import GradedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class RecordedAnswer(NamedTuple):
    """An answer as written: its events, the item's state after it, and whether the item had slipped.

    `changed` says that the item's text is another one than when it was answered before.
    """

    events: tuple[Event, ...]
    state: ItemState
    lapsed: bool
    changed: bool

    @property
    def finishes_step(self) -> bool:
        """Whether the answer finished the step of its unit that the exercise is."""
        return any(isinstance(event.body, StepMarked) for event in self.events)


def grade(context: "Context", name: str, rating: str, seconds: int, day: date) -> GradedView:
    """Record one answer to the item that `name` means, on a study day, and return what it did.

    Early and late answers are fine, and so are answers to suspended items; a second one on a day is a same-day
    repetition. Raises NotFoundError or UsageError for an invalid name, rating or seconds.
    """
    item = names.item(context, name)
    answer = record_answer(context, item, parse_rating(rating), check_seconds(seconds), day)
    return graded_view(context, item, answer, day)


def graded_view(context: "Context", item: str, answer: RecordedAnswer, day: date) -> GradedView:
    """Return what an answer did."""
    graded = answer.events[-1].body
    assert isinstance(graded, ItemGraded)
    subject = load_item(context, item)
    return GradedView(
        item=item,
        rating=RATING_NAMES[graded.rating],
        day=day,
        interval_days=answer.state.interval,
        due=date.fromisoformat(answer.state.due),
        stability=answer.state.stability,
        difficulty=answer.state.difficulty,
        lapses=answer.state.lapses,
        leech=answer.lapsed and recall.is_leech(answer.state.lapses),
        kind="card" if isinstance(subject, Card) else "exercise",
        question=one_line_question(subject),
        seconds=graded.seconds,
        suspended=answer.state.suspended,
        changed=answer.changed,
        step=step_finished(context, item) if answer.finishes_step else None,
    )


def record_answer(
    context: "Context",
    item: str,
    rating: int,
    seconds: int,
    day: date,
    confidence: int = 0,
    attempt: Attempted | None = None,
    also: tuple[Body, ...] = (),
) -> RecordedAnswer:
    """Write an answer as one step of undo. An item known under an older id is adopted in the same step.

    `confidence` is how sure the learner was before the answer was shown, 1 to 4; 0 when that was not asked. `attempt`
    is the typed answer that the rating follows from; with the first numbers of an item that was known with frozen ones
    it is a new item's answer, as to remember a number is not to know the way to it. `also` belongs to the same step.
    """
    before = state_on(context, item, day)
    now = review_items.item_state(context, item) or ItemState()
    subject = load_item(context, item)
    counted = counted_seconds(context, item, seconds)
    afresh: list[Body] = []
    step = _step(context, item, before, counted)
    if attempt is not None and attempt.variant and before.repetitions and _is_anew(context, item):
        afresh = [ItemMarked(item, "forgotten")]
        before = ItemState(suspended=before.suspended, flagged=before.flagged)
    tried = [*also, *([attempt] if attempt is not None else [])]
    body = ItemGraded(
        item=item,
        rating=rating,
        seconds=counted,
        due=(day + timedelta(days=_intervals(context, item, before, day)[rating - 1])).isoformat(),
        after=before.last_grade,
        retention=wanted_retention(context, item),
        confidence=confidence,
        text=text_digest(subject),
        missed=rating > AGAIN and subject.vary is not None and _was_missed(context, item, attempt),
    )
    reopened = _reopened(context, item, rating, day)
    events = record(context, *adoptions(context, item), *step, *tried, *afresh, *reopened, body, day=day)
    after = review_items.item_state(context, item)
    assert after is not None
    own = tuple(event for event in events if not is_circumstance(event.body))
    return RecordedAnswer(own, after, after.lapses > now.lapses, has_changed(before, subject))


def _reopened(context: "Context", item: str, rating: int, day: date) -> list[Body]:
    """Return the event by which a failure puts a unit passed by placement back to learning."""
    if rating != AGAIN or unit_of(item) not in context.catalog.units:
        return []
    from mlcoach.services.placement.reopen import reopened_by  # only where an answer failed

    return [*reopened_by(context, item, day)]


def _was_missed(context: "Context", item: str, attempt: Attempted | None) -> bool:
    """Return whether the first try since the last grade, with fresh numbers, was wrong."""
    from mlcoach.services.practice.typed import attempts_since  # as below

    first = next(iter([*attempts_since(context, item), *([attempt] if attempt is not None else [])]), None)
    return first is not None and bool(first.variant) and first.verdict == "wrong"


def _is_anew(context: "Context", item: str) -> bool:
    from mlcoach.services.practice.typed import ask  # only where an answer was typed

    return ask(context, item).anew


def next_intervals(context: "Context", item: str) -> tuple[int, int, int, int]:
    """Return the days that again, hard, good and easy would give now: exactly those an answer records."""
    return _intervals(context, item, state_on(context, item, context.today), context.today)


def _intervals(context: "Context", item: str, state: ItemState, day: date) -> tuple[int, int, int, int]:
    found = intervals.next_intervals(
        item,
        state.repetitions,
        _memory_of(state),
        _elapsed(state, day),
        wanted_retention(context, item),
        state.interval,
        parameters=context.store.parameters(),
        day_weight=load_of_days.welcome(context, day),
        corrected_interval=learner_model.corrected_interval_after(context, item, day, wanted_retention(context, item)),
    )
    if not is_on_ladder(context, item):
        return found
    history = [event for event in review_items.item_history(context, item) if event.study_day < day]
    return ladder.on_ladder(found, first=not state.repetitions, redone=ladder.good_redos(history))


def planned_answer(context: "Context", item: str, rating: int, seconds: int) -> ItemGraded:
    """Return the answer that a plan expects, as it would be written; nothing is."""
    state = state_on(context, item, context.today)
    days = _intervals(context, item, state, context.today)[rating - 1]
    due = (context.today + timedelta(days=days)).isoformat()
    return ItemGraded(item, rating, seconds, due, state.last_grade, wanted_retention(context, item))


def wanted_retention(context: "Context", item: str) -> float:
    """Return the desired recall of an item: the setting, and less for exercises, the longer they take."""
    wanted: float = context.settings.get("retention")
    if item not in context.catalog.exercises:
        return wanted
    return min(wanted, ladder.RETENTION if is_on_ladder(context, item) else ladder.DRILL_RETENTION)


def is_on_ladder(context: "Context", item: str) -> bool:
    """Return whether an item comes back as an exercise does: neither a card nor a short drill."""
    if item not in context.catalog.drills:
        return item in context.catalog.exercises
    return any(head.minutes > LONGEST_DRILL for head in context.catalog.heads([item]).values())


def _step(context: "Context", item: str, before: ItemState, seconds: int) -> list[Body]:
    """Return the event by which an exercise done for the first time, or opened again, finishes its step."""
    unit = unit_of(item)
    if item not in context.catalog.exercises or unit not in context.catalog.units or item in context.catalog.drills:
        return []
    state = context.store.units().get(unit)
    opened = state is not None and state.steps.get(item) == "open"
    return [StepMarked(unit, item, "done", seconds)] if opened or not before.repetitions else []


def state_on(context: "Context", item: str, day: date) -> ItemState:
    """Return the item's state that an answer on this day follows: later answers do not count for it."""
    state = review_items.item_state(context, item) or ItemState()
    if state.last_day <= day.isoformat():
        return state
    events = (event for event in review_items.item_history(context, item) if event.study_day <= day)
    return fold_item(events, item, context.store.parameters())


def adoptions(context: "Context", item: str) -> list[Body]:
    """Return the events by which an item takes over what was recorded under its older ids."""
    return [ItemAdopted(old, item) for old in review_items.stored_under(context, item)]


def counted_seconds(context: "Context", item: str, seconds: int) -> int:
    """Return the seconds that count: all of an exercise's, at most a minute of a card's."""
    head = context.catalog.heads([item])[item]
    return seconds if head.kind == "exercise" else min(seconds, CARD_SECONDS_CAP)


def _memory_of(state: ItemState) -> fsrs6.Memory | None:
    return fsrs6.Memory(state.stability, state.difficulty) if state.repetitions else None


def _elapsed(state: ItemState, day: date) -> int:
    return elapsed_days(date.fromisoformat(state.last_day), day) if state.last_day else 0
