"""The plan of the day, ticked off by what was done."""

from typing import TYPE_CHECKING

from mlcoach.domain.day.block import Block, DayFacts, Part, is_freed, progress_of
from mlcoach.domain.day.comeback import last_before_long_break
from mlcoach.domain.day.plan import LONG_DAY
from mlcoach.domain.day.progress import DayState
from mlcoach.domain.day.unit_status import UnitProgress
from mlcoach.domain.day.units import place
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day import papers
from mlcoach.services.day import plan as day_plan
from mlcoach.services.day.pace import learner_factor
from mlcoach.services.day.status import minutes_view, streak_view, timer_view
from mlcoach.services.day.steps import open_steps, practise, view_of
from mlcoach.views.day import BlockView, PartView, StepView, TimerView, TodayView

if TYPE_CHECKING:
    from mlcoach.domain.day.units import OpenStep
    from mlcoach.services.context import Context

SPARE = 5  # minutes worth offering something for
PLACED_BY = 3  # studied days, after which nobody is asked any more what they know
MADE_ANEW = "Today's plan is made anew: mlcoach today"
MORE_IN_PLAN = "Nothing on top yet: what is open in the plan comes first."


def today(context: "Context", minutes: int | None = None, *, more: bool = False) -> TodayView:
    """Return the day's plan as it is; with `minutes`, a plan for that much time; with `more`, something on top.

    Nothing is written: the plan is the recorded one, or the one that the day's first write will record. Minutes that
    became free, since a step or a unit was finished early, get a block of their own at the end.
    """
    day = context.store.day(context.today)
    recorded = day.plan is not None and minutes is None
    blocks = planned_blocks(context) if minutes is None else list(day_plan.compute_plan(context, minutes).blocks)
    views = _Views(context, day, blocks)
    shown = views.of(blocks)
    if recorded:
        shown = [view for block, view in zip(blocks, shown, strict=True) if not is_freed(block, views.facts)]
        offered = views.of(_offered(context, shown), offered=True)
        closes = [view for view in shown if view.kind == "close" and not view.done]  # the day's last word
        shown = [view for view in shown if view not in closes] + offered + closes
    extra = views.of(_more(context, blocks)) if more else []
    shown += extra
    shown = [view._replace(n=n) for n, view in enumerate(shown, start=1)]
    timer = timer_view(context)
    goal, goal_short = _goal(context)
    return TodayView(
        date=context.today,
        minutes=minutes_view(context, day),
        streak=streak_view(context),
        blocks=tuple(shown),
        timer=timer,
        next_command=_next_command(shown, timer),
        note=MORE_IN_PLAN if more and not extra else _note(context, shown, views.progress, recorded=recorded),
        streak_shown=context.settings.get("streak"),
        newcomer=not (context.store.days_studied(1) or all(map(context.settings.is_set, ("path", "slot", "floor")))),
        comeback=_comeback(context, day),
        goal=goal,
        goal_short=goal_short,
        errand=_errand(context),
        idea=_idea(context),
        job=_job(context),
        pace=round(views.factor, 2),
        offers_placement=not context.store.is_placed() and context.store.days_studied(PLACED_BY) < PLACED_BY,
        offers_refresher=_is_long_away(context),
    )


def planned_blocks(context: "Context") -> list[Block]:
    """Return today's plan: the recorded one, or the one that the day's first write will record."""
    day = context.store.day(context.today)
    if day.plan is None:
        return list(day_plan.compute_plan(context).blocks)
    return [_as_named_now(context, Block.from_data(data)) for data in day.plan]


def _as_named_now(context: "Context", block: Block) -> Block:
    """Return a recorded block under the ids that its unit, steps and items have in the curriculum as it is now."""
    aliases = context.catalog.aliases()
    items = tuple(aliases.get(item, item) for item in block.items)
    parts = tuple(part._replace(step=aliases.get(part.step, part.step)) for part in block.parts)
    return block._replace(unit=aliases.get(block.unit, block.unit), items=items, parts=parts)


def _offered(context: "Context", shown: list[BlockView]) -> list[Block]:
    """Return blocks for the minutes that became free: nothing before anything was finished early."""
    waiting = sum(view.minutes - view.done_minutes for view in shown if not view.done)
    spare = day_plan.minutes_left(context) - waiting
    units = {view.unit or view.work for view in shown if (view.unit or view.work) and not view.done}
    if spare < SPARE or not any(view.done or not view.unit for view in shown):
        return []
    if all(view.done_minutes == 0 for view in shown) and not context.store.day(context.today).closed:
        return []
    blocks = day_plan.compute_plan(context, spare, close=False).blocks
    return [block for block in blocks if block.unit and block.unit not in units]


def _more(context: "Context", planned: list[Block]) -> list[Block]:
    """Return blocks for half an hour on top: cards that the plan does not hold, and time after the planned time."""
    taken = frozenset(item for block in planned for item in block.items)
    extra = day_plan.compute_plan(context, day_plan.MORE_MINUTES, close=False, without=taken).blocks
    ends: dict[str, int] = {}
    for block in planned:
        if about := block.unit or block.paper or block.work:
            ends[about] = max(ends.get(about, 0), block.spent_before + block.minutes * 60)
    spent = day_plan.seconds_by_unit(context, context.store.day(context.today))
    # A unit whose planned minutes are not over yet is in the plan already.
    beyond = [block for block in extra if not block.unit or spent[block.unit] >= ends.get(block.unit, 0)]
    return [block._replace(spent_before=max(block.spent_before, ends.get(block.unit, 0))) for block in beyond]


def replan(context: "Context", minutes: int | None = None) -> TodayView:
    """Record a new plan for the minutes left (or those given) and return it."""
    from mlcoach.domain.events import DayPlanned
    from mlcoach.services.record import record

    plan = day_plan.compute_plan(context, minutes)
    blocks = tuple(block.to_data() for block in plan.blocks)
    record(context, DayPlanned(plan.minutes, blocks, replanned=True, adds_up=True))
    return today(context)


def replan_untouched(context: "Context", command: str) -> bool:
    """Record a new plan of today where one is written that nobody has begun to follow, and return whether it was so.

    Else what was chosen this evening to be learned first comes after what the plan has. It belongs to `command`.
    """
    from mlcoach.domain.events import DayPlanned
    from mlcoach.services.record import record

    day = context.store.day(context.today)
    if day.plan is None or day.seconds or day.steps:
        return False
    plan = day_plan.compute_plan(context)
    blocks = tuple(block.to_data() for block in plan.blocks)
    record(context, DayPlanned(plan.minutes, blocks, replanned=True, adds_up=True), command=command)
    return True


class _Views:
    """Blocks as screens show them, with the facts and the steps that several of them need."""

    def __init__(self, context: "Context", day: DayState, blocks: list[Block]) -> None:
        self._context = context
        self.facts = _facts(context, day, blocks)
        self.progress = unit_progress(context)
        self.factor = learner_factor(context, self.progress)
        self._steps: dict[str, tuple[OpenStep, ...]] = {}
        self.counts = day.plan is not None

    def of(self, blocks: list[Block], *, offered: bool = False) -> list[BlockView]:
        """Return the views of these blocks."""
        self._begun: set[str] = set()
        return [self._view(n, block, offered=offered) for n, block in enumerate(blocks, start=1)]

    def _view(self, n: int, block: Block, *, offered: bool) -> BlockView:
        minutes, done = progress_of(block, self.facts)
        step = None if done or not block.unit else self._step(block)
        resource, then = block.resource, block.then
        if step:
            resource = place(step.title, step.at)
            then = self._then(block, step)
        waiting = [item for item in block.items if item not in self.facts.answered] if block.kind == "practice" else []
        command = day_plan.command_of(block, n)
        opens = step.command if step and step.id in self._context.catalog.exercises else ""
        if waiting and not done:
            # Short drills are typed one after the other: the command asks all of the block, not its first alone.
            opens = command if block.drills else practise(self._context, waiting[0])
        # Answers count the day's cards down; the plan itself stays.
        counted = block.kind == "review" and self.counts and not done
        title = day_plan.cards_left(self._context, self.progress).words if counted else ""
        return BlockView(
            n, block.kind, block.minutes, minutes, done, title or block.title, block.unit, block.paper, block.items,
            resource, then, block.why, command, step, tuple(PartView(*part) for part in block.parts), offered, opens,
            block.work,
        )  # fmt: skip

    def _open(self, unit: str) -> "tuple[OpenStep, ...]":
        if unit not in self._steps:
            known = unit in self._context.catalog.units
            state = self.progress.states.get(unit)
            self._steps[unit] = open_steps(self._context, unit, state, self.factor) if known else ()
        return self._steps[unit]

    def _step(self, block: Block) -> StepView | None:
        """Return the step that a block is at: the unit's, in its later blocks of the day the first one planned."""
        if block.closing and not block.parts:
            return None
        waiting = self._open(block.unit)
        # Minutes tick a block whose steps may still be open: the next block goes on with these.
        planned = {part.step for part in block.parts} if block.unit in self._begun else set()
        self._begun.add(block.unit)
        found = next((step for step in waiting if step.id in planned), next(iter(waiting), None))
        if found is None:
            return None
        return view_of(self._context, found)

    def _then(self, block: Block, step: StepView) -> str:
        # Of the book that is open already, the section says more than the title.
        titles = {
            found.id: found.at if found.at and found.title == step.title else place(found.title, found.at)
            for found in self._open(block.unit)
        }
        behind = [part for part in _behind(block.parts, step.id) if part.step in titles]
        return titles[behind[0].step] if behind else ""


def _behind(parts: tuple[Part, ...], step: str) -> tuple[Part, ...]:
    ids = [part.step for part in parts]
    return parts[ids.index(step) + 1 :] if step in ids else ()


def _facts(context: "Context", day: DayState, blocks: list[Block]) -> DayFacts:
    """Return what the blocks are ticked by, under the ids that units, steps and items have now."""
    aliases = context.catalog.aliases()
    closed = {aliases.get(id, id) for id, state in context.store.units().items() if state.mark in ("passed", "skipped")}
    return day.facts._replace(
        units=day_plan.seconds_by_unit(context, day),
        answered=answered_of(context, blocks),
        steps={aliases.get(step, step) for step in day.steps},
        closed=closed,
    )


def answered_of(context: "Context", blocks: list[Block]) -> set[str]:
    """Return which items no longer wait today: answered, due later, suspended, buried, or gone from the curriculum."""
    items = [item for block in blocks for item in block.items]
    if not items:
        return set()
    today = context.today.isoformat()
    wanted = set(items)
    olds = {old: now for old, now in context.catalog.aliases().items() if now in wanted}
    known = context.store.items([*items, *olds])
    # A practice may ask for what is not due yet; what a review asks for is done when it is due later.
    reviewed = {item for block in blocks if block.kind == "review" for item in block.items}
    done = {
        olds.get(item, item)
        for item, state in known.items()
        if state.last_day >= today
        or state.buried_until > today
        or state.suspended
        or (state.due > today and olds.get(item, item) in reviewed)
    }
    return done | (set(items) - context.catalog.heads(items).keys())


def _next_command(blocks: list[BlockView], timer: TimerView | None) -> str:
    if timer:
        return "mlcoach stop"
    waiting = next((block for block in blocks if not block.done), None)
    return waiting.command if waiting else ""


def _goal(context: "Context") -> tuple[str, str]:
    """Return how the goal with a date looks, and the same for a small screen; "" without one."""
    if context.store.goal() is None:
        return "", ""
    from mlcoach.services.goal.outlook import sentences

    return sentences(context)


def _idea(context: "Context") -> str:
    """Return the title of the idea whose day to decide has come, "" without one."""
    if not context.store.has_projects():
        return ""
    from mlcoach.domain.work.projects import undecided_idea

    known = context.store.projects.all()
    id = undecided_idea(known.items(), context.today)
    return known[id].title if id else ""


def _job(context: "Context") -> str:
    """Return what a job is about whose day it is, "" without one."""
    if "jobs" not in context.store.works_with():
        return ""
    from mlcoach.services.work.jobs.errand import job_of_the_day

    return job_of_the_day(context)


def _errand(context: "Context") -> str:
    """Return what is to be done for somebody, "" where nobody waits or is kept."""
    if "people" not in context.store.works_with():
        return ""
    from mlcoach.services.work.jobs.errand import errand_of_the_day

    return errand_of_the_day(context)


def _comeback(context: "Context", day: DayState) -> str:
    """Return a kind sentence for the first day after missed ones, or ""."""
    back = day_plan.coming_back(context)
    if not back.away:
        return ""
    blocks = [Block.from_data(data) for data in day.plan] if day.plan is not None else None
    cards = sum(len(block.items) for block in blocks or day_plan.compute_plan(context).blocks if block.kind == "review")
    asked = f"today asks {cards} cards to begin with" if cards else "today asks no more than any day"
    return (
        f"Good to see you. {back.away} missed days are a gap, not a failure: {asked}. "
        "If you did study, `mlcoach log 30m --date yesterday` says so; if it was rest, `mlcoach rest DAY..DAY`."
    )


def _is_long_away(context: "Context") -> bool:
    """Return whether somebody is back from a long break and was not placed since."""
    last = last_before_long_break(context.today, context.store.studied_before(context.today, PLACED_BY))
    if last is None or not context.store.is_placed():
        return last is not None
    return all(answer.day <= last.isoformat() for answer in context.store.placement.state().answers)


def _note(context: "Context", blocks: list[BlockView], progress: UnitProgress, *, recorded: bool) -> str:
    """Return a sentence about the day as a whole, or ""."""
    if any(first <= context.today <= last for first, last in context.store.rest()):
        return "Rest is planned today: nothing is asked, the streak holds. What follows is there if you want it."
    day = context.store.day(context.today)
    if blocks and day.seconds and all(block.done for block in blocks):
        if day.finished or not day_plan.minutes_left(context):
            return "All done: the goal of today is reached. More, if you like: mlcoach today --more"
        return "What was planned is done. There is time for more: mlcoach today --more"
    if blocks and day.finished:
        return "Your plan is done, and the goal of today with it. There is time for more:"
    if not any(block.unit for block in blocks):
        from mlcoach.services.day.path_end import end_note, is_walked

        # A plan on record says itself what there is to do, unless the path ended since it was made.
        if recorded and blocks and not is_walked(context, progress):
            return ""
        if not day_plan.minutes_left(context):
            if day.goal:
                return "The goal is reached. More, if you like: mlcoach today --more"
            return "A small step is always there, and none is asked: mlcoach today --minutes 20"
        return end_note(context)
    if day_plan.minutes_left(context) > LONG_DAY and not recorded:
        return "A long day: after six hours little is learned. The plan has breaks; take them."
    from mlcoach.services.day.path_end import specialty_note

    if blocks and not any(block.paper for block in blocks) and papers.is_queue_empty(context, progress):
        return "A paper would be next this week, and the queue is empty: mlcoach paper suggest"
    return specialty_note(context, progress)
