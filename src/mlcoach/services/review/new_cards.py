"""Which cards are met for the first time: those of units passed by study, of what is under way, then of the rest."""

from math import ceil
from typing import TYPE_CHECKING

from mlcoach.domain.day.units import MOST_OPEN, is_taken_up
from mlcoach.services.curriculum.steps_done import is_first_read, share_done, share_reached
from mlcoach.services.review.items import known_items

if TYPE_CHECKING:
    from collections.abc import Collection

    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

FED = 3  # new cards a day of units that were passed without study, or before the program looked
PASSED = ("passed", "mastered", "rusty")


def new_cards(context: "Context", progress: "UnitProgress", limit: int) -> "list[ItemHead]":
    """Return up to `limit` cards never answered, in the order in which they are met.

    Units passed by study come first, the oldest in front, so that their cards are met within weeks; then those under
    way, as far as their steps are done; then three a day of units that were passed otherwise. Skipped units are never
    asked.
    """
    if limit <= 0:
        return []
    studied = [id for id in progress.status if _passed(progress, id) and progress.states[id].how == "study"]
    others = [id for id in progress.status if _passed(progress, id) and progress.states[id].how != "study"]
    chosen: list[ItemHead] = []
    for unit in sorted(_with_unmet(context, studied), key=lambda id: progress.states[id].passed_day):
        chosen += unmet(context, unit)[: limit - len(chosen)]
    going = [unit for unit in latest_under_way(progress) if taken_up(context, progress, unit)]
    waiting = [released(context, unit, progress) for unit in going]
    while any(waiting) and len(chosen) < limit:
        for heads in waiting:
            if heads and len(chosen) < limit:
                chosen.append(heads.pop(0))
    fed = min(FED, limit - len(chosen))
    # What something was added to lately comes before what was passed long ago.
    for unit in sorted(_with_unmet(context, others), key=lambda id: progress.states[id].last_day, reverse=True):
        if fed <= 0:
            break
        taken = unmet(context, unit)[:fed]
        chosen += taken
        fed -= len(taken)
    return chosen


def taken_up(context: "Context", progress: "UnitProgress", unit: str, without: "Collection[str]" = ()) -> bool:
    """Return whether a unit under way was begun by more than a note of time; `without`: what locks nothing."""
    state = progress.states.get(unit)
    requires = (edge for edge in context.catalog.units[unit].requires if edge.unit not in without)
    return state is None or is_taken_up(state.seconds, len(state.steps), locked=bool(progress.locked_by(requires)))


def latest_under_way(progress: "UnitProgress") -> list[str]:
    """Return the units under way that were studied last."""
    under_way = [id for id, status in progress.status.items() if status == "learning"]
    return sorted(under_way, key=lambda id: progress.states[id].last_day, reverse=True)[: 2 * MOST_OPEN]


def released(context: "Context", unit: str, progress: "UnitProgress") -> "list[ItemHead]":
    """Return the cards of a unit under way that were not met and whose part of the unit is done.

    They come in the order of its file, which is that of its readings, none before its first reading is done, and no
    faster than its steps are; hours alone count only for somebody who never says that a step is.
    """
    cards = [head for head in context.catalog.items(unit) if head.kind == "card"]
    state = progress.states[unit]
    if not is_first_read(context, unit, progress.states):
        return []
    if any(other.steps for other in progress.states.values()):
        count = ceil(len(cards) * share_reached(context, unit, state))
    else:
        count = round(len(cards) * share_done(context, unit, state))
    return _unanswered(context, cards[: max(1, count)])


def unmet(context: "Context", unit: str) -> "list[ItemHead]":
    """Return the cards of a unit that were never answered, suspended or put off."""
    return _unanswered(context, [head for head in context.catalog.items(unit) if head.kind == "card"])


def _unanswered(context: "Context", cards: "list[ItemHead]") -> "list[ItemHead]":
    known = known_items(context, [head.id for head in cards])
    return [head for head in cards if head.id not in known]


def _passed(progress: "UnitProgress", unit: str) -> bool:
    return progress.status[unit] in PASSED and unit in progress.states


def _with_unmet(context: "Context", units: list[str]) -> list[str]:
    """Return those of these units that may have cards without an answer; the others are known to have none."""
    if not units:
        return []
    aliases = context.catalog.aliases()
    known: dict[str, int] = {}
    for unit, count in context.store.item_counts().items():
        unit = aliases.get(unit, unit)
        known[unit] = known.get(unit, 0) + count
    counts = context.catalog.item_counts
    return [unit for unit in units if counts.get(unit, (0, 0))[0] and known.get(unit, 0) < sum(counts[unit])]
