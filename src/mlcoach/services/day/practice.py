"""Which exercises are done again, and on which days: those whose forgetting would cost most, twice a week."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import unlocked_by
from mlcoach.domain.day.plan import FULL, redo_minutes
from mlcoach.services.curriculum.steps_done import closed_steps
from mlcoach.services.day.fortnight import Lately
from mlcoach.services.review import items

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.services.context import Context
    from mlcoach.services.curriculum.progress import UnitProgress

LEAST_MINUTES = 45  # of a day with practice
OFTEN, SELDOM = 2, 1  # practices within seven days, by whether a week's goals are those of full days
APART = 3  # days at least between two of them
WEEK = 7
MANY = 40  # units that build on one: so many double what forgetting it costs
REMAINDER_DAYS = 30  # after passing, in which what was left out comes first


def problems(
    context: "Context", progress: "UnitProgress", lately: Lately, without: Collection[str] = ()
) -> "tuple[ItemHead, ...]":
    """Return the exercises to choose from today, what would cost most first; none on a day without practice.

    What is lost is (1 - recall), weighed up to three times by how many units of the path build on it, for each minute
    of doing it again. Of a unit at most one exercise is done again within a week. What a unit passed by study left out
    comes in front.
    """
    if not _is_practice_day(context, lately):
        return ()
    practised = _units_of_the_week(context, lately)
    missing = [head for head in left_out(context, progress) if head.id not in without]
    due = items.due_heads(context, items.COUNTED_ONE_BY_ONE, only="exercise")
    heads = {head.id: head for _, head in due if head.unit not in practised and head.id not in without}
    states = items.item_states(context, heads)
    recall = items.scheduled_recall(context)
    weight = builds_on(context)

    def loss(head: "ItemHead") -> float:
        forgotten = 1 - recall(states[head.id], context.today)
        return forgotten * (1 + weight.get(head.unit, 0) / MANY) / redo_minutes(head)

    return (*missing, *sorted(heads.values(), key=lambda head: (-loss(head), head.id)))


def _is_practice_day(context: "Context", lately: Lately) -> bool:
    """Return whether today is for practice: twice in seven days where the goals are those of full days, else once.

    Days are counted since the last one, not by weekday, so that a missed day costs no practice.
    """
    days = [
        (context.today - late.day).days
        for late in lately.days
        if any(block.get("kind") == "practice" and not block.get("unit") for block in late.plan)
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
        if block.get("kind") == "practice"
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
    found: dict[str, int] = {}
    for unit in units:
        seen: set[str] = set()
        waiting = list(followers[unit])
        while waiting:
            other = waiting.pop()
            if other not in seen:
                seen.add(other)
                waiting += followers[other]
        found[unit] = len(seen & path)
    return found
