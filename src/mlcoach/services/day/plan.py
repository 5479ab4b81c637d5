"""Gather what a plan depends on, and make it."""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import LANES
from mlcoach.domain.day.comeback import RAMP, Comeback, comeback
from mlcoach.domain.day.plan import MOST_OPEN, Block, PaperChoice, Plan, PlanInput, UnitChoice, choose_unit, make_plan
from mlcoach.domain.day.progress import DayState
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum import progress
from mlcoach.services.day.pace import pace
from mlcoach.services.review import items as review_items

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.services.context import Context

FULL_DAY = 120  # minutes for which `new_cards` is meant
# From here on papers enter the plan by themselves; before that, only those the learner queued.
PAPERS_FROM_CORE_SHARE = 0.4
MORE_MINUTES = 30
LOOKED_AT = 10  # papers of each kind among which the one for a day is chosen
MET_AFTER_PASSING = ("passed", "mastered", "rusty")


def minutes_left(context: "Context") -> int:
    """Return the minutes between today's goal and what is done; the goal itself in the morning."""
    day = context.store.day(context.today)
    goal = day.goal if day.opened else context.settings.goal_on(context.today.weekday())
    return max(0, goal - day.seconds // 60)


def compute_plan(
    context: "Context", minutes: int | None = None, *, close: bool = True, without: Collection[str] = ()
) -> Plan:
    """Return a plan for the minutes given, by default those left of today's goal. Nothing is written.

    `without` are items that it must not ask for.
    """
    budget = minutes_left(context) if minutes is None else minutes
    plan = make_plan(situation(context, budget, close=close, without=without))
    day = context.store.day(context.today)
    spent_on = seconds_by_unit(context, day)
    return plan._replace(
        blocks=tuple(
            block._replace(
                spent_before=spent_on[block.unit] or day.papers.get(block.paper, 0),
                passes_before=day.passes.count(block.paper),
            )
            for block in plan.blocks
        )
    )


def seconds_by_unit(context: "Context", day: DayState) -> Counter[str]:
    """Return the seconds of a day by unit, under the ids that the units have now."""
    aliases = context.catalog.aliases()
    spent: Counter[str] = Counter()
    for unit, seconds in day.units.items():
        spent[aliases.get(unit, unit)] += seconds
    return spent


def situation(context: "Context", minutes: int, *, close: bool = True, without: Collection[str] = ()) -> PlanInput:
    """Return everything today's plan depends on, in the order in which things should be asked."""
    back = coming_back(context)
    cap = review_cap(context, back)
    standing = progress.unit_progress(context)
    found = review_items.due_heads(context, cap * 2 + 1)
    # Up to here the items were counted; beyond, the store's number will do, which knows nothing of cards gone.
    due_count = len(found) if len(found) <= cap * 2 else context.store.due_count(context.today)
    due = [(item, head) for item, head in found[: cap * 2] if head.id not in without]
    new = review_items.new_heads(context, latest(standing), new_limit(context, minutes, due_count))
    choices = unit_choices(context, standing)
    own = pace(context)
    return PlanInput(
        day=context.today,
        minutes=minutes,
        path=context.settings.get("path"),
        cards=tuple(own.of(head) for _, head in due if head.kind == "card")[:cap],
        problems=tuple(own.of(head) for _, head in due if head.kind == "exercise"),
        new=tuple(own.of(head) for head in new if head.id not in without),
        due_count=due_count,
        away=back.away,
        units=tuple(_with_next_exercise(context, choices)),
        paper=next_paper(context, standing) if is_paper_day(context, context.today) else None,
        close=close,
    )


def coming_back(context: "Context") -> Comeback:
    """Return where today stands after a break."""
    return comeback(context.today, context.store.studied_before(context.today, len(RAMP)))


def review_cap(context: "Context", back: Comeback) -> int:
    """Return the most due items that today asks for: the setting, and less on the first days after a break."""
    usual: int = context.settings.get("review_cap")
    return max(1, round(usual * back.share))


def new_limit(context: "Context", minutes: int, due_count: int) -> int:
    """Return how many new cards today may bring: the setting for a full day, fewer for less time.

    Half of it while more is due than a plan asks for, so that a backlog shrinks; none at twice the cap. What was
    already answered for the first time today counts.
    """
    cap = review_cap(context, coming_back(context))
    most = new_cards_for(context, minutes)
    if due_count > 2 * cap:
        most = 0
    elif due_count > cap:
        most //= 2
    return max(0, most - context.store.first_answered_on(context.today))


def new_cards_for(context: "Context", minutes: int) -> int:
    """Return how many new cards fit a day of these minutes: the setting on a full day, its share on a shorter one."""
    most: int = context.settings.get("new_cards")
    return round(most * min(minutes, FULL_DAY) / FULL_DAY)


def unit_choices(context: "Context", standing: progress.UnitProgress) -> list[UnitChoice]:
    """Return the units a plan may choose from: the path in its order, then what is under way beside it."""
    path = [id for id in context.path.units if id in context.catalog.units]
    beside = [id for id, status in standing.status.items() if status == "learning" and id not in set(path)]
    choices = []
    for id in [*path, *beside]:
        status = standing.status[id]
        if status not in ("", "learning"):
            continue
        unit = context.catalog.units[id]
        state = standing.states.get(id)
        choices.append(
            UnitChoice(
                id=id,
                title=unit.title,
                lane=unit.lane,
                status=status,
                hours=unit.hours,
                seconds=state.seconds if state else 0,
                since=state.first_day if state else "",
                resource=unit.opens_with,
                then=unit.first_exercise,
                locked=bool(standing.locked_by(requirement.unit for requirement in unit.requires)),
                on_path=id in path,
                opening=unit.track == "start",
            )
        )
    return choices


def latest(standing: progress.UnitProgress) -> list[str]:
    """Return the units that new cards come from: those under way that were studied last, then those passed or
    added to last.

    What was not met before passing is met after it, so that passing early costs no card.
    """
    under_way = [id for id, status in standing.status.items() if status == "learning"]
    passed = [id for id, status in standing.status.items() if status in MET_AFTER_PASSING]
    under_way.sort(key=lambda id: standing.states[id].last_day, reverse=True)
    # A unit passed long ago to which something was added since stands in front again.
    passed.sort(key=lambda id: standing.states[id].last_day, reverse=True)
    return [*under_way[:MOST_OPEN], *passed[:MOST_OPEN]]


def _with_next_exercise(context: "Context", choices: list[UnitChoice]) -> list[UnitChoice]:
    """Return the choices; those the plan will take name the next exercise not done yet."""
    taken = {choice.id for lane in LANES if (choice := choose_unit(choices, lane)) and choice.status}
    return [
        choice._replace(then=_title(next_exercise(context, choice.id))) if choice.id in taken else choice
        for choice in choices
    ]


def _title(head: "ItemHead | None") -> str:
    return head.title if head else ""


def next_exercise(context: "Context", unit: str) -> "ItemHead | None":
    """Return the first exercise of a unit that was not done yet, or None."""
    heads = [head for head in context.catalog.items(unit) if head.kind == "exercise"]
    known = review_items.known_items(context, [head.id for head in heads])
    return next((head for head in heads if head.id not in known), None)


def is_paper_day(context: "Context", day: date) -> bool:
    """Return whether the plan of that day holds a paper."""
    from mlcoach.adapters.settings import WEEKDAYS

    return WEEKDAYS[day.weekday()] in context.settings.get("paper_days")


def next_paper(
    context: "Context", standing: progress.UnitProgress, day: date | None = None, moved: Collection[str] = ()
) -> PaperChoice | None:
    """Return the paper for a paper day: what is being read, another one while too few move, else a core classic.

    `moved` are papers that will have had a day of that week before, beside those that had one already.
    """
    from mlcoach.domain.papers.queue import next_in_turn

    store = context.store
    when = day or context.today
    monday = when - timedelta(days=when.weekday())
    had_a_day = {*store.papers_moved(monday, min(when, context.today) - timedelta(days=1)), *moved}
    reading = store.paper_rows("reading", LOOKED_AT)
    queued = store.paper_rows("queued", LOOKED_AT)
    rows = {row.key: row for row in (*reading, *queued)}
    if id := next_in_turn([row.key for row in reading], [row.key for row in queued], had_a_day):
        row = rows[id]
        return PaperChoice(id, row.title or id, row.reading_pass, row.why, _pass_minutes(context, row.reading_pass))
    core = [unit for unit in context.catalog.units.values() if unit.core]
    satisfied = [unit for unit in core if standing.status[unit.id] in SATISFIED]
    if sum(unit.hours for unit in satisfied) < PAPERS_FROM_CORE_SHARE * sum(unit.hours for unit in core):
        return None
    touched = store.paper_titles()
    passed = {unit.id for unit in satisfied}
    for id, classic in context.catalog.papers().items():
        if classic.core and id not in touched and passed.intersection(classic.units):
            return PaperChoice(id, classic.title, 1, classic.why)
    return None


def _pass_minutes(context: "Context", reading_pass: int) -> int:
    """Return how many minutes a pass takes this learner; 0, the usual, where they timed none yet."""
    if not context.store.newest_passes(1):
        return 0
    from mlcoach.services.papers.pace import pass_minutes

    return pass_minutes(context)[reading_pass]


def command_of(block: Block) -> str:
    """Return the command that starts a block."""
    match block.kind:
        case "review":
            return "mlcoach review --only cards"
        case "practice":
            return "mlcoach review --only exercises"
        case "paper":
            return f"mlcoach paper read {block.paper}"
        case "close":
            return f'mlcoach log {block.minutes}m --note "…"'
        case _:
            return f"mlcoach start {block.unit}"
