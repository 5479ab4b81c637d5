"""The coming days: today's plan, then each day planned as if the ones before were done as planned."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.plan import Block, PaperChoice, PlanInput, UnitChoice, make_plan
from mlcoach.services.curriculum import progress
from mlcoach.services.day import plan as day_plan
from mlcoach.services.day.today import today as todays_plan
from mlcoach.services.review import items as review_items
from mlcoach.views.day import BlockView
from mlcoach.views.plan import PlannedDayView, PlanView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.services.context import Context


def coming_days(context: "Context", count: int) -> PlanView:
    """Return the plans of `count` days from today on.

    Study minutes are added to the units they are planned for; a unit whose hours are used up counts as passed. Cards
    are expected by the due days they have now, and new ones are met as they are planned.
    """
    first = todays_plan(context)
    resting = context.store.rest()
    days = [PlannedDayView(context.today, first.minutes.goal, _rests(resting, context.today), first.blocks)]
    ahead = _Ahead(context, count)
    ahead.do(context.today, first.blocks)
    for number in range(1, count):
        day = context.today + timedelta(days=number)
        if _rests(resting, day):
            days.append(PlannedDayView(day, 0, True, ()))
            continue
        minutes = context.settings.goal_on(day.weekday())
        plan = make_plan(ahead.situation(day, minutes))
        blocks = tuple(_view(n, block) for n, block in enumerate(plan.blocks, start=1))
        ahead.do(day, blocks)
        days.append(PlannedDayView(day, minutes, False, blocks))
    return PlanView(context.settings.get("path"), tuple(days))


def _rests(spans: list[tuple[date, date]], day: date) -> bool:
    return any(first <= day <= last for first, last in spans)


class _Ahead:
    """The state of the days to come, moved on by what is planned."""

    def __init__(self, context: "Context", count: int) -> None:
        self.context = context
        self.standing = progress.unit_progress(context)
        self.choices = day_plan.unit_choices(context, self.standing)
        self.read: dict[str, date] = {}  # the last day planned for a paper
        self.due = _due(context, count)
        self.spent: Counter[str] = Counter()  # seconds by unit
        self.met: set[str] = set()

    def do(self, day: date, blocks: tuple[BlockView, ...]) -> None:
        """Count the blocks of a day as done."""
        for block in blocks:
            self.met.update(block.items)
            if block.paper:
                self.read[block.paper] = day
            if block.unit:
                self.spent[block.unit] += max(0, block.minutes - block.done_minutes) * 60

    def situation(self, day: date, minutes: int) -> PlanInput:
        """Return what the plan of a coming day depends on."""
        status = self._status()
        # What the days before did not get to waits; the caps of a plan hold on every day.
        due = [item for due_day, item in self.due if due_day <= day.isoformat() and item not in self.met]
        heads = self.context.catalog.heads(due).values()
        cap = self.context.settings.get("review_cap")
        return PlanInput(
            day=day,
            minutes=minutes,
            path=self.context.settings.get("path"),
            cards=tuple(head for head in heads if head.kind == "card")[:cap],
            problems=tuple(head for head in heads if head.kind == "exercise"),
            new=tuple(self._new(status, minutes)),
            due_count=len(heads),
            units=tuple(
                self._later(choice, status) for choice in self.choices if status[choice.id] in ("", "learning")
            ),
            paper=self._paper(day),
        )

    def _paper(self, day: date) -> PaperChoice | None:
        if not day_plan.is_paper_day(self.context, day):
            return None
        monday = day - timedelta(days=day.weekday())
        moved = {paper for paper, last in self.read.items() if last >= monday}
        return day_plan.next_paper(self.context, self.standing, day, moved)

    def _status(self) -> dict[str, str]:
        status = dict(self.standing.status)
        for id, seconds in self.spent.items():
            if status.get(id) in ("", "learning"):
                state = self.standing.states.get(id)
                used_up = (state.seconds if state else 0) + seconds >= self.context.catalog.units[id].hours * 3600
                status[id] = "passed" if used_up else "learning"
        return status

    def _new(self, status: dict[str, str], minutes: int) -> "list[ItemHead]":
        under_way = [choice.id for choice in self.choices if status[choice.id] == "learning"]
        limit = day_plan.new_cards_for(self.context, minutes)
        heads = review_items.new_heads(self.context, under_way, len(self.met) + limit)
        return [head for head in heads if head.id not in self.met][:limit]

    def _later(self, choice: UnitChoice, status: dict[str, str]) -> UnitChoice:
        requires = [requirement.unit for requirement in self.context.catalog.units[choice.id].requires]
        return choice._replace(
            status=status[choice.id],
            seconds=choice.seconds + self.spent[choice.id],
            locked=bool(self.standing._replace(status=status).locked_by(requires)),
        )


def _due(context: "Context", count: int) -> list[tuple[str, str]]:
    """Return what is due or falls due on the coming days as (ISO day, id of today), the longest due first."""
    rows = context.store.falling_due(context.today + timedelta(days=count))
    aliases = context.catalog.aliases()
    return [(day, aliases.get(key, key)) for day, key in rows]


def _view(n: int, block: Block) -> BlockView:
    return BlockView(
        n, block.kind, block.minutes, 0, False, block.title, block.unit, block.paper, block.items, block.resource,
        block.then, block.why, day_plan.command_of(block),
    )  # fmt: skip
