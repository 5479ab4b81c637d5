"""Gather what a plan depends on, and make it. This is the one way in which a day is planned, today or later."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.block import Block
from mlcoach.domain.day.comeback import RAMP, Comeback, comeback
from mlcoach.domain.day.plan import LONG_DAY, CardsLeft, DayShape, Plan, PlanInput, longest_first, make_plan
from mlcoach.domain.day.progress import DayState
from mlcoach.domain.day.unit_status import UnitProgress
from mlcoach.domain.day.units import OpenStep, UnitChoice, choose_units
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day import fortnight, papers, practice, preparation
from mlcoach.services.day.pace import learner_factor, pace
from mlcoach.services.day.steps import open_steps
from mlcoach.services.review import items
from mlcoach.services.review.new_cards import new_cards, taken_up

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FULL_DAY = 120  # minutes for which `new_cards` and `review_cap` are meant
LONG_CAP = 2  # times the review cap that a longer day may ask for
MORE_MINUTES = 30
LOOKED_AT = 8  # units whose steps are read: those of a long day, and some behind them
OPENING_DAYS = 7  # how long what was to be made on the first evening is brought again
OLD_DAYS = 21  # under way for so long, a unit is finished before another one is begun on a short day
CAREER_DAYS = 28  # at most one unit of the track `career` is begun within so many


def minutes_left(context: "Context") -> int:
    """Return the minutes between today's goal and what is done; the goal itself in the morning."""
    return max(0, _goal(context) - context.store.day(context.today).seconds // 60)


def _goal(context: "Context") -> int:
    day = context.store.day(context.today)
    return day.goal if day.opened else context.settings.goal_on(context.today.weekday())


def compute_plan(
    context: "Context", minutes: int | None = None, *, close: bool = True, without: Collection[str] = ()
) -> Plan:
    """Return a plan for the minutes given, by default those left of today's goal. Nothing is written.

    `without` are items that it must not ask for.
    """
    kept = context.plans if minutes is None and close and not without else None
    stamp = None if kept is None else context.stamp()
    if kept and isinstance(plan := kept.get(stamp), Plan):
        return plan
    plan = _computed(context, minutes, close=close, without=without)
    if kept is not None:
        kept.clear()
        kept[stamp] = plan
    return plan


def _computed(context: "Context", minutes: int | None, *, close: bool, without: Collection[str]) -> Plan:
    budget = minutes_left(context) if minutes is None else minutes
    plan = make_plan(plan_input(context, budget, close=close, without=without))
    day = context.store.day(context.today)
    spent_on = Counter(seconds_by_unit(context, day))
    blocks: list[Block] = []
    for block in plan.blocks:
        about = block.unit or block.work
        before = spent_on[about] if about else day.papers.get(block.paper, 0)
        blocks.append(block._replace(spent_before=before, passes_before=day.passes.count(block.paper)))
        if about:  # a second part of the same unit is ticked by what comes after the first
            spent_on[about] += block.minutes * 60
    return plan._replace(blocks=tuple(blocks))


def seconds_by_unit(context: "Context", day: DayState) -> Counter[str]:
    """Return the seconds of a day by unit, under the ids that the units have now."""
    aliases = context.catalog.aliases()
    spent: Counter[str] = Counter()
    for unit, seconds in day.units.items():
        spent[aliases.get(unit, unit)] += seconds
    return spent


def plan_input(context: "Context", minutes: int, *, close: bool = True, without: Collection[str] = ()) -> PlanInput:
    """Return everything today's plan depends on, in the order in which things should be asked."""
    back = coming_back(context)
    cap = review_cap(context, back)
    progress = unit_progress(context)
    due_count = items.due_count(context)
    due = items.due_heads(context, asked_cards(context, due_count), only="card")
    lately = fortnight.lately(context)
    failing = preparation.failing(context, progress)
    new = new_cards(context, progress, new_limit(context, minutes, due_count, halved=bool(failing)))
    choices = unit_choices(context, progress, lately)
    first = _first(context, progress)
    hunting = context.settings.get("phase") == "hunt"
    career = not hunting and fortnight.begun_since(context, progress, "career", CAREER_DAYS)
    factor = learner_factor(context, progress)
    likely = choose_units(choices, slots=2, first=first, lane_minutes=lately.by_lane, recent_career=career)[:LOOKED_AT]
    likely += [unit for unit in choices if unit.opening and unit not in likely]
    own = pace(context)
    enough = minutes >= practice.LEAST_MINUTES
    old = practice.of_the_day(context, progress, lately, without) if enough else practice.Practice()
    steps = {unit.id: open_steps(context, unit.id, progress.states.get(unit.id), factor) for unit in likely}
    shape = _shape(context, progress, minutes, choices, steps, without) if close else DayShape()
    for id in (*shape.projects, *shape.otherwise, *shape.careers[:2]):
        steps.setdefault(id, open_steps(context, id, progress.states.get(id), factor))
    return PlanInput(
        day=context.today,
        minutes=minutes,
        path=context.settings.get("path"),
        cards=tuple(own.of(head) for _, head in due if head.id not in without),
        new=tuple(own.of(head) for head in new if head.id not in without),
        due_count=due_count,
        cap=cap,
        away=back.away,
        problems=old.problems,
        drills=old.drills,
        preparation=preparation.preparation(context, progress, likely[:2], failing, lately),
        units=tuple(choices),
        steps=steps,
        first=first,
        lane_minutes=lately.by_lane,
        factor=factor,
        recent_career=career,
        paper=papers.paper_of_the_day(context, progress, lately),
        close=close,
        shape=shape,
    )


def _shape(
    context: "Context",
    progress: UnitProgress,
    minutes: int,
    choices: list[UnitChoice],
    steps: "Mapping[str, tuple[OpenStep, ...]]",
    without: Collection[str],
) -> DayShape:
    """Return what today has beside its lanes; nothing on most days of most learners, who need not load how."""
    settings = context.settings
    goals = [settings.goal_on(weekday) for weekday in range(7)]
    longest = longest_first(goals)[:1] == [context.today.weekday()]
    wanted = settings.get("phase") or settings.get("free_day") or minutes >= LONG_DAY or _is_free_day(context, goals)
    interview = _interview_day(context)
    daily = interview is not None or _has_daily_problems(context)
    made = longest and (context.store.has_projects() or papers.core_share(context, progress) >= papers.CORE_SHARE)
    if not (wanted or daily or made):
        return DayShape()
    from mlcoach.services.day.shape import day_shape

    return day_shape(
        context, progress, minutes, choices, steps, daily_problems=daily, interview=interview, without=without
    )


def _is_free_day(context: "Context", goals: list[int]) -> bool:
    """Return whether today has time of the learner's own although they chose no day for it: the week's last one."""
    if context.settings.is_set("free_day") or not papers.is_settled(context):
        return False
    from mlcoach.domain.day.phase import last_free_day

    return last_free_day(goals) == context.today.weekday()


def _has_daily_problems(context: "Context") -> bool:
    """Return whether a goal for interviews is so near that problems come every day."""
    goal = context.store.goal()
    if goal is None or goal.path != context.path.id:
        return False
    from mlcoach.domain.day.goal import problems_on

    return problems_on(goal, context.today)


def _interview_day(context: "Context") -> date | None:
    """Return the day of the next interview, None where no job is at one."""
    if "jobs" not in context.store.works_with():
        return None
    from mlcoach.services.work.jobs.interviews import interview_day

    return interview_day(context)


def _waiting(context: "Context", progress: UnitProgress) -> frozenset[str]:
    """Return the units of the path that wait until the others are passed, since a goal leaves no time for all."""
    if context.store.goal() is None:
        return frozenset()
    from mlcoach.services.goal.outlook import waiting

    return waiting(context, progress)


def coming_back(context: "Context") -> Comeback:
    """Return the state of today after a break."""
    free = [weekday for weekday in range(7) if not context.settings.goal_on(weekday)]
    return comeback(context.today, context.store.studied_before(context.today, len(RAMP)), free)


def review_cap(context: "Context", back: Comeback) -> int:
    """Return the most due cards that today asks for: the setting, and less on the first days after a break.

    The setting is for two hours. A longer day carries more, up to twice as many at four: who studies on weekends has
    the cards of a week due on two days.
    """
    usual: int = context.settings.get("review_cap")
    longer = min(LONG_CAP, max(1.0, _goal(context) / FULL_DAY))
    return max(1, round(usual * longer * back.share))


def asked_cards(context: "Context", due_count: int) -> int:
    """Return the most due cards that today asks for: the cap, and up to twice as many while a backlog is worked off.

    Half as many again are asked at once where that is all: the last few of a backlog would come back for a week. The
    first days after a break begin below the cap and go up evenly.
    """
    back = coming_back(context)
    cap = review_cap(context, back)
    return min(max(cap + cap // 2, due_count - cap), round(back.most * cap))


def new_limit(context: "Context", minutes: int, due_count: int, *, halved: bool = False) -> int:
    """Return how many new cards today may bring: the setting for a full day, fewer for less time.

    Half of it while more is due than a plan asks for, so that a backlog shrinks, or while a unit is hard going
    (`halved`); none at twice the cap. What was already answered for the first time today counts.
    """
    cap = review_cap(context, coming_back(context))
    most = new_cards_for(context, minutes)
    if due_count > 2 * cap:
        most = 0
    elif due_count > cap or halved:
        most //= 2
    return max(0, most - context.store.first_answered_on(context.today, context.catalog.exercises))


def new_left(context: "Context", due_count: int, at_least: int = 0) -> int:
    """Return how many new cards today may still bring: by what is due and its minutes, or `at_least` so many."""
    day = context.store.day(context.today)
    minutes = day.planned_minutes if day.plan is not None else minutes_left(context)
    return new_limit(context, max(minutes, at_least), due_count)


def cards_left(context: "Context", progress: UnitProgress | None = None) -> CardsLeft:
    """Return how many cards `review` would ask now: the one count that every screen shows."""
    due = items.due_count(context)
    fresh = new_cards(context, progress or unit_progress(context), new_left(context, due))
    return CardsLeft(min(due, asked_cards(context, due)), len(fresh))


def new_cards_for(context: "Context", minutes: int) -> int:
    """Return how many new cards fit a day of these minutes: the setting on a full day, its share on a shorter one."""
    most: int = context.settings.get("new_cards")
    return round(most * min(minutes, FULL_DAY) / FULL_DAY)


def unit_choices(context: "Context", progress: UnitProgress, lately: fortnight.Lately) -> list[UnitChoice]:
    """Return the units a plan may choose from: the path in its order, then what is under way beside it."""
    later = _waiting(context, progress)
    path = [id for id in context.path.units if id in context.catalog.units and id not in later]
    on_path = set(path)
    beside = [id for id, status in progress.status.items() if status == "learning" and id not in on_path]
    begins = (id for id in path if context.catalog.units[id].track == "start" and progress.status[id] != "skipped")
    opener = next(begins, "")
    weeks_ago = (context.today - timedelta(days=OLD_DAYS)).isoformat()
    choices = []
    first = set(context.chosen_path.known) - set(context.path.known)  # what the learner chose to learn all the same
    titles = {id: unit.title for id, unit in context.catalog.units.items()}
    for id in [*path, *beside]:
        status = progress.status[id]
        if status not in ("", "learning"):
            continue
        unit = context.catalog.units[id]
        if first and not first.isdisjoint(progress.locked_by(unit.requires)):
            continue  # also where it is under way
        state = progress.states.get(id)
        if status and not taken_up(context, progress, id, later):
            if id not in on_path:
                continue
            status = ""
        choices.append(
            UnitChoice(
                id=id,
                title=unit.title,
                lane=unit.lane,
                status=status,
                hours=unit.hours,
                seconds=state.seconds if state else 0,
                since=state.first_day if state else "",
                granted=tuple(titles[other] for other in progress.granted(unit.requires)),
                fallen=tuple(titles[other] for other in progress.locked_by(unit.requires) if other in later),
                # What falls before a goal locks nothing that stays.
                locked=bool(progress.locked_by(edge for edge in unit.requires if edge.unit not in later)),
                on_path=id in on_path,
                opening=id == opener and (not status or _is_unmade(context, id, progress)),
                career=unit.track == "career",
                subject=unit.subject,
                recent=lately.by_unit.get(id, 0),
                old=bool(status and state and state.first_day and state.first_day <= weeks_ago),
            )
        )
    return choices


def _is_unmade(context: "Context", unit: str, progress: UnitProgress) -> bool:
    """Return whether what the very first evening is for is still to be made: a unit begun days ago, its first exercise.

    Who left it long ago has gone another way, and is not called back.
    """
    state = progress.states[unit]
    if not state.first_day or (context.today - date.fromisoformat(state.first_day)).days > OPENING_DAYS:
        return False
    made = next((step.id for step in context.catalog.steps(unit) if step.kind == "exercise"), "")
    return any(step.id == made for step in open_steps(context, unit, state))


def _first(context: "Context", progress: UnitProgress) -> tuple[str, ...]:
    """Return the units that the path begins with and that are to be done: the last one alone as soon as it is ready.

    What is under way and enough for those behind it waits. None from where the last one is begun.
    """
    first = [id for id in context.path.first if id in progress.status]
    if not first or progress.status[first[-1]]:
        return ()
    if not progress.locked_by(context.catalog.units[first[-1]].requires):
        return tuple(first[-1:])
    return tuple(
        id
        for number, id in enumerate(first)
        if progress.status[id] in ("", "learning") and not _is_enough(context, progress, id, first[number + 1 :])
    )


def _is_enough(context: "Context", progress: UnitProgress, unit: str, later: list[str]) -> bool:
    """Return whether a unit locks none of the later ones that build on it, and there is one."""
    units = context.catalog.units
    edges = [edge for id in later for edge in units[id].requires if edge.unit == unit]
    return bool(edges) and not progress.locked_by(edges)


def command_of(block: Block, number: int) -> str:
    """Return the command that starts a block, given by its number in the plan."""
    match block.kind:
        case "review":
            return "mlcoach review --only cards"
        case "practice":
            return f"mlcoach review --block {number}"
        case "paper":
            return f"mlcoach paper read {block.paper}"
        case "close":
            return 'mlcoach log --note "…"'
        case "free":
            return f'mlcoach log {block.minutes}m --note "…"'
        case _ if block.work:
            return f"mlcoach start {block.work}"
        case _:
            return f"mlcoach done {block.unit}" if block.closing and not block.parts else f"mlcoach start {block.unit}"
