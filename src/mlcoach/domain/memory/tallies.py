"""What all items of a unit say of it together: how many came back, how well they are recalled today."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from mlcoach.domain.curriculum import unit_of
from mlcoach.domain.day.retained import unit_retained
from mlcoach.domain.day.unit_status import ItemTally
from mlcoach.domain.memory.many_recalls import PackedRecall


class MetItem(NamedTuple):
    """What the row of an item that was answered says of its unit; see `ItemState`."""

    item: str
    stability: float
    difficulty: float
    last_day: str
    first_day: str
    first_recalled: str
    last_recalled: str
    trace: str


class ItemsThere(NamedTuple):
    """What there is to be recalled today: items, those of them that are exercises, those that are drills.

    `counts` are the cards and exercises of each unit, `aliases` the earlier ids with the present ones.
    """

    items: Container[str]
    exercises: Container[str]
    drills: frozenset[str]
    counts: Mapping[str, tuple[int, int]]
    aliases: Mapping[str, str]


def item_tallies(
    rows: Iterable[tuple[str, float, float, str, str, str, str, str]],
    there: ItemsThere,
    recall: PackedRecall,
    today: date,
) -> dict[str, ItemTally]:
    """Return the tally of every unit with an answered item. `rows` have the fields of `MetItem`.

    What is gone can neither be recalled nor fade, and drills say nothing of their unit: both are left out.
    """
    ordinals: dict[str, int] = {}
    units: dict[str, _Unit] = {}
    now = today.toordinal()
    for id, stability, difficulty, last_day, first_day, first_recalled, last_recalled, trace in rows:
        id = there.aliases.get(id, id)
        if id not in there.items or id in there.drills:
            continue
        last = ordinals.get(last_day)
        if last is None:
            last = ordinals[last_day] = date.fromisoformat(last_day).toordinal()
        name = unit_of(id)
        unit = units.get(name)
        if unit is None:
            unit = units[name] = _Unit(first_day, [], [], [])
        elif first_day < unit.first_day:
            unit = units[name] = unit._replace(first_day=first_day)
        (unit.exercises if id in there.exercises else unit.cards).append(
            recall(stability, difficulty, trace, now - last)
        )
        if first_recalled and first_recalled < last_recalled:
            unit.relearned.append(last_recalled)
    drills = Counter(unit_of(id) for id in there.drills)
    return {name: _tally(unit, *there.counts.get(name, (0, 0)), drills[name]) for name, unit in units.items()}


class _Unit(NamedTuple):
    first_day: str
    cards: list[float]
    exercises: list[float]
    relearned: list[str]


def _tally(unit: _Unit, cards: int, exercises: int, drills: int) -> ItemTally:
    met = len(unit.cards) + len(unit.exercises)
    return ItemTally(
        items=cards + exercises - drills or met,
        first_day=unit.first_day,
        relearned=tuple(unit.relearned),
        recall=(sum(unit.cards) + sum(unit.exercises)) / met,
        retained=unit_retained(cards, unit.cards, unit.exercises),
    )
