"""The plan of the day, ticked off by what was done."""

from typing import TYPE_CHECKING

from mlcoach.domain.plan import Block
from mlcoach.domain.progress import DayState
from mlcoach.services import planning
from mlcoach.services.standing import minutes_view, streak_view, timer_view
from mlcoach.services.views.day import BlockView, TimerView, TodayView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def today(context: "Context", minutes: int | None = None, *, more: bool = False) -> TodayView:
    """Return the day's plan as it stands; with `minutes`, a plan for that much time; with `more`, something on top.

    Nothing is written: the plan is the recorded one, or the one that the day's first write will record.
    """
    day = context.store.day(context.today)
    recorded = day.plan is not None and minutes is None
    if recorded and day.plan is not None:
        blocks = [Block.from_data(data) for data in day.plan]
    else:
        blocks = list(planning.compute_plan(context, minutes).blocks)
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


def _more(context: "Context", planned: list[Block]) -> list[Block]:
    """Return blocks for half an hour on top: cards and units that the plan does not hold already."""
    taken = {item for block in planned for item in block.items}
    extra = planning.compute_plan(context, planning.MORE_MINUTES, close=False).blocks
    return [block for block in extra if not block.items or not taken.issuperset(block.items)]


def replan(context: "Context", minutes: int | None = None) -> TodayView:
    """Record a new plan for the minutes left (or those given) and return it."""
    from mlcoach.domain.events import DayPlanned

    plan = planning.compute_plan(context, minutes)
    context.record(DayPlanned(plan.minutes, tuple(block.to_data() for block in plan.blocks), replanned=True))
    return today(context)


def _ticked(context: "Context", blocks: list[Block], day: DayState) -> list[BlockView]:
    answered = _answered(context, [item for block in blocks for item in block.items])
    closed = {id for id, state in context.store.units().items() if state.mark in ("passed", "skipped")}
    return [_tick(n, block, day, answered, closed) for n, block in enumerate(blocks, start=1)]


def _answered(context: "Context", items: list[str]) -> set[str]:
    """Return which items no longer wait today: answered, suspended, buried, or gone from the curriculum."""
    if not items:
        return set()
    today = context.today.isoformat()
    known = context.store.items(items)
    done = {
        item
        for item, state in known.items()
        if state.last_day >= today or state.suspended or state.buried_until > today
    }
    return done | (set(items) - context.catalog.heads(items).keys())


def _tick(n: int, block: Block, day: DayState, answered: set[str], closed: set[str]) -> BlockView:
    if block.items:
        part = sum(item in answered for item in block.items) / len(block.items)
        done, spent = part == 1, round(block.minutes * part)
    elif block.kind == "close":
        done = day.notes > 0
        spent = block.minutes if done else 0
    elif block.paper:
        spent = day.papers.get(block.paper, 0) // 60
        done = spent >= block.minutes or block.paper in day.passes
    else:
        spent = day.units.get(block.unit, 0) // 60
        done = spent >= block.minutes or block.unit in closed
    return BlockView(
        n, block.kind, block.minutes, spent, done, block.title, block.unit, block.paper, block.items, block.resource,
        block.then, block.why, planning.command_of(block),
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
        left = planning.minutes_left(context)
        more = f"{left}m more reach the goal" if left else "More, if you like"
        return f"All done for today. {more}: mlcoach today --more"
    if not recorded and not any(block.kind in ("study", "build") for block in blocks):
        if not planning.minutes_left(context):
            return "No minutes are planned today. A small step is always there: mlcoach today --minutes 20"
        return f"Nothing new is ready on the path `{context.settings.get('path')}`; the map: mlcoach curriculum map"
    return ""
