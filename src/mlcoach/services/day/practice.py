"""Which exercises are done again, and when: long ones twice a week, short drills on the days between.

What would cost most if it were forgotten comes first.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import LONGEST_DRILL, reachable, unit_of, unlocked_by
from mlcoach.domain.day.plan import FULL, redo_minutes
from mlcoach.services.curriculum.steps_done import closed_steps
from mlcoach.services.day.fortnight import Lately
from mlcoach.services.review import items
from mlcoach.services.review.new_cards import PASSED

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

LEAST_MINUTES = 45  # of a day with practice
OFTEN, SELDOM = 2, 1  # practices within seven days, by whether a week's goals are those of full days
APART = 3  # days at least between two of them
WEEK = 7
MANY = 40  # units that build on one: so many double what forgetting it costs
REMAINDER_DAYS = 30  # after passing, in which what was left out comes first
UNTRIED = 0.5  # recall of a drill never tried: its unit was passed, and nobody looked at this


class Practice(NamedTuple):
    """The exercises and the short drills to choose from on a day, with the minutes that a go takes now."""

    problems: "tuple[ItemHead, ...]" = ()
    drills: "tuple[ItemHead, ...]" = ()


def of_the_day(context: "Context", progress: "UnitProgress", lately: Lately, without: Collection[str] = ()) -> Practice:
    """Return what to choose from today: long exercises on two days a week, where there are any, else short drills.

    What is lost is (1 - recall), weighed by how many units of the path build on it, for each minute of a go. Of a
    unit at most one long exercise is done again within a week. What a unit passed by study left out comes in front.
    A first evening, also one after a long break, is for the units themselves, whatever placement has passed.
    """
    if not lately.days:
        return Practice()
    due = {head.id: _again(head) for _, head in items.due_heads(context, items.COUNTED_ONE_BY_ONE, only="exercise")}
    heads = due | {head.id: head for head in _untried_drills(context, progress)}
    waiting = sorted((head for id, head in heads.items() if id not in without), key=_loss(context, due))
    drills = context.catalog.drills
    short: list[ItemHead] = []
    others: list[ItemHead] = []
    for head in waiting:
        (short if head.id in drills and head.minutes <= LONGEST_DRILL else others).append(head)
    if _is_practice_day(context, lately):
        practised = _units_of_the_week(context, lately)
        missing = [_again(head) for head in left_out(context, progress) if head.id not in without]
        long = [head for head in others if head.unit not in practised]
        if missing or long:
            return Practice(problems=(*missing, *long))
    return Practice(drills=tuple(_mixed(short)))


def _again(head: "ItemHead") -> "ItemHead":
    return head._replace(minutes=redo_minutes(head))


def _untried_drills(context: "Context", progress: "UnitProgress") -> "list[ItemHead]":
    """Return the drills of units passed that were never tried, in the order of the map."""
    passed = {id for id, status in progress.status.items() if status in PASSED}
    drills = [id for id in context.catalog.drills if unit_of(id) in passed]
    known = items.known_items(context, drills)
    return sorted(context.catalog.heads([id for id in drills if id not in known]).values(), key=lambda head: head.id)


def _loss(context: "Context", due: "Collection[str]") -> "Callable[[ItemHead], tuple[float, str]]":
    """Return the key that sorts what would cost most to the front; equals come in the order of their ids."""
    states = items.item_states(context, due)
    recall = items.scheduled_recall(context)
    weight = builds_on(context)

    def key(head: "ItemHead") -> tuple[float, str]:
        known = recall(states[head.id], context.today) if head.id in states else UNTRIED
        return -(1 - known) * (1 + weight.get(head.unit, 0) / MANY) / head.minutes, head.id

    return key


def _mixed(heads: "list[ItemHead]") -> "list[ItemHead]":
    """Return the drills with their subjects in turn: telling which method is wanted is half of the skill."""
    by_subject: dict[str, list[ItemHead]] = {}
    for head in heads:
        by_subject.setdefault(head.unit.rpartition(".")[0], []).append(head)
    mixed: list[ItemHead] = []
    while any(by_subject.values()):
        mixed += [rest.pop(0) for rest in by_subject.values() if rest]
    return mixed


def _is_practice_day(context: "Context", lately: Lately) -> bool:
    """Return whether today is for practice: twice in seven days where the goals are those of full days, else once.

    Days are counted since the last one, not by weekday, so that a missed day costs no practice.
    """
    days = [
        (context.today - late.day).days
        for late in lately.days
        if any(block.get("kind") == "practice" and not block.get("drills") for block in late.plan)
    ]
    goals = sorted(context.settings.goal_on(weekday) for weekday in range(WEEK))
    often = goals[WEEK // 2] >= FULL
    within = sum(ago < WEEK for ago in days)
    return within < (OFTEN if often else SELDOM) and min(days, default=WEEK) >= APART


def _units_of_the_week(context: "Context", lately: Lately) -> set[str]:
    aliases = context.catalog.aliases()
    asked = [
        item
        for late in lately.days
        if (context.today - late.day).days < WEEK
        for block in late.plan
        if block.get("kind") == "practice" and not block.get("drills")
        for item in block.get("items", ())
    ]
    return {aliases.get(item, item).partition("/")[0] for item in asked}


def left_out(context: "Context", progress: "UnitProgress") -> "list[ItemHead]":
    """Return the last exercise to solve alone of each unit that was lately passed by study without doing it."""
    found: list[ItemHead] = []
    for unit, state in progress.states.items():
        if state.how != "study" or state.mark != "passed" or unit not in context.catalog.units:
            continue
        days = (context.today - context.today.fromisoformat(state.passed_day)).days
        last = last_to_solve(context, unit)
        if days <= REMAINDER_DAYS and last and last not in closed_steps(context, unit, state):
            found += context.catalog.heads([last]).values()
    return found


def last_to_solve(context: "Context", unit: str) -> str:
    """Return the last exercise of a unit that is solved alone, or ""."""
    alone = [step.id for step in context.catalog.steps(unit) if step.kind == "exercise" and step.stage == "solve"]
    return alone[-1] if alone else ""


def builds_on(context: "Context", on: "Iterable[str] | None" = None) -> dict[str, int]:
    """Return for each unit how many units of the path (or of another one) build on it, directly or not."""
    units = context.catalog.units
    followers = unlocked_by(units)
    path = set(context.path.units if on is None else on)
    return {unit: len(reachable(unit, followers) & path) for unit in units}
