"""Which items check themselves: the one that is meant, the next one to practise, and the list of all."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Exercise, unit_of
from mlcoach.domain.practice.attempts import AttemptState
from mlcoach.domain.practice.counts import SOLVED, PracticeCount, counted, practice_state
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.practice.former_ids import present_states
from mlcoach.services.review import items
from mlcoach.views.practice import (
    PracticeItemView,
    PracticeListView,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mlcoach.domain.memory.items import ItemState
    from mlcoach.services.context import Context

SOLID = 0.8  # recall today
LIST = "`mlcoach practice --list` shows what checks itself"


def meant(context: "Context", name: str) -> Exercise:
    """Return the exercise that a name means: an item, the next one of a unit, or without a name the next one there is.

    That is the one that today's plan names, else what is open in the units under way, those of the plan first, else in
    those that were passed. An exercise without tests is meant where it is named, by the learner or by the plan.

    Raises NotFoundError or UsageError.
    """
    if name and _is_unit(context, name):
        return _next_of(context, [names.unit(context, name)], f"`{name}` has no exercises that check themselves")
    if name:
        item = _item(context, name)
        found = context.catalog.item(item)
        return found if isinstance(found, Exercise) else load(context, item)
    if planned := _planned(context):
        return planned
    begun = _begun(context)
    if not checked_items(context, begun):
        raise NotFoundError("no unit that you have begun has exercises that check themselves", _first_ones(context))
    return _next_of(context, begun, "no unit that you have begun has code that checks itself", under_way=True)


def _planned(context: "Context") -> Exercise | None:
    """Return the exercise that today's plan names for now, else the first one it names for later; None for none.

    It checks itself and was not solved, or it waits in the plan's block of practice, whatever its kind.
    """
    from mlcoach.services.day.today import answered_of, planned_blocks, today

    planned = [block for block in planned_blocks(context) if block.kind == "practice"]
    practice = {item for block in planned for item in block.items} - answered_of(context, planned)
    blocks = [block for block in today(context).blocks if not block.done]
    now = [item for block in blocks for item in ((block.step.id,) if block.step else block.items)]
    named = [*now, *(part.step for block in blocks for part in block.parts)]
    state = {entry.item: entry.state for entry in _entries(context, [unit_of(item) for item in named])}
    waiting = (item for item in named if item in practice or state.get(item, "solved") != "solved")
    return next((one for item in waiting if isinstance(one := context.catalog.item(item), Exercise)), None)


def _first_ones(context: "Context") -> str:
    """Return what to practise all the same: the unit of the path that has such exercises first."""
    first = _first_unit(context)
    return f"`mlcoach practice {first}` practises the first of your path that has some; {LIST}" if first else LIST


def _first_unit(context: "Context") -> str:
    return next((unit for unit in context.path.units if any(one.code for one in checked_items(context, [unit]))), "")


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


def _next_of(context: "Context", units: "Iterable[str]", otherwise: str, *, under_way: bool = False) -> Exercise:
    """Return what is due, else the first that was not solved, else the one whose day comes first.

    `under_way`: what is open in a unit under way comes before all of others.
    """
    found = [entry for entry in _entries(context, units) if entry.kind == "code"]
    if not found:
        raise NotFoundError(otherwise, LIST)
    first = _under_way(context) if under_way else []
    order = {"due": 0, "tried": 1, "new": 2, "solved": 3}

    def key(pair: tuple[int, PracticeItemView]) -> tuple[int, int, date, int]:
        number, entry = pair
        is_open = entry.unit in first and entry.state != "solved"
        return (first.index(entry.unit) if is_open else len(first), order[entry.state], entry.due or date.max, number)

    return load(context, min(enumerate(found), key=key)[1].item)


def _under_way(context: "Context") -> list[str]:
    """Return the units under way, those of today's plan first, then the one studied last."""
    from mlcoach.services.day.today import planned_blocks

    in_plan = {block.unit for block in planned_blocks(context)}
    states = context.store.units()
    begun = [unit for unit in _begun(context) if unit in states and states[unit].mark == "learning"]
    return sorted(begun, key=lambda unit: unit not in in_plan)


def after(context: "Context", exercise: Exercise) -> Exercise | None:
    """Return what is practised after an exercise: the next of its unit, else of those begun, else None."""
    found = _entries(context, [exercise.unit, *_begun(context)])
    waiting = (one for one in found if one.kind == "code" and one.item != exercise.id and one.state != "solved")
    following = next(waiting, None)
    return None if following is None else load(context, following.item)


def listing(context: "Context", name: str = "") -> PracticeListView:
    """Return all items that check themselves, those of units that were begun first, or those of a unit or subject.

    Also what to begin with, and which units are begun or can be. Raises NotFoundError.
    """
    begun = _begun(context)
    units = list(dict.fromkeys([*begun, *context.catalog.units]))
    if name:
        inside = [unit for unit in units if unit == name or unit.startswith(f"{name}.")]
        units = inside or [names.unit(context, name)]
    found = checked_items(context, units)
    ready = unit_progress(context).standings({unit: context.catalog.units[unit] for unit in context.path.units})
    opened = {*begun, *(unit for unit, standing in ready.items() if standing == "ready")}
    states = present_states(context)
    entries = _entries_of(context, units, found, states)
    first = _begin_with(context, name, units)
    opened = (opened | {first.unit} if first else opened) & {entry.unit for entry in entries}
    return PracticeListView(
        tuple(entries),
        name,
        counted(entries, {entry.item: entry.unit for entry in entries}),
        _by_pattern(entries, found),
        _entries_of(context, [first.unit], [first], states)[0] if first else None,
        tuple(unit for unit in units if unit in opened),
    )


def _begin_with(context: "Context", name: str, units: "Iterable[str]") -> Exercise | None:
    """Return the exercise that `practice` opens under this name, the first of the path where nothing was begun."""
    try:
        return _next_of(context, units, "") if name else meant(context, "")
    except NotFoundError:
        first = "" if name else _first_unit(context)
        return _next_of(context, [first], "") if first else None


def solved_patterns(context: "Context", states: "Mapping[str, AttemptState]") -> tuple[PracticeCount, ...]:
    """Return the counts of the patterns of which something was solved, over the exercises that were tried.

    Only these are read; the idea behind an exercise is not told before it is solved. `states` are the present ones.
    """
    ids = (id for id in context.catalog.self_checking if id in states and states[id].tries)
    found = [one for id in ids if isinstance(one := context.catalog.item(id), Exercise)]
    entries = _entries_of(context, list(dict.fromkeys(one.unit for one in found)), found, states) if found else []
    return tuple(counts for counts in _by_pattern(entries, found) if counts.solved)


def _by_pattern(entries: "list[PracticeItemView]", found: "Iterable[Exercise]") -> tuple[PracticeCount, ...]:
    pattern = {one.id: one.pattern for one in found if one.pattern}
    return counted(sorted(entries, key=lambda entry: pattern.get(entry.item, "")), pattern)


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
    state = practice_state(
        context.today, due, tried.right or bool(memory and memory.last_recalled), tried.tries or memory
    )
    kind = "code" if exercise.code is not None else "numbers" if exercise.vary is not None else exercise.kind
    return PracticeItemView(exercise.id, exercise.title, exercise.unit, kind, state, due, exercise.minutes, tried.tries)
