"""The program as the simulated learner uses it: the one place of this benchmark that knows its services.

When the program learns something (steps, a close that is credited), this file changes and nothing else does.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mlcoach.domain.day.plan import redo_minutes
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.memory.ratings import RATING_NAMES
from mlcoach.errors import UsageError
from mlcoach.services.context import Context
from mlcoach.services.curriculum import progress
from mlcoach.services.day import done, forecast, log, units, upcoming
from mlcoach.services.day.today import today
from mlcoach.services.goal import goal
from mlcoach.services.papers import passes, walk
from mlcoach.services.placement import place, result
from mlcoach.services.placement.questions import form_of
from mlcoach.services.placement.scope import scope_of
from mlcoach.services.review import grade
from mlcoach.services.review import items as review_items
from mlcoach.services.review.queue import EVERYTHING
from mlcoach.services.upkeep import init
from mlcoach.views.day import BlockView

FIRST_MORNING = datetime.fromisoformat("2026-01-05T09:00:00+00:00")  # a Monday
NOWHERE = "http://127.0.0.1:9"
STAGES = ("worked", "completion", "solve")


class Block(NamedTuple):
    """A block of a plan. `step` is the step it is at, "" where the program names none; `resource` what it opens.

    `steps` are those its minutes are for, `closing` says that it only asks to close its unit.
    """

    kind: str
    minutes: int
    unit: str = ""
    paper: str = ""
    items: tuple[str, ...] = ()
    step: str = ""
    resource: str = ""
    steps: tuple[str, ...] = ()
    closing: bool = False
    done: bool = False


class Part(NamedTuple):
    """A piece of a unit, in the order in which it is walked, with its stated minutes.

    `id` is that of the exercise or of the step, "" where the program has no name for it.
    """

    id: str
    minutes: float
    exercise: bool = False


class Piece(NamedTuple):
    """A unit: its stated hours, what it builds on that is not known from the start, its cards, and its parts.

    The minutes of the parts add up to the hours.
    """

    hours: float
    requires: tuple[str, ...]
    cards: tuple[str, ...]
    parts: tuple[Part, ...]


class Item(NamedTuple):
    """A card, exercise or drill with the stated minutes of one repetition."""

    unit: str
    exercise: bool
    minutes: float
    drill: bool = False


class Range(NamedTuple):
    """When the path ends by the program's word, as days of the simulation."""

    early: int
    likely: int
    late: int


class Program:
    """mlcoach in one home, used through its services, one context a day; the clock stands until it is moved."""

    def __init__(self, home: Path, path: str, week: Sequence[int], known: Sequence[str] = ()) -> None:
        """Set up a home: minutes from Monday on, and the tracks, subjects or units that are known already."""
        self._environment = {"MLCOACH_HOME": str(home), "MLCOACH_ARXIV": NOWHERE, "MLCOACH_CROSSREF": NOWHERE}
        self._copy = home / "data" / "backups" / "none.db"
        self._copy.parent.mkdir(parents=True)
        self._copy.touch()
        self._now = FIRST_MORNING - timedelta(hours=1)
        self._context = self._opened()
        catalog = self._context.catalog
        units = tuple(id for id in catalog.units if any(f"{id}.".startswith(f"{name}.") for name in known))
        answers = init.defaults(self._context)._replace(path=path, minutes=tuple(week), known=units)
        init.apply(self._context, answers)
        self.morning(1)

    # The clock ------------------------------------------------------------------------------------------------

    def morning(self, day: int) -> None:
        """Begin a day of the simulation, the first is 1: the program starts anew."""
        self._context.close()
        self._now = FIRST_MORNING + timedelta(days=day - 1)
        self._context = self._opened()

    def spend(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)
        self._tell()
        self._context.tick()

    def close(self) -> None:
        """End the program."""
        self._context.close()

    def _opened(self) -> Context:
        self._tell()
        return Context(self._environment, "year")

    def _tell(self) -> None:
        self._environment["MLCOACH_NOW"] = self._now.isoformat(timespec="microseconds")

    def _writes(self) -> None:
        """Make ready to write, without waiting for the disk and without copies: nobody's year is lost here."""
        self._context.writable_store().connection.execute("PRAGMA synchronous = OFF")
        # An empty file that looks like a copy of just now: the next one is never due.
        self._copy = self._copy.rename(self._copy.with_name(f"mlcoach-{self._now:%Y%m%dT%H%M%SZ}.db"))

    # The map --------------------------------------------------------------------------------------------------

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The units of the path that have to be studied, in its order."""
        status = progress.unit_progress(self._context).status
        return tuple(id for id in self._context.path.units if id in status and status[id] not in SATISFIED)

    @cached_property
    def pieces(self) -> dict[str, Piece]:
        """Every unit of the map."""
        unit_progress = progress.unit_progress(self._context)
        return {
            id: self._piece(id, unit.hours, unit_progress.locked_by(edge for edge in unit.requires if edge.share == 1))
            for id, unit in self._context.catalog.units.items()
        }

    def _piece(self, unit: str, hours: float, requires: Sequence[str]) -> Piece:
        """Return a unit with its steps, whose minutes are made to add up to its hours."""
        steps = self._context.catalog.steps(unit)
        share = hours * 60 / sum(step.minutes for step in steps)
        parts = tuple(Part(step.id, step.minutes * share, step.kind == "exercise") for step in steps)
        heads = self._context.catalog.items(unit)
        return Piece(hours, tuple(requires), tuple(head.id for head in heads if head.kind == "card"), parts)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every card and exercise of the map."""
        return {
            head.id: Item(
                unit,
                head.kind == "exercise",
                redo_minutes(head) if head.kind == "exercise" else head.minutes,
                head.id in self._context.catalog.drills,
            )
            for unit in self._context.catalog.units
            for head in self._context.catalog.items(unit)
        }

    @property
    def review_cap(self) -> int:
        """The most due items that a plan asks for."""
        return int(self._context.settings.get("review_cap"))

    # What the program says ------------------------------------------------------------------------------------

    def plan_of_today(self) -> list[Block]:
        """Return the plan of today."""
        return [_block(view) for view in today(self._context).blocks]

    def plan_of_tomorrow(self) -> list[Block]:
        """Return what `plan` says of tomorrow."""
        return [_block(view) for view in upcoming.coming_days(self._context, 2).days[1].blocks]

    def forecast(self) -> Range | None:
        """Return when the path ends, or None while the program says nothing."""
        finish = forecast.forecast(self._context).finish
        if finish is None:
            return None
        return Range(*((day - FIRST_MORNING.date()).days + 1 for day in (finish.early, finish.likely, finish.late)))

    def due(self) -> tuple[int, int]:
        """Return how many cards and how many exercises are due."""
        heads = [head for _, head in review_items.due_heads(self._context, EVERYTHING)]
        exercises = sum(head.kind == "exercise" for head in heads)
        return len(heads) - exercises, exercises

    def status(self) -> dict[str, str]:
        """Return where each unit stands, mastery and rust included."""
        return progress.unit_progress(self._context, with_memory=True).status

    def stored_minutes(self) -> dict[str, int]:
        """Return the minutes that the program knows by unit; of all it knows under ""."""
        store = self._context.store
        known = {unit: state.seconds // 60 for unit, state in store.units().items()}
        return {**known, "": sum(seconds for _, seconds, _, _ in store.day_minutes()) // 60}

    def goal(self) -> tuple[str, frozenset[str]]:
        """Return what the goal with a date is told: fits, tight or too much, and the units that stay."""
        view = goal.show(self._context)
        return view.verdict, frozenset(unit.unit for unit in view.keeps)

    # What the learner says ------------------------------------------------------------------------------------

    def next_question(self, *about: str) -> tuple[str, str] | None:
        """Return the unit and the id of the next question of placement, or before a unit; None at its end."""
        asked = place.look(self._context, scope_of(self._context, about)).question
        return (asked.subject.unit, asked.subject.id) if asked else None

    def answer_question(self, right: bool, seconds: int, *about: str) -> None:
        """Answer the question that waits."""
        self._writes()
        waiting = place.look(self._context, scope_of(self._context, about))
        assert waiting.question is not None
        # What the machine checks is typed; whether it is right is known here.
        typed = "" if form_of(waiting.question) == "self" else "typed"
        place.write_answer(self._context, waiting, right, typed, seconds)

    def finish_placement(self, *about: str) -> tuple[str, ...]:
        """End placement, or the questions before a unit, and return the units it passed."""
        self._writes()
        return result.view(self._context, scope_of(self._context, about)).passed

    def is_learning(self, unit: str) -> bool:
        """Return whether a unit is under way, also one that was passed and opened again."""
        return progress.unit_progress(self._context).status[unit] == "learning"

    def answer(self, item: str, rating: int, seconds: int) -> None:
        """Answer a card or exercise; `seconds` of an exercise done within its unit are those of the unit, so 0."""
        self._writes()
        grade.grade(self._context, item, RATING_NAMES[rating], seconds, self._context.today)

    def set_goal(self, days: int) -> None:
        """Set a goal for the path: so many days of study, today included, before its day."""
        self._writes()
        goal.set_goal(self._context, (self._context.today + timedelta(days=days)).isoformat())

    def log(self, unit: str, minutes: int) -> None:
        """Record minutes on a unit, or on nothing in particular."""
        self._writes()
        log.log_study(self._context, minutes, unit, self._context.today, "")

    def finish_part(self, unit: str, part: Part) -> None:
        """Say that a step is finished."""
        self._writes()
        done.mark_step(self._context, part.id, "done", self._context.today)

    def mark_passed(self, unit: str) -> None:
        """Say that a unit is passed."""
        self._writes()
        units.mark_unit(self._context, unit, "passed", self._context.today)

    def reading_pass(self, paper: str) -> int:
        """Return the pass of a paper that is under way, 0 where it is not to be read; a bundled one joins the queue."""
        self._writes()
        try:
            walk.begin(self._context, paper)
        except UsageError:
            return 0
        row = self._context.store.paper_row(paper)
        return row.reading_pass if row else 0

    def log_paper(self, paper: str, minutes: int) -> None:
        """Record minutes on a paper."""
        self._writes()
        log.log_study(self._context, minutes, f"paper:{paper}", self._context.today, "")

    def finish_pass(self, paper: str, verdict: str) -> None:
        """End a pass over a paper, whose minutes were recorded before."""
        self._writes()
        passes.finish(self._context, paper, verdict, self._context.today)

    def close_day(self, minutes: int) -> int:
        """Write the line of the close and return the minutes it is credited."""
        self._writes()
        return log.log_note(self._context, "what I would tell a friend", self._context.today).minutes


def _block(view: BlockView) -> Block:
    step = view.step.id if view.step else ""
    steps = tuple(part.step for part in view.parts)
    closing = bool(view.unit) and not steps and view.command.startswith("mlcoach done")
    return Block(
        view.kind, view.minutes, view.unit, view.paper, view.items, step, view.resource, steps, closing, view.done
    )
