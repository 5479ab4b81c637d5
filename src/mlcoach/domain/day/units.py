"""Which units a day is for: those under way, then what is ready, lane by lane."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlcoach.domain.curriculum import LANES, Lane, Step, StepKind
from mlcoach.domain.day.unit_status import UnitStatus

CONCEPT_SHARE = 0.62  # of the core's hours
MOST_OPEN = 3
MOST_OPEN_SHORT = 2  # where a day is for one unit alone: of three, two would lie for weeks
RECENT_MINUTES = 30  # within the last fortnight: who is at it goes on, whatever is missing before
OPENING_MINUTES = 25  # of the first evening for what is made first
FRESH_MINUTES = 10  # on a step, before it is asked about
READ = ("reading", "study")  # kinds of steps that teach; study is all of a unit that names no readings
LONGEST_ON_ONE = 60  # minutes a day on one unit where another one could have them


class OpenStep(NamedTuple):
    """A step of a unit that is to be done. `minutes` are those still left, `n` its place among `of` steps."""

    id: str
    kind: StepKind
    title: str
    minutes: int
    n: int
    of: int
    at: str = ""
    url: str = ""

    @property
    def opened_by(self) -> str:
        """The command that opens it, "" for a reading: that has an address."""
        unit = self.id.partition("/")[0]
        commands: dict[StepKind, str] = {
            "before": f"mlcoach place {unit}",
            "exercise": f"mlcoach review --item {self.id}",
            "recall": f"mlcoach done {self.id}",
        }
        return commands.get(self.kind, "")


def was_worked_on(seconds: int, minutes_left: int) -> bool:
    """Return whether so much time on a step makes it worth asking whether it is finished: ten minutes, or half of it.

    After less the learner has just opened it, such as when the step before was finished a minute ago.
    """
    return seconds >= min(FRESH_MINUTES, minutes_left / 2) * 60


def is_taken_up(seconds: int, steps: int, *, locked: bool) -> bool:
    """Return whether a unit under way belongs into a plan: one short entry on it is a note, not a beginning.

    `steps` are those finished or skipped; without any it takes ten minutes, half an hour where prerequisites are open.
    """
    return bool(steps) or seconds >= 60 * (RECENT_MINUTES if locked else FRESH_MINUTES)


def reached_share(steps: Sequence[tuple[int, bool]], minutes: float) -> float:
    """Return the share (0 to 1) of a unit that was reached, of its steps as (minutes, finished), in their order.

    `minutes` were spent since a step was finished last: they are of the first open step, and of no later one.
    """
    whole = sum(length for length, _ in steps)
    done = sum(length for length, finished in steps if finished)
    under_way = next((length for length, finished in steps if not finished), 0)
    return (done + min(max(0.0, minutes), under_way)) / whole if whole else 0.0


def has_taught(steps: Sequence[tuple[str, bool]]) -> bool:
    """Return whether a unit has taught something, of its steps as (kind, finished).

    A reading of it is finished; of a unit without readings any exercise. Its cards ask what nobody saw before.
    """
    teaching = READ if any(kind in READ for kind, _ in steps) else ("exercise",)
    return any(finished for kind, finished in steps if kind in teaching)


def minutes_to_first_reading(steps: Sequence[Step]) -> int:
    """Return how long a unit takes to the end of its first reading, or where it has none of its first exercise."""
    teaching = [step for step in steps if step.kind in (*READ, "exercise")]
    first = next((number for number, step in enumerate(teaching) if step.kind in READ), 0)
    return sum(step.minutes for step in teaching[: first + 1])


def place(title: str, at: str) -> str:
    """Return a step in words: what it opens, and the section. Titles are full of commas, so that none parts them."""
    return ": ".join(filter(None, (title, at)))


class UnitChoice(NamedTuple):
    """A unit the plan may choose. `status` is "" (not begun) or learning; `since` an ISO study day.

    `recent` are the minutes of the last fortnight; `opening` units come before everything else on the first evening,
    and one that is begun until its first exercise is done. An `old` one is under way for weeks. `granted` are titles of
    what it builds on and the path takes as known, `fallen` of what it builds on and a goal leaves no time for.
    """

    id: str
    title: str
    lane: Lane
    status: UnitStatus
    hours: float
    seconds: int = 0
    since: str = ""
    locked: bool = False
    on_path: bool = True
    opening: bool = False
    career: bool = False
    subject: str = ""
    recent: int = 0
    old: bool = False
    granted: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()


def in_turn(units: Sequence[UnitChoice], lane: Lane, *, recent_career: bool = False) -> list[UnitChoice]:
    """Return the units of a lane in the order in which they should be studied.

    First what is under way, the path's before what is beside it; then what is ready on the path; last what is under
    way although something before it is missing, unless it had half an hour in the last fortnight. A unit of the track
    `career` waits while another one was begun within four weeks.
    """
    of_lane = [unit for unit in units if unit.lane == lane]
    under_way = [unit for unit in of_lane if unit.status == "learning"]
    going = [unit for unit in under_way if not unit.locked or unit.recent >= RECENT_MINUTES]
    waiting = [unit for unit in under_way if unit not in going]
    ready = [unit for unit in of_lane if unit.on_path and not unit.status and not unit.locked]
    later = [unit for unit in ready if unit.career and recent_career]
    ready = [unit for unit in ready if unit not in later]
    return [*sorted(going, key=lambda unit: not unit.on_path), *ready, *later, *waiting]


def choose_units(
    units: Sequence[UnitChoice],
    *,
    slots: int,
    first: Sequence[str] = (),
    lane_minutes: Mapping[str, int] = {},
    recent_career: bool = False,
    besides: int = 0,
) -> list[UnitChoice]:
    """Return up to `slots` units for a day, and behind them those that may take minutes that are left over.

    With one slot the lane furthest below its share of the last fortnight has it. While the units that a path begins
    with are not done, the first of them that is ready comes before all others, and beside it what else is under way,
    whatever its lane. With three units under way nothing new is begun, unless a day has more slots than that; on a day
    of one slot that is so with two, and while an old one is unfinished. `besides` is how many have time of their own
    that day and are not among these.
    """
    queues = {lane: in_turn(units, lane, recent_career=recent_career) for lane in LANES}
    ready = {unit.id: unit for unit in units if unit.id in first and not unit.locked}
    chosen = [ready[id] for id in first if id in ready][:1]
    lane = _other(chosen[0].lane) if chosen else _behind(lane_minutes)
    if chosen:
        going = (unit for unit in units if unit.status and unit.on_path and not unit.locked and unit.id not in first)
        chosen += list(going)[:1]
    open_units = sum(unit.status == "learning" and (not unit.locked or bool(unit.recent)) for unit in units)
    most = max(MOST_OPEN if slots > 1 else MOST_OPEN_SHORT, slots) - open_units - besides
    if slots == 1 and any(unit.old and unit.on_path and not unit.locked for unit in units):
        most = 0  # it is finished first
    begun = sum(not unit.status for unit in chosen)
    while any(queues.values()):
        for name in (lane, _other(lane)):
            found = _next(queues[name], chosen, begun < most)
            if found is None:
                queues[name] = []
                continue
            queues[name].remove(found)
            if found not in chosen:
                chosen.append(found)
                begun += not found.status
    return chosen


def _next(waiting: Sequence[UnitChoice], chosen: Sequence[UnitChoice], may_begin: bool) -> UnitChoice | None:
    """Return the next unit of a lane, one of a subject that the day does not have yet where there is a choice."""
    possible = [unit for unit in waiting if unit.status or may_begin or unit in chosen]
    subjects = {unit.subject for unit in chosen}
    under_way = [unit for unit in possible if unit.status]
    fresh = [unit for unit in possible if not unit.status and unit.subject not in subjects]
    return next(iter((*under_way, *fresh, *possible)), None)


def _behind(minutes: Mapping[str, int]) -> Lane:
    """Return the lane that is furthest below its share of these minutes; concept where both are at theirs."""
    total = sum(minutes.get(lane, 0) for lane in LANES)
    return "concept" if minutes.get("concept", 0) <= CONCEPT_SHARE * total else "build"


def _other(lane: Lane) -> Lane:
    return LANES[1] if lane == LANES[0] else LANES[0]
