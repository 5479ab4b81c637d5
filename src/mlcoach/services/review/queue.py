"""What there is to review, in the order in which it is asked.

Today's plan comes first, then the other due items, the most overdue for their interval before the rest, up to the
cap. Cards are asked before exercises, which take minutes each; neighbours come from different units where they can.
"""

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain import text
from mlcoach.domain.curriculum import TRACKS, Card, ItemHead
from mlcoach.domain.day.review_queue import QueueEntry, WantedItems, exercises_to_ask, fitting, in_order
from mlcoach.domain.memory.items import ItemState
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names, spoken_names
from mlcoach.services.cards.text import one_line_question
from mlcoach.services.curriculum import progress
from mlcoach.services.day import plan as day_plan
from mlcoach.services.day.pace import pace
from mlcoach.services.practice.typed import ask
from mlcoach.services.review import items as review_items
from mlcoach.services.review import new_cards as first_time
from mlcoach.services.work.problems import is_problem, unsolved
from mlcoach.views.review import QueueCountsView, QueuedView, ReviewView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

KINDS = {"cards": "card", "exercises": "exercise", "problems": "exercise"}
FURTHEST_AHEAD = 365  # days
LARGEST_LIMIT = 10_000
EVERYTHING = 10**9


class Queue(NamedTuple):
    """The items to ask, in order, and how many there would be without the cap."""

    entries: tuple[QueueEntry, ...]
    counts: QueueCountsView
    scope: str


def checked(context: "Context", wanted: WantedItems) -> WantedItems:
    """Return what was asked for with the full ids. Raises UsageError or NotFoundError."""
    if wanted.only and wanted.only not in KINDS:
        raise UsageError(f"`--only` must be cards, exercises or problems, got `{wanted.only:.40}`")
    if wanted.limit is not None and not 1 <= wanted.limit <= LARGEST_LIMIT:
        raise UsageError(f"`--limit` must be 1 to {LARGEST_LIMIT:,}, got {wanted.limit}")
    if not 0 <= wanted.ahead <= FURTHEST_AHEAD:
        raise UsageError(f"`--ahead` must be 0 to {FURTHEST_AHEAD} days, got {wanted.ahead}")
    if wanted.item:
        return wanted._replace(item=names.item(context, wanted.item))
    if wanted.subject:
        return wanted._replace(subject=resolve_scope(context, wanted.subject))
    return wanted


def resolve_scope(context: "Context", name: str) -> str:
    """Return the subject, unit or track that a name means. Raises UsageError or NotFoundError."""
    catalog = context.catalog
    known = dict.fromkeys((*catalog.subjects(), *catalog.units, *TRACKS))
    try:
        return text.resolve(catalog.aliases().get(name, name), known, "subject or unit")
    except NotFoundError as error:
        if titled := spoken_names.called(context, name, ("unit", "subject")):
            return spoken_names.choose(context, name, titled).id
        error.hint = error.hint or "`mlcoach curriculum list` shows them"
        raise


def review(context: "Context", wanted: WantedItems) -> ReviewView:
    """Return the queue as a list, for scripts and for where there is no terminal. Raises as `checked` does."""
    made = make_queue(context, checked(context, wanted))
    views = [_view(context, entry) for entry in made.entries]
    later = None if made.counts.due else context.store.next_due(context.today)
    begun = bool(views or later) or bool(context.store.units() or context.store.item_counts())
    return ReviewView(
        due=tuple(view for view in views if view.due),
        new=tuple(view for view in views if not view.due),
        counts=made.counts,
        next_due=later[0] if later else None,
        next_count=later[1] if later else 0,
        scope=made.scope,
        begun=begun,
        waiting="" if views else _waiting(context),
    )


def _waiting(context: "Context") -> str:
    """Return a unit with new cards that today's minutes have no room for, or ""."""
    heads = first_time.new_cards(context, progress.unit_progress(context), 1)
    return heads[0].unit if heads else ""


def make_queue(context: "Context", wanted: WantedItems) -> Queue:
    """Return the items to ask for what was wanted (already checked)."""
    if wanted.item:
        return _queue_of(context, [wanted.item])
    if wanted.block:
        return _queue_of(context, _items_of_block(context, wanted.block))
    own = pace(context)
    due = {entry.head.id: entry._replace(head=own.of(entry.head)) for entry in _due(context, wanted)}
    fresh = {head.id: QueueEntry(own.of(head)) for head in _new(context, wanted)}
    planned = [id for id in _planned(context) if id in due or id in fresh]
    # The plan's items are chosen first, then the most overdue; dict.fromkeys keeps the order and drops repetitions.
    chosen = [id for id in dict.fromkeys((*planned, *due)) if id in due]
    if wanted.limit is not None:
        chosen = chosen[: wanted.limit]
    else:
        exercises = exercises_to_ask(due, chosen, set(planned), wanted)
        cards = [id for id in chosen if due[id].head.kind == "card"]
        chosen = [*cards[: day_plan.asked_cards(context, len(cards))], *exercises]
    room = len(fresh) if wanted.limit is None else max(0, wanted.limit - len(chosen))
    met = [id for id in dict.fromkeys((*planned, *fresh)) if id in fresh][:room]
    if wanted.clock:
        met = fitting(met, fresh, wanted.clock - sum(due[id].head.minutes for id in chosen), first=not chosen)
    entries = [(due | fresh)[id] for id in in_order(planned, chosen, met, due | fresh)]
    return Queue(tuple(entries), QueueCountsView(len(due), len(fresh)), _scope(context, wanted))


def _queue_of(context: "Context", ids: list[str]) -> Queue:
    """Return a queue of exactly these items, due or not."""
    states = review_items.item_states(context, ids)
    heads = context.catalog.heads(ids)
    entries = tuple(QueueEntry(head, states.get(id, ItemState()).due) for id, head in heads.items())
    old = sum(bool(entry.due) for entry in entries)
    return Queue(entries, QueueCountsView(old, len(entries) - old), "")


def _items_of_block(context: "Context", number: int) -> list[str]:
    """Return the items of a block of today's plan that were not answered today. Raises UsageError for no such block."""
    from mlcoach.services.day.today import today

    blocks = today(context).blocks
    found = next((block for block in blocks if block.n == number), None)
    if found is None or not found.items:
        asking = ", ".join(str(block.n) for block in blocks if block.items)
        hint = f"the blocks that ask something: {asking}" if asking else "`mlcoach today` shows the plan"
        raise UsageError(f"block {number} of today's plan asks nothing", hint)
    states = review_items.item_states(context, found.items)
    day = context.today.isoformat()
    return [id for id in found.items if states.get(id, ItemState()).last_day < day]


def _due(context: "Context", wanted: WantedItems) -> list[QueueEntry]:
    """Return all due items of what was asked for, the most overdue for their interval first."""
    found = review_items.due_heads(context, EVERYTHING, ahead=wanted.ahead)
    heads = [(item, head) for item, head in found if _fits(context, head, wanted)]
    today = context.today.isoformat()
    # What falls due later and was recalled today is done for today: looking ahead must not ask it in a circle.
    early = [head.id for item, head in heads if item.due > today]
    known = context.store.items(early)
    done = {id for id in early if known.get(id, ItemState()).last_recalled >= today}
    return [QueueEntry(head, item.due) for item, head in heads if head.id not in done]


def _new(context: "Context", wanted: WantedItems) -> list[ItemHead]:
    """Return the new items: cards of today's plan within the day's limit, and exercises of a named unit."""
    if wanted.only == "exercises":
        return _new_exercises(context, wanted.subject)
    if wanted.only == "problems":
        return [head for head in unsolved(context) if within(context, head.unit, wanted.subject)]
    # Naming a subject is asking for it, however late the evening.
    limit = day_plan.new_left(context, review_items.due_count(context), day_plan.FULL_DAY if wanted.subject else 0)
    known = progress.unit_progress(context)
    if not wanted.subject and not wanted.reverse:
        return first_time.new_cards(context, known, limit)
    # A unit that is named brings new cards also when it was begun long ago.
    units = [
        id
        for id, status in known.status.items()
        if status in ("learning", *first_time.PASSED) and within(context, id, wanted.subject)
    ]
    heads = review_items.new_heads(context, units, EVERYTHING if wanted.reverse else limit)
    if wanted.reverse:  # few go both ways, so they are looked for among all
        heads = list(islice((head for head in heads if goes_both_ways(context, head)), limit))
    return heads


def _new_exercises(context: "Context", subject: str) -> list[ItemHead]:
    """Return the exercises of a named unit that were not done yet: naming a unit is asking for its exercises."""
    if subject not in context.catalog.units:
        return []
    heads = [head for head in context.catalog.items(subject) if head.kind == "exercise"]
    known = review_items.known_items(context, [head.id for head in heads])
    return [head for head in heads if head.id not in known]


def _planned(context: "Context") -> list[str]:
    """Return the items of today's plan in its order: the recorded one, or the one the first answer will record."""
    from mlcoach.services.day.today import planned_blocks

    return [item for block in planned_blocks(context) for item in block.items]


def _fits(context: "Context", head: ItemHead, wanted: WantedItems) -> bool:
    if not within(context, head.unit, wanted.subject) or (wanted.only and head.kind != KINDS[wanted.only]):
        return False
    if wanted.only == "problems" and not is_problem(context, head):
        return False
    return not wanted.reverse or goes_both_ways(context, head)


def goes_both_ways(context: "Context", head: ItemHead) -> bool:
    """Return whether an item is a card that may also be asked from its answer."""
    subject = context.catalog.item(head.id) if head.kind == "card" else None
    return isinstance(subject, Card) and subject.reverse


def within(context: "Context", unit: str, subject: str) -> bool:
    """Return whether a unit is the one named, or belongs to the subject or track named."""
    if not subject or unit == subject or unit.startswith(subject + "."):
        return True
    return subject in TRACKS and context.catalog.units[unit].track == subject


def _scope(context: "Context", wanted: WantedItems) -> str:
    catalog = context.catalog
    title = ""
    if wanted.subject in catalog.units:
        title = catalog.units[wanted.subject].title
    elif wanted.subject:
        subjects = catalog.subjects()
        title = subjects[wanted.subject].title if wanted.subject in subjects else f"the track `{wanted.subject}`"
    kind = "cards that go both ways" if wanted.reverse else wanted.only
    return " of ".join(part for part in (kind, title) if part)


def _view(context: "Context", entry: QueueEntry) -> QueuedView:
    subject = ask(context, entry.head.id).subject
    due = date.fromisoformat(entry.due) if entry.due else None
    return QueuedView(
        item=entry.head.id,
        kind="card" if isinstance(subject, Card) else "exercise",
        question=one_line_question(subject),
        due=due,
        overdue_days=max(0, (context.today - due).days) if due else 0,
        unit=entry.head.unit,
        minutes=entry.head.minutes,
    )
