"""What is gone over before a unit or beside it: faded prerequisites, and repair where answers keep failing."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.plan import REPAIR_MINUTES, WARM_UP_MINUTES, Preparation
from mlcoach.domain.day.units import UnitChoice
from mlcoach.domain.memory.ratings import AGAIN, GOOD
from mlcoach.services.day import practice
from mlcoach.services.day.fortnight import FORTNIGHT, Lately
from mlcoach.services.review import items

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

FADED, SOUND = (
    0.75,
    0.85,
)  # mean recall of prerequisites below which they are gone over, from which they are not at fault
FAILURES = 3  # answers "again" on cards of a unit within a fortnight
FAILING_SHARE = 0.4  # of its answers to cards met before, so that ordinary forgetting is no alarm
FAILED_EXERCISE = 2  # times that one exercise failed
STILL_FAILING = 2  # cards whose last word is a failure: with fewer, repair ends
REPAIRED_AFTER = 3  # days until the next repair
LONGEST_LEFT_OVER = 50  # minutes of an evening for it
REMAINDER_EVERY = 2  # days between two goes at an exercise that was left out


def failing(context: "Context", progress: "UnitProgress") -> str:
    """Return the unit under way that is hard going: its cards failed three times, or one exercise twice; "" for none.

    A card or exercise fails once a day at most: what is asked again within minutes is one difficulty. It is over when
    at most one of those that failed was not good since.
    """
    answers = context.store.answers_since(context.today - timedelta(days=FORTNIGHT))
    aliases, exercises = context.catalog.aliases(), context.catalog.exercises
    failed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    open_now: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for name, rating, first, day in answers:
        item = aliases.get(name, name)
        unit = item.partition("/")[0]
        if (item, day) in seen:
            continue
        seen.add((item, day))
        if rating == AGAIN and not first:
            open_now.add(item)
        elif rating >= GOOD:
            open_now.discard(item)
        if item in exercises:
            twice[item] += rating == AGAIN
        elif not first:
            asked[unit] += 1
            failed[unit] += rating == AGAIN
    still = Counter(item.partition("/")[0] for item in open_now)
    hard = {
        unit
        for unit, count in failed.items()
        if count >= FAILURES and count >= FAILING_SHARE * asked[unit] and still[unit] >= STILL_FAILING
    }
    hard |= {item.partition("/")[0] for item, times in twice.items() if times >= FAILED_EXERCISE and item in open_now}
    known = [unit for unit in hard if progress.status.get(unit) == "learning"]
    return max(known, key=lambda unit: (failed[unit], unit), default="")


def preparation(
    context: "Context", progress: "UnitProgress", likely: Sequence[UnitChoice], hard: str, lately: Lately
) -> Preparation | None:
    """Return what to go over today, or None.

    That is the repair of a unit that is hard going, else the exercise that a unit was passed without, every other day
    until it is done, else what a new unit builds on and has faded.
    """
    if hard and not _repaired(lately, context):
        return _repair(context, hard)
    if left := _remainder(context, progress, lately):
        return left
    for unit in likely:
        if not unit.status and (found := _warm_up(context, progress, unit)):
            return found
    return None


def _remainder(context: "Context", progress: "UnitProgress", lately: Lately) -> Preparation | None:
    """Return the oldest exercise that a unit passed by study was passed without."""
    asked = {
        item
        for late in lately.days
        if (context.today - late.day).days < REMAINDER_EVERY
        for block in late.plan
        for item in block.get("items", ())
    }
    head = next((head for head in practice.left_out(context, progress) if head.id not in asked), None)
    if head is None:
        return None
    from mlcoach.domain.time.durations import format_duration

    title = context.catalog.units[head.unit].title
    longest = head.minutes > LONGEST_LEFT_OVER
    whole = f", about {format_duration(round(head.minutes))} in all, in pieces" if longest else ""
    why = f"You passed {title} without it{whole}: it comes first until it is done."
    return Preparation(f"Left over: {title}", (head,), why, min(round(head.minutes), LONGEST_LEFT_OVER))


def _repaired(lately: Lately, context: "Context") -> bool:
    return any(
        str(block.get("title", "")).startswith(REPAIR)
        for late in lately.days
        if (context.today - late.day).days < REPAIRED_AFTER
        for block in late.plan
    )


REPAIR = "Repair: "


def _repair(context: "Context", unit: str) -> Preparation | None:
    known = context.catalog.units[unit]
    recalls = {
        requirement.unit: recall
        for requirement in known.requires
        if (recall := mean_recall(context, requirement.unit)) is not None
    }
    weakest = min(recalls, key=lambda id: (recalls[id], id), default="")
    if weakest and recalls[weakest] < SOUND:
        title = context.catalog.units[weakest].title
        chosen = _weakest_cards(context, weakest, REPAIR_MINUTES)
        why = f"{known.title} builds on it, and it has faded: a quarter of an hour here saves time there."
        return Preparation(f"{REPAIR}{title}", tuple(chosen), why, REPAIR_MINUTES) if chosen else None
    exercises = [step for step in context.catalog.steps(unit) if step.kind == "exercise"]
    worked = [step.id for step in exercises if step.stage == "worked"] or [step.id for step in exercises]
    heads = tuple(context.catalog.heads(worked[:1]).values())
    why = "These cards are hard for everybody at first: go through the first example once more, slowly."
    return Preparation(f"{REPAIR}{known.title}", heads, why, REPAIR_MINUTES) if heads else None


def _warm_up(context: "Context", progress: "UnitProgress", unit: UnitChoice) -> Preparation | None:
    """Return ten minutes of what a new unit builds on, where that has faded."""
    required = [
        requirement.unit
        for requirement in context.catalog.units[unit.id].requires
        if requirement.unit in progress.states
    ]
    recalls = [recall for id in required if (recall := mean_recall(context, id)) is not None]
    if not recalls or sum(recalls) / len(recalls) >= FADED:
        return None
    cards = [head for id in required for head in _weakest_cards(context, id, WARM_UP_MINUTES / len(required))]
    why = f"{unit.title} begins today and builds on these: ten minutes bring them back."
    return Preparation(f"What {unit.title} builds on", tuple(cards), why, WARM_UP_MINUTES) if cards else None


def mean_recall(context: "Context", unit: str, failed: float | None = None) -> float | None:
    """Return the mean probability of recall of the cards of a unit that were met, None where none was.

    `failed` is what a card counts whose last answer was "again", by default its recall now.
    """
    recalls = _recalls(context, unit, failed)
    return sum(recalls.values()) / len(recalls) if recalls else None


def _recalls(context: "Context", unit: str, failed: float | None = None) -> dict[str, float]:
    cards = [head.id for head in context.catalog.items(unit) if head.kind == "card"]
    states = items.item_states(context, cards)
    recall = items.scheduled_recall(context)
    return {
        item: recall(state, context.today) if failed is None or state.last_recalled == state.last_day else failed
        for item, state in states.items()
        if state.last_day and not state.suspended
    }


def _weakest_cards(context: "Context", unit: str, minutes: float) -> "list[ItemHead]":
    recalls = _recalls(context, unit)
    heads = context.catalog.heads(sorted(recalls, key=lambda item: (recalls[item], item)))
    chosen: list[ItemHead] = []
    for head in heads.values():
        minutes -= head.minutes
        if minutes < 0:
            break
        chosen.append(head)
    return chosen
