"""Checklists that tick: any of the map, the learner's own included, their state in the journal."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.text import one_line
from mlcoach.domain.work.checklists import Ticks, is_ticked_in, orphaned, ticks_of
from mlcoach.domain.work_events import ChecklistTicked
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.record import record
from mlcoach.views.work.checklists import (
    ChecklistLineView,
    ChecklistTickedView,
    TickedChecklistView,
    TickedItemView,
)

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Checklist, ChecklistItem
    from mlcoach.services.context import Context

PAPER_PASS = "paper-pass-"


def ticked_view(checklist: "Checklist", ticks: Ticks) -> TickedChecklistView:
    """Return a checklist with its ticks."""
    ticked = ticks_of(checklist, ticks)
    items = tuple(
        TickedItemView(item.id, item.text, item.group, item.why, is_ticked_in(item, ticked)) for item in checklist.items
    )
    done = sum(item.done for item in items)
    return TickedChecklistView(
        checklist.id, checklist.title, items, done, len(items), tuple(orphaned(checklist, ticked))
    )


def shown(context: "Context", id: str) -> TickedChecklistView:
    """Return a checklist of the map with its ticks. Raises NotFoundError."""
    return ticked_view(_checklist(context, id), context.store.projects.ticks())


def lines(context: "Context") -> tuple[ChecklistLineView, ...]:
    """Return all checklists, and how far each is."""
    ticks = context.store.projects.ticks()
    views = [ticked_view(_checklist(context, id), ticks) for id in context.catalog.checklists()]
    return tuple(ChecklistLineView(view.id, view.title, view.done, view.of) for view in views)


def tick(context: "Context", name: str, words: Sequence[str], day: date, *, done: bool) -> ChecklistTickedView:
    """Tick items of a checklist, or untick them with `done` False. Without words nothing is changed.

    Raises NotFoundError for an unknown checklist or item, with the nearest, UsageError for a beginning of several items
    and for what is not a checklist.
    """
    from mlcoach.services.curriculum.names import find

    found = find(context, name)
    if found.kind != "checklist":
        raise UsageError(
            f"`{found.id}` is a {found.kind}; only checklists are ticked",
            "`mlcoach curriculum list` names the checklists",
        )
    checklist = _checklist(context, found.id)
    if checklist.id.startswith(PAPER_PASS):
        context.notices.append("this ticks the list by itself; of a paper it is ticked by `mlcoach paper check`")
    ticks = context.store.projects.ticks()
    ticked = ticks_of(checklist, ticks)
    wanted = list(dict.fromkeys(item_named(checklist.items, word, checklist.id) for word in words))
    changed = [item for item in wanted if is_ticked_in(item, ticked) != done]
    if changed:
        record(context, *_ticks(checklist, changed, ticks, done=done), day=day)
    unchanged = tuple(item.id for item in wanted if item not in changed)
    view = shown(context, checklist.id)
    return ChecklistTickedView(view, tuple(item.id for item in changed), unchanged, done)


def _ticks(
    checklist: "Checklist", changed: "Sequence[ChecklistItem]", ticks: Ticks, *, done: bool
) -> list[ChecklistTicked]:
    """Return the events; an item that is ticked under an earlier name is unticked there."""
    if done:
        return [ChecklistTicked(checklist.id, item.id) for item in changed]
    return [
        ChecklistTicked(list_id, id, done=False)
        for item in changed
        for list_id in (checklist.id, *checklist.was)
        for id in (item.id, *item.was)
        if id in ticks.get(list_id, ())
    ]


def item_named(items: "Sequence[ChecklistItem]", word: str, of: str) -> "ChecklistItem":
    """Return the item that a word names: by its id, one that it had before, or the beginning of it.

    Raises NotFoundError, with the nearest, and UsageError where several begin so.
    """
    wanted = word.strip().lower()
    by_id = {id: item for item in items for id in (*item.was, item.id)}
    if wanted in by_id:
        return by_id[wanted]
    beginning = [item for item in items if wanted and item.id.startswith(wanted)]
    if len(beginning) == 1:
        return beginning[0]
    name = one_line(word)[:80]
    if beginning:
        ids = ", ".join(f"`{item.id}`" for item in beginning)
        raise UsageError(f"`{name}` is the beginning of several items", f"say which: {ids}")
    from mlcoach.domain.text import nearest

    known = ", ".join(f"`{item.id}`" for item in items[:8])
    raise NotFoundError(f"no item `{name}` in `{of}`", nearest(wanted, by_id) or f"it has {known}")


def _checklist(context: "Context", id: str) -> "Checklist":
    found = context.catalog.checklist(id)
    if found is None:
        raise NotFoundError(f"no checklist `{id}`", "`mlcoach curriculum list` names them")
    return found
