"""The coming days: today's plan, then each day planned as if the ones before were done as planned."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.plan import Block, Situation, UnitChoice, make_plan
from mlcoach.domain.progress import open_requirements
from mlcoach.services import planning, states
from mlcoach.services.today import today as todays_plan
from mlcoach.services.views.day import BlockView
from mlcoach.services.views.plan import PlannedDayView, PlanView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def coming_days(context: "Context", count: int) -> PlanView:
    """Return the plans of `count` days from today on.

    Study minutes are added to the units they are planned for; a unit whose hours are used up counts as passed. Cards
    are expected by the due days they have now.
    """
    first = todays_plan(context)
    resting = [span for span in context.store.rest() if span[1] >= context.today]
    days = [
        PlannedDayView(
            context.today, sum(b.minutes for b in first.blocks), _rests(resting, context.today), first.blocks
        )
    ]
    spent: Counter[str] = Counter()
    _add(spent, first.blocks)
    due = _due_by_day(context, count)
    for number in range(1, count):
        day = context.today + timedelta(days=number)
        if _rests(resting, day):
            days.append(PlannedDayView(day, 0, True, ()))
            continue
        minutes = context.settings.goal_on(day.weekday())
        plan = make_plan(_situation(context, day, minutes, spent, due))
        blocks = tuple(_view(n, block) for n, block in enumerate(plan.blocks, start=1))
        _add(spent, blocks)
        days.append(PlannedDayView(day, minutes, False, blocks))
    return PlanView(context.settings.get("path"), tuple(days))


def _rests(spans: list[tuple[date, date]], day: date) -> bool:
    return any(first <= day <= last for first, last in spans)


def _add(spent: Counter[str], blocks: tuple[BlockView, ...]) -> None:
    for block in blocks:
        if block.unit:
            spent[block.unit] += max(0, block.minutes - block.done_minutes) * 60


def _due_by_day(context: "Context", count: int) -> dict[str, list[str]]:
    last = (context.today + timedelta(days=count)).isoformat()
    rows = context.store.rows(
        "SELECT key, due FROM item WHERE suspended = 0 AND due > ? AND due <= ? ORDER BY due, key",
        (context.today.isoformat(), last),
    )
    aliases = context.catalog.aliases()
    due: dict[str, list[str]] = {}
    for key, day in rows:
        due.setdefault(day, []).append(aliases.get(key, key))
    return due


def _situation(
    context: "Context", day: date, minutes: int, spent: Counter[str], due: dict[str, list[str]]
) -> Situation:
    now = planning.situation(context, minutes)
    heads = context.catalog.heads(due.get(day.isoformat(), []))
    standing = states.standing(context)
    status = dict(standing.status)
    for id, seconds in spent.items():
        if id in context.catalog.units and status[id] in ("", "learning"):
            state = standing.states.get(id)
            used_up = (state.seconds if state else 0) + seconds >= context.catalog.units[id].hours * 3600
            status[id] = "passed" if used_up else "learning"
    return now._replace(
        day=day,
        cards=tuple(head for head in heads.values() if head.kind == "card"),
        problems=tuple(head for head in heads.values() if head.kind == "exercise"),
        due_count=len(heads),
        units=tuple(
            _later(context, choice, status, spent) for choice in now.units if status[choice.id] in ("", "learning")
        ),
        paper=now.paper if planning.is_paper_day(context, day) else None,
    )


def _later(context: "Context", choice: UnitChoice, status: dict[str, str], spent: Counter[str]) -> UnitChoice:
    requires = [requirement.unit for requirement in context.catalog.units[choice.id].requires]
    return choice._replace(
        status=status[choice.id],
        seconds=choice.seconds + spent[choice.id],
        since=choice.since or ("soon" if spent[choice.id] else ""),
        locked=bool(open_requirements(requires, status)),
    )


def _view(n: int, block: Block) -> BlockView:
    return BlockView(
        n, block.kind, block.minutes, 0, False, block.title, block.unit, block.paper, block.items, block.resource,
        block.then, block.why, planning.command_of(block),
    )  # fmt: skip
