"""Which items check themselves: the one that is meant, the next one to practise, and the list of all."""

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Exercise, unit_of
from mlcoach.domain.practice.attempts import AttemptState
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.practice.former_ids import present_states
from mlcoach.services.review import items
from mlcoach.views.practice import PracticeCountView, PracticeItemView, PracticeListView, PracticeState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from mlcoach.domain.memory.items import ItemState
    from mlcoach.services.context import Context

SOLVED = ("solved", "due")
SOLID = 0.8  # recall today
LIST = "`mlcoach practice --list` shows what checks itself"


def meant(context: "Context", name: str) -> Exercise:
    """Return the exercise that a name means: an item, the next one of a unit, or without a name the next one there is.

    That is of the units that were begun, those of today's plan first.

    Raises NotFoundError or UsageError.
    """
    if name and _is_unit(context, name):
        return _next_of(context, [names.unit(context, name)], f"`{name}` has no exercises that check themselves")
    if name:
        item = _item(context, name)
        found = context.catalog.item(item)
        return found if isinstance(found, Exercise) else load(context, item)
    begun = _begun(context)
    if not checked_items(context, begun):
        raise NotFoundError("no unit that you have begun has exercises that check themselves", _first_ones(context))
    from mlcoach.services.day.today import planned_blocks

    in_plan = {block.unit for block in planned_blocks(context)}
    planned = [unit for unit in begun if unit in in_plan]
    if any(entry.kind == "code" and entry.state != "solved" for entry in _entries(context, planned)):
        return _next_of(context, planned, "")
    return _next_of(context, begun, "no unit that you have begun has code that checks itself")


def _first_ones(context: "Context") -> str:
    """Return what to practise all the same: the unit of the path that has such exercises first."""
    coming = (unit for unit in context.path.units if any(one.code for one in checked_items(context, [unit])))
    first = next(coming, "")
    return f"`mlcoach practice {first}` practises the first of your path that has some; {LIST}" if first else LIST


def _item(context: "Context", name: str) -> str:
    try:
        return names.item(context, name)
    except NotFoundError as error:
        raise NotFoundError(error.message, error.hint or LIST) from None


def load(context: "Context", item: str) -> Exercise:
    """Return an exercise that checks itself. Raises UsageError for an item that does not, NotFoundError for none."""
    found = context.catalog.item(item)
    if found is None:
        raise NotFoundError(f"no card or exercise `{item}`", LIST)
    if not isinstance(found, Exercise) or (found.code is None and found.vary is None):
        kind = "an exercise" if isinstance(found, Exercise) else "a card"
        raise UsageError(f"`{item}` is {kind} without tests", f"`mlcoach review --item {item}` asks it; {LIST}")
    return found


def _is_unit(context: "Context", name: str) -> bool:
    """Return whether a name means a unit; the name of an item wins over words that a unit is found by."""
    known = context.catalog.aliases().get(name, name)
    if "/" in name or context.catalog.heads([known]):
        return False
    if any(id.endswith(f"/{name.lower()}") for id in context.catalog.item_ids()):
        return any(id == known or id.endswith(f".{known}") for id in context.catalog.units)
    try:
        names.unit(context, name)
    except (NotFoundError, UsageError):
        return False
    return True


def _begun(context: "Context") -> list[str]:
    """Return the units under way, the one studied last first, then those that were passed."""
    states = context.store.units()
    aliases = context.catalog.aliases()
    begun = sorted(
        (state.mark == "learning", state.last_day, aliases.get(unit, unit))
        for unit, state in states.items()
        if state.mark != "skipped"
    )
    return [unit for unit in dict.fromkeys(unit for _, _, unit in reversed(begun)) if unit in context.catalog.units]


def _next_of(context: "Context", units: "Iterable[str]", otherwise: str) -> Exercise:
    """Return what is due, else the first that was not solved, else the one whose day comes first."""
    found = [entry for entry in _entries(context, units) if entry.kind == "code"]
    if not found:
        raise NotFoundError(otherwise, LIST)
    order = {"due": 0, "tried": 1, "new": 2, "solved": 3}
    best = min(enumerate(found), key=lambda pair: (order[pair[1].state], pair[1].due or date.max, pair[0]))
    return load(context, best[1].item)


def after(context: "Context", exercise: Exercise) -> Exercise | None:
    """Return what is practised after an exercise: the next of its unit, else of those begun, else None."""
    found = _entries(context, [exercise.unit, *_begun(context)])
    waiting = (one for one in found if one.kind == "code" and one.item != exercise.id and one.state != "solved")
    following = next(waiting, None)
    return None if following is None else load(context, following.item)


def listing(context: "Context", name: str = "") -> PracticeListView:
    """Return all items that check themselves, those of units that were begun first, or those of a unit or subject.

    Raises NotFoundError.
    """
    units = list(dict.fromkeys([*_begun(context), *context.catalog.units]))
    if name:
        inside = [unit for unit in units if unit == name or unit.startswith(f"{name}.")]
        units = inside or [names.unit(context, name)]
    found = checked_items(context, units)
    entries = _entries_of(context, units, found, present_states(context))
    by_unit = _counts(entries, lambda entry: entry.unit)
    return PracticeListView(tuple(entries), name, by_unit, _by_pattern(entries, found))


def solved_patterns(context: "Context", states: "Mapping[str, AttemptState]") -> tuple[PracticeCountView, ...]:
    """Return the counts of the patterns of which something was solved, over the exercises that were tried.

    Only these are read; the idea behind an exercise is not told before it is solved. `states` are the present ones.
    """
    ids = (id for id in context.catalog.self_checking if id in states and states[id].tries)
    found = [one for id in ids if isinstance(one := context.catalog.item(id), Exercise)]
    entries = _entries_of(context, list(dict.fromkeys(one.unit for one in found)), found, states) if found else []
    return tuple(counts for counts in _by_pattern(entries, found) if counts.solved)


def _by_pattern(entries: "list[PracticeItemView]", found: "Iterable[Exercise]") -> tuple[PracticeCountView, ...]:
    pattern = {one.id: one.pattern for one in found if one.pattern}
    known = sorted((entry for entry in entries if entry.item in pattern), key=lambda entry: pattern[entry.item])
    return _counts(known, lambda entry: pattern[entry.item])


def _counts(
    entries: "list[PracticeItemView]", name_of: "Callable[[PracticeItemView], str]"
) -> tuple[PracticeCountView, ...]:
    """Return the counts of entries that stand together by name."""
    found = []
    for name, together in groupby(entries, key=name_of):
        group = list(together)
        found.append(
            PracticeCountView(
                name,
                len(group),
                sum(entry.state in SOLVED for entry in group),
                sum(entry.solid for entry in group),
                sum(entry.state == "due" for entry in group),
            )
        )
    return tuple(found)


def _entries(context: "Context", units: "Iterable[str]") -> list[PracticeItemView]:
    wanted = list(dict.fromkeys(units))
    return _entries_of(context, wanted, checked_items(context, wanted), present_states(context))


def _entries_of(
    context: "Context", units: "Sequence[str]", chosen: "Sequence[Exercise]", tried: "Mapping[str, AttemptState]"
) -> list[PracticeItemView]:
    """Return exercises of these units with their state, in the order of the units."""
    recall = items.scheduled_recall(context)
    states = items.item_states(context, [found.id for found in chosen])
    rank = {unit: number for number, unit in enumerate(units)}
    views = []
    for found in chosen:
        memory = states.get(found.id)
        entry = _entry(context, found, memory, tried.get(found.id, AttemptState()))
        if entry.state in SOLVED:
            solid = memory is not None and recall(memory, context.today) >= SOLID
            entry = entry._replace(pattern=found.pattern, solid=solid)
        views.append(entry)
    return sorted(views, key=lambda view: rank[view.unit])


def checked_items(context: "Context", units: "Collection[str] | None" = None) -> list[Exercise]:
    """Return the exercises that check themselves: all, or those of some units. Only these are read."""
    wanted = None if units is None else set(units)
    ids = (id for id in context.catalog.self_checking if wanted is None or unit_of(id) in wanted)
    return [found for id in ids if isinstance(found := context.catalog.item(id), Exercise)]


def _entry(context: "Context", exercise: Exercise, memory: "ItemState | None", tried: AttemptState) -> PracticeItemView:
    due = date.fromisoformat(memory.due) if memory and memory.due else None
    state: PracticeState = "new"
    if due is not None and due <= context.today:
        state = "due"
    elif tried.right or (memory and memory.last_recalled):
        state = "solved"
    elif tried.tries or memory:
        state = "tried"
    kind = "code" if exercise.code is not None else "numbers"
    return PracticeItemView(exercise.id, exercise.title, exercise.unit, kind, state, due, exercise.minutes, tried.tries)
