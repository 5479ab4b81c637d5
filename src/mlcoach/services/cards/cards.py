"""The items themselves: found by their words, looked at one by one, set aside, brought back, started again."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.adapters.practice import typed_items
from mlcoach.domain import text
from mlcoach.domain.curriculum import Card, Exercise, ItemKind
from mlcoach.domain.events import Event, ItemAdopted, ItemGraded, ItemMark, ItemMarked
from mlcoach.domain.memory import recall as memory_recall
from mlcoach.domain.memory.fsrs6 import Parameters
from mlcoach.domain.memory.items import ItemState, fold_item
from mlcoach.domain.memory.ratings import RATING_NAMES
from mlcoach.domain.text import one_line
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.cards import text as cards_text
from mlcoach.services.practice import typed
from mlcoach.services.record import record
from mlcoach.services.review import grade
from mlcoach.services.review import items as review_items
from mlcoach.views.cards import (
    AdoptedView,
    AnswerView,
    CardSearchView,
    CurvePointView,
    FoundView,
    ItemView,
    LeechesView,
    LeechView,
    MarkedView,
    Standing,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

POINTS = 24  # of the memory curve


def search(context: "Context", text: str) -> CardSearchView:
    """Return the cards and exercises whose texts or ids hold all these words, whatever their case.

    Without a word all of them are returned.
    """
    words = text.casefold().split()
    found = [item for item in context.catalog.all_items() if all(word in _text(item) for word in words)]
    known = review_items.item_states(context, [item.id for item in found])
    listed = tuple(
        FoundView(
            item.id,
            _kind(item),
            item.unit,
            cards_text.one_line_question(item),
            *_standing(context, known.get(item.id)),
        )
        for item in found
    )
    return CardSearchView(text, listed, context.today)


def show(context: "Context", name: str) -> ItemView:
    """Return an item with its history and memory. Raises NotFoundError or UsageError for a name that fits not one."""
    item = names.item(context, name)
    subject = cards_text.load_item(context, item)
    state = review_items.item_state(context, item) or ItemState()
    standing, due = _standing(context, state)
    parameters = context.store.parameters()
    recall = review_items.scheduled_recall(context)
    return ItemView(
        item=item,
        unit=subject.unit,
        kind=_kind(subject),
        unit_title=context.catalog.units[subject.unit].title,
        subject=subject,
        standing=standing,
        due=due,
        flagged=state.flagged,
        stability=state.stability,
        difficulty=state.difficulty,
        repetitions=state.repetitions,
        lapses=state.lapses,
        leech=state.lapses >= memory_recall.LEECH_THRESHOLD,
        retrievability=recall(state, context.today) if state.repetitions else None,
        suspended=state.suspended,
        changed=cards_text.has_changed(state, subject),
        history=_history(review_items.item_history(context, item), item, parameters),
        curve=_curve(state, context.today, recall),
        today=context.today,
        next_question=typed_items.question_of(typed.ask(context, item).subject) if subject.vary else "",
        attempts=typed.past_attempts(context, subject),
    )


def leeches(context: "Context") -> LeechesView:
    """Return the items that slipped as often as a leech does, the worst first."""
    aliases = context.catalog.aliases()
    lapsed = {
        aliases.get(key, key): state
        for key, state in context.store.every_item().items()
        if state.lapses >= memory_recall.LEECH_THRESHOLD
    }
    heads = context.catalog.heads(lapsed)
    found = [
        LeechView(
            item,
            head.kind,
            cards_text.one_line_question(cards_text.load_item(context, item)),
            lapsed[item].lapses,
            lapsed[item].repetitions,
            lapsed[item].suspended,
        )
        for item, head in heads.items()
    ]
    found.sort(key=lambda leech: (-leech.lapses, leech.item))
    return LeechesView(memory_recall.LEECH_THRESHOLD, tuple(found))


def suspend(context: "Context", given: Sequence[str]) -> MarkedView:
    """Set items aside: no review asks them until they are resumed. Raises as `show` does."""
    return _mark(context, given, "suspended")


def resume(context: "Context", given: Sequence[str]) -> MarkedView:
    """Bring suspended items back, with the dates they had. Raises as `show` does."""
    return _mark(context, given, "resumed")


def forget(context: "Context", given: Sequence[str]) -> MarkedView:
    """Begin items afresh, as though they had never been answered; the journal keeps the history. Raises as `show`."""
    return _mark(context, given, "forgotten")


def adopt(context: "Context", old: str, new: str) -> AdoptedView:
    """Let the history of an item that is gone from the curriculum go on under one that is there.

    Where the new one has a history of its own, both are folded together. Raises NotFoundError when nothing is known
    of the old one or there is no new one, UsageError when the old one is still there.
    """
    item = names.item(context, new)
    catalog = context.catalog
    old = names.gone_item(context, old) or _there(context, old) or old
    if catalog.heads([catalog.aliases().get(old, old)]):
        raise UsageError(
            f"`{one_line(old)[:80]}` is in the curriculum, so its progress stays with it",
            "`mlcoach cards forget` begins it afresh",
        )
    known = context.store.items([old]).get(old)
    if known is None:
        orphans = [key for key in context.store.item_keys() if not catalog.heads([catalog.aliases().get(key, key)])]
        hint = text.nearest(old, orphans) or "`mlcoach doctor` lists what is gone but has progress"
        raise NotFoundError(f"no answers recorded for `{one_line(old)[:80]}`", hint)
    record(context, *grade.adoptions(context, item), ItemAdopted(old, item), opens_day=False)
    after = review_items.item_state(context, item) or ItemState()
    return AdoptedView(old, item, known.repetitions, after.repetitions, *_standing(context, after))


def _there(context: "Context", name: str) -> str:
    """Return the item of the curriculum that a name means, or ""."""
    try:
        return names.item(context, name)
    except (NotFoundError, UsageError):
        return ""


def _mark(context: "Context", given: Sequence[str], mark: ItemMark) -> MarkedView:
    """Mark items in one step of undo; what is so already is left alone."""
    items = list(dict.fromkeys(names.item(context, name) for name in given))
    known = review_items.item_states(context, items)
    changing = [item for item in items if _changes(known.get(item, ItemState()), mark)]
    if changing:
        adopted = [body for item in changing for body in grade.adoptions(context, item)]
        record(context, *adopted, *(ItemMarked(item, mark) for item in changing), opens_day=False)
    return MarkedView(mark, tuple(changing), tuple(item for item in items if item not in changing))


def _changes(state: ItemState, mark: ItemMark) -> bool:
    if mark == "suspended":
        return not state.suspended
    return state.suspended if mark == "resumed" else state.repetitions > 0


def _text(item: Card | Exercise) -> str:
    """Return what its author wrote of an item, and its id: none of the words that only say what sort it is."""
    if isinstance(item, Card):
        parts = [item.id, item.question, item.answer, item.code]
    else:
        parts = [item.id, item.title, item.prompt, *item.hints, item.check, item.solution]
    return "\n".join(parts).casefold()


def _kind(item: Card | Exercise) -> ItemKind:
    return "card" if isinstance(item, Card) else "exercise"


def _standing(context: "Context", state: ItemState | None) -> tuple[Standing, date | None]:
    if state is None or not state.repetitions:
        return ("suspended" if state and state.suspended else "new"), None
    due = date.fromisoformat(state.due)
    if state.suspended:
        return "suspended", due
    if state.buried_until > context.today.isoformat():
        return "buried", date.fromisoformat(state.buried_until)
    return ("due" if due <= context.today else "waiting"), due


def _history(events: Sequence[Event], item: str, parameters: Parameters) -> tuple[AnswerView, ...]:
    """Return the answers with the interval each of them gave: the fold of all before and the answer itself."""
    found: list[AnswerView] = []
    for place, event in enumerate(events):
        if isinstance(event.body, ItemGraded):
            after = fold_item(events[: place + 1], item, parameters)
            rating = RATING_NAMES[event.body.rating]
            found.append(AnswerView(event.study_day, rating, event.body.seconds, after.interval, None))
        elif isinstance(event.body, ItemMarked) and event.body.mark == "forgotten":
            found = [answer._replace(forgotten=answer.forgotten or event.study_day) for answer in found]
    return tuple(found)


def _curve(state: ItemState, today: date, recall: review_items.Recall) -> tuple[CurvePointView, ...]:
    """Return recall from the last answer to twice the way to the due day, in steps of whole days."""
    if not state.repetitions:
        return ()
    first, due = date.fromisoformat(state.last_day), date.fromisoformat(state.due)
    span = max(2 * (due - first).days, (today - first).days, 7)
    days = sorted({round(span * point / (POINTS - 1)) for point in range(POINTS)})
    dates = [first + timedelta(days=day) for day in days]
    return tuple(CurvePointView(day, recall(state, day)) for day in dates)
