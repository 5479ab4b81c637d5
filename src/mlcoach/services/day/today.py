"""The plan of the day, ticked off by what was done."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.plan import Block
from mlcoach.domain.day.progress import DayState
from mlcoach.services.day import plan as day_plan
from mlcoach.services.day.status import minutes_view, streak_view, timer_view
from mlcoach.views.day import BlockView, TimerView, TodayView

if TYPE_CHECKING:
    from collections import Counter

    from mlcoach.services.context import Context


def today(context: "Context", minutes: int | None = None, *, more: bool = False) -> TodayView:
    """Return the day's plan as it stands; with `minutes`, a plan for that much time; with `more`, something on top.

    Nothing is written: the plan is the recorded one, or the one that the day's first write will record.
    """
    day = context.store.day(context.today)
    recorded = day.plan is not None and minutes is None
    if recorded and day.plan is not None:
        blocks = [_as_named_now(context, Block.from_data(data)) for data in day.plan]
    else:
        blocks = list(day_plan.compute_plan(context, minutes).blocks)
    if more:
        blocks += _more(context, blocks)
    ticked = _ticked(context, blocks, day)
    timer = timer_view(context)
    return TodayView(
        date=context.today,
        minutes=minutes_view(context, day),
        streak=streak_view(context),
        blocks=tuple(ticked),
        timer=timer,
        next_command=_next_command(ticked, timer),
        note=_note(context, ticked, recorded=recorded),
        streak_shown=context.settings.get("streak"),
        newcomer=not context.places.database.exists(),
    )


def _as_named_now(context: "Context", block: Block) -> Block:
    """Return a recorded block under the ids that its unit and items have in the curriculum as it is now."""
    aliases = context.catalog.aliases()
    items = tuple(aliases.get(item, item) for item in block.items)
    return block._replace(unit=aliases.get(block.unit, block.unit), items=items)


def _more(context: "Context", planned: list[Block]) -> list[Block]:
    """Return blocks for half an hour on top: cards that the plan does not hold, and time after the planned time."""
    taken = frozenset(item for block in planned for item in block.items)
    extra = day_plan.compute_plan(context, day_plan.MORE_MINUTES, close=False, without=taken).blocks
    ends: dict[str, int] = {}
    for block in planned:
        if about := block.unit or block.paper:
            ends[about] = max(ends.get(about, 0), block.spent_before + block.minutes * 60)
    spent = day_plan.seconds_by_unit(context, context.store.day(context.today))
    # A unit whose planned minutes are not over yet stands in the plan already.
    beyond = [block for block in extra if not block.unit or spent[block.unit] >= ends.get(block.unit, 0)]
    return [block._replace(spent_before=max(block.spent_before, ends.get(block.unit, 0))) for block in beyond]


def replan(context: "Context", minutes: int | None = None) -> TodayView:
    """Record a new plan for the minutes left (or those given) and return it."""
    from mlcoach.domain.events import DayPlanned
    from mlcoach.services.record import record

    plan = day_plan.compute_plan(context, minutes)
    record(context, DayPlanned(plan.minutes, tuple(block.to_data() for block in plan.blocks), replanned=True))
    return today(context)


def _ticked(context: "Context", blocks: list[Block], day: DayState) -> list[BlockView]:
    answered = _answered(context, [item for block in blocks for item in block.items])
    aliases = context.catalog.aliases()
    closed = {aliases.get(id, id) for id, state in context.store.units().items() if state.mark in ("passed", "skipped")}
    spent_on = day_plan.seconds_by_unit(context, day)
    return [_tick(n, block, day, answered, closed, spent_on) for n, block in enumerate(blocks, start=1)]


def _answered(context: "Context", items: list[str]) -> set[str]:
    """Return which items no longer wait today: answered, due later, suspended, buried, or gone from the curriculum."""
    if not items:
        return set()
    today = context.today.isoformat()
    wanted = set(items)
    olds = {old: now for old, now in context.catalog.aliases().items() if now in wanted}
    known = context.store.items([*items, *olds])
    done = {
        olds.get(item, item)
        for item, state in known.items()
        if max(state.last_day, state.buried_until) >= today or state.due > today or state.suspended
    }
    return done | (set(items) - context.catalog.heads(items).keys())


def _tick(
    n: int, block: Block, day: DayState, answered: set[str], closed: set[str], spent_on: "Counter[str]"
) -> BlockView:
    if block.items:
        part = sum(item in answered for item in block.items) / len(block.items)
        done, spent = part == 1, round(block.minutes * part)
    elif block.kind == "close":
        done = day.notes > 0
        spent = block.minutes if done else 0
    elif block.paper:
        spent = max(0, day.papers.get(block.paper, 0) - block.spent_before) // 60
        done = spent >= block.minutes or day.passes.count(block.paper) > block.passes_before
    else:
        spent = max(0, spent_on[block.unit] - block.spent_before) // 60
        done = spent >= block.minutes or block.unit in closed
    return BlockView(
        n, block.kind, block.minutes, spent, done, block.title, block.unit, block.paper, block.items, block.resource,
        block.then, block.why, day_plan.command_of(block),
    )  # fmt: skip


def _next_command(blocks: list[BlockView], timer: TimerView | None) -> str:
    if timer:
        return "mlcoach stop"
    waiting = next((block for block in blocks if not block.done), None)
    return waiting.command if waiting else ""


def _note(context: "Context", blocks: list[BlockView], *, recorded: bool) -> str:
    """Return a sentence about the day as a whole, or ""."""
    if any(first <= context.today <= last for first, last in context.store.rest()):
        return "Rest is planned today: nothing is asked, the streak holds. What follows is there if you want it."
    if blocks and all(block.done for block in blocks):
        left = day_plan.minutes_left(context)
        more = f"{left}m more reach the goal" if left else "More, if you like"
        return f"All done for today. {more}: mlcoach today --more"
    if not (recorded and blocks) and not any(block.kind in ("study", "build") for block in blocks):
        if not day_plan.minutes_left(context):
            if context.store.day(context.today).goal:
                return "The goal is reached. More, if you like: mlcoach today --more"
            return "No minutes are planned today. A small step is always there: mlcoach today --minutes 20"
        return f"Nothing new is ready on the path `{context.settings.get('path')}`; the map: mlcoach curriculum map"
    return ""
